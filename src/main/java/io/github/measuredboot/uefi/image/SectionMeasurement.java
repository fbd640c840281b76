package io.github.measuredboot.uefi.image;

import io.github.measuredboot.tpm.Digest;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The two events of PCR 11 (EV_IPL) with which systemd's stub measures a section.
 *
 * @param section the section's name
 * @param name the digest of the first event: of the name and a NUL
 * @param content the digest of the second event: of the section as it is in memory, VirtualSize bytes
 */
public record SectionMeasurement(String section, Digest name, Digest content) {
    /**
     * {@return the events with the contents: every second one}
     *
     * @param events the events of PCR 11, for each section one with its name and one with its content
     * @param <T> the type of an event
     */
    public static <T> List<T> contents(List<T> events) {
        return IntStream.range(0, events.size() / 2)
                .mapToObj(i -> events.get(2 * i + 1))
                .toList();
    }
}
