package io.github.measuredboot.policy;

import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.replay.VerifiedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.QuotedPcrs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One evaluation of a policy. Used by one thread, once. */
final class PolicyEvaluation {
    private final EventPolicy policy;
    private final ReplayedLog replayed;
    private final HashAlgorithm bank;
    private final VerifiedLog log;
    private final @Nullable Constraint[] constraintsByEvent;
    private final List<Finding> findings = new ArrayList<>();

    PolicyEvaluation(EventPolicy policy, ReplayedLog replayed, HashAlgorithm bank) {
        this.policy = policy;
        this.replayed = replayed.unrestricted();
        this.bank = bank;
        this.log = this.replayed.verified(bank);
        this.constraintsByEvent =
                new @Nullable Constraint[this.replayed.replay().log().events().size()];
    }

    Verdict evaluate(List<Finding> further) {
        findings.addAll(further);
        for (EventPolicy.JudgedPcr judged : policy.judgedPcrs()) {
            judgeReplay(judged);
        }
        for (EventPolicy.Clause clause : policy.clauses()) {
            judge(clause);
        }
        for (EventPolicy.JudgedPcr judged : policy.judgedPcrs()) {
            if (judged.mode() != PcrMode.FREE) {
                judgeUnaccepted(judged);
                judgeUserspaceRecords(judged);
            }
        }
        return new Verdict(
                bank,
                outcome(),
                findings,
                replayed.signer().map(KeyIdentity::level),
                () -> CoverageCounter.count(replayed, log, constraintsByEvent, policy.modes()));
    }

    private boolean isTakenAsInitial(int pcr) {
        return log.proof(pcr) == PcrProof.UNPROVED
                && policy.modes().get(pcr) == PcrMode.EMPTY
                && replayed.isTakenAsInitial(bank, pcr);
    }

    private void judgeReplay(EventPolicy.JudgedPcr judged) {
        PcrProof proof = log.proof(judged.pcr());
        if (proof != PcrProof.UNPROVED) {
            add(Rule.REPLAYED, judged, Judgement.passed(judged.replayed(), status(judged.pcr()), Constraint.REPLAYED));
        } else if (isTakenAsInitial(judged.pcr())) {
            Judgement untested = Judgement.notEvaluated(
                    "a value of PCR " + judged.pcr(),
                    "none was given: it is taken to be the initial one, for no event extends it");
            findings.add(new Finding(Rule.REPLAYED.id(), false, judged.pcrs(), untested, proof));
        } else {
            add(Rule.REPLAYED, judged, Judgement.failed(List.of(), judged.replayed(), status(judged.pcr())));
        }
    }

    private String status(int pcr) {
        return replayed.comparison(bank, pcr)
                .map(PcrComparison::status)
                .map(Object::toString)
                .orElse("neither an event nor a value");
    }

    private void add(Rule rule, EventPolicy.JudgedPcr judged, Judgement judgement) {
        findings.add(new Finding(rule.id(), true, judged.pcrs(), judgement, log.proof(judged.pcr())));
    }

    private void judge(EventPolicy.Clause clause) {
        PcrProof proof = leastProof(clause.pcrs());
        Judgement judgement = proof == PcrProof.UNPROVED
                ? Judgement.notEvaluated("events of a PCR that is reproduced", "nothing that a PCR value proves")
                : clause.rule().judge(log);
        if (judgement.isPassed()) {
            for (VerifiedEvent event : judgement.events()) {
                if (!log.contains(event)) {
                    throw new IllegalArgumentException(clause.id() + " accepts " + event + ", which is of another log");
                }
                Constraint known = constraintsByEvent[event.number()];
                if (known == null || judgement.constraint().compareTo(known) < 0) {
                    constraintsByEvent[event.number()] = judgement.constraint();
                }
            }
        }
        findings.add(new Finding(clause.id(), clause.required(), clause.pcrs(), judgement, proof));
    }

    /** Where a clause has failed already, its finding gives the reason. */
    private void judgeUnaccepted(EventPolicy.JudgedPcr judged) {
        List<VerifiedEvent> unaccepted = new ArrayList<>();
        for (VerifiedEvent event : log.events(judged.pcr())) {
            if (constraintsByEvent[event.number()] == null) {
                unaccepted.add(event);
            }
        }
        if (!unaccepted.isEmpty() && !isRejected(judged.pcr())) {
            String expected = "no event in PCR " + judged.pcr() + " that no rule accepts";
            add(Rule.UNEXPECTED_EVENT, judged, Judgement.failed(unaccepted, expected, Clauses.describe(unaccepted)));
        }
    }

    private boolean isRejected(int pcr) {
        return findings.stream()
                .anyMatch(finding -> finding.isRejection() && finding.pcrs().contains(pcr));
    }

    private void judgeUserspaceRecords(EventPolicy.JudgedPcr judged) {
        int records = log.userspaceRecords(judged.pcr()).size();
        if (records > 0 && !policy.userspaceRecordsAllowed().contains(judged.pcr())) {
            String expected = "no record of the userspace log in PCR " + judged.pcr();
            add(Rule.USERSPACE_RECORD, judged, Judgement.failed(List.of(), expected, records + " records"));
        }
    }

    private PcrProof leastProof(List<Integer> pcrs) {
        PcrProof least = PcrProof.QUOTED;
        for (int pcr : pcrs) {
            PcrProof proof = isTakenAsInitial(pcr) ? PcrProof.ASSERTED : log.proof(pcr);
            least = proof.compareTo(least) > 0 ? proof : least;
        }
        return least;
    }

    private Verdict.Outcome outcome() {
        boolean quoted = true;
        for (Finding finding : findings) {
            if (finding.isRejection()) {
                return Verdict.Outcome.REJECTED;
            }
            boolean isAboutPcrs = finding.required() && !finding.pcrs().isEmpty();
            quoted &= !isAboutPcrs || finding.proof() == PcrProof.QUOTED;
        }
        if (!quoted) {
            return Verdict.Outcome.ACCEPTED_IF_VALUES_ARE_TRUE;
        }
        return replayed.quoted().filter(QuotedPcrs::isFresh).isPresent()
                ? Verdict.Outcome.ACCEPTED
                : Verdict.Outcome.ACCEPTED_IF_FRESH;
    }
}
