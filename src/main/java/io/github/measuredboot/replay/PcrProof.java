package io.github.measuredboot.replay;

import io.github.measuredboot.tpm.HashAlgorithm;

/** How far the value of a PCR, and with it the digests, number and order of its events, is proved. */
public enum PcrProof {
    /** The log reproduces a value that a verified quote proves. */
    QUOTED("quoted"),

    /** The log reproduces the value that was given; nothing proves that the value is the TPM's. */
    ASSERTED("asserted"),

    /** The log does not reproduce the value of the PCR, or no value was given. */
    UNPROVED("unproved");

    private final String id;

    PcrProof(String id) {
        this.id = id;
    }

    static PcrProof of(ReplayedLog replayed, HashAlgorithm bank, int pcr) {
        return replayed.comparison(bank, pcr)
                .filter(PcrComparison::isReproduced)
                .map(comparison -> comparison.quoted() ? QUOTED : ASSERTED)
                .orElse(UNPROVED);
    }

    /** {@return the name that reports and JSON use} */
    public String id() {
        return id;
    }

    @Override
    public String toString() {
        return id;
    }
}
