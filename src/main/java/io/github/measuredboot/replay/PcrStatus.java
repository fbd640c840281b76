package io.github.measuredboot.replay;

/** How the replayed value of a PCR compares with the value that was given for it. */
public enum PcrStatus {
    /** Events of the log extend the PCR, and replaying them gives the value. */
    MATCHES("matches", false),

    /** Events of the log extend the PCR, and replaying them gives another value. */
    DIFFERS("differs", true),

    /** No value was given: nothing is known. */
    NO_VALUE("no-value", false),

    /**
     * No event of the log extends the PCR in this bank, and its value is the initial one, as it should be. In PCR 17 to 22 this
     * is ones, or zeros where the values of other PCRs prove the dynamic launch that the log has.
     */
    INITIAL_VALUE("initial-value", false),

    /**
     * No event of the log extends the PCR in this bank, yet its value is not the initial one: the log does not account for it.
     * Another log may account for it, such as the log of the kernel's IMA for PCR 10.
     */
    NO_EVENTS("no-events", true),

    /** All values given for the bank are zeros, or all are ones, and not all of them can be: the TPM does not extend it. */
    BANK_NOT_ACTIVE("bank-not-active", true),

    /** The bank's algorithm cannot be computed: nothing is known. */
    NOT_REPLAYABLE("not-replayable", true);

    private final String id;
    private final boolean failure;

    PcrStatus(String id, boolean failure) {
        this.id = id;
        this.failure = failure;
    }

    /**
     * Whether a value was given that the log does not reproduce.
     *
     * @return true for everything but {@link #MATCHES}, {@link #INITIAL_VALUE} and {@link #NO_VALUE}
     */
    public boolean isFailure() {
        return failure;
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
