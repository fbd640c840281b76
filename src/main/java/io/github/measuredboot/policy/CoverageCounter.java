package io.github.measuredboot.policy;

import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.DigestCheck;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.replay.VerifiedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what an evaluation has bound. */
final class CoverageCounter {
    private CoverageCounter() {}

    static CoverageReport count(
            ReplayedLog replayed,
            VerifiedLog log,
            @Nullable Constraint[] constraintsByEvent,
            Map<Integer, PcrMode> modes) {
        Map<Constraint, Integer> bytes = new EnumMap<>(Constraint.class);
        Map<Integer, Map<Constraint, Integer>> eventsByPcr = new TreeMap<>();
        int bound = 0;
        for (CheckedEvent claim : replayed.replay().checkedLog().events()) {
            Event event = claim.event();
            if (!event.isMeasured() || event.digest(log.bank()).isEmpty()) {
                continue;
            }
            int pcr = (int) event.pcrIndex();
            Constraint constraint = constraintsByEvent[event.number()];
            if (constraint == null) {
                constraint = log.proof(pcr) == PcrProof.UNPROVED ? Constraint.NONE : Constraint.REPLAYED;
            }
            eventsByPcr
                    .computeIfAbsent(pcr, first -> new EnumMap<>(Constraint.class))
                    .merge(constraint, 1, Integer::sum);
            if (constraint != Constraint.NONE) {
                int size = boundBytes(claim, log.bank());
                bytes.merge(constraint, size, Integer::sum);
                bound += size;
            }
        }
        bytes.put(Constraint.NONE, replayed.replay().log().bytes().length() - bound);
        List<CoverageReport.Pcr> pcrs = new ArrayList<>();
        eventsByPcr.forEach(
                (pcr, counts) -> pcrs.add(new CoverageReport.Pcr(pcr, modes.containsKey(pcr), log.proof(pcr), counts)));
        return new CoverageReport(pcrs, bytes);
    }

    private static int boundBytes(CheckedEvent claim, HashAlgorithm bank) {
        int covered = claim.check(bank).map(DigestCheck::coveredLength).orElse(0);
        return Integer.BYTES + bank.digestSize() + covered;
    }
}
