package io.github.measuredboot.policy;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One evaluation of a policy. Used by one thread, once. */
final class PolicyEvaluation {
    private static final int PCR_COUNT = 24;
    private static final int MOST_UNEXPECTED = 100;

    private record Unexpected(int pcr, EventType type, boolean tolerated) {}

    private final EventPolicy policy;
    private final CheckedLog log;
    private final ReplayedLog replayed;
    private final HashAlgorithm bank;
    private final Map<Integer, PcrProof> proofs = new HashMap<>();
    private final List<MeasuredEvent> events = new ArrayList<>();
    private final Map<Integer, List<Event>> eventsWithoutDigest = new TreeMap<>();
    private final Map<Integer, Integer> separatedBy = new HashMap<>();
    private final Map<Integer, Constraint> constraints = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    PolicyEvaluation(EventPolicy policy, CheckedLog log, ReplayedLog replayed, HashAlgorithm bank) {
        this.policy = policy;
        this.log = log;
        this.replayed = replayed;
        this.bank = bank;
        for (int pcr = 0; pcr < PCR_COUNT; pcr++) {
            proofs.put(pcr, PcrProof.of(replayed, bank, pcr));
        }
        log.events().forEach(this::addMeasured);
    }

    Verdict evaluate(List<Finding> further) {
        findings.addAll(further);
        policy.mustReplay().stream().sorted().forEach(this::judgeReplay);
        judgeEventsWithoutDigest();
        judgeUserspaceRecords();
        Set<Integer> named = new HashSet<>();
        for (EventPolicy.Clause clause : policy.clauses()) {
            List<MeasuredEvent> selected =
                    events.stream().filter(clause.selector()::selects).toList();
            selected.forEach(event -> named.add(event.number()));
            judge(clause, selected);
        }
        judgeUnexpected(
                events.stream().filter(event -> !named.contains(event.number())).toList());
        return new Verdict(bank, outcome(), findings, coverage());
    }

    private PcrProof proofOf(Collection<Integer> pcrs) {
        return pcrs.stream().map(this::knownProof).max(PcrProof::compareTo).orElse(PcrProof.UNPROVED);
    }

    private PcrProof knownProof(int pcr) {
        return proofs.getOrDefault(pcr, PcrProof.UNPROVED);
    }

    private void addMeasured(CheckedEvent checked) {
        Event event = checked.event();
        if (event.claimedType().equals(EventType.EV_NO_ACTION) || event.pcrIndex() >= PCR_COUNT) {
            return;
        }
        int pcr = (int) event.pcrIndex();
        Optional<Bytes> digest = event.digest(bank).map(Digest::value);
        if (digest.isEmpty()) {
            eventsWithoutDigest.computeIfAbsent(pcr, first -> new ArrayList<>()).add(event);
            return;
        }
        MeasuredEvent measured = new MeasuredEvent(bank, pcr, digest.get(), checked, knownProof(pcr));
        events.add(measured);
        if (measured.coveredData(SeparatorData.class)
                .filter(separator -> separator.kind() == SeparatorData.Kind.NORMAL)
                .isPresent()) {
            separatedBy.putIfAbsent(pcr, event.number());
        }
    }

