package io.github.measuredboot.replay;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;
import java.util.Optional;

/** One PCR of one bank: the value that the log gives, and the value that was given for it. */
public final class PcrComparison {
    private final HashAlgorithm algorithm;
    private final int pcr;
    private final PcrStatus status;
    private final Optional<Bytes> replayed;
    private final Optional<Bytes> given;
    private final boolean quoted;

    PcrComparison(
            HashAlgorithm algorithm,
            int pcr,
            PcrStatus status,
            Optional<Bytes> replayed,
            Optional<Bytes> given,
            boolean quoted) {
        this.algorithm = algorithm;
        this.pcr = pcr;
        this.status = status;
        this.replayed = replayed;
        this.given = given;
        this.quoted = quoted;
    }

    /** {@return the bank} */
    public HashAlgorithm algorithm() {
        return algorithm;
    }

    /** {@return the PCR index} */
    public int pcr() {
        return pcr;
    }

    /** {@return how the two compare} */
    public PcrStatus status() {
        return status;
    }

    /** {@return the replayed value, or empty if no event extends the PCR in this bank or it cannot be replayed} */
    public Optional<Bytes> replayed() {
        return replayed;
    }

    /** {@return the value that was given, or empty if none was} */
    public Optional<Bytes> given() {
        return given;
    }

    /** {@return whether the given value is proved by a quote; otherwise it is asserted, if it was given at all} */
    public boolean quoted() {
        return quoted;
    }

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

    private List<Object> components() {
        return List.of(algorithm, pcr, status, replayed, given, quoted);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PcrComparison that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    @Override
    public String toString() {
        return "PcrComparison" + components();
    }
}
