package io.github.measuredboot.eventlog.check;

/** How the digest of an event relates to the data of the event. */
public enum DigestStatus {
    /** The digest is the hash of what it should cover, and that is in the log. */
    MATCHES("matches"),

    /** The digest should be the hash of something that is in the log, but it is not. */
    DIFFERS("differs"),

    /** The digest covers data outside the log, such as a PE image or a firmware volume; the log can neither prove nor refute it. */
    NOT_COVERED("not-covered"),

    /** The event is not extended, whatever digest it has. */
    NOT_MEASURED("not-measured"),

    /** The event has no digest in this bank. */
    NO_DIGEST("no-digest");

    private final String id;

    DigestStatus(String id) {
        this.id = id;
    }

    /** {@return the name that reports and JSON use} */
    public String id() {
        return id;
    }
}
