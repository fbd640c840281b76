package io.github.measuredboot.boot;

import io.github.measuredboot.eventlog.check.Proof;
import java.util.Optional;

/**
 * Something that an event of a log says.
 *
 * @param claimedValue what it says, whether a digest covers it or not: for display, and where {@link #proof} was asked
 * @param proof how far the digest of the bank covers it
 * @param eventNumber the event that says it, see {@link io.github.measuredboot.eventlog.Event#number()}
 * @param register the PCR of that event, or the measurement register in the log of a confidential VM
 * @param phase when the event was measured, by the events of the same register before it
 * @param <T> the type of the value
 */
public record Stated<T>(T claimedValue, Proof proof, int eventNumber, long register, Phase phase) {
    /**
     * The value, if a digest covers it.
     *
     * @return the value, or empty if it is only claimed, contradicted or never measured
     */
    public Optional<T> covered() {
        return proof == Proof.COVERED ? Optional.of(claimedValue) : Optional.empty();
    }

    /**
     * The value, if a digest covers it and it was measured by the firmware before an operating system could run.
     *
     * @return the value, or empty
     */
    public Optional<T> coveredBeforeSeparator() {
        return phase == Phase.PRE_OS ? covered() : Optional.empty();
    }
}
