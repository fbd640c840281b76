package io.github.measuredboot.diagnosis;

import io.github.measuredboot.policy.BootPolicy;
import io.github.measuredboot.policy.Finding;
import io.github.measuredboot.policy.PolicyOptions;
import io.github.measuredboot.policy.Rule;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Why a boot is not what a reference state expects: the verdict, what differs event by event, and what to do. A verifier
 * decides by {@link BootPolicy} alone; this class gives the same verdict and explains it.
 *
 * <pre>{@code
 * Diagnosis diagnosis = Diagnosis.of(evidence, state, PolicyOptions.defaultsFor(state));
 * System.out.println(diagnosis.message()); // REJECTED: the UKI has changed (PCR 4, event 24: expected ..., found ...)
 * diagnosis.hints().forEach(hint -> System.out.println(hint.message()));
 * }</pre>
 */
public final class Diagnosis {
    private static final int MAX_CAUSES = 3;
    private static final int LAST_FIRMWARE_PCR = 7;
    private final ReplayedLog evidence;
    private final boolean hasValues;
    private final Explanation explanation;
    private final Optional<Verdict> verdict;
    private final List<Reason> reasons;
    private final List<StateChange> acceptedChanges;
    private final List<Hint> hints;

    private Diagnosis(
            ReplayedLog evidence,
            Explanation explanation,
            Optional<Verdict> verdict,
            List<Reason> reasons,
            List<StateChange> acceptedChanges,
            List<Hint> hints) {
        this.evidence = evidence;
        this.hasValues = hasValues(evidence);
        this.explanation = explanation;
        this.verdict = verdict;
        this.reasons = List.copyOf(reasons);
        this.acceptedChanges = List.copyOf(acceptedChanges);
        this.hints = List.copyOf(hints);
    }

    /**
     * Compares a log with PCR values alone.
     *
     * @param evidence the log and the values
     * @return a diagnosis without a verdict
     */
    public static Diagnosis of(ReplayedLog evidence) {
        return new Diagnosis(
                evidence,
                Explanation.of(evidence),
                Optional.empty(),
                List.of(),
                List.of(),
                Hints.withoutState(hasValues(evidence)));
    }

    /**
     * Compares a boot with what is expected.
     *
     * @param evidence the log and PCR values or a quote; without any, the log is judged by the values that it gives itself
     * @param state what is expected
     * @param options which parts of the state to expect, and what to tolerate
     * @return the diagnosis
     */
    public static Diagnosis of(ReplayedLog evidence, ReferenceState state, PolicyOptions options) {
        boolean hasValues = hasValues(evidence);
        BootPolicy policy = BootPolicy.of(state, options);
        Verdict verdict = policy.evaluate(hasValues ? evidence : ReferenceStateMaker.claimed(evidence.replay()));
        HashAlgorithm bank = verdict.bank();
        ReplayedLog claims = claims(evidence.replay(), bank);
        BootComparison comparison = new BootComparison(state, policy.modes(), claims.verified(bank));
        Explanation explanation = Explanation.of(evidence);
        Judging judging = new Judging(evidence, hasValues, bank, comparison, explanation, policy.evaluate(claims));
        List<Reason> reasons =
                verdict.rejections().stream().map(judging::reason).toList();
        List<StateChange> accepted = judging.marked(comparison.accepted());
        return new Diagnosis(
                evidence,
                explanation,
                Optional.of(verdict),
                reasons,
                accepted,
                Hints.of(evidence, hasValues, state, verdict, reasons, accepted));
    }

    private static boolean hasValues(ReplayedLog evidence) {
        return evidence.comparisons().stream()
                .anyMatch(comparison -> comparison.given().isPresent());
    }

    /** The log by the values that it gives itself, in one bank. */
    private static ReplayedLog claims(Replay replay, HashAlgorithm bank) {
        return replay.compareWith(new PcrValues(replay.expectedValues().banks().stream()
                .filter(values -> values.algorithm().equals(bank))
                .toList()));
    }

