package io.github.measuredboot.eventlog;

/** The two formats of an event log (PFP section 10.2). */
public enum EventLogFormat {
    /** {@code TCG_PCR_EVENT} structures, with one SHA-1 digest each. */
    LEGACY("legacy"),

    /** {@code TCG_PCR_EVENT2} structures with digests of several algorithms, after a Spec ID Event03 header. */
    CRYPTO_AGILE("crypto-agile");

    private final String id;

    EventLogFormat(String id) {
        this.id = id;
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
