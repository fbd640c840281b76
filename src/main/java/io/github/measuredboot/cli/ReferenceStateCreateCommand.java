package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.json.ReferenceStateJson.Form;
import io.github.measuredboot.policy.Enrolment;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateException;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "create",
        description = {
            "Makes a reference state from the log of a boot that is known to be good.",
            "It pins what the PCR values prove (--pcrs, --quote; on the machine itself its TPM's), or without them what the"
                    + " log says, and it is written only if it accepts this boot.",
            "Without --full it has the form that other tools read, in one bank. With --full it has all banks, every pinned"
                    + " event, and where it comes from."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:fine",
            "1:wrong usage, a log that cannot be read, no clear UKI in it, or evidence that proves less than is needed",
            "2:the quote is refused"
        },
        mixinStandardHelpOptions = true)
final class ReferenceStateCreateCommand extends LogCommand {
    @Option(names = "-o", paramLabel = "FILE", description = "Where to write to. Default: standard output")
    private @Nullable String output;

    @Option(names = "--full", description = "This program's own form: all banks, and where the state comes from.")
    private boolean full;

    @Mixin
    private StateMakerOptions maker = new StateMakerOptions();

    @Override
    int execute() throws InputException, MalformedDataException, QuoteRefusedException {
        Set<HashAlgorithm> banks = full ? Set.of() : Set.of(HashAlgorithm.SHA256);
        StateMakerOptions.Made made = maker.make(input(), readLog(), machineOfLog(), banks);
        ReferenceState state = made.state();
        String text = ReferenceStateJson.write(state, full ? Form.FULL : Form.FIELD);
        if (!full) {
            verifyFieldForm(made, text);
        }
        notes(made.notes());
        if (output == null) {
            print(text);
            return 0;
        }
        InputFile.write(output, text);
        report(new SavedReport(input(), output, state, Optional.empty(), Optional.empty()));
        return 0;
    }

    /** The field's form leaves much out: what is left must still accept the boot. */
    private void verifyFieldForm(StateMakerOptions.Made made, String text) throws InputException {
        try {
            ReferenceState written = ReferenceStateJson.parse(Bytes.encode(text, StandardCharsets.UTF_8))
                    .state();
            Enrolment.verify(made.evidence(), written);
        } catch (ReferenceStateException e) {
            throw new InputException(StateMakerOptions.reasons(input(), e)
                    + "; the form of other tools has no place for all of" + " this boot: use --full");
        } catch (MalformedDataException e) {
            throw new IllegalStateException("a state that was written cannot be read", e);
        }
    }
}
