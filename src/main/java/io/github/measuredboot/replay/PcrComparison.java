package io.github.measuredboot.replay;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Optional;

/**
 * One PCR of one bank: what the log gives, and what was given for it.
 *
 * @param algorithm the bank
 * @param pcr the PCR index
 * @param status how the two compare
 * @param replayed the replayed value, or empty if no event extends the PCR in this bank or it cannot be replayed
 * @param given the value that was given, or empty if none was
 * @param quoted whether the given value is proved by a quote; otherwise it is asserted, if it was given at all
 */
public record PcrComparison(
        HashAlgorithm algorithm,
        int pcr,
        PcrStatus status,
        Optional<Bytes> replayed,
        Optional<Bytes> given,
        boolean quoted) {
    /**
     * {@return whether the log reproduces the given value: true for {@link PcrStatus#MATCHES} and {@link PcrStatus#INITIAL_VALUE}}
     */
    public boolean isReproduced() {
        return status == PcrStatus.MATCHES || status == PcrStatus.INITIAL_VALUE;
    }

    /**
     * Whether the log reproduces a value that a quote proves: only then are the digests of the PCR's events, their number
     * and their order more than a claim.
     *
     * @return true if the value is quoted and reproduced
     */
    public boolean isProved() {
        return quoted && isReproduced();
    }
}
