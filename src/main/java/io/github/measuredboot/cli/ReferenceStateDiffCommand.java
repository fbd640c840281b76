package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.ReferenceStateDiffJson;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.json.ReferenceStateJson.Reading;
import io.github.measuredboot.policy.ReferenceStateDiff;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "diff",
        description = "Tells what differs between two reference states, and what it means.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:they are the same", "1:wrong usage, or a state that cannot be read", "2:they differ"},
        mixinStandardHelpOptions = true)
final class ReferenceStateDiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Parameters(index = "0", paramLabel = "OLD", description = "The old reference state, - for standard input.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "The new reference state, - for standard input.")
    private String after = "";

    @Override
    public Integer call() {
        Reading old = read(before);
        Reading now = old == null ? null : read(after);
        if (old == null || now == null) {
            return Main.ERROR;
        }
        ReferenceStateDiff diff = ReferenceStateDiff.between(old.state(), now.state());
        if (json) {
            spec.commandLine().getOut().println(ReferenceStateDiffJson.write(before, old, after, now, diff));
        } else {
            printNotes(before, old);
            printNotes(after, now);
            print(diff);
        }
        return diff.isEmpty() ? 0 : Main.DIFFERENT;
    }

    private @Nullable Reading read(String name) {
        try {
            return ReferenceStateJson.parse(StateInput.readBytes(name));
        } catch (MalformedDataException e) {
            String report = ReferenceStateDiffJson.error(name, e.fault().message(), Optional.of(e.fault()));
            return fail(name + ": " + e.getMessage(), report);
        } catch (InvalidPathException e) {
            return fail(name + ": no such file", ReferenceStateDiffJson.error(name, "no such file", Optional.empty()));
        } catch (IOException e) {
            String reason = LogInput.reason(name, e);
            return fail(reason, ReferenceStateDiffJson.error(name, reason, Optional.empty()));
        }
    }

    private @Nullable Reading fail(String message, String report) {
        if (json) {
            spec.commandLine().getOut().println(report);
        }
        spec.commandLine().getErr().println("measuredboot: " + message);
        return null;
    }

    private void printNotes(String name, Reading reading) {
        StateInput.notes(name, reading)
                .forEach(note -> spec.commandLine().getErr().println("note: " + note));
    }

    private void print(ReferenceStateDiff diff) {
        DifferenceText.lines(diff).forEach(spec.commandLine().getOut()::println);
    }
}