    /** From findings to reasons. */
    private record Judging(
            ReplayedLog evidence,
            boolean hasValues,
            HashAlgorithm bank,
            BootComparison comparison,
            Explanation explanation,
            Verdict claimed) {
        Reason reason(Finding finding) {
            if (finding.outcome() == Finding.Outcome.NOT_EVALUATED) {
                List<StateChange> changes = claimed.rejections().stream()
                        .filter(other -> other.rule().equals(finding.rule())
                                && other.pcrs().equals(finding.pcrs())
                                && other.outcome() == Finding.Outcome.FAILED)
                        .flatMap(other -> comparison.against(other).stream())
                        .toList();
                return new Reason(finding, marked(changes), List.of());
            }
            return new Reason(finding, marked(comparison.against(finding)), explanation(finding));
        }

        List<StateChange> marked(List<StateChange> changes) {
            return changes.stream()
                    .map(change -> isProved(change) ? change : change.asClaimed())
                    .toList();
        }

        private boolean isProved(StateChange change) {
            return !hasValues
                    || change.pcr().isEmpty()
                    || evidence.proof(bank, change.pcr().getAsInt()) != PcrProof.UNPROVED;
        }

        private List<String> explanation(Finding finding) {
            return explanation.pcrs().stream()
                    .filter(pcr ->
                            pcr.algorithm().equals(bank) && finding.pcrs().equals(List.of(pcr.pcr())))
                    .flatMap(pcr -> pcr.messages().stream())
                    .toList();
        }
    }

    /** {@return the log and the PCR values that were given} */
    public ReplayedLog evidence() {
        return evidence;
    }

    /** {@return whether any PCR value was given; without one, the log was judged by the values that it gives itself} */
    public boolean hasValues() {
        return hasValues;
    }

    /** {@return why PCR values differ from those of the log} */
    public Explanation explanation() {
        return explanation;
    }

    /** {@return the verdict of the policy; empty without a reference state} */
    public Optional<Verdict> verdict() {
        return verdict;
    }

    /** {@return one reason for each finding that rejects the boot, in the order of the policy} */
    public List<Reason> reasons() {
        return reasons;
    }

    /** {@return what differs from the reference state but rejects nothing, as far as the state knows what there was} */
    public List<StateChange> acceptedChanges() {
        return acceptedChanges;
    }

    /** {@return what to do, in the order of the constants} */
    public List<Hint> hints() {
        return hints;
    }

    /** {@return whether the verdict is a rejection; false without a reference state} */
    public boolean isRejected() {
        return verdict.filter(judged -> judged.outcome() == Verdict.Outcome.REJECTED)
                .isPresent();
    }

    /**
     * {@return whether nothing is wrong: the boot is accepted, perhaps on a condition, or, without a state, no value that was
     * given for PCR 0 to 7 contradicts the log; never true without {@linkplain #hasValues() values}, where nothing but the log's
     * own claims was judged}
     */
    public boolean isGood() {
        return hasValues
                && verdict.map(Verdict::isAcceptedIfEvidenceIsTrue)
                        .orElseGet(() -> evidence.comparisons().stream()
                                .noneMatch(comparison -> comparison.pcr() <= LAST_FIRMWARE_PCR
                                        && comparison.status().isFailure()));
    }

    /**
     * {@return the answer in a printable line, like {@link #message()}, but saying only where the changes are, without digests
     * and values}
     */
    public String headline() {
        return isRejected()
                ? "REJECTED" + byWhat() + ": " + String.join("; ", causeMessages(Reason::headline))
                : message();
    }

    private String byWhat() {
        return hasValues ? "" : " IF THE LOG IS TRUE";
    }

    /** {@return the answer in a printable line: accepted or rejected, and what changed} */
    public String message() {
        if (verdict.isEmpty()) {
            return "no reference state: " + (hasValues ? replayMessage() : "the log was compared with nothing");
        }
        return isRejected()
                ? "REJECTED" + byWhat() + ": " + String.join("; ", causeMessages(Reason::message))
                : accepted(verdict.get().outcome());
    }

