package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
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
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "create",
        description = {
            "Makes a reference state from the log of a boot that is known to be good.",
            "It pins what the PCR values prove (--pcrs or --quote; on the machine itself, those of its TPM) or,"
                    + " without any, what the log says. It is written only if it accepts this boot.",
            "It has all banks, every pinned event, and its origin. The form that other tools read (--format"
                    + " field) has one bank and pins less."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:wrong usage, a log that cannot be read, no clear UKI in it, or evidence that proves less than is needed",
            "2:the quote is refused"
        },
        mixinStandardHelpOptions = true)
final class ReferenceStateCreateCommand extends LogsCommand {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write the state. Default: -, standard output")
    private @Nullable String output;

    @Option(
            names = "--format",
            paramLabel = "FORM",
            converter = FormConverter.class,
            defaultValue = "full",
            description =
                    "full: this program's own form. field: the form that other tools read. Default: ${DEFAULT-VALUE}")
    private Form form = Form.FULL;

    @Option(names = "--full", hidden = true, description = "The same as --format full.")
    void makeFull(boolean isFull) {
        form = isFull ? Form.FULL : form;
    }

    @Mixin
    private StateMakerOptions maker = new StateMakerOptions();

    static final class FormConverter implements ITypeConverter<Form> {
        @Override
        public Form convert(String name) {
            return Arrays.stream(Form.values())
                    .filter(form -> form.id().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + name + "' is neither full nor field"));
        }
    }

    @Override
    int execute() throws InputException, MalformedDataException, QuoteRefusedException, AttestationRefusedException {
        Set<HashAlgorithm> banks = form == Form.FULL ? Set.of() : Set.of(HashAlgorithm.SHA256);
        StateMakerOptions.Made made = maker.make(logs(), machineOfLogs(), banks);
        ReferenceState state = made.state();
        String text = ReferenceStateJson.write(state, form);
        if (form == Form.FIELD) {
            verifyFieldForm(made, text);
        }
        notes(made.notes());
        if (output == null || InputFile.isStandardOutput(output)) {
            print(text);
            return 0;
        }
        InputFile.write(output, text);
        report(new SavedReport(made.log(), output, state, Optional.empty(), Optional.empty()));
        return 0;
    }

    /** The field's form leaves much out: what is left must still accept the boot. */
    private void verifyFieldForm(StateMakerOptions.Made made, String text) throws InputException {
        try {
            ReferenceState written = ReferenceStateJson.parse(Bytes.encode(text, StandardCharsets.UTF_8))
                    .state();
            Enrolment.verify(made.evidence(), written);
        } catch (ReferenceStateException e) {
            throw new InputException(StateMakerOptions.reasons(made.log(), e)
                    + "; the form of other tools has no place for all of" + " this boot: use --format full");
        } catch (MalformedDataException e) {
            throw new IllegalStateException("a state that was written cannot be read", e);
        }
    }
}
