package io.github.measuredboot.cli;

import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for PCR values. */
final class PcrValueOptions {
    @Option(
            names = {"--pcrs", "--tpm-sysfs"},
            paramLabel = "FILE|DIR",
            description =
                    "The TPM's values: a sysfs folder, what tpm2_pcrread prints or writes, or a JSON object bank ->"
                            + " index -> hex. Default for the log of this machine: /sys/class/tpm/tpm0")
    private @Nullable String source;

    @Option(
            names = "--pcr-selection",
            paramLabel = "SELECTION",
            converter = Converters.Selection.class,
            description = "What a binary file of tpm2_pcrread holds, such as sha1:0,1+sha256:all.")
    private @Nullable PcrSelection selection;

    boolean isGiven() {
        return source != null;
    }

    void requireComplete() throws InputException {
        if (selection != null && source == null) {
            throw new InputException("--pcr-selection belongs to --pcrs, which is missing");
        }
    }

    /** The given values; empty without any. */
    Optional<PcrValues> read() throws InputException {
        requireComplete();
        return source == null ? Optional.empty() : Optional.of(PcrInput.read(source, selection));
    }

    /** The given values, or those of the machine; empty without either. */
    Optional<PcrValues> read(Optional<ThisMachine> machine) throws InputException {
        return source != null || machine.isEmpty() ? read() : Optional.of(ofThisMachine(machine.get()));
    }

    static PcrValues ofThisMachine(ThisMachine machine) throws InputException {
        try {
            return PcrInput.read(machine.tpm(), null);
        } catch (InputException e) {
            throw new InputException(e.reason()
                    + " (this machine's PCR values; name others with --pcrs, such as what tpm2_pcrread prints)");
        }
    }
}
