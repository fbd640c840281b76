package io.github.measuredboot.internal.diff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How one sequence becomes another, such as the expected and the found events of a PCR: which elements are kept, removed,
 * added, moved, or replaced by others that are about the same thing.
 *
 * <pre>{@code
 * SequenceDiff<Event> diff = SequenceDiff.between(expected, found, byDigest)
 *         .pairAnywhere(event -> variableName(event))
 *         .pairInPlace(event -> Optional.of(event.claimedType().name()));
 * for (Edit<Event> edit : diff.edits()) ...
 * }</pre>
 *
 * <p>As many elements as possible are kept. Work is bounded, whatever the sequences: a sort, and 1,000,000 steps plus 16 per
 * element. Sequences that take more (about 1,000 differences between repeated elements) keep a long common subsequence
 * instead of the longest.
 *
 * @param <T> the elements
 */
public final class SequenceDiff<T> {
    /** What became of an element. */
    public enum Kind {
        /** It is in both sequences, in the same order with all others that are kept. */
        KEPT,
        /** It is in both sequences, and its place among the kept ones is another. */
        MOVED,
        /** Another element is there that is about the same. */
        CHANGED,
        /** Only the first sequence has it. */
        REMOVED,
        /** Only the second sequence has it. */
        ADDED
    }

    /**
     * An element and its index.
     *
     * @param index the index in its sequence
     * @param element the element
     * @param <T> the elements
     */
    public record Placed<T>(int index, T element) {}

    /**
     * One step.
     *
     * @param kind what became of the element
     * @param before the element of the first sequence; empty if it was added
     * @param after the element of the second sequence; empty if it was removed
     * @param <T> the elements
     */
    public record Edit<T>(Kind kind, Optional<Placed<T>> before, Optional<Placed<T>> after) {}

    private final List<T> before;
    private final List<T> after;
    private final boolean shortest;
    private final int[] match;
    private final int[] matchOfAfter;
    private final Kind[] kinds;
    private final int[] gapsBefore;
    private final int[] gapsAfter;

    private SequenceDiff(List<T> before, List<T> after, boolean shortest, int[] match, Kind[] kinds) {
        this.before = before;
        this.after = after;
        this.shortest = shortest;
        this.match = match;
        this.kinds = kinds;
        this.matchOfAfter = new int[after.size()];
        Arrays.fill(matchOfAfter, Alignment.NONE);
        for (int i = 0; i < match.length; i++) {
            if (match[i] != Alignment.NONE) {
                matchOfAfter[match[i]] = i;
            }
        }
        this.gapsBefore = new int[before.size()];
        this.gapsAfter = new int[after.size()];
        int gap = 0;
        for (int i = 0; i < gapsBefore.length; i++) {
            gapsBefore[i] = isKept(i) ? gap++ : gap;
        }
        gap = 0;
        for (int j = 0; j < gapsAfter.length; j++) {
            gapsAfter[j] = matchOfAfter[j] != Alignment.NONE && isKept(matchOfAfter[j]) ? gap++ : gap;
        }
    }

    /**
     * Compares two sequences.
     *
     * @param before the first
     * @param after the second
     * @param order a total order that is 0 for elements that are the same
     * @param <T> the elements
     * @return the shortest edit script of kept, removed and added elements, where elements that were removed and added
     *     elsewhere are moved
     */
    public static <T> SequenceDiff<T> between(
            List<? extends T> before, List<? extends T> after, Comparator<? super T> order) {
        List<T> first = List.copyOf(before);
        List<T> second = List.copyOf(after);
        int[] ranks = ranks(Stream.concat(first.stream(), second.stream()).toList(), order);
        Alignment alignment = new Alignment(
                Arrays.copyOf(ranks, first.size()), Arrays.copyOfRange(ranks, first.size(), ranks.length));
        Kind[] kinds = new Kind[first.size()];
        Arrays.fill(kinds, Kind.KEPT);
        SequenceDiff<T> diff = new SequenceDiff<>(first, second, alignment.isLongest(), alignment.match(), kinds);
        return diff.pair(Kind.MOVED, i -> Optional.of(ranks[i]), j -> Optional.of(ranks[first.size() + j]));
    }

    private static <T> int[] ranks(List<T> elements, Comparator<? super T> order) {
        Integer[] sorted = new Integer[elements.size()];
        Arrays.setAll(sorted, i -> i);
        Arrays.sort(sorted, (i, j) -> order.compare(elements.get(i), elements.get(j)));
        int[] ranks = new int[sorted.length];
        for (int i = 1; i < sorted.length; i++) {
            boolean same = order.compare(elements.get(sorted[i - 1]), elements.get(sorted[i])) == 0;
            ranks[sorted[i]] = ranks[sorted[i - 1]] + (same ? 0 : 1);
        }
        return ranks;
    }

