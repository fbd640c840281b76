package io.github.measuredboot.uefi.image;

/** The sections that systemd's stub measures, in its order, with the version of systemd that introduced each. */
enum StubSection {
    LINUX(".linux", 252),
    OSREL(".osrel", 252),
    CMDLINE(".cmdline", 252),
    INITRD(".initrd", 252),
    UCODE(".ucode", 256),
    SPLASH(".splash", 252),
    DTB(".dtb", 252),
    UNAME(".uname", 254),
    SBAT(".sbat", 254),
    PCRPKEY(".pcrpkey", 252),
    PROFILE(".profile", 257),
    DTBAUTO(".dtbauto", 257),
    HWIDS(".hwids", 257),
    EFIFW(".efifw", 258);

    private final String sectionName;
    private final int since;

    StubSection(String sectionName, int since) {
        this.sectionName = sectionName;
        this.since = since;
    }

    String sectionName() {
        return sectionName;
    }

    boolean isMeasuredBy(int version) {
        return version >= since;
    }

    boolean isChosenByHardware() {
        return this == DTBAUTO || this == EFIFW;
    }
}
