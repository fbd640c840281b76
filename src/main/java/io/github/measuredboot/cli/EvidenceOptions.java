package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.QuoteRefusedException;
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

    boolean hasValues() {
        return values.isGiven();
    }

    boolean hasQuote() {
        return quote.isGiven();
    }

    boolean hasUserspaceLog() {
        return userspaceLog.isGiven();
    }

    /** A log with the one that goes on after it, for a command that compares them with nothing. */
    Replay replay(EventLog log) throws InputException {
        return userspaceLog.replay(log, Optional.empty());
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
        values.requireComplete();
    }

    /**
     * A log with the evidence that is given or, if none is and the log is that of this machine, the PCR values of its TPM.
     *
     * @return what there is to judge; without any evidence nothing is compared
     */
    ReplayedLog evaluate(EventLog log, Optional<ThisMachine> machine)
            throws InputException, QuoteRefusedException, AttestationRefusedException {
        return evaluate(log, machine, Optional.empty());
    }

    ReplayedLog evaluate(EventLog log, Optional<ThisMachine> machine, Optional<PcrSelection> pcrs)
            throws InputException, QuoteRefusedException, AttestationRefusedException {
        requireComplete();
        Evidence evidence = Evidence.of(userspaceLog.replay(log, machine));
        Optional<PcrValues> given = values.read(hasQuote() ? Optional.empty() : machine);
        evidence = given.isPresent() ? evidence.withValues(given.get()) : evidence;
        evidence = pcrs.isPresent() ? evidence.forPcrs(pcrs.get()) : evidence;
        return (hasQuote() ? quote.addTo(evidence, given) : evidence).evaluate();
    }
}