    private void judgeReplay(int pcr) {
        PcrProof proof = knownProof(pcr);
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

    /** A bank that firmware left alone can be extended by whoever comes later. */
    private void judgeEventsWithoutDigest() {
        eventsWithoutDigest.forEach((pcr, without) -> findings.add(new Finding(
                "digest-missing",
                Finding.Outcome.FAILED,
                policy.mustReplay().contains(pcr),
                List.of(pcr),
                without.stream()
                        .map(event -> new Finding.Place(event.number(), event.offset()))
                        .toList(),
                "a digest of " + bank + " in each event of PCR " + pcr,
                without.size() + " without",
                Constraint.NONE,
                knownProof(pcr))));
    }

    private void judgeUserspaceRecords() {
        Map<Integer, Integer> records = new TreeMap<>();
        for (CelRecord userspaceRecord :
                replayed.replay().userspaceLog().map(UserspaceLog::records).orElse(List.of())) {
            if (userspaceRecord.register() instanceof CelRecord.Register.Pcr pcr
                    && userspaceRecord.digest(bank).isPresent()
                    && policy.mustReplay().contains(pcr.index())
                    && !policy.userspaceRecordsAllowed().contains(pcr.index())) {
                records.merge(pcr.index(), 1, Integer::sum);
            }
        }
        records.forEach((pcr, count) -> findings.add(new Finding(
                "userspace-record",
                Finding.Outcome.FAILED,
                true,
                List.of(pcr),
                List.of(),
                "no record of the userspace log in PCR " + pcr,
                count + " records",
                Constraint.NONE,
                knownProof(pcr))));
    }

    private void judge(EventPolicy.Clause clause, List<MeasuredEvent> selected) {
        Judgement judgement = clause.rule().judge(selected);
        List<Integer> pcrs = clause.selector().pcrs();
        Set<Integer> pcrsOfEvents = new TreeSet<>();
        selected.forEach(event -> pcrsOfEvents.add(event.pcr()));
        PcrProof proof = proofOf(pcrsOfEvents.isEmpty() ? pcrs : pcrsOfEvents);
        boolean matters = pcrs.stream().anyMatch(policy.mustReplay()::contains);
        boolean unproved = judgement.isPassed() && proof == PcrProof.UNPROVED;
        if (judgement.isPassed() && !unproved) {
            for (MeasuredEvent event : judgement.events()) {
                constraints.merge(event.number(), judgement.constraint(), PolicyEvaluation::stronger);
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

    /** One finding for each PCR and type, and one for all that are too many. */
    private void judgeUnexpected(List<MeasuredEvent> unnamed) {
        Map<Unexpected, List<MeasuredEvent>> groups = new LinkedHashMap<>();
        List<MeasuredEvent> tooMany = new ArrayList<>();
        for (MeasuredEvent event : unnamed) {
            Unexpected group = new Unexpected(event.pcr(), event.claimedType(), isTolerated(event));
            if (groups.size() < MOST_UNEXPECTED || groups.containsKey(group)) {
                groups.computeIfAbsent(group, first -> new ArrayList<>()).add(event);
            } else {
                tooMany.add(event);
            }
        }
        groups.forEach((group, members) -> addUnexpected(
                "no " + group.type() + " in PCR " + group.pcr(),
                policy.mustReplay().contains(group.pcr()) && !group.tolerated(),
                members));
        if (!tooMany.isEmpty()) {
            addUnexpected("no events that the policy does not name", true, tooMany);
        }
    }

    private void addUnexpected(String expected, boolean required, List<MeasuredEvent> members) {
        Set<Integer> pcrs = new TreeSet<>();
        members.forEach(event -> pcrs.add(event.pcr()));
        findings.add(new Finding(
                "unexpected-event",
                Finding.Outcome.FAILED,
                required,
                List.copyOf(pcrs),
                members.stream().map(PolicyEvaluation::place).toList(),
                expected,
                EventRules.describe(members),
                Constraint.NONE,
                proofOf(pcrs)));
    }

    private boolean isTolerated(MeasuredEvent event) {
        @Nullable Integer separator = separatedBy.get(event.pcr());
        return policy.vendorEventsTolerated().contains(event.pcr())
                && !event.claimedType().isStandard()
                && separator != null
                && separator < event.number();
    }

    private Verdict.Outcome outcome() {
        if (findings.stream().anyMatch(Finding::isRejection)) {
            return Verdict.Outcome.REJECTED;
        }
        boolean quoted =
                findings.stream().filter(Finding::required).allMatch(finding -> finding.proof() == PcrProof.QUOTED);
        return quoted ? Verdict.Outcome.ACCEPTED : Verdict.Outcome.ACCEPTED_IF_VALUES_ARE_TRUE;
    }

    private CoverageReport coverage() {
        return CoverageCounter.count(log, events, constraints, proofs, policy.mustReplay());
    }

    private static Constraint stronger(Constraint one, Constraint other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Finding.Place place(MeasuredEvent event) {
        return new Finding.Place(event.number(), event.offset());
    }
}
