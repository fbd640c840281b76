package io.github.measuredboot.boot;

/**
 * When an event was measured. A separator is known by its digest: the type can be forged, so an event of any type with the digest of a
 * separator ends the phase, and an event with another digest does not.
 */
public enum Phase {
    /** Before the separator of a firmware register (PCR 0 to 7; registers 1 and 2 of a confidential VM). */
    PRE_OS("pre-os"),

    /**
     * After that separator, or in another register: the boot loader and the operating system, and those who control them, can
     * measure what they like.
     */
    OS_PRESENT("os-present"),

    /** After the separator with which Windows closes its PCRs: this is not part of the boot. */
    CLOSED("closed"),

    /** In a firmware register that has no separator: nothing shows that no operating system was running yet. */
    UNKNOWN("unknown");

    private final String id;

    Phase(String id) {
        this.id = id;
    }

    /** {@return the name that reports and JSON use} */
    public String id() {
        return id;
    }
}
