package io.github.measuredboot.eventlog;

/** The two formats of an event log (PFP section 10.2). */
public enum EventLogFormat {
    /** {@code TCG_PCR_EVENT} structures, with one SHA-1 digest each. */
    LEGACY("legacy"),

    /** {@code TCG_PCR_EVENT2} structures with digests of several algorithms, after a Spec ID Event03 header. */
    CRYPTO_AGILE("crypto-agile");

    private final String text;

    EventLogFormat(String text) {
        this.text = text;
    }

    /** The name as reports print it. */
    @Override
    public String toString() {
        return text;
    }
}
