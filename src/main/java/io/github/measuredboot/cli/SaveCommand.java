package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.diagnosis.StateDifference;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.json.ReferenceStateJson.Form;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "save",
        description = {
            "Makes the reference state of this machine and keeps it, for check and diagnose.",
            "Do this while the machine is known to be good. The previous state is kept beside it as"
                    + " refstate.json.previous, and what differs from it is printed."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:saved",
            "1:wrong usage, input that cannot be read, evidence that proves less than is needed, or a folder"
                    + " that cannot be written to",
            "2:the quote is refused"
        },
        mixinStandardHelpOptions = true)
final class SaveCommand extends LogsCommand {
    @Option(
            names = "--refstate-dir",
            paramLabel = "DIR",
            description = "Where to keep it. Default: $XDG_STATE_HOME/measuredboot or ~/.local/state/measuredboot")
    private @Nullable Path givenFolder;

    @Mixin
    private StateMakerOptions maker = new StateMakerOptions();

    @Override
    int execute() throws InputException, MalformedDataException, QuoteRefusedException, AttestationRefusedException {
        Path folder = givenFolder == null ? StateFolder.byDefault() : givenFolder;
        if (InputFile.isStandardOutput(folder.toString())) {
            throw new InputException(
                    "--refstate-dir takes a folder, and - is standard output: refstate create writes to it");
        }
        StateMakerOptions.Made made = maker.make(logs(), machineOfLogs(), Set.of());
        ReferenceState state = made.state();
        String file = StateFolder.stateIn(folder).toString();
        Optional<StateDifference> difference = differenceFrom(file, state);
        Optional<String> previous = write(folder, state).map(Path::toString);
        notes(made.notes());
        report(new SavedReport(made.log(), file, state, previous, difference));
        return 0;
    }

    /** A state that cannot be read is kept all the same, and does not keep the new one from being saved. */
    private Optional<StateDifference> differenceFrom(String file, ReferenceState state) {
        if (!Files.exists(Path.of(file))) {
            return Optional.empty();
        }
        try {
            ReferenceState before = StateInput.read(file).reading().state();
            return Optional.of(StateDifference.between(before, state));
        } catch (InputException e) {
            notes(List.of("the state before cannot be read, and was not compared: " + e.reason()));
            return Optional.empty();
        }
    }

    private static Optional<Path> write(Path folder, ReferenceState state) throws InputException {
        try {
            return StateFolder.save(folder, ReferenceStateJson.write(state, Form.FULL));
        } catch (NoSuchFileException | FileAlreadyExistsException e) {
            throw new InputException(InputFile.called(folder.toString()) + ": the folder cannot be made");
        } catch (IOException e) {
            throw new InputException(InputFile.reason(folder.toString(), e));
        }
    }
}
