package io.github.measuredboot.uefi.image;

import io.github.measuredboot.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The phases that a boot has gone through, by the words with which systemd-pcrphase extends PCR 11 one after the other.
 *
 * @param words for example {@code enter-initrd}, {@code leave-initrd}; empty as long as only the stub has run
 */
public record BootPhases(List<String> words) {
    /** Nothing but the stub has run. */
    public static final BootPhases NONE = new BootPhases(List.of());

    /** The four stages from the initrd's start to the running system, for which {@code systemd-measure} gives values. */
    public static final List<BootPhases> STANDARD = List.of(
            of("enter-initrd"),
            of("enter-initrd:leave-initrd"),
            of("enter-initrd:leave-initrd:sysinit"),
            of("enter-initrd:leave-initrd:sysinit:ready"));

    /** @throws IllegalArgumentException if a word is empty or has a colon in it */
    public BootPhases {
        words = List.copyOf(words);
        if (words.stream().anyMatch(word -> word.isEmpty() || word.contains(":"))) {
            throw new IllegalArgumentException("a phase is a word without a colon: " + words);
        }
    }

    /**
     * Reads a phase path as {@code systemd-measure --phase} takes it: words with colons between them, leaving out empty ones.
     *
     * @param path for example {@code enter-initrd:leave-initrd}
     * @return the phases
     */
    public static BootPhases of(String path) {
        return new BootPhases(
                Arrays.stream(path.split(":")).filter(word -> !word.isEmpty()).toList());
    }

    List<Bytes> measured() {
        return words.stream()
                .map(word -> Bytes.encode(word, StandardCharsets.UTF_8))
                .toList();
    }

    /** The phase path, colons between the words. */
    @Override
    public String toString() {
        return String.join(":", words);
    }
}
