package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.diagnosis.Diagnosis;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.tpm.PcrValues;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** The options for what a log is compared with: PCR values, a quote, or both; and for the log that goes on after it. */
final class EvidenceOptions {
    @Mixin
    private PcrValueOptions values = new PcrValueOptions();

    @Mixin
    private QuoteOptions quote = new QuoteOptions();

    @Mixin
    private UserspaceLogOption userspaceLog = new UserspaceLogOption();

    boolean isGiven() {
        return hasValues() || hasQuote();
    }

    /** Whether there is no log after the firmware's either. */
    boolean isNothing() {
        return !isGiven() && !hasUserspaceLog();
    }

    boolean hasValues() {
        return values.isGiven();
    }

    boolean hasQuote() {
        return quote.isGiven();
    }

    boolean hasUserspaceLog() {
        return userspaceLog.isGiven();
    }

    /** With a quote, it must prove all that is needed; without one, the caller has chosen to trust the values. */
    boolean suffices(Verdict verdict) {
        return switch (verdict.outcome()) {
            case ACCEPTED, ACCEPTED_IF_FRESH -> true;
            case ACCEPTED_IF_VALUES_ARE_TRUE -> !hasQuote();
            case REJECTED -> false;
        };
    }

    /** The same for a diagnosis. A log alone can be diagnosed too, and never suffices. */
    boolean suffices(Diagnosis diagnosis) {
        return diagnosis.isGood() && diagnosis.verdict().map(this::suffices).orElse(true);
    }

    void requireComplete() throws InputException {
        quote.requireComplete();
        values.requireComplete();
    }

    /** The log that goes on after that of the firmware, if one is given or the machine has one. */
    Optional<UserspaceLog> readUserspaceLog(Optional<ThisMachine> machine) throws InputException {
        return userspaceLog.read(machine);
    }

    /** What is given and, if the log is that of this machine, what it has: the log after the firmware's and, without a quote, its PCR values. */
    GivenEvidence read(Optional<ThisMachine> machine) throws InputException, AttestationRefusedException {
        return read(machine, readUserspaceLog(machine));
    }

    /** The same with the PCRs of SHA-1 that the quote of a TPM 1.2, which does not name them, may be over. */
    GivenEvidence read(Optional<ThisMachine> machine, List<Integer> mayBeQuoted)
            throws InputException, AttestationRefusedException {
        return read(machine, readUserspaceLog(machine), mayBeQuoted);
    }

    GivenEvidence read(Optional<ThisMachine> machine, Optional<UserspaceLog> after)
            throws InputException, AttestationRefusedException {
        return read(machine, after, List.of());
    }

    private GivenEvidence read(Optional<ThisMachine> machine, Optional<UserspaceLog> after, List<Integer> mayBeQuoted)
            throws InputException, AttestationRefusedException {
        requireComplete();
        Optional<PcrValues> given = values.read(hasQuote() ? Optional.empty() : machine);
        return hasQuote() ? quote.read(given, after, mayBeQuoted) : new GivenEvidence(after, given, Optional.empty());
    }
}
