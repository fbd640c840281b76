package io.github.measuredboot.eventlog;

/**
 * A peculiarity of a log, reported once for each code however often it occurs.
 *
 * @param code what it is
 * @param offset where it first occurs: the start of the event or of the padding, in bytes from the start of the log
 * @param occurrences how often it occurs, at least 1
 */
public record Diagnostic(DiagnosticCode code, long offset, int occurrences) {
    /** {@return one line that says what it is and how often it occurs} */
    public String message() {
        return occurrences == 1 ? code.description() : code.description() + " (" + occurrences + " times)";
    }
}
