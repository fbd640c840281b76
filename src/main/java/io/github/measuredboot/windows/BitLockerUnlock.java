package io.github.measuredboot.windows;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a BitLocker volume was unlocked ({@code FVEB_UNLOCK_FLAG} of {@code wbcl.h}).
 *
 * @param flags 32 bits, unsigned; 0 if no volume was unlocked
 */
public record BitLockerUnlock(long flags) {
    /** The flags. */
    public enum Flag {
        /** The key was kept from an unlock before. */
        CACHED(0x1, "cached"),

        /** A key on the medium itself: protection is suspended. */
        MEDIA(0x2, "clear key"),

        /** The TPM released the key. */
        TPM(0x4, "TPM"),

        /** With a PIN. */
        PIN(0x10, "PIN"),

        /** With a key on another medium. */
        EXTERNAL(0x20, "external key"),

        /** With the recovery password. */
        RECOVERY(0x40, "recovery password"),

        /** With a passphrase. */
        PASSPHRASE(0x80, "passphrase"),

        /** From the network. */
        NBP(0x100, "network"),

        /** With the unlock key of the operating system's volume. */
        AUK_OSFVEINFO(0x200, "key of the OS volume");

        private final long mask;
        private final String label;

        Flag(long mask, String label) {
            this.mask = mask;
            this.label = label;
        }
    }

    /** {@return the known flags that are set, none if no volume was unlocked} */
    public Set<Flag> set() {
        EnumSet<Flag> set = EnumSet.noneOf(Flag.class);
        for (Flag flag : Flag.values()) {
            if ((flags & flag.mask) != 0) {
                set.add(flag);
            }
        }
        return Set.copyOf(set);
    }

    /** {@return whether a volume was unlocked} */
    public boolean isUnlocked() {
        return flags != 0;
    }

    /** The flags in words; those that are not known as a number. */
    @Override
    public String toString() {
        if (flags == 0) {
            return "no volume unlocked";
        }
        long known = Arrays.stream(Flag.values()).mapToLong(flag -> flag.mask).sum();
        List<String> labels = Arrays.stream(Flag.values())
                .filter(flag -> (flags & flag.mask) != 0)
                .map(flag -> flag.label)
                .collect(Collectors.toList());
        if ((flags & ~known) != 0) {
            labels.add(String.format("0x%x", flags & ~known));
        }
        return String.join(", ", labels);
    }
}
