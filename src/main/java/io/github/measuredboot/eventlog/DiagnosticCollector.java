package io.github.measuredboot.eventlog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts the peculiarities of one log as a reader meets them. Mutable: for one thread. */
public final class DiagnosticCollector {
    private static final class Count {
        final DiagnosticCode code;
        final long firstOffset;
        int occurrences = 1;

        Count(DiagnosticCode code, long firstOffset) {
            this.code = code;
            this.firstOffset = firstOffset;
        }
    }

    private final List<Count> counts = new ArrayList<>();

    /** Nothing counted. */
    public DiagnosticCollector() {}

    /**
     * Counts one.
     *
     * @param code what it is
     * @param offset where it occurs, in bytes from the start of the log
     */
    public void add(DiagnosticCode code, long offset) {
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i).code == code) {
                counts.get(i).occurrences++;
                return;
            }
        }
        counts.add(new Count(code, offset));
    }

    /** {@return one diagnostic for each code, by ascending offset} */
    public List<Diagnostic> toList() {
        if (counts.isEmpty()) {
            return List.of();
        }
        List<Diagnostic> diagnostics = new ArrayList<>(counts.size());
        for (Count count : counts) {
            diagnostics.add(new Diagnostic(count.code, count.firstOffset, count.occurrences));
        }
        diagnostics.sort(Comparator.comparingLong(Diagnostic::offset));
        return List.copyOf(diagnostics);
    }
}
