package io.github.measuredboot.boot;

import java.util.Arrays;
import java.util.Optional;

/**
 * What firmware has done, in an EV_EFI_ACTION, EV_ACTION or EV_OMIT_BOOT_DEVICE_EVENTS event (PFP 10.4.3 and 10.4.4).
 *
 * @param kind what it is
 * @param text the text of the event; the specification's text if the event has the digest of it and claims to be of another type
 */
public record Action(Kind kind, String text) {
    /** The actions that say something about a boot. */
    public enum Kind {
        /** A boot option is started. */
        CALLING_BOOT_OPTION("Calling EFI Application from Boot Option"),

        /** A boot option has returned: its boot failed. */
        RETURNING_FROM_BOOT_OPTION("Returning from EFI Application from Boot Option"),

        /** Attempts to boot are not measured on this platform. */
        BOOT_ATTEMPTS_OMITTED("BOOT ATTEMPTS OMITTED"),

        /** The loader or the operating system takes over. */
        EXIT_BOOT_SERVICES("Exit Boot Services Invocation"),

        /** It has taken over. */
        EXIT_BOOT_SERVICES_SUCCEEDED("Exit Boot Services Returned with Success"),

        /** It has not. */
        EXIT_BOOT_SERVICES_FAILED("Exit Boot Services Returned with Failure"),

        /** Devices could access all memory while firmware ran. */
        DMA_PROTECTION_DISABLED("DMA Protection Disabled"),

        /** A debugger can be attached to the firmware. */
        DEBUG_MODE("UEFI Debug Mode"),

        /** Any other text. */
        OTHER("");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** {@return the specification's text; empty for {@link #OTHER}} */
        public String text() {
            return text;
        }

        static Kind of(String text) {
            Optional<Kind> known = Arrays.stream(values())
                    .filter(kind -> kind != OTHER && kind.text.equals(text))
                    .findFirst();
            return known.orElse(OTHER);
        }
    }
}
