package io.github.measuredboot.boot;

import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import java.util.Optional;

/**
 * A PE image that was loaded.
 *
 * @param digest its Authenticode digest in the bank of the summary, which is what is measured; empty if the event has none. Where it is
 *     covered, the PCR proves that it was measured; that it is the digest of an image at all is a claim, as the type of the event is
 * @param claim what the event claims about the image: never {@link io.github.measuredboot.eventlog.check.Coverage#COVERED}, because a
 *     digest that covers these data measures no image
 * @param claimedAuthority the authority that vouched for the image; empty if it is not known. An authority is measured right before or
 *     right after its image, and a certificate is measured only once for all images that it accepts. Where the order of the log leaves
 *     open which image an authority belongs to, no image has the authority. That order is not proved between PCRs. An image that is
 *     loaded again, with the same digest in a bank other than SHA-1, has the authority of the first time, because that authority vouches
 *     for the digest
 */
public record LoadedImage(
        Optional<Claim<Digest>> digest, Claim<Description> claim, Optional<Claim<Authority>> claimedAuthority) {
    /** The type of an image, as its event claims it. */
    public enum Type {
        /** An application: a boot loader, a kernel, a tool. */
        APPLICATION("application", "application"),

        /** A driver that is gone when the operating system runs. */
        BOOT_SERVICES_DRIVER("boot-services-driver", "driver"),

        /** A driver that stays. */
        RUNTIME_SERVICES_DRIVER("runtime-services-driver", "runtime driver");

        private final String id;
        private final String label;

        Type(String id, String label) {
            this.id = id;
            this.label = label;
        }

        /** {@return the name that reports and JSON use} */
        public String id() {
            return id;
        }

        /** {@return the word in reports} */
        public String label() {
            return label;
        }
    }

    /**
     * What an event claims about an image.
     *
     * @param type its type
     * @param devicePath where it came from; without nodes if it came from memory; empty if the event data are malformed
     */
    public record Description(Type type, Optional<DevicePath> devicePath) {
        /** {@return whether the path is that of a file of the firmware, by its nodes} */
        public boolean isFirmwareResident() {
            return devicePath.filter(DevicePath::isFirmwareResident).isPresent();
        }
    }

    /** {@return the number of the event} */
    public int eventNumber() {
        return claim.eventNumber();
    }

    /** {@return whether it was loaded before the separator of its PCR} */
    public Phase phase() {
        return claim.phase();
    }
}