    private String accepted(Verdict.Outcome outcome) {
        String condition = switch (outcome) {
            case ACCEPTED_IF_FRESH -> "ACCEPTED IF THE QUOTE IS OF NOW";
            case ACCEPTED_IF_VALUES_ARE_TRUE ->
                !hasValues
                        ? "ACCEPTED" + byWhat()
                        : "ACCEPTED IF THE PCR VALUES ARE TRUE"
                                + evidence.quoted()
                                        .map(quoted -> ", which the quote does not prove in full")
                                        .orElse("");
            default -> "ACCEPTED";
        };
        List<String> headlines =
                acceptedChanges.stream().map(StateChange::headline).distinct().toList();
        return condition + ": "
                + (headlines.isEmpty()
                        ? "nothing that the reference state knows has changed"
                        : "what changed is allowed: " + String.join("; ", Lines.first(MAX_CAUSES, headlines)));
    }

    private String replayMessage() {
        String wrong = evidence.comparisons().stream()
                .filter(comparison -> comparison.status().isFailure() && comparison.pcr() != Explanation.IMA_PCR)
                .map(comparison -> comparison.algorithm() + " " + comparison.pcr())
                .collect(Collectors.joining(", "));
        return wrong.isEmpty()
                ? "the log gives all PCR values that were given"
                : "the log does not give the values of PCR " + wrong;
    }

    /**
     * {@return the reasons that {@link #message()} names, in its order: what the PCR values prove comes first, and what the log
     * merely claims comes last; reasons that only follow from a PCR value that the log does not give are left out}
     */
    public List<Reason> causes() {
        boolean isReproduced = reasons.stream().noneMatch(Reason::isReplay);
        List<Predicate<Reason>> order = List.of(
                reason -> reason.finding().isOf(Rule.STATE) || reason.finding().isOf(Rule.BANK),
                reason -> isProved(reason) && reason.finding().isOf(Rule.SECURE_BOOT),
                Diagnosis::isProved,
                reason -> reason.changes().isEmpty()
                        && !reason.isReplay()
                        && !reason.isConsequence()
                        && (isReproduced || !reason.finding().isOf(Rule.OTHER_BANKS)),
                Reason::isReplay,
                Reason::isClaimed);
        return order.stream()
                .flatMap(which -> reasons.stream().filter(which))
                .distinct()
                .toList();
    }

    private List<String> causeMessages(Function<Reason, String> words) {
        List<String> causes = new ArrayList<>();
        causes().forEach(reason -> causes.add(reason.isReplay() ? notReproduced() : words.apply(reason)));
        if (reasons.stream()
                .flatMap(reason -> reason.changes().stream())
                .anyMatch(change -> change.category() == StateChange.Category.UKI_CHANGED)) {
            acceptedChanges.stream()
                    .filter(change -> change.category() == StateChange.Category.UKI_CHANGED)
                    .map(StateChange::headline)
                    .forEach(causes::add);
        }
        return Lines.first(MAX_CAUSES, causes.stream().distinct().toList());
    }

    private static boolean isProved(Reason reason) {
        return !reason.changes().isEmpty() && !reason.isClaimed();
    }

    private String notReproduced() {
        List<Finding> replays = verdict.stream()
                .flatMap(judged -> judged.findings().stream())
                .filter(finding -> finding.isOf(Rule.REPLAYED))
                .toList();
        List<Finding> wrong = replays.stream().filter(Finding::isRejection).toList();
        return wrong.size() == replays.size()
                ? "the log gives none of the PCR values that are needed"
                : "the log does not give the value of PCR "
                        + wrong.stream()
                                .flatMap(finding -> finding.pcrs().stream())
                                .map(String::valueOf)
                                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return message();
    }
}
