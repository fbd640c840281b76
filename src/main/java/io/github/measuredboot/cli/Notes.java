package io.github.measuredboot.cli;

import io.github.measuredboot.eventlog.Diagnostic;

final class Notes {
    private Notes() {}

    static String line(String log, Diagnostic diagnostic) {
        return line(diagnostic).replaceFirst("note: ", "note: " + log + ": ");
    }

    static String line(Diagnostic diagnostic) {
        return "note: " + text(diagnostic);
    }

    static String text(Diagnostic diagnostic) {
        return diagnostic.code().id() + " at offset " + diagnostic.offset() + ": " + diagnostic.message();
    }
}