    /**
     * The same, with removed and added elements of one subject paired as changed, wherever they are.
     *
     * @param subject what an element is about; an element without a subject is not paired
     * @param <K> the subjects
     * @return the diff with pairs of the first removed and the first added element of each subject, the second ones, and so on
     */
    public <K extends Comparable<? super K>> SequenceDiff<T> pairAnywhere(Function<? super T, Optional<K>> subject) {
        return pair(Kind.CHANGED, i -> subject.apply(before.get(i)), j -> subject.apply(after.get(j)));
    }

    /**
     * The same, with removed and added elements of one subject paired as changed if they are between the same kept elements.
     *
     * @param subject what an element is about; an element without a subject is not paired
     * @param <K> the subjects
     * @return the diff with pairs of the first removed and the first added element of each subject, the second ones, and so on
     */
    public <K extends Comparable<? super K>> SequenceDiff<T> pairInPlace(Function<? super T, Optional<K>> subject) {
        return pair(
                Kind.CHANGED,
                i -> subject.apply(before.get(i)).map(key -> new InGap<>(gapsBefore[i], key)),
                j -> subject.apply(after.get(j)).map(key -> new InGap<>(gapsAfter[j], key)));
    }

    private record InGap<K extends Comparable<? super K>>(int gap, K key) implements Comparable<InGap<K>> {
        @Override
        public int compareTo(InGap<K> other) {
            return gap != other.gap ? Integer.compare(gap, other.gap) : key.compareTo(other.key);
        }
    }

    private <K extends Comparable<? super K>> SequenceDiff<T> pair(
            Kind kind, Function<Integer, Optional<K>> keyBefore, Function<Integer, Optional<K>> keyAfter) {
        Map<K, Deque<Integer>> free = new TreeMap<>();
        for (int j = 0; j < matchOfAfter.length; j++) {
            if (matchOfAfter[j] == Alignment.NONE) {
                int place = j;
                keyAfter.apply(j)
                        .ifPresent(key -> free.computeIfAbsent(key, begun -> new ArrayDeque<>())
                                .add(place));
            }
        }
        int[] paired = match.clone();
        Kind[] pairedKinds = kinds.clone();
        for (int i = 0; i < paired.length && !free.isEmpty(); i++) {
            if (paired[i] == Alignment.NONE) {
                Deque<Integer> places = keyBefore.apply(i).map(free::get).orElse(null);
                if (places != null && !places.isEmpty()) {
                    paired[i] = places.remove();
                    pairedKinds[i] = kind;
                }
            }
        }
        return new SequenceDiff<>(before, after, shortest, paired, pairedKinds);
    }

    private boolean isKept(int i) {
        return match[i] != Alignment.NONE && kinds[i] == Kind.KEPT;
    }

    /**
     * {@return the steps in the order of the second sequence; removals follow what was kept before them} Those that are not
     * removals give the second sequence; those that are not additions, sorted by {@code before}, give the first.
     */
    public List<Edit<T>> edits() {
        List<Edit<T>> edits = new ArrayList<>();
        int i = 0;
        for (int j = 0; j < matchOfAfter.length; j++) {
            for (; i < match.length && gapsBefore[i] <= gapsAfter[j] && !isKept(i); i++) {
                addRemoval(edits, i);
            }
            if (matchOfAfter[j] == Alignment.NONE) {
                edits.add(new Edit<>(Kind.ADDED, Optional.empty(), placedAfter(j)));
            } else {
                int old = matchOfAfter[j];
                edits.add(new Edit<>(kinds[old], placedBefore(old), placedAfter(j)));
                i = isKept(old) ? old + 1 : i;
            }
        }
        for (; i < match.length; i++) {
            addRemoval(edits, i);
        }
        return List.copyOf(edits);
    }

    private void addRemoval(List<Edit<T>> edits, int i) {
        if (match[i] == Alignment.NONE) {
            edits.add(new Edit<>(Kind.REMOVED, placedBefore(i), Optional.empty()));
        }
    }

    private Optional<Placed<T>> placedBefore(int i) {
        return Optional.of(new Placed<>(i, before.get(i)));
    }

    private Optional<Placed<T>> placedAfter(int j) {
        return Optional.of(new Placed<>(j, after.get(j)));
    }

    /** {@return the steps that change something} */
    public List<Edit<T>> changes() {
        return edits().stream().filter(edit -> edit.kind() != Kind.KEPT).toList();
    }

    /** {@return how many elements are kept} */
    public int keptCount() {
        int count = 0;
        for (int i = 0; i < match.length; i++) {
            count += isKept(i) ? 1 : 0;
        }
        return count;
    }

    /** {@return whether the sequences are the same} */
    public boolean isEmpty() {
        return keptCount() == before.size() && keptCount() == after.size();
    }

    /** {@return whether no script removes and adds fewer elements; false if that took too many steps to find out} */
    public boolean isShortest() {
        return shortest;
    }
}
