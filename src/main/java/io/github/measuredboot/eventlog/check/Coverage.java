package io.github.measuredboot.eventlog.check;

/** How far a part of a log is bound to what a TPM has measured. */
public enum Coverage {
    /**
     * The digest of its event is the hash of bytes that hold this part, which are in the log. Whoever has proved the PCR of
     * this bank has proved this part too, but not what type of event it belongs to.
     */
    COVERED("covered"),

    /**
     * The digest covers something else: data that are not in the log, or another part of the event. The part is what the
     * machine says.
     */
    NOT_COVERED("not-covered"),

    /** The digest should be the hash of bytes that hold this part, but it is not. */
    CONTRADICTED("contradicted"),

    /** The event is extended into no PCR. The part is what the machine says. */
    NEVER_MEASURED("never-measured");

    private final String id;

    Coverage(String id) {
        this.id = id;
    }

    /** {@return the name that reports and JSON use} */
    public String id() {
        return id;
    }
}
