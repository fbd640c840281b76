package io.github.measuredboot.cli;

import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.tpm.PcrSelection;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for what a log is compared with: PCR values, a quote, or both. */
final class EvidenceOptions {
    private static final Path TPM_OF_THIS_MACHINE = Path.of("/sys/class/tpm/tpm0");

    @Option(
            names = {"--pcrs", "--tpm-sysfs"},
            paramLabel = "FILE|DIR",
            description = "The TPM's values, in the forms that replay reads.")
    private @Nullable Path pcrSource;

    @Option(
            names = "--pcr-selection",
            paramLabel = "SELECTION",
            converter = Converters.Selection.class,
            description = "What is in a binary file of tpm2_pcrread, as in sha1:0,1+sha256:all.")
    private @Nullable PcrSelection selection;

    @Mixin
    private QuoteOptions quote = new QuoteOptions();

    boolean isGiven() {
        return pcrSource != null || quote.isGiven();
    }

    boolean hasValues() {
        return pcrSource != null;
    }

    boolean hasQuote() {
        return quote.isGiven();
    }

    /** With a quote, it must prove all that is needed; without one, the caller has chosen to trust the values. */
    boolean suffices(Verdict verdict) {
        return switch (verdict.outcome()) {
            case ACCEPTED, ACCEPTED_IF_FRESH -> true;
            case ACCEPTED_IF_VALUES_ARE_TRUE -> !hasQuote();
            case REJECTED -> false;
        };
    }

    void requireComplete() throws InputException {
        quote.requireComplete();
        if (selection != null && pcrSource == null) {
            throw new InputException("--pcr-selection belongs to --pcrs, which is missing");
        }
    }

    Evidence addTo(Evidence evidence) throws InputException {
        Evidence withValues = pcrSource == null ? evidence : evidence.withValues(PcrInput.read(pcrSource, selection));
        return quote.isGiven() ? quote.addTo(withValues) : withValues;
    }

    static Evidence addValuesOfThisMachine(Evidence evidence) throws InputException {
        try {
            return evidence.withValues(PcrInput.read(TPM_OF_THIS_MACHINE, null));
        } catch (InputException e) {
            throw new InputException(e.reason()
                    + " (this machine's PCR values; name others with --pcrs, such as what tpm2_pcrread prints)");
        }
    }
}
