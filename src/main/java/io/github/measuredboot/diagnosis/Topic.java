package io.github.measuredboot.diagnosis;

/** What a measurement is about, as its log claims; the causes of most failures come first. */
public enum Topic {
    /** Code and version of the firmware, of option ROMs and of devices. */
    FIRMWARE("firmware"),
    /** Images, kernels, sections of unified kernel images and files that boot loaders read. */
    IMAGE("image"),
    /** SecureBoot, PK, KEK, db, dbx, shim's lists, and the authority by which an image was accepted. */
    SECURE_BOOT("secure-boot"),
    /** Command lines of kernels and loaders. */
    COMMAND_LINE("command-line"),
    /** BootOrder, Boot#### and the like. */
    BOOT_CONFIGURATION("boot-configuration"),
    /** The partition table of the boot disk. */
    PARTITION_TABLE("partition-table"),
    /** Other variables, tables and settings of the firmware. */
    SETTINGS("settings"),
    /** What an operating system measures: Windows, systemd, and GRUB's commands. */
    OPERATING_SYSTEM("operating-system"),
    /** Separators, actions, and what is not known. */
    OTHER("other");

    private final String id;

    Topic(String id) {
        this.id = id;
    }

    /** {@return a stable id, such as {@code boot-configuration}} */
    public String id() {
        return id;
    }
}
