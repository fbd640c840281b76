package io.github.measuredboot.refstate;

import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A firmware: what it measures into PCR 0, and its code in PCR 2.
 *
 * @param scrtm the digests of EV_S_CRTM_VERSION in PCR 0; empty if there is no such event
 * @param platformFirmware the digests of the EV_EFI_PLATFORM_FIRMWARE_BLOB and _BLOB2 events of PCR 0 and 2, in the order of
 *     the log
 * @param startupLocality the locality that the replay of PCR 0 needs, 0 to 4; empty in a short state
 * @param pcr0 all events of PCR 0, separators included; empty in a short state
 * @param pcr2 the firmware blobs of PCR 2, which must all come before its separator
 */
public record Firmware(
        DigestSet scrtm,
        List<DigestSet> platformFirmware,
        OptionalInt startupLocality,
        List<PinnedEvent> pcr0,
        List<PinnedEvent> pcr2) {
    private static final int MAX_LOCALITY = 4;

    public Firmware {
        platformFirmware = List.copyOf(platformFirmware);
        pcr0 = List.copyOf(pcr0);
        pcr2 = List.copyOf(pcr2);
        startupLocality.ifPresent(locality -> {
            if (locality < 0 || locality > MAX_LOCALITY) {
                throw new IllegalArgumentException("locality " + locality + " is not 0 to " + MAX_LOCALITY);
            }
        });
    }

    /**
     * A firmware of which only the version and the blobs are known.
     *
     * @param scrtm the digests of EV_S_CRTM_VERSION
     * @param platformFirmware the digests of the firmware blobs
     * @return the firmware
     */
    public static Firmware ofDigests(DigestSet scrtm, List<DigestSet> platformFirmware) {
        return new Firmware(scrtm, platformFirmware, OptionalInt.empty(), List.of(), List.of());
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
     * {@return whether everything is pinned in a bank, and anything is}
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
}
