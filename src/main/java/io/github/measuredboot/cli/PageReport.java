package io.github.measuredboot.cli;

import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.text.Printable;

/** That a page was written, and its first line. */
record PageReport(String log, String output, String message) implements Report {
    @Override
    public void lines(TextOutput out) {
        out.accept(Printable.of(message));
        out.accept("written to " + InputFile.called(output));
    }

    /** {@code log, output, message}. */
    @Override
    public void members(DataWriter out) {
        out.put("log", log).put("output", output).put("message", message);
    }
}
