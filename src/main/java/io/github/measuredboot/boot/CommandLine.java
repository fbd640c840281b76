package io.github.measuredboot.boot;

import io.github.measuredboot.tpm.Digest;
import java.util.Optional;

/**
 * A command line that was measured, in words or only as a digest.
 *
 * @param source who measured it
 * @param text the text; empty if the log holds no more than the digest
 * @param digest the digest that is measured, in the bank of the summary; empty if the event has none
 * @param eventNumber the event
 */
public record CommandLine(
        Source source, Optional<Claim<String>> text, Optional<Claim<Digest>> digest, int eventNumber) {
    /** Who measures a command line. */
    public enum Source {
        /** GRUB, of a kernel: path and command line. */
        GRUB_KERNEL("grub-kernel", "kernel, by GRUB"),

        /** GRUB, of a module: path and command line. */
        GRUB_MODULE("grub-module", "module, by GRUB"),

        /** Systemd-boot or systemd-stub, of what they were given or pass on. */
        SYSTEMD("systemd", "passed on, by systemd-boot or systemd-stub"),

        /** The section of a unified kernel image. Only its digest is in the log. */
        UKI_SECTION("uki-section", "section .cmdline of the UKI"),

        /** Another loader, or the kernel itself: text that reads like a command line. */
        OTHER_LOADER("other-loader", "kernel, by another loader"),

        /** The EFI stub of Linux. As a rule only the digest of its UTF-16 text with the NUL is in the log. */
        LINUX_LOAD_OPTIONS("linux-load-options", "LoadOptions of the Linux EFI stub");

        private final String id;
        private final String label;

        Source(String id, String label) {
            this.id = id;
            this.label = label;
        }

        /** {@return the name that reports and JSON use} */
        public String id() {
            return id;
        }

        /** {@return the words in reports} */
        public String label() {
            return label;
        }
    }
}
