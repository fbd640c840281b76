package io.github.measuredboot.policy;

import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.replay.VerifiedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.QuotedPcrs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One evaluation of a policy. Used by one thread, once. */
final class PolicyEvaluation {
    private final EventPolicy policy;
    private final ReplayedLog replayed;
    private final HashAlgorithm bank;
    private final VerifiedLog log;
    private final Map<Integer, Constraint> constraints = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();

    PolicyEvaluation(EventPolicy policy, ReplayedLog replayed, HashAlgorithm bank) {
        this.policy = policy;
        this.replayed = replayed.unrestricted();
        this.bank = bank;
        this.log = this.replayed.verified(bank);
    }

    Verdict evaluate(List<Finding> further) {
        findings.addAll(further);
        policy.modes().keySet().forEach(this::judgeReplay);
        policy.clauses().forEach(this::judge);
        policy.modes().forEach((pcr, mode) -> {
            if (mode != PcrMode.FREE) {
                judgeUnaccepted(pcr);
            }
            judgeUserspaceRecords(pcr, mode);
        });
        return new Verdict(
                bank, outcome(), findings, () -> CoverageCounter.count(replayed, log, constraints, policy.modes()));
    }

    private boolean isTakenAsInitial(int pcr) {
        return policy.modes().get(pcr) == PcrMode.EMPTY && replayed.isTakenAsInitial(bank, pcr);
    }

    private void judgeReplay(int pcr) {
        PcrProof proof = log.proof(pcr);
        if (isTakenAsInitial(pcr)) {
            findings.add(new Finding(
                    Rule.REPLAYED.id(),
                    Finding.Outcome.NOT_EVALUATED,
                    false,
                    List.of(pcr),
                    List.of(),
                    "a value of PCR " + pcr,
                    "none was given: it is taken to be the initial one, for no event extends it",
                    Constraint.NONE,
                    proof));
            return;
        }
        boolean reproduced = proof != PcrProof.UNPROVED;
        findings.add(new Finding(
                Rule.REPLAYED.id(),
                reproduced ? Finding.Outcome.PASSED : Finding.Outcome.FAILED,
                true,
                List.of(pcr),
                List.of(),
                "the log reproduces the value of PCR " + pcr,
                replayed.comparison(bank, pcr)
                        .map(PcrComparison::status)
                        .map(Object::toString)
                        .orElse("neither an event nor a value"),
                Constraint.REPLAYED,
                proof));
    }

    private void judge(EventPolicy.Clause clause) {
        PcrProof proof = proof(clause.pcrs());
        Judgement judgement = proof == PcrProof.UNPROVED
                ? new Judgement(
                        Finding.Outcome.NOT_EVALUATED,
                        List.of(),
                        "events of a PCR that is reproduced",
                        "nothing that a PCR value proves",
                        Constraint.NONE)
                : clause.rule().judge(log);
        if (judgement.isPassed()) {
            for (VerifiedEvent event : judgement.events()) {
                constraints.merge(event.number(), judgement.constraint(), PolicyEvaluation::stronger);
            }
        }
        findings.add(new Finding(
                clause.id(),
                judgement.outcome(),
                clause.required(),
                clause.pcrs(),
                places(judgement.events()),
                judgement.expected(),
                judgement.found(),
                judgement.constraint(),
                proof));
    }

    /** Where a clause has failed already, its finding says why. */
    private void judgeUnaccepted(int pcr) {
        List<VerifiedEvent> unaccepted = new ArrayList<>();
        for (VerifiedEvent event : log.events(pcr)) {
            if (!constraints.containsKey(event.number())) {
                unaccepted.add(event);
            }
        }
        if (unaccepted.isEmpty()
                || findings.stream()
                        .anyMatch(finding ->
                                finding.isRejection() && finding.pcrs().contains(pcr))) {
            return;
        }
        findings.add(new Finding(
                Rule.UNEXPECTED_EVENT.id(),
                Finding.Outcome.FAILED,
                true,
                List.of(pcr),
                places(unaccepted),
                "no event in PCR " + pcr + " that no rule accepts",
                Clauses.describe(unaccepted),
                Constraint.NONE,
                log.proof(pcr)));
    }

    private void judgeUserspaceRecords(int pcr, PcrMode mode) {
        int records = log.userspaceRecords(pcr).size();
        if (records > 0
                && mode != PcrMode.FREE
                && !policy.userspaceRecordsAllowed().contains(pcr)) {
            findings.add(new Finding(
                    Rule.USERSPACE_RECORD.id(),
                    Finding.Outcome.FAILED,
                    true,
                    List.of(pcr),
                    List.of(),
                    "no record of the userspace log in PCR " + pcr,
                    records + " records",
                    Constraint.NONE,
                    log.proof(pcr)));
        }
    }

    private PcrProof proof(Collection<Integer> pcrs) {
        PcrProof least = PcrProof.QUOTED;
        for (int pcr : pcrs) {
            PcrProof proof = isTakenAsInitial(pcr) ? PcrProof.ASSERTED : log.proof(pcr);
            least = proof.compareTo(least) > 0 ? proof : least;
        }
        return least;
    }

    private Verdict.Outcome outcome() {
        if (findings.stream().anyMatch(Finding::isRejection)) {
            return Verdict.Outcome.REJECTED;
        }
        boolean quoted = findings.stream()
                .filter(finding -> finding.required() && !finding.pcrs().isEmpty())
                .allMatch(finding -> finding.proof() == PcrProof.QUOTED);
        if (!quoted) {
            return Verdict.Outcome.ACCEPTED_IF_VALUES_ARE_TRUE;
        }
        return replayed.quoted().filter(QuotedPcrs::isFresh).isPresent()
                ? Verdict.Outcome.ACCEPTED
                : Verdict.Outcome.ACCEPTED_IF_FRESH;
    }

    private static Constraint stronger(Constraint one, Constraint other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    static List<Finding.Place> places(List<VerifiedEvent> events) {
        List<Finding.Place> places = new ArrayList<>(events.size());
        for (VerifiedEvent event : events) {
            places.add(new Finding.Place(event.number(), event.offset()));
        }
        return places;
    }
}
