package io.github.measuredboot.refstate;

import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A firmware: what it measures into PCR 0, and its code in PCR 2. */
public final class Firmware {
    private static final int MAX_LOCALITY = 4;

    private final DigestSet scrtm;
    private final List<DigestSet> platformFirmware;
    private final OptionalInt startupLocality;
    private final List<PinnedEvent> pcr0;
    private final List<PinnedEvent> pcr2;

    private Firmware(
            DigestSet scrtm,
            List<DigestSet> platformFirmware,
            OptionalInt startupLocality,
            List<PinnedEvent> pcr0,
            List<PinnedEvent> pcr2) {
        startupLocality.ifPresent(locality -> {
            if (locality < 0 || locality > MAX_LOCALITY) {
                throw new IllegalArgumentException("locality " + locality + " is not 0 to " + MAX_LOCALITY);
            }
        });
        this.scrtm = scrtm;
        this.platformFirmware = List.copyOf(platformFirmware);
        this.startupLocality = startupLocality;
        this.pcr0 = List.copyOf(pcr0);
        this.pcr2 = List.copyOf(pcr2);
    }

    /** {@return the digests of EV_S_CRTM_VERSION in PCR 0; empty if there is no such event} */
    public DigestSet scrtm() {
        return scrtm;
    }

    /** {@return the digests of the EV_EFI_PLATFORM_FIRMWARE_BLOB and _BLOB2 events of PCR 0 and 2, in the order of the log} */
    public List<DigestSet> platformFirmware() {
        return platformFirmware;
    }

    /** {@return the locality that the replay of PCR 0 needs, 0 to 4; empty in a short state} */
    public OptionalInt startupLocality() {
        return startupLocality;
    }

    /** {@return all events of PCR 0, separators included; empty in a short state} */
    public List<PinnedEvent> pcr0() {
        return pcr0;
    }

    /** {@return the firmware blobs of PCR 2, which must all come before its separator} */
    public List<PinnedEvent> pcr2() {
        return pcr2;
    }

    /** {@return a builder of a firmware about which nothing is known yet} */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a firmware. For use by one thread. */
    public static final class Builder {
        private DigestSet scrtm = DigestSet.EMPTY;
        private List<DigestSet> platformFirmware = List.of();
        private OptionalInt startupLocality = OptionalInt.empty();
        private List<PinnedEvent> pcr0 = List.of();
        private List<PinnedEvent> pcr2 = List.of();

        private Builder() {}

        /** Sets {@link Firmware#scrtm()}. */
        public Builder scrtm(DigestSet digests) {
            scrtm = digests;
            return this;
        }

        /** Sets {@link Firmware#platformFirmware()}. */
        public Builder platformFirmware(List<DigestSet> digests) {
            platformFirmware = digests;
            return this;
        }

        /** Sets {@link Firmware#startupLocality()}. */
        public Builder startupLocality(OptionalInt locality) {
            startupLocality = locality;
            return this;
        }

        /** Sets {@link Firmware#pcr0()}. */
        public Builder pcr0(List<PinnedEvent> events) {
            pcr0 = events;
            return this;
        }

        /** Sets {@link Firmware#pcr2()}. */
        public Builder pcr2(List<PinnedEvent> events) {
            pcr2 = events;
            return this;
        }

        /**
         * Builds the firmware.
         *
         * @return the firmware
         * @throws IllegalArgumentException if the locality is not 0 to 4
         */
        public Firmware build() {
            return new Firmware(scrtm, platformFirmware, startupLocality, pcr0, pcr2);
        }
    }

    /** {@return whether all events of PCR 0 are pinned} */
    public boolean isFull() {
        return !pcr0.isEmpty();
    }

    /** {@return whether any code is pinned, and not only a version} */
    public boolean pinsCode() {
        return !platformFirmware.isEmpty()
                || pcr0.stream()
                        .map(PinnedEvent::claimedType)
                        .anyMatch(type ->
                                !type.equals(EventType.EV_S_CRTM_VERSION) && !type.equals(EventType.EV_SEPARATOR));
    }

    /**
     * {@return whether anything is pinned, and all of it is pinned in a bank}
     *
     * @param bank the bank
     */
    public boolean isPinnedIn(HashAlgorithm bank) {
        if (isFull()) {
            return PinnedPcr.isPinnedIn(pcr0, bank) && PinnedPcr.isPinnedIn(pcr2, bank);
        }
        List<DigestSet> pinned = Stream.concat(
                        Stream.of(scrtm).filter(set -> !set.isEmpty()), platformFirmware.stream())
                .toList();
        return !pinned.isEmpty()
                && pinned.stream().allMatch(digests -> digests.value(bank).isPresent());
    }

    static boolean isBlob(EventType type) {
        return type.equals(EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB)
                || type.equals(EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB2);
    }

    private List<Object> components() {
        return List.of(scrtm, platformFirmware, startupLocality, pcr0, pcr2);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Firmware that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    @Override
    public String toString() {
        return "Firmware" + components();
    }
}
