package io.github.measuredboot.refstate;

import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.data.ImageLoadData;
import io.github.measuredboot.eventlog.data.IplData;
import io.github.measuredboot.refstate.PinnedEvent.Role;
import io.github.measuredboot.refstate.ReferenceState.Profile;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which image of a boot that is known to be good plays which part, by event number. What this goes by is only claimed. */
final class ImageRoles {
    private static final String STUB_PAYLOAD = "VenMedia(55C5D1F8-04CD-46B5-8A20-E56CBB3052D0)";
    private static final String ADDON_SUFFIX = ".addon.efi";

    private final List<CheckedEvent> events;
    private final List<CheckedEvent> images;

    ImageRoles(List<CheckedEvent> events) {
        this.events = events;
        this.images = events.stream()
                .filter(claim -> claim.event().pcrIndex() == ReferenceState.IMAGE_PCR
                        || claim.event().pcrIndex() == ReferenceState.DRIVER_PCR)
                .filter(ImageRoles::isApplication)
                .toList();
    }

    SortedMap<Integer, Role> find(Profile profile, OptionalInt ukiEvent) throws ReferenceStateException {
        SortedMap<Integer, Role> roles = new TreeMap<>();
        if (profile == Profile.IMAGES) {
            if (images.isEmpty()) {
                throw new ReferenceStateException(
                        List.of("no image is measured into PCR 4 or 2: this is not the log of a whole UEFI boot"));
            }
            numbers(images).forEach(number -> roles.put(number, Role.IMAGE));
            return roles;
        }
        int uki = uki(ukiEvent);
        for (CheckedEvent image : images) {
            int number = image.event().number();
            roles.put(number, number == uki ? Role.UKI : number < uki ? Role.LOADER : roleAfterUki(image));
        }
        return roles;
    }

    private static Role roleAfterUki(CheckedEvent image) {
        return EventDescription.of(image).endsWith(ADDON_SUFFIX)
                ? Role.ADDON
                : isStubPayload(image) ? Role.KERNEL : Role.IMAGE;
    }

    private int uki(OptionalInt chosen) throws UkiNotFoundException {
        if (chosen.isPresent()) {
            if (!numbers(images).contains(chosen.getAsInt())) {
                throw new UkiNotFoundException(numbers(images));
            }
            return chosen.getAsInt();
        }
        List<Integer> candidates = numbers(images.stream()
                .filter(image -> !isFirmwareResident(image) && !isStubPayload(image))
                .toList());
        OptionalInt marker = firstSectionOrPayload();
        List<Integer> before = candidates.stream()
                .filter(number -> marker.isPresent() && number < marker.getAsInt())
                .toList();
        if (before.isEmpty() && candidates.size() != 1) {
            throw new UkiNotFoundException(candidates);
        }
        return before.isEmpty() ? candidates.get(0) : before.get(before.size() - 1);
    }

    private static List<Integer> numbers(List<CheckedEvent> images) {
        return images.stream().map(image -> image.event().number()).toList();
    }

    private static boolean isApplication(CheckedEvent event) {
        return event.event().claimedType().equals(EventType.EV_EFI_BOOT_SERVICES_APPLICATION);
    }

    private static boolean isFirmwareResident(CheckedEvent image) {
        return image.claimedData() instanceof ImageLoadData data
                && data.imageLoad().isFirmwareResident();
    }

    /** systemd-stub starts the kernel inside it from memory, under a device path of its own. */
    private static boolean isStubPayload(CheckedEvent image) {
        return EventDescription.of(image).equals(STUB_PAYLOAD);
    }

    private OptionalInt firstSectionOrPayload() {
        return events.stream()
                .filter(event -> isSection(event) || (isApplication(event) && isStubPayload(event)))
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
