package io.github.measuredboot.boot;

import io.github.measuredboot.tpm.Digest;
import java.util.Optional;

/**
 * A file, a section or a list whose content a loader measured.
 *
 * @param kind what it is, by the event that claims it
 * @param name its name or path: a claim, except for sections, whose name is measured by an event of its own
 * @param digest the digest of the content in the bank of the summary; empty if the event has none, or if no event with the content
 *     follows the one with the name
 * @param eventNumber the event with the content, or the one with the name if there is no other
 */
public record MeasuredObject(Kind kind, Claim<String> name, Optional<Claim<Digest>> digest, int eventNumber) {
    /** What was measured. */
    public enum Kind {
        /** A section of a unified kernel image. */
        UKI_SECTION("uki-section"),

        /** A file that GRUB read. */
        GRUB_FILE("grub-file"),

        /** One of shim's lists. */
        SHIM_LIST("shim-list"),

        /** An initial RAM disk that systemd-stub made of credentials or extensions. */
        STUB_INITRD("stub-initrd"),

        /** An object with a tag: see {@link io.github.measuredboot.eventlog.EventTag}. */
        TAGGED("tagged"),

        /** Something that a loader names by a text of its own. */
        TEXT("text");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /** {@return the name that reports and JSON use} */
        public String id() {
            return id;
        }
    }
}
