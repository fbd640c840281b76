package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.Diagnostic;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that reports in any format, also what kept it from its work. */
abstract class ReportingCommand implements Callable<Integer> {
    private static final String OUTPUT = "-o";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--json",
            description = "Print one JSON object, also for an error; on one line unless on a terminal.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print everything, with digests in full.")
    private boolean verbose;

    private final List<String> notes = new ArrayList<>();

    private @Nullable Progress progress;

    interface Action {
        int run() throws InputException, MalformedDataException, QuoteRefusedException, AttestationRefusedException;
    }

    /** What the report of an error calls the input. */
    abstract String input();

    /** The member that has the name of the input. */
    String inputMember() {
        return "log";
    }

    /** Refuses options that contradict each other. */
    void requireConsistent() throws InputException {}

    /** What the command does; returns the exit code. */
    abstract int execute()
            throws InputException, MalformedDataException, QuoteRefusedException, AttestationRefusedException;

    @Override
    public final Integer call() {
        if (terminal().isError()) {
            progress = Progress.start(err(), "measuredboot " + spec.name() + ": " + InputFile.called(input()));
        }
        try {
            return run(input(), () -> {
                requireConsistent();
                requireStandardInputOnce();
                return execute();
            });
        } finally {
            endProgress();
        }
    }

    final int run(String input, Action action) {
        try {
            return action.run();
        } catch (QuoteRefusedException e) {
            report(new RefusalReport(inputMember(), input, e));
            return Main.DIFFERENT;
        } catch (AttestationRefusedException e) {
            report(new IdentityRefusalReport(inputMember(), input, e));
            return Main.DIFFERENT;
        } catch (MalformedDataException e) {
            return fail(new ErrorReport(inputMember(), input, message(input, e), Optional.of(e.fault())));
        } catch (InputException e) {
            return fail(new ErrorReport(inputMember(), e.input().orElse(input), e.reason(), e.fault()));
        }
    }

    /** Whatever option or parameter it is named by, and whichever command it is. */
    private void requireStandardInputOnce() throws InputException {
        List<String> named = new ArrayList<>();
        for (ArgSpec argument :
                new LinkedHashSet<>(spec.commandLine().getParseResult().matchedArgs())) {
            boolean isOutput = argument instanceof OptionSpec option
                    && option.shortestName().equals(OUTPUT);
            argument.stringValues().stream()
                    .filter(value -> value.equals(InputFile.STANDARD_INPUT) && !isOutput)
                    .forEach(value ->
                            named.add(argument instanceof OptionSpec option ? name(option) : argument.paramLabel()));
        }
        if (named.size() > 1) {
            String last = named.remove(named.size() - 1);
            throw new InputException(
                    "standard input can be read once, and - is given for " + String.join(", ", named) + " and " + last);
        }
    }

    private static String name(OptionSpec option) {
        return Arrays.stream(option.names())
                .filter(name -> name.startsWith("--"))
                .findFirst()
                .orElse(option.shortestName());
    }

    String message(String input, MalformedDataException e) {
        return InputFile.called(input) + ": " + e.getMessage();
    }

    final ThisMachine machine() {
        return main().machine();
    }

    final void report(Report report) {
        endProgress();
        if (json) {
            printJson(out(), terminal(), members -> {
                report.members(members);
                if (!notes.isEmpty()) {
                    members.texts("notes", notes);
                }
            });
            notes.clear();
        } else {
            report.lines(new TextOutput(out()::println, verbose, terminal().colours()));
        }
    }

    static void printJson(PrintWriter out, Terminal terminal, Consumer<DataWriter> members) {
        if (terminal.isOutput()) {
            DataWriter.writeIndentedTo(out, members);
        } else {
            DataWriter.writeTo(out, members);
        }
        out.println();
    }

    /** Prints what is a format of its own, whatever format reports have. */
    final void print(String text) {
        endProgress();
        out().println(text);
        notes.forEach(note -> message("note: " + note));
        notes.clear();
    }

    final boolean isJson() {
        return json;
    }

    /** For what is a format of its own and written piece by piece. */
    final PrintWriter output() {
        endProgress();
        return out();
    }

    /** Remarks on the report that follows: in JSON they are members of it, otherwise they go to standard error. */
    final void notes(List<String> more) {
        if (json) {
            notes.addAll(more);
        } else {
            more.forEach(note -> message("note: " + note));
        }
    }

    /** Diagnostics are members of the report in JSON anyway. */
    final void diagnostics(List<Diagnostic> diagnostics) {
        if (!json) {
            diagnostics.forEach(diagnostic -> message(Notes.line(diagnostic)));
        }
    }

    final void complain(String message) {
        message("measuredboot: " + message);
    }

    /** Of the control characters of a message only its ends of lines are meant. */
    private void message(String line) {
        endProgress();
        out().flush();
        line.lines().map(Printable::of).forEach(err()::println);
    }

    private int fail(ErrorReport error) {
        report(error);
        complain(error.message());
        return Main.ERROR;
    }

    private void endProgress() {
        if (progress != null) {
            progress.end();
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private Terminal terminal() {
        return main().terminal();
    }

    private Main main() {
        return (Main) spec.root().userObject();
    }
}
