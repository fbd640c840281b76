package io.github.measuredboot.eventlog.check;

/**
 * A known way in which real firmware and loaders depart from what the specification says about a digest. The ids are stable: reports
 * print them, and policies use them to say what they refuse.
 */
public enum DigestQuirk {
    /** EV_EFI_VARIABLE_BOOT with the hash of the whole structure. */
    VARIABLE_BOOT_WHOLE_STRUCTURE(
            "variable-boot-whole-structure",
            Severity.HARMLESS,
            "Dell, HP, Lenovo and AMI firmware",
            "PFP 10.4.1, EV_EFI_VARIABLE_BOOT: the digest is that of the variable's data"),

    /** A variable whose name is not covered, in an event whose digest should cover the whole structure. */
    VARIABLE_NAME_NOT_COVERED(
            "variable-name-not-covered",
            Severity.SERIOUS,
            "firmware that treats all variables as EV_EFI_VARIABLE_BOOT",
            "PFP 10.4.1: the digest is that of UEFI_VARIABLE_DATA"),

    /** Bytes after the variable's structure that the digest leaves out. */
    VARIABLE_TRAILING_BYTES_NOT_COVERED(
            "variable-trailing-bytes-not-covered",
            Severity.NOTABLE,
            "firmware that pads its event data",
            "PFP 10.4.1: the event data is UEFI_VARIABLE_DATA"),

    /** The authority events of old versions of shim, which count one byte too many. */
    SHIM_LAST_BYTE_NOT_COVERED(
            "shim-last-byte-not-covered",
            Severity.NOTABLE,
            "shim before version 15.3",
            "PFP 10.4.1, EV_EFI_VARIABLE_AUTHORITY: the digest is that of the event data"),

    /** A NUL at the end of the text, which the digest leaves out. */
    TEXT_NUL_NOT_COVERED(
            "text-nul-not-covered",
            Severity.HARMLESS,
            "Dell firmware",
            "PFP 10.4.1: the event data is the string without a NUL"),

    /** A NUL at the end of the text, which is measured but not logged. */
    TEXT_NUL_NOT_LOGGED(
            "text-nul-not-logged",
            Severity.HARMLESS,
            "loaders that measure a string with its terminator",
            "PFP 10.4.1: the digest is that of the event data"),

    /** GRUB measures the command and logs it after a prefix. */
    GRUB_PREFIX_NOT_COVERED(
            "grub-prefix-not-covered",
            Severity.HARMLESS,
            "GRUB 2.06 and later, and Fedora's GRUB 2.04",
            "PFP 10.4.1, EV_IPL: left to the loader"),

    /** systemd-stub measures a section's name in UTF-8 and logs it in UTF-16. */
    STUB_NAME_IN_UTF8("stub-name-in-utf8", Severity.HARMLESS, "systemd-stub", "PFP 10.4.1, EV_IPL: left to the loader"),

    /** Only the data after the tag of an EV_EVENT_TAG event. */
    TAG_NOT_COVERED(
            "tag-not-covered",
            Severity.NOTABLE,
            "loaders that measure a tagged object and log it too",
            "PFP 10.4.1, EV_EVENT_TAG: the digest is that of TCG_PCClientTaggedEvent"),

    /** A separator of ones whose data are the name of who wrote it. */
    SEPARATOR_WITH_NAME(
            "separator-with-name",
            Severity.HARMLESS,
            "skiboot on OpenPOWER machines",
            "PFP 10.4.1, EV_SEPARATOR: the event data is the separator value"),

    /** An action whose data are the name of an object or a setting, and whose digest is that of the object, or the value itself. */
    ACTION_NAMES_OBJECT(
            "action-names-object",
            Severity.SERIOUS,
            "hostboot and skiboot on OpenPOWER machines",
            "PFP 10.4.1, EV_ACTION: the digest is that of the event data"),

    /**
     * A version such as 2.5.1 or A07 whose digest is that of something else. Dell's servers do this; the known notebooks log an empty
     * string, which their digests cover.
     */
    VERSION_NOT_COVERED(
            "version-not-covered",
            Severity.SERIOUS,
            "Dell firmware",
            "PFP 10.4.1, EV_S_CRTM_VERSION: the digest is that of the event data");

    /** How much a quirk takes away from what an event proves. */
    public enum Severity {
        /** The digest binds all that it should. */
        HARMLESS,

        /** The digest leaves something out that has no meaning of its own. */
        NOTABLE,

        /** The digest leaves out what gives the rest its meaning. */
        SERIOUS
    }

    private final String id;
    private final Severity severity;
    private final String seenOn;
    private final String clause;

    DigestQuirk(String id, Severity severity, String seenOn, String clause) {
        this.id = id;
        this.severity = severity;
        this.seenOn = seenOn;
        this.clause = clause;
    }

    /** {@return the name in reports, lower case with hyphens} */
    public String id() {
        return id;
    }

    /** {@return how much the quirk takes away from what an event proves} */
    public Severity severity() {
        return severity;
    }

    /** {@return the firmware and loaders that show it} */
    public String seenOn() {
        return seenOn;
    }

    /** {@return the clause of the specification that the quirk departs from} */
    public String clause() {
        return clause;
    }
}
