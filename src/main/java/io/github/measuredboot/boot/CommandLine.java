package io.github.measuredboot.boot;

import io.github.measuredboot.tpm.Digest;
import java.util.Optional;

/**
 * A command line that was measured, in words or only as a digest.
 *
 * @param source who measured it
 * @param text the text; empty if the log holds no more than the digest
 * @param digest what is measured, in the bank of the summary; empty if the event has none
 * @param eventNumber the event
 */
public record CommandLine(
        Source source, Optional<Claim<String>> text, Optional<Claim<Digest>> digest, int eventNumber) {
    /** Who measures a command line. */
    public enum Source {
        /** GRUB, of a kernel: path and command line. */
        GRUB_KERNEL("kernel, by GRUB"),

        /** GRUB, of a module: path and command line. */
        GRUB_MODULE("module, by GRUB"),

        /** Systemd-boot or systemd-stub, of what they were given or pass on. */
        SYSTEMD("passed on, by systemd-boot or systemd-stub"),

        /** The section of a unified kernel image. Only its digest is in the log. */
        UKI_SECTION("section .cmdline of the UKI"),

        /** The EFI stub of Linux. Only the digest of its UTF-16 text with the NUL is in the log. */
        LINUX_LOAD_OPTIONS("LoadOptions of the Linux EFI stub");

        private final String label;

        Source(String label) {
            this.label = label;
        }

        /** {@return the words in reports} */
        public String label() {
            return label;
        }
    }
}
