package io.github.measuredboot.policy;

/** How far the value of a PCR, and with it the digests, number and order of its events, is proved. */
public enum PcrProof {
    /** The log reproduces a value that a verified quote proves. */
    QUOTED("quoted"),

    /** The log reproduces the value that was given; nothing proves that the value is the TPM's. */
    ASSERTED("asserted"),

    /** The log does not reproduce the value of the PCR, or no value was given. */
    UNPROVED("unproved");

    private final String text;

    PcrProof(String text) {
        this.text = text;
    }

    /** The name as reports print it. */
    @Override
    public String toString() {
        return text;
    }
}
