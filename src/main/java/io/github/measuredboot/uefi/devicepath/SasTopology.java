package io.github.measuredboot.uefi.devicepath;

/** The device and topology information of SAS nodes (UEFI 10.3.4.18, table of the field). */
record SasTopology(int value) {
    boolean isAbsent() {
        return (value & 0x8f) == 0;
    }

    /** Whether the fields below have a meaning: bits 0 to 3 are 1 or 2 and bit 7, which is reserved, is 0. */
    boolean isDefined() {
        return !isAbsent() && (value & 0x80) == 0 && (value & 0x0f) <= 2;
    }

    boolean hasDriveBay() {
        return (value & 0x0f) == 2;
    }

    String protocol() {
        return (value & 0x10) == 0 ? "SAS" : "SATA";
    }

    String location() {
        return (value & 0x20) == 0 ? "Internal" : "External";
    }

    String connection() {
        return (value & 0x40) == 0 ? "Direct" : "Expanded";
    }

    int driveBay() {
        return (value >> Byte.SIZE) + 1;
    }
}
