package io.github.measuredboot.policy;

import io.github.measuredboot.replay.PcrProof;
import java.util.List;
import java.util.Map;

/**
 * What a policy binds in a log, and what it does not.
 *
 * @param pcrs one entry for each PCR that events of the judged bank extend, by index
 * @param logBytes for each constraint, how many bytes of the log are bound that far; the numbers add up to the size of the log.
 *     A byte is bound by the rule that accepted its event if it is in the digest of the judged bank, in the PCR index, or in
 *     data that this digest covers. Event types, sizes, digests of other banks, data that no digest covers and the log's header
 *     are bound by nothing.
 */
public record CoverageReport(List<Pcr> pcrs, Map<Constraint, Integer> logBytes) {
    /**
     * One PCR.
     *
     * @param pcr the index
     * @param required whether the policy requires it to be reproduced
     * @param proof how far its value is proved
     * @param events for each constraint, how many of its events are bound that far
     */
    public record Pcr(int pcr, boolean required, PcrProof proof, Map<Constraint, Integer> events) {
        public Pcr {
            events = Map.copyOf(events);
        }
    }

    public CoverageReport {
        pcrs = List.copyOf(pcrs);
        logBytes = Map.copyOf(logBytes);
    }
}
