package io.github.measuredboot.policy;

/** The rules that this library judges by. Callers may add clauses with other ids. */
public enum Rule {
    /** There is a bank in which all that is needed is pinned, logged and given. */
    BANK("bank", "a bank to judge"),
    /** The bank that is judged is not SHA-1. This rejects nothing. */
    WEAK_BANK("weak-bank", "the strength of the bank"),
    /** No other bank that the state pins contradicts the log. */
    OTHER_BANKS("other-banks", "the other banks"),
    /** The state has what the options ask for. */
    STATE("state", "the reference state"),
    /** A PCR is reproduced. */
    REPLAYED("replayed", "the value of a PCR"),
    /** An event of a PCR that is judged was accepted by no rule. */
    UNEXPECTED_EVENT("unexpected-event", "an event that no rule accepts"),
    /** A record of the userspace log extends a PCR in which none is expected. */
    USERSPACE_RECORD("userspace-record", "a record of the userspace log"),
    /** PCR 0 and the firmware blobs of PCR 2. */
    FIRMWARE("firmware", "the firmware"),
    /** The locality from which the TPM was started. */
    STARTUP_LOCALITY("startup-locality", "the startup locality"),
    /** A PCR for which any content is accepted. */
    FREE("free", "settings and boot variables, which vary"),
    /** The partition table and actions in PCR 5. */
    PARTITIONS("partitions", "the partition table and boot actions"),
    /** Drivers in PCR 2. */
    DRIVERS("drivers", "drivers and option ROMs"),
    /** The images that boot. */
    IMAGES("images", "the boot images"),
    /** Secure Boot is enabled. */
    SECURE_BOOT("secure-boot", "Secure Boot"),
    /** What PCR 7 measures, and in which order. */
    SECURE_BOOT_EVENTS("secure-boot-events", "the Secure Boot events"),
    /** The platform key. */
    PK("pk", "the platform key"),
    /** The key exchange keys. */
    KEK("kek", "the key exchange keys"),
    /** The signature database. */
    DB("db", "the signature database"),
    /** The revocation list. */
    DBX("dbx", "the revocation list"),
    /** The certificates by which images were accepted. */
    AUTHORITIES("authorities", "the authorities that vouched for images"),
    /** PCR 8, where loaders measure commands and command lines. */
    LOADER_COMMANDS("loader-commands", "commands of the loader"),
    /** PCR 9, where loaders and the kernel measure files. */
    LOADED_FILES("loaded-files", "files that were loaded"),
    /** The sections of the UKI in PCR 11. */
    SECTIONS("sections", "the sections of the UKI"),
    /** What is passed to the UKI: command line and credentials, PCR 12. */
    COMMAND_LINE("command-line", "the command line and credentials"),
    /** System and configuration extensions, PCR 13. */
    EXTENSIONS("extensions", "system extensions"),
    /** The machine owner's keys, PCR 14. */
    MOK_LISTS("mok-lists", "the machine owner's keys"),
    /** A PCR without a rule of its own is as pinned. */
    PINNED("pinned", "pinned events"),
    /** What systemd extends after the kernel was started. */
    USERSPACE_LOG("userspace-log", "the userspace log"),
    /** The digests that systemd extends are the pinned ones. */
    USERSPACE_DIGESTS("userspace-digests", "the digests of userspace");

    private final String id;
    private final String description;

    Rule(String id, String description) {
        this.id = id;
        this.description = description;
    }

    /** {@return the stable id in reports} */
    public String id() {
        return id;
    }

    /** {@return what the rule is about, for a person} */
    public String description() {
        return description;
    }

    static Rule forPcr(int pcr) {
        return switch (pcr) {
            case 2 -> DRIVERS;
            case 4 -> IMAGES;
            case 7 -> SECURE_BOOT_EVENTS;
            case 8 -> LOADER_COMMANDS;
            case 9 -> LOADED_FILES;
            case 11 -> SECTIONS;
            case 12 -> COMMAND_LINE;
            case 13 -> EXTENSIONS;
            case 14 -> MOK_LISTS;
            default -> PINNED;
        };
    }

    @Override
    public String toString() {
        return id;
    }
}
