package io.github.measuredboot.eventlog;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts the peculiarities of one log as a reader meets them. Mutable: for one thread. */
public final class DiagnosticCollector {
    private static final class Count {
        final long firstOffset;
        int occurrences;

        Count(long firstOffset) {
            this.firstOffset = firstOffset;
        }
    }

    private final Map<DiagnosticCode, Count> counts = new EnumMap<>(DiagnosticCode.class);

    /** Nothing counted. */
    public DiagnosticCollector() {}

    /**
     * Counts one.
     *
     * @param code what it is
     * @param offset where it occurs, in bytes from the start of the log
     */
    public void add(DiagnosticCode code, long offset) {
        counts.computeIfAbsent(code, first -> new Count(offset)).occurrences++;
    }

    /**
     * What was counted.
     *
     * @return one diagnostic a code, by ascending offset
     */
    public List<Diagnostic> toList() {
        return counts.entrySet().stream()
                .map(counted -> new Diagnostic(
                        counted.getKey(), counted.getValue().firstOffset, counted.getValue().occurrences))
                .sorted(Comparator.comparingLong(Diagnostic::offset))
                .toList();
    }
}
