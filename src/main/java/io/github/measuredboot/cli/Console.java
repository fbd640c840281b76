package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.JsonReports;
import io.github.measuredboot.json.VerificationJson;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command prints to, and how it ends. */
final class Console {
    private final CommandSpec spec;
    private final boolean json;

    Console(CommandSpec spec, boolean json) {
        this.spec = spec;
        this.json = json;
    }

    interface Action {
        int run() throws InputException, MalformedDataException, QuoteRefusedException;
    }

    /** Runs what a command does with a log, and tells what kept it from doing so. */
    int run(String log, Action action) {
        try {
            return action.run();
        } catch (QuoteRefusedException e) {
            print(
                    json
                            ? VerificationJson.refused(log, e)
                            : log + ": the quote is refused, " + e.reason().id() + ": " + e.getMessage()
                                    + (e.weaknesses().isEmpty()
                                            ? ""
                                            : ": see " + WeaknessOptions.optionsFor(e.weaknesses())));
            return Main.DIFFERENT;
        } catch (MalformedDataException e) {
            return fail(log + ": " + e.getMessage(), JsonReports.malformed(log, e.fault()));
        } catch (InputException e) {
            return fail(e.reason(), JsonReports.unreadable(log, e.reason()));
        }
    }

    void print(String report) {
        spec.commandLine().getOut().println(report);
    }

    void print(List<String> lines) {
        print(String.join(System.lineSeparator(), lines));
    }

    void notes(List<String> notes) {
        notes.forEach(note -> spec.commandLine().getErr().println("note: " + note));
    }

    private int fail(String message, String report) {
        if (json) {
            print(report);
        }
        spec.commandLine().getErr().println("measuredboot: " + message);
        return Main.ERROR;
    }
}
