package io.github.measuredboot.internal.binary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts what a reader meets, and where each kind is first. There are few kinds; for one thread. */
public final class Occurrences<K> {
    private static final class Count<K> {
        final K kind;
        final long firstOffset;
        int occurrences = 1;

        Count(K kind, long firstOffset) {
            this.kind = kind;
            this.firstOffset = firstOffset;
        }
    }

    /** What is reported of a kind. */
    public interface Report<K, R> {
        R of(K kind, long firstOffset, int occurrences);
    }

    private final List<Count<K>> counts = new ArrayList<>();

    public void add(K kind, long offset) {
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i).kind == kind) {
                counts.get(i).occurrences++;
                return;
            }
        }
        counts.add(new Count<>(kind, offset));
    }

    /** One report for each kind, by ascending offset. */
    public <R> List<R> toList(Report<K, R> report) {
        return counts.stream()
                .sorted(Comparator.comparingLong(count -> count.firstOffset))
                .map(count -> report.of(count.kind, count.firstOffset, count.occurrences))
                .toList();
    }
}
