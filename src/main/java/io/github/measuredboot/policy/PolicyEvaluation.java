package io.github.measuredboot.policy;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.check.DigestCheck;
import io.github.measuredboot.eventlog.check.DigestStatus;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One evaluation of a policy. Used by one thread, once. */
final class PolicyEvaluation {
    private static final int PCR_COUNT = 24;

    private final CheckedLog log;
    private final ReplayedLog replayed;
    private final HashAlgorithm bank;
    private final Set<Integer> mustReplay;
    private final Set<Integer> vendorEventsTolerated;
    private final Map<Integer, PcrProof> proofs = new HashMap<>();
    private final List<MeasuredEvent> events;
    private final Map<MeasuredEvent, Constraint> constraints = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    PolicyEvaluation(
            CheckedLog log,
            ReplayedLog replayed,
            HashAlgorithm bank,
            Set<Integer> mustReplay,
            Set<Integer> vendorEventsTolerated) {
        this.log = log;
        this.replayed = replayed;
        this.bank = bank;
        this.mustReplay = new TreeSet<>(mustReplay);
        this.vendorEventsTolerated = vendorEventsTolerated;
        for (int pcr = 0; pcr < PCR_COUNT; pcr++) {
            proofs.put(pcr, proofOf(pcr));
        }
        this.events = measuredEvents();
    }

    PolicyEvaluation with(List<Finding> further) {
        findings.addAll(further);
        return this;
    }

    Verdict evaluate(List<EventPolicy.Clause> clauses) {
        mustReplay.forEach(this::judgeReplay);
        clauses.forEach(this::judge);
        Set<MeasuredEvent> named = new HashSet<>();
        for (EventPolicy.Clause clause : clauses) {
            events.stream().filter(clause.selector()::selects).forEach(named::add);
        }
        for (MeasuredEvent event : events) {
            if (!named.contains(event)) {
                judgeUnnamed(event);
            }
        }
        return new Verdict(bank, outcome(), findings, coverage());
    }

    private PcrProof proofOf(int pcr) {
        if (replayed.isProved(bank, pcr)) {
            return PcrProof.QUOTED;
        }
        return replayed.isReproduced(bank, pcr) ? PcrProof.ASSERTED : PcrProof.UNPROVED;
    }

    private PcrProof proofOf(Collection<Integer> pcrs) {
        return pcrs.stream()
                .map(pcr -> proofs.getOrDefault(pcr, PcrProof.UNPROVED))
                .max(PcrProof::compareTo)
                .orElse(PcrProof.UNPROVED);
    }

    private List<MeasuredEvent> measuredEvents() {
        List<MeasuredEvent> measured = new ArrayList<>();
        for (CheckedEvent checked : log.events()) {
            Event event = checked.event();
            if (!event.claimedType().equals(EventType.EV_NO_ACTION) && event.pcrIndex() < PCR_COUNT) {
                int pcr = (int) event.pcrIndex();
                Optional<Bytes> digest = event.digest(bank).map(Digest::value);
                PcrProof proof = proofs.getOrDefault(pcr, PcrProof.UNPROVED);
                digest.ifPresent(value -> measured.add(new MeasuredEvent(bank, pcr, value, checked, proof)));
            }
        }
        return List.copyOf(measured);
    }

    private void judgeReplay(int pcr) {
        PcrProof proof = proofs.getOrDefault(pcr, PcrProof.UNPROVED);
        String found = replayed.comparisons().stream()
                .filter(comparison -> comparison.algorithm().equals(bank) && comparison.pcr() == pcr)
                .map(PcrComparison::status)
                .map(Object::toString)
                .findFirst()
                .orElse("neither an event nor a value");
        boolean reproduced = proof != PcrProof.UNPROVED;
        findings.add(new Finding(
                "pcr" + pcr + ".replayed",
                reproduced ? Finding.Outcome.PASSED : Finding.Outcome.FAILED,
                true,
                List.of(pcr),
                List.of(),
                "the log reproduces the value of PCR " + pcr,
                found,
                Constraint.REPLAYED,
                proof));
    }

