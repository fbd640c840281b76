package io.github.measuredboot.policy;

import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.check.DigestCheck;
import io.github.measuredboot.eventlog.check.DigestStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what an evaluation has bound. */
final class CoverageCounter {
    private CoverageCounter() {}

    static CoverageReport count(
            CheckedLog log,
            List<MeasuredEvent> events,
            Map<Integer, Constraint> constraintsByNumber,
            Map<Integer, PcrProof> proofs,
            Set<Integer> mustReplay) {
        Map<Constraint, Integer> bytes = new EnumMap<>(Constraint.class);
        Map<Integer, Map<Constraint, Integer>> eventsByPcr = new TreeMap<>();
        int bound = 0;
        for (MeasuredEvent event : events) {
            Constraint byRules = constraintsByNumber.getOrDefault(event.number(), Constraint.NONE);
            boolean replayedOnly = byRules == Constraint.NONE && event.pcrProof() != PcrProof.UNPROVED;
            Constraint constraint = replayedOnly ? Constraint.REPLAYED : byRules;
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

    private static int boundBytes(MeasuredEvent event) {
        int covered = event.checked()
                .check(event.bank())
                .filter(check -> check.status() == DigestStatus.MATCHES)
                .map(DigestCheck::coveredLength)
                .orElse(0);
        return Integer.BYTES + event.digest().length() + covered;
    }
}
