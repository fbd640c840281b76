package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.json.ReferenceStateJson.Form;
import io.github.measuredboot.json.SavedStateJson;
import io.github.measuredboot.policy.ReferenceState;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "create",
        description = {
            "Makes a reference state from the log of a boot that is known to be good.",
            "Without --full it has the form that other tools read, in one bank. With --full it has all banks, the images"
                    + " around the UKI, and where it comes from."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fine", "1:wrong usage, a log that cannot be read, or no clear UKI in it"},
        mixinStandardHelpOptions = true)
final class ReferenceStateCreateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--json",
            description = "With -o, report what was written as a JSON object; in any case, report errors so.")
    private boolean json;

    @Option(names = "-o", paramLabel = "FILE", description = "Where to write to. Default: standard output")
    private @Nullable Path output;

    @Option(names = "--full", description = "This program's own form: all banks, and where the state comes from.")
    private boolean full;

    @Option(
            names = "--bank",
            paramLabel = "BANK",
            converter = Converters.Algorithm.class,
            description = "Only this bank. Default: sha256; with --full, all")
    private @Nullable HashAlgorithm bank;

    @Mixin
    private StateMakerOptions maker = new StateMakerOptions();

    @Override
    public Integer call() {
        Console console = new Console(spec, json);
        return console.run(maker.log(), () -> create(console));
    }

    private int create(Console console) throws InputException, MalformedDataException {
        ReferenceState state = selectBank(maker.make());
        String text = ReferenceStateJson.write(state, full ? Form.FULL : Form.FIELD);
        console.notes(notes(state));
        if (output == null) {
            console.print(text);
            return 0;
        }
        try {
            Files.writeString(output, text + "\n");
        } catch (IOException e) {
            throw new InputException(LogInput.reason(output.toString(), e));
        }
        if (json) {
            console.print(
                    SavedStateJson.report(maker.log(), output.toString(), state, Optional.empty(), Optional.empty()));
        }
        return 0;
    }

    private ReferenceState selectBank(ReferenceState state) throws InputException {
        if (full && bank == null) {
            return state;
        }
        HashAlgorithm selected = bank == null ? HashAlgorithm.SHA256 : bank;
        if (state.uki().image().value(selected).isEmpty()) {
            throw new InputException(maker.log() + ": the log has no bank " + selected + ", only "
                    + state.uki().image().algorithms() + ": choose with --bank" + (full ? "" : ", or use --full"));
        }
        return state.onlyBank(selected);
    }

    private List<String> notes(ReferenceState state) {
        List<String> notes = new ArrayList<>();
        if (!full && !state.uki().imagesBefore().isEmpty()) {
            notes.add("this form has no place for the "
                    + state.uki().imagesBefore().size()
                    + " image(s) before the UKI, so that check rejects boots of this machine: use --full");
        }
        if (!full && !state.uki().kernel().isEmpty()) {
            notes.add(
                    "this form has no place for the kernel inside the UKI, which is not pinned: use --full to pin it");
        }
        return notes;
    }
}