    private void judge(EventPolicy.Clause clause) {
        List<MeasuredEvent> selected =
                events.stream().filter(clause.selector()::selects).toList();
        Judgement judgement = clause.rule().judge(selected);
        List<Integer> pcrs = clause.selector().pcrs();
        Set<Integer> pcrsOfEvents = new TreeSet<>();
        selected.forEach(event -> pcrsOfEvents.add(event.pcr()));
        PcrProof proof = proofOf(pcrsOfEvents.isEmpty() ? pcrs : pcrsOfEvents);
        boolean matters = pcrs.stream().anyMatch(mustReplay::contains);
        boolean unproved = judgement.isPassed() && proof == PcrProof.UNPROVED;
        if (judgement.isPassed() && !unproved) {
            for (MeasuredEvent event : judgement.events()) {
                constraints.merge(event, judgement.constraint(), PolicyEvaluation::stronger);
            }
        }
        findings.add(new Finding(
                clause.id(),
                unproved ? Finding.Outcome.NOT_EVALUATED : judgement.outcome(),
                matters && (clause.required() || !selected.isEmpty()),
                pcrs,
                judgement.events().stream().map(PolicyEvaluation::place).toList(),
                judgement.expected(),
                unproved ? "what the log says, which no PCR value proves" : judgement.found(),
                judgement.constraint(),
                proof));
    }

    private void judgeUnnamed(MeasuredEvent event) {
        boolean tolerated = vendorEventsTolerated.contains(event.pcr())
                && !event.claimedType().isStandard()
                && isBehindSeparator(event);
        findings.add(new Finding(
                "unexpected-event",
                Finding.Outcome.FAILED,
                mustReplay.contains(event.pcr()) && !tolerated,
                List.of(event.pcr()),
                List.of(place(event)),
                "no " + event.claimedType() + " in PCR " + event.pcr(),
                event + " " + event.bankDigest(),
                Constraint.NONE,
                event.pcrProof()));
    }

    private boolean isBehindSeparator(MeasuredEvent event) {
        return events.stream()
                .filter(other -> other.pcr() == event.pcr() && other.number() < event.number())
                .anyMatch(other -> other.coveredData(SeparatorData.class)
                        .filter(separator -> separator.kind() == SeparatorData.Kind.NORMAL)
                        .isPresent());
    }

    private Verdict.Outcome outcome() {
        if (findings.stream().anyMatch(Finding::isRejection)) {
            return Verdict.Outcome.REJECTED;
        }
        List<Finding> required = findings.stream().filter(Finding::required).toList();
        boolean quoted =
                !required.isEmpty() && required.stream().allMatch(finding -> finding.proof() == PcrProof.QUOTED);
        return quoted ? Verdict.Outcome.ACCEPTED : Verdict.Outcome.ACCEPTED_IF_VALUES_ARE_TRUE;
    }

    private CoverageReport coverage() {
        Map<Constraint, Integer> bytes = new EnumMap<>(Constraint.class);
        Map<Integer, Map<Constraint, Integer>> eventsByPcr = new TreeMap<>();
        int bound = 0;
        for (MeasuredEvent event : events) {
            Constraint constraint = constraintOf(event);
            eventsByPcr
                    .computeIfAbsent(event.pcr(), pcr -> new EnumMap<>(Constraint.class))
                    .merge(constraint, 1, Integer::sum);
            if (constraint != Constraint.NONE) {
                int size = boundBytes(event);
                bytes.merge(constraint, size, Integer::sum);
                bound += size;
            }
        }
        bytes.put(Constraint.NONE, log.log().bytes().length() - bound);
        List<CoverageReport.Pcr> pcrs = new ArrayList<>();
        eventsByPcr.forEach((pcr, counts) -> pcrs.add(new CoverageReport.Pcr(
                pcr, mustReplay.contains(pcr), proofs.getOrDefault(pcr, PcrProof.UNPROVED), counts)));
        return new CoverageReport(pcrs, bytes);
    }

    private Constraint constraintOf(MeasuredEvent event) {
        Constraint byRules = constraints.getOrDefault(event, Constraint.NONE);
        boolean replayedOnly = byRules == Constraint.NONE && event.pcrProof() != PcrProof.UNPROVED;
        return replayedOnly ? Constraint.REPLAYED : byRules;
    }

    private int boundBytes(MeasuredEvent event) {
        int covered = event.checked()
                .check(bank)
                .filter(check -> check.status() == DigestStatus.MATCHES)
                .map(DigestCheck::coveredLength)
                .orElse(0);
        return Integer.BYTES + event.digest().length() + covered;
    }

    private static Constraint stronger(Constraint one, Constraint other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Finding.Place place(MeasuredEvent event) {
        return new Finding.Place(event.number(), event.offset());
    }
}
