package io.github.measuredboot.refstate;

import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.data.ImageLoadData;
import io.github.measuredboot.eventlog.data.IplData;
import java.util.List;
import java.util.OptionalInt;

/** Finds the UKI among the images of a boot that is known to be good. What it goes by is only claimed. */
final class UkiFinder {
    private static final String STUB_PAYLOAD = "VenMedia(55C5D1F8-04CD-46B5-8A20-E56CBB3052D0)";

    private UkiFinder() {}

    static int find(List<CheckedEvent> events, List<CheckedEvent> images, OptionalInt chosen)
            throws UkiNotFoundException {
        if (chosen.isPresent()) {
            return images.stream()
                    .mapToInt(image -> image.event().number())
                    .filter(number -> number == chosen.getAsInt())
                    .findFirst()
                    .orElseThrow(() -> new UkiNotFoundException(numbers(images)));
        }
        List<CheckedEvent> candidates = images.stream()
                .filter(image -> !isFirmwareResident(image) && !isStubPayload(image))
                .toList();
        OptionalInt marker = firstSectionOrPayload(events);
        if (marker.isPresent()) {
            List<CheckedEvent> before = candidates.stream()
                    .filter(image -> image.event().number() < marker.getAsInt())
                    .toList();
            if (!before.isEmpty()) {
                return before.get(before.size() - 1).event().number();
            }
        }
        if (candidates.size() == 1) {
            return candidates.get(0).event().number();
        }
        throw new UkiNotFoundException(numbers(candidates));
    }

    private static List<Integer> numbers(List<CheckedEvent> images) {
        return images.stream().map(image -> image.event().number()).toList();
    }

    private static boolean isFirmwareResident(CheckedEvent image) {
        return image.claimedData() instanceof ImageLoadData data
                && data.imageLoad().isFirmwareResident();
    }

    /** systemd-stub starts the kernel inside it from memory, under a device path of its own. */
    static boolean isStubPayload(CheckedEvent image) {
        return EventDescription.of(image).equals(STUB_PAYLOAD);
    }

    private static OptionalInt firstSectionOrPayload(List<CheckedEvent> events) {
        return events.stream()
                .filter(event -> isSection(event)
                        || (event.event().claimedType().equals(EventType.EV_EFI_BOOT_SERVICES_APPLICATION)
                                && isStubPayload(event)))
                .mapToInt(event -> event.event().number())
                .findFirst();
    }

    private static boolean isSection(CheckedEvent event) {
        return event.event().pcrIndex() == ReferenceState.SECTION_PCR
                && event.event().claimedType().equals(EventType.EV_IPL)
                && event.claimedData() instanceof IplData ipl
                && ipl.kind() == IplData.Kind.UKI_SECTION;
    }
}
