package io.github.measuredboot.uefi.image;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;
import java.util.Optional;

/**
 * What a machine measures in one PCR bank when it boots a unified kernel image.
 *
 * @param image PCR 4: the Authenticode digest of the image
 * @param kernel PCR 4: the Authenticode digest of the kernel inside, which the firmware measures if the stub starts the kernel through
 *     LoadImage and Secure Boot is off (this is so with systemd 257; with Secure Boot on, its stub bypasses the firmware's checks and the
 *     kernel is not measured); empty if the kernel is not a PE image
 * @param sections PCR 11: the sections that the stub measures, in its order
 */
public record UkiPrediction(Digest image, Optional<Digest> kernel, List<SectionMeasurement> sections) {
    public UkiPrediction {
        sections = List.copyOf(sections);
    }

    /** {@return the hash algorithm of all digests} */
    public HashAlgorithm algorithm() {
        return image.algorithm();
    }

    /**
     * The value of PCR 11 after the stub has measured its sections and userspace the phases, as {@code systemd-measure
     * calculate} gives it.
     *
     * @param phases the phases that the boot has gone through
     * @return the value, starting from zeros and extended with two digests for each section and one for each phase
     */
    public Bytes pcr11(BootPhases phases) {
        Bytes value = algorithm().zeroDigest();
        for (SectionMeasurement section : sections) {
            value = extend(value, section.name().value());
            value = extend(value, section.content().value());
        }
        for (Bytes phase : phases.measured()) {
            value = extend(value, PeImage.digest(algorithm(), phase::update).value());
        }
        return value;
    }

    private Bytes extend(Bytes value, Bytes digest) {
        return algorithm().extend(value, digest).orElseThrow();
    }
}
