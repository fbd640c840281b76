package io.github.measuredboot.boot;

import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.replay.PcrProof;
import java.util.Optional;

/**
 * Something that an event of a log claims.
 *
 * @param claimedValue what it claims, whether anything proves it or not: for display
 * @param coverage how far the digest of the bank covers it. Where the log was compared with PCR values, nothing is {@link
 *     Coverage#COVERED} in a PCR that is not reproduced; otherwise the digest is a claim as well
 * @param pcrProof how far the PCR is proved; {@link PcrProof#UNPROVED} if the log was not compared with PCR values
 * @param eventNumber the event that claims it, see {@link io.github.measuredboot.eventlog.Event#number()}
 * @param register the PCR of that event, or the measurement register in the log of a confidential VM
 * @param phase when the event was measured, by the events of the same register around it
 * @param <T> the type of the value
 */
public record Claim<T>(
        T claimedValue, Coverage coverage, PcrProof pcrProof, int eventNumber, long register, Phase phase) {
    /**
     * The value, if a digest covers it and the PCR of its event is reproduced.
     *
     * @return the value, proved as far as {@link #pcrProof}; empty if it is only claimed, contradicted or never measured, and always
     *     if the log was not compared with PCR values
     */
    public Optional<T> covered() {
        return coverage == Coverage.COVERED && pcrProof != PcrProof.UNPROVED
                ? Optional.of(claimedValue)
                : Optional.empty();
    }

    /**
     * The value, if it is {@link #covered} and was measured by the firmware before an operating system could run.
     *
     * @return the value, or empty
     */
    public Optional<T> coveredBeforeSeparator() {
        return phase == Phase.PRE_OS ? covered() : Optional.empty();
    }

    /** Another value with the proof of this one. */
    <R> Claim<R> with(R value) {
        return new Claim<>(value, coverage, pcrProof, eventNumber, register, phase);
    }
}
