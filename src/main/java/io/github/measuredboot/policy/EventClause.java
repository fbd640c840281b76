package io.github.measuredboot.policy;

import io.github.measuredboot.replay.VerifiedLog;

/**
 * A rule of a policy. Implementations are stateless. They recognise an event by its digest, or by data that the digest
 * covers, and by its place in its PCR, never by the type that it claims.
 */
@FunctionalInterface
public interface EventClause {
    /**
     * Judges the events of the PCRs that the clause is about. It is called only if all of them are reproduced.
     *
     * @param log the verified events
     * @return the judgement, with the events that the clause accepts
     */
    Judgement judge(VerifiedLog log);
}
