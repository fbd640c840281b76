package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that reports in any format, also what kept it from its work. */
abstract class ReportingCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private OutputFormat format = OutputFormat.TEXT;

    @Option(names = "--json", description = "One JSON object on one line, also of an error.")
    void useJson(boolean json) {
        format = json ? OutputFormat.JSON : OutputFormat.TEXT;
    }

    interface Action {
        int run() throws InputException, MalformedDataException, QuoteRefusedException;
    }

    /** What the report of an error calls the input. */
    abstract String input();

    /** The member that has the name of the input. */
    String inputMember() {
        return "log";
    }

    /** What the command does; returns the exit code. */
    abstract int execute() throws InputException, MalformedDataException, QuoteRefusedException;

    @Override
    public final Integer call() {
        return run(input(), this::execute);
    }

    final int run(String input, Action action) {
        try {
            return action.run();
        } catch (QuoteRefusedException e) {
            report(new RefusalReport(input, e));
            return Main.DIFFERENT;
        } catch (MalformedDataException e) {
            return fail(new ErrorReport(inputMember(), input, message(input, e), Optional.of(e.fault())));
        } catch (InputException e) {
            return fail(new ErrorReport(inputMember(), input, e.reason(), Optional.empty()));
        }
    }

    String message(String input, MalformedDataException e) {
        return input + ": " + e.getMessage();
    }

    final void report(Report report) {
        format.print(report, spec.commandLine().getOut());
    }

    /** Prints what is a format of its own, whatever format reports have. */
    final void print(String text) {
        spec.commandLine().getOut().println(text);
    }

    final void notes(List<String> notes) {
        notes.forEach(note -> spec.commandLine().getErr().println("note: " + note));
    }

    final void complain(String message) {
        spec.commandLine().getErr().println("measuredboot: " + message);
    }

    private int fail(ErrorReport error) {
        report(error);
        complain(error.message());
        return Main.ERROR;
    }
}
