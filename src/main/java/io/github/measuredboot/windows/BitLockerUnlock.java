package io.github.measuredboot.windows;

import java.util.ArrayList;
import java.util.List;

/** How a BitLocker volume was unlocked ({@code FVEB_UNLOCK_FLAG} of {@code wbcl.h}). */
enum BitLockerUnlock {
    CACHED(0x1, "cached"),
    MEDIA(0x2, "clear key"),
    TPM(0x4, "TPM"),
    PIN(0x10, "PIN"),
    EXTERNAL(0x20, "external key"),
    RECOVERY(0x40, "recovery password"),
    PASSPHRASE(0x80, "passphrase"),
    NBP(0x100, "network"),
    AUK_OSFVEINFO(0x200, "key of the OS volume");

    private final long mask;
    private final String label;

    BitLockerUnlock(long mask, String label) {
        this.mask = mask;
        this.label = label;
    }

    /** The flags in words; those that are not known as a number. */
    static String text(long flags) {
        if (flags == 0) {
            return "no volume unlocked";
        }
        List<String> labels = new ArrayList<>();
        long unknown = flags;
        for (BitLockerUnlock flag : values()) {
            if ((flags & flag.mask) != 0) {
                labels.add(flag.label);
                unknown &= ~flag.mask;
            }
        }
        if (unknown != 0) {
            labels.add(String.format("0x%x", unknown));
        }
        return String.join(", ", labels);
    }
}
