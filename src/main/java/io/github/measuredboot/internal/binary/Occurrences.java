package io.github.measuredboot.internal.binary;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what a reader meets, and where each kind is first. There are few kinds; for one thread. */
public final class Occurrences<K> {
    private static final class Count<K> {
        final K kind;
        final long firstOffset;
        int occurrences;

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
    private @Nullable Count<K> last;

    public void add(K kind, long offset) {
        Count<K> count = last;
        if (count == null || count.kind != kind) {
            count = find(kind, offset);
            last = count;
        }
        count.occurrences++;
    }

    private Count<K> find(K kind, long offset) {
        for (Count<K> count : counts) {
            if (count.kind == kind) {
                return count;
            }
        }
        Count<K> added = new Count<>(kind, offset);
        counts.add(added);
        return added;
    }

    /** One report for each kind, by ascending offset. */
    public <R> List<R> toList(Report<K, R> report) {
        if (counts.isEmpty()) {
            return List.of();
        }
        counts.sort((one, other) -> Long.compare(one.firstOffset, other.firstOffset));
        List<R> reports = new ArrayList<>(counts.size());
        for (Count<K> count : counts) {
            reports.add(report.of(count.kind, count.firstOffset, count.occurrences));
        }
        return List.copyOf(reports);
    }
}
