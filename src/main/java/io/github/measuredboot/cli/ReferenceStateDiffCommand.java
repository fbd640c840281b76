package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.json.ReferenceStateDiffJson;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.json.ReferenceStateJson.Reading;
import io.github.measuredboot.policy.ReferenceStateDiff;
import io.github.measuredboot.policy.ReferenceStateDiff.Category;
import io.github.measuredboot.policy.ReferenceStateDiff.Change;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
    private static final int SHOWN_ITEMS = 20;

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
            return ReferenceStateJson.parse(readBytes(name));
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

    private static Bytes readBytes(String name) throws IOException {
        int limit = ReferenceStateJson.MAX_SIZE + 1;
        if (name.equals(LogInput.STANDARD_INPUT)) {
            return Bytes.wrap(System.in.readNBytes(limit));
        }
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            return Bytes.wrap(in.readNBytes(limit));
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
        PrintWriter err = spec.commandLine().getErr();
        reading.unknownMembers()
                .forEach(pointer -> err.println("note: " + name + ": unknown member " + Printable.of(pointer)
                        + " was not read; a check against this state may be weaker than intended"));
        if (!reading.unswappedOwners().isEmpty()) {
            err.println("note: " + name + ": " + reading.unswappedOwners().size()
                    + " owners are byte-swapped, as old tools write them");
        }
    }

    private void print(ReferenceStateDiff diff) {
        PrintWriter out = spec.commandLine().getOut();
        if (diff.isEmpty()) {
            out.println("same");
            return;
        }
        out.println(diff.categories().stream()
                .map(ReferenceStateDiffCommand::words)
                .collect(Collectors.joining(", ", "different: ", "")));
        for (Change change : diff.changes()) {
            out.println(change.sentence());
            change.items().stream().limit(SHOWN_ITEMS).forEach(item -> out.println("  " + item));
            if (change.items().size() > SHOWN_ITEMS) {
                out.println("  and " + (change.items().size() - SHOWN_ITEMS) + " more, which --json lists");
            }
        }
    }

    private static String words(Category category) {
        return category.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
