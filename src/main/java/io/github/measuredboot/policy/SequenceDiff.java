package io.github.measuredboot.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** Which elements of a list are gone, new, still there, or at another place among those that are still there. */
record SequenceDiff<T>(List<Placed<T>> removed, List<Placed<T>> added, List<Pair<T>> kept, List<Pair<T>> moved) {
    private static final int UNMATCHED = -1;

    /** An element and its index. */
    record Placed<T>(int index, T element) {}

    /** An element of the old list and the same one of the new. */
    record Pair<T>(Placed<T> before, Placed<T> after) {}

    /** Equal elements are matched first, then those that are the same otherwise; each pass from the front. */
    static <T> SequenceDiff<T> between(List<T> before, List<T> after, BiPredicate<T, T> same) {
        int[] match = new int[before.size()];
        Arrays.fill(match, UNMATCHED);
        boolean[] taken = new boolean[after.size()];
        matchEqual(before, after, match, taken);
        matchSame(before, after, same, match, taken);

        List<Placed<T>> removed = new ArrayList<>();
        List<Pair<T>> pairs = new ArrayList<>();
        for (int i = 0; i < match.length; i++) {
            Placed<T> old = new Placed<>(i, before.get(i));
            if (match[i] == UNMATCHED) {
                removed.add(old);
            } else {
                pairs.add(new Pair<>(old, new Placed<>(match[i], after.get(match[i]))));
            }
        }
        List<Placed<T>> added = new ArrayList<>();
        for (int j = 0; j < taken.length; j++) {
            if (!taken[j]) {
                added.add(new Placed<>(j, after.get(j)));
            }
        }
        return new SequenceDiff<>(removed, added, pairs, moved(pairs));
    }

    private static <T> void matchEqual(List<T> before, List<T> after, int[] match, boolean[] taken) {
        Map<T, Deque<Integer>> places = new HashMap<>();
        for (int j = 0; j < taken.length; j++) {
            places.computeIfAbsent(after.get(j), element -> new ArrayDeque<>()).add(j);
        }
        for (int i = 0; i < match.length; i++) {
            Deque<Integer> free = places.get(before.get(i));
            if (free != null && !free.isEmpty()) {
                match[i] = free.remove();
                taken[match[i]] = true;
            }
        }
    }

    private static <T> void matchSame(
            List<T> before, List<T> after, BiPredicate<T, T> same, int[] match, boolean[] taken) {
        for (int i = 0; i < match.length; i++) {
            for (int j = 0; j < taken.length && match[i] == UNMATCHED; j++) {
                if (!taken[j] && same.test(before.get(i), after.get(j))) {
                    match[i] = j;
                    taken[j] = true;
                }
            }
        }
    }

    /** All pairs outside a longest run of pairs that are in order in both lists. */
    private static <T> List<Pair<T>> moved(List<Pair<T>> pairs) {
        int[] previous = new int[pairs.size()];
        List<Integer> lastOfRun = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < previous.length; i++) {
            int place = pairs.get(i).after().index();
            int length = -Collections.binarySearch(places, place) - 1;
            previous[i] = length == 0 ? UNMATCHED : lastOfRun.get(length - 1);
            if (length == places.size()) {
                places.add(place);
                lastOfRun.add(i);
            } else {
                places.set(length, place);
                lastOfRun.set(length, i);
            }
        }
        boolean[] inOrder = new boolean[previous.length];
        int i = lastOfRun.isEmpty() ? UNMATCHED : lastOfRun.get(lastOfRun.size() - 1);
        for (; i != UNMATCHED; i = previous[i]) {
            inOrder[i] = true;
        }
        List<Pair<T>> moved = new ArrayList<>();
        for (int p = 0; p < inOrder.length; p++) {
            if (!inOrder[p]) {
                moved.add(pairs.get(p));
            }
        }
        return moved;
    }
}
