package io.github.measuredboot.internal.diff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds a long common subsequence of two sequences of numbers: the longest, unless that takes too many steps. */
final class Alignment {
    static final int NONE = -1;
    private static final long MAX_STEPS = 1_000_000;
    private static final long MAX_STEPS_PER_ELEMENT = 16;

    private final int[] before;
    private final int[] after;
    private final int[] match;
    private final boolean longest;
    private long stepsLeft;

    Alignment(int[] before, int[] after) {
        this.before = before;
        this.after = after;
        this.match = new int[before.length];
        this.stepsLeft = MAX_STEPS + MAX_STEPS_PER_ELEMENT * ((long) before.length + after.length);
        Arrays.fill(match, NONE);

        int shorter = Math.min(before.length, after.length);
        int start = 0;
        while (start < shorter && before[start] == after[start]) {
            match[start] = start;
            start++;
        }
        int end = 0;
        while (end < shorter - start && before[before.length - 1 - end] == after[after.length - 1 - end]) {
            end++;
            match[before.length - end] = after.length - end;
        }
        this.longest = matchLongest(start, before.length - end, after.length - end);
        if (!longest) {
            matchOccurrences(start, before.length - end, after.length - end);
        }
    }

    /** For each element of {@code before} the index of its partner in {@code after}, or {@link #NONE}; ascending. */
    int[] match() {
        return match;
    }

    boolean isLongest() {
        return longest;
    }

    /** E. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), the greedy algorithm of section 3. */
    private boolean matchLongest(int start, int beforeEnd, int afterEnd) {
        int beforeLength = beforeEnd - start;
        int afterLength = afterEnd - start;
        List<int[]> trace = new ArrayList<>();
        int[] furthest = {0, 0, 0};
        for (int edits = 0; edits <= beforeLength + afterLength; edits++) {
            int[] next = new int[2 * edits + 3];
            for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
                int x = edits == 0 ? 0 : firstOnDiagonal(furthest, edits, diagonal);
                int y = x - diagonal;
                while (x < beforeLength && y < afterLength && before[start + x] == after[start + y]) {
                    x++;
                    y++;
                    stepsLeft--;
                }
                next[diagonal + edits + 1] = x;
                if (x >= beforeLength && y >= afterLength) {
                    traceBack(trace, start, beforeLength, afterLength);
                    return true;
                }
            }
            stepsLeft -= next.length;
            if (stepsLeft < 0) {
                return false;
            }
            trace.add(next);
            furthest = next;
        }
        throw new IllegalStateException("no edit script is longer than both sequences");
    }

    /** {@code furthest} has the diagonals of one edit less, so that diagonal {@code d} is at {@code d + edits}. */
    private static int firstOnDiagonal(int[] furthest, int edits, int diagonal) {
        boolean down = diagonal == -edits
                || (diagonal != edits && furthest[diagonal - 1 + edits] < furthest[diagonal + 1 + edits]);
        return down ? furthest[diagonal + 1 + edits] : furthest[diagonal - 1 + edits] + 1;
    }

    private void traceBack(List<int[]> trace, int start, int beforeLength, int afterLength) {
        int x = beforeLength;
        int y = afterLength;
        for (int edits = trace.size(); edits > 0; edits--) {
            int[] furthest = trace.get(edits - 1);
            int diagonal = x - y;
            int first = firstOnDiagonal(furthest, edits, diagonal);
            while (x > first) {
                match[start + --x] = start + --y;
            }
            boolean down = diagonal == -edits
                    || (diagonal != edits && furthest[diagonal - 1 + edits] < furthest[diagonal + 1 + edits]);
            if (down) {
                y--;
            } else {
                x--;
            }
        }
        while (x > 0) {
            match[start + --x] = start + --y;
        }
    }

    /** Pairs the n-th occurrence of a number with its n-th, and keeps a longest run of pairs that are in order in both. */
    private void matchOccurrences(int start, int beforeEnd, int afterEnd) {
        Map<Integer, Deque<Integer>> places = new TreeMap<>();
        for (int j = start; j < afterEnd; j++) {
            places.computeIfAbsent(after[j], begun -> new ArrayDeque<>()).add(j);
        }
        List<int[]> pairs = new ArrayList<>();
        for (int i = start; i < beforeEnd; i++) {
            Deque<Integer> free = places.get(before[i]);
            if (free != null && !free.isEmpty()) {
                pairs.add(new int[] {i, free.remove()});
            }
        }
        for (int pair : longestAscending(pairs)) {
            match[pairs.get(pair)[0]] = pairs.get(pair)[1];
        }
    }

    private static List<Integer> longestAscending(List<int[]> pairs) {
        int[] previous = new int[pairs.size()];
        List<Integer> lowestEnds = new ArrayList<>();
        List<Integer> lastPairs = new ArrayList<>();
        for (int pair = 0; pair < previous.length; pair++) {
            int place = pairs.get(pair)[1];
            int length = -Collections.binarySearch(lowestEnds, place) - 1;
            previous[pair] = length == 0 ? NONE : lastPairs.get(length - 1);
            if (length == lowestEnds.size()) {
                lowestEnds.add(place);
                lastPairs.add(pair);
            } else {
                lowestEnds.set(length, place);
                lastPairs.set(length, pair);
            }
        }
        List<Integer> run = new ArrayList<>();
        int pair = lastPairs.isEmpty() ? NONE : lastPairs.get(lastPairs.size() - 1);
        for (; pair != NONE; pair = previous[pair]) {
            run.add(pair);
        }
        return run;
    }
}
