package io.github.measuredboot.diagnosis;

import io.github.measuredboot.diagnosis.StateChange.Category;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.PinnedEvent.Role;
import java.util.Optional;

/** What a difference in an event of a PCR is called, and what it means. */
final class EventWords {
    private static final String CONTENT_OF = "content of ";

    private final int pcr;
    private final boolean measuresImages;
    private final boolean free;
    private final boolean userspace;

    EventWords(int pcr, boolean measuresImages, boolean free) {
        this(pcr, measuresImages, free, false);
    }

    private EventWords(int pcr, boolean measuresImages, boolean free, boolean userspace) {
        this.pcr = pcr;
        this.measuresImages = measuresImages;
        this.free = free;
        this.userspace = userspace;
    }

    static EventWords ofUserspace(int pcr) {
        return new EventWords(pcr, false, false, true);
    }

    int pcr() {
        return pcr;
    }

    Category category(PinnedEvent event) {
        if (userspace) {
            return Category.USERSPACE_CHANGED;
        }
        Optional<Role> role = event.role();
        if (measuresImages) {
            boolean isUki = role.equals(Optional.of(Role.UKI)) || role.equals(Optional.of(Role.KERNEL));
            return isUki ? Category.UKI_CHANGED : Category.BOOT_CHAIN_CHANGED;
        }
        if (pcr == 11) {
            return Category.UKI_CHANGED;
        }
        if (free) {
            return Category.SETTINGS_CHANGED;
        }
        return switch (pcr) {
            case 0, 2 -> Category.FIRMWARE_UPDATE;
            case 7 ->
                event.claimedType().equals(EventType.EV_EFI_VARIABLE_AUTHORITY)
                        ? Category.KEY_ROTATION
                        : Category.SECURE_BOOT_CHANGED;
            case 14 -> Category.KEY_ROTATION;
            case 9 -> Category.BOOT_CHAIN_CHANGED;
            case 8, 12 -> Category.COMMAND_LINE_CHANGED;
            case 13 -> Category.EXTENSIONS_CHANGED;
            case 1, 3, 5, 6 -> Category.SETTINGS_CHANGED;
            default -> Category.USERSPACE_CHANGED;
        };
    }

    String subject(Element element) {
        PinnedEvent event = element.event();
        Optional<Role> role = event.role();
        if (role.equals(Optional.of(Role.UKI))) {
            return "the UKI";
        }
        if (role.equals(Optional.of(Role.KERNEL))) {
            return "the kernel inside the UKI";
        }
        String label = shortName(event.description());
        if (userspace) {
            return ("the userspace measurement " + label).strip();
        }
        String named =
                label.isEmpty() ? "the event " + event.claimedType().name() : "the " + noun(element) + " " + label;
        return element.descriptionClaimed() ? named + " (claimed)" : named;
    }

    /** Of the path of a device and a file the file. */
    static String shortName(String description) {
        String name = description.startsWith(CONTENT_OF) ? description.substring(CONTENT_OF.length()) : description;
        int file = name.lastIndexOf("/\\");
        return (file < 0 ? name : name.substring(file + 1)).strip();
    }

    private String noun(Element element) {
        if (element.constant().isPresent()) {
            return "event";
        }
        if (measuresImages) {
            boolean isImage = element.event().claimedType().equals(EventType.EV_EFI_BOOT_SERVICES_APPLICATION)
                    || element.event().role().isPresent();
            return isImage
                    ? element.event()
                            .role()
                            .filter(role -> role == Role.LOADER || role == Role.ADDON)
                            .map(Role::id)
                            .orElse("image")
                    : "event";
        }
        return switch (pcr) {
            case 0 -> "firmware event";
            case 2 -> "driver or firmware blob";
            case 7 -> element.variable().isPresent() ? "Secure Boot variable" : "Secure Boot measurement of";
            case 8 -> "loader's measurement";
            case 9 -> "loaded file";
            case 11 -> "section";
            case 12 -> "command line or credential";
            case 13 -> "extension";
            case 14 -> "key list";
            case 1, 3, 5, 6 -> "setting";
            default -> "measurement";
        };
    }
}
