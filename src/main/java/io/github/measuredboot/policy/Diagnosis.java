package io.github.measuredboot.policy;

import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;
import java.util.Optional;

/**
 * What became of a machine, for a person: the PCRs, the verdict, the difference to the reference state, the pinned fields
 * event by event, and what to do. A verifier decides by {@link UkiPolicy}; this tells why.
 *
 * @param replayed the log and the PCR values that were given
 * @param hasValues whether any PCR value was given; without one, the log was judged by the values that it gives itself
 * @param explanation why PCR values differ
 * @param verdict what the policy says; empty without a reference state
 * @param difference from the reference state to one made from this log, in the judged bank; empty without a reference state,
 *     or if no state can be made from the log
 * @param fields the pinned fields, in the order of firmware, Secure Boot, images, sections; within these, of the log
 * @param hints what to do, in the order of the constants
 */
public record Diagnosis(
        ReplayedLog replayed,
        boolean hasValues,
        Explanation explanation,
        Optional<Verdict> verdict,
        Optional<ReferenceStateDiff> difference,
        List<PinnedField> fields,
        List<Hint> hints) {
    private static final int LAST_FIRMWARE_PCR = 7;

    /** How a field stands to what is pinned. */
    public enum FieldStatus {
        /** It is as pinned. */
        SAME,
        /** It is not as pinned, and the policy accepts that. */
        ACCEPTED,
        /** It is another one. */
        DIFFERENT,
        /** It is as pinned, at another place. */
        MOVED,
        /** The log has no such event. */
        MISSING,
        /** Nothing like it is pinned. */
        UNEXPECTED
    }

    /**
     * A field of the reference state and the event that measures it.
     *
     * @param rule the id of the rule that judges it
     * @param name what it is, such as {@code UKI}
     * @param status how it stands
     * @param event the event, or empty if there is none
     * @param expected what is pinned, for a person
     * @param found what was measured, for a person
     * @param proof how far the PCR of the event is proved; {@link PcrProof#UNPROVED} without an event
     */
    public record PinnedField(
            String rule,
            String name,
            FieldStatus status,
            Optional<Finding.Place> event,
            String expected,
            String found,
            PcrProof proof) {}

    /**
     * Copies the lists.
     *
     * @param replayed the log and the PCR values that were given
     * @param hasValues whether any PCR value was given
     * @param explanation why PCR values differ
     * @param verdict what the policy says
     * @param difference from the reference state to one made from this log, in the judged bank
     * @param fields the pinned fields, in the order of firmware, Secure Boot, images, sections
     * @param hints what to do, in the order of the constants
     */
    public Diagnosis {
        fields = List.copyOf(fields);
        hints = List.copyOf(hints);
    }

    /**
     * Compares PCR values only.
     *
     * @param replayed the log and the values
     * @return a diagnosis without a verdict
     */
    public static Diagnosis withoutState(ReplayedLog replayed) {
        boolean hasValues = hasValues(replayed);
        return new Diagnosis(
                replayed,
                hasValues,
                Explanation.of(replayed),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Hints.withoutState(hasValues));
    }

    /**
     * Compares a boot with what is expected.
     *
     * @param replayed the log and, perhaps, PCR values or a quote
     * @param state what is expected
     * @param options what of it
     * @return the diagnosis
     */
    public static Diagnosis of(ReplayedLog replayed, ReferenceState state, PolicyOptions options) {
        boolean hasValues = hasValues(replayed);
        ReplayedLog judged = hasValues
                ? replayed
                : replayed.replay().compareWith(replayed.replay().expectedValues());
        Verdict verdict = UkiPolicy.of(state, options).evaluate(judged);
        CheckedLog log = CheckedLog.of(replayed.replay().log());
        List<PinnedField> fields = PinnedFields.of(state, log, replayed, verdict);
        Optional<ReferenceStateDiff> difference = stateOf(log, replayed, state, verdict.bank())
                .map(now -> ReferenceStateDiff.between(state.onlyBank(verdict.bank()), now.onlyBank(verdict.bank())));
        return new Diagnosis(
                replayed,
                hasValues,
                Explanation.of(replayed),
                Optional.of(verdict),
                difference,
                fields,
                Hints.of(replayed, hasValues, state, verdict, difference, fields));
    }

    private static boolean hasValues(ReplayedLog replayed) {
        return replayed.comparisons().stream()
                .anyMatch(comparison -> comparison.given().isPresent());
    }

    private static Optional<ReferenceState> stateOf(
            CheckedLog log, ReplayedLog replayed, ReferenceState reference, HashAlgorithm bank) {
        ReferenceStateMaker maker = ReferenceStateMaker.create();
        if (!reference.userspaceDigests().isEmpty()
                && replayed.replay().userspaceLog().isPresent()) {
            maker = maker.withUserspaceLog(replayed.replay().userspaceLog().get());
        }
        for (CheckedEvent image : ReferenceStateMaker.imagesOfPcr4(log)) {
            Optional<Digest> digest = image.event().digest(bank);
            if (digest.isPresent() && reference.uki().image().value(bank).equals(digest.map(Digest::value))) {
                maker = maker.withUkiEvent(image.event().number());
                break;
            }
        }
        try {
            return Optional.of(maker.make(log));
        } catch (UkiNotFoundException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether nothing is wrong.
     *
     * @return whether the policy accepts, be it if the values are true; without a reference state, whether the log reproduces
     *     the values of PCR 0 to 7 that were given, and at least one
     */
    public boolean isGood() {
        if (verdict.isPresent()) {
            return verdict.get().isAcceptedIfValuesAreTrue();
        }
        List<PcrComparison> firmware = replayed.comparisons().stream()
                .filter(comparison -> comparison.pcr() <= LAST_FIRMWARE_PCR)
                .toList();
        return firmware.stream().noneMatch(comparison -> comparison.status().isFailure())
                && (!hasValues || firmware.stream().anyMatch(PcrComparison::isReproduced));
    }
}
