package io.github.measuredboot.boot;

import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.replay.PcrProof;
import java.util.List;
import java.util.Optional;

/**
 * Something that an event of a log claims.
 *
 * @param <T> the type of the value
 */
public final class Claim<T> {
    private final T claimedValue;
    private final Coverage coverage;
    private final PcrProof pcrProof;
    private final int eventNumber;
    private final long register;
    private final Phase phase;

    Claim(T claimedValue, Coverage coverage, PcrProof pcrProof, int eventNumber, long register, Phase phase) {
        this.claimedValue = claimedValue;
        this.coverage = coverage;
        this.pcrProof = pcrProof;
        this.eventNumber = eventNumber;
        this.register = register;
        this.phase = phase;
    }

    /** {@return the value that is claimed, whether or not anything proves it; for display} */
    public T claimedValue() {
        return claimedValue;
    }

    /**
     * {@return how far the digest of the bank covers it} Where the log was compared with PCR values, nothing is {@link Coverage#COVERED}
     * in a PCR that is not reproduced; otherwise the digest is a claim as well.
     */
    public Coverage coverage() {
        return coverage;
    }

    /** {@return how far the PCR is proved; {@link PcrProof#UNPROVED} if the log was not compared with PCR values} */
    public PcrProof pcrProof() {
        return pcrProof;
    }

    /** {@return the event that claims it, see {@link io.github.measuredboot.eventlog.Event#number()}} */
    public int eventNumber() {
        return eventNumber;
    }

    /** {@return the PCR of that event, or the measurement register in the log of a confidential VM} */
    public long register() {
        return register;
    }

    /** {@return when the event was measured, judged by the events of the same register around it} */
    public Phase phase() {
        return phase;
    }

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

    private List<Object> components() {
        return List.of(claimedValue, coverage, pcrProof, eventNumber, register, phase);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Claim<?> that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    @Override
    public String toString() {
        return "Claim" + components();
    }
}
