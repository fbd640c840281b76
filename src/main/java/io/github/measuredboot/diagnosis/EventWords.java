package io.github.measuredboot.diagnosis;

import io.github.measuredboot.diagnosis.StateChange.Category;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.refstate.PinnedEvent.Role;

/** What a difference in an event of a PCR is called, and what it means. */
record EventWords(int pcr, Content content) {
    /** What a PCR holds that is not what it holds on most machines. */
    enum Content {
        USUAL,
        IMAGES,
        FREE,
        USERSPACE
    }

    private static final String CONTENT_OF = "content of ";

    static EventWords of(int pcr) {
        return new EventWords(pcr, Content.USUAL);
    }

    Category category(EventReference event) {
        return switch (content) {
            case USERSPACE -> Category.USERSPACE_CHANGED;
            case IMAGES ->
                event.is(Role.UKI) || event.is(Role.KERNEL) ? Category.UKI_CHANGED : Category.BOOT_CHAIN_CHANGED;
            case FREE -> pcr == 11 ? Category.UKI_CHANGED : Category.SETTINGS_CHANGED;
            case USUAL ->
                switch (pcr) {
                    case 0, 2 -> Category.FIRMWARE_UPDATE;
                    case 7 ->
                        event.claimedType().equals(EventType.EV_EFI_VARIABLE_AUTHORITY)
                                ? Category.KEY_ROTATION
                                : Category.SECURE_BOOT_CHANGED;
                    case 14 -> Category.KEY_ROTATION;
                    case 9 -> Category.BOOT_CHAIN_CHANGED;
                    case 8, 12 -> Category.COMMAND_LINE_CHANGED;
                    case 11 -> Category.UKI_CHANGED;
                    case 13 -> Category.EXTENSIONS_CHANGED;
                    case 1, 3, 5, 6 -> Category.SETTINGS_CHANGED;
                    default -> Category.USERSPACE_CHANGED;
                };
        };
    }

    String subject(EventReference event) {
        if (event.is(Role.UKI)) {
            return "the UKI";
        }
        if (event.is(Role.KERNEL)) {
            return "the kernel inside the UKI";
        }
        String name = shortName(event.description());
        if (content == Content.USERSPACE) {
            return ("the userspace measurement " + name).strip();
        }
        String subject = name.isEmpty() ? "the event " + event.claimedType().name() : "the " + noun(event) + " " + name;
        return event.isDescriptionClaimed() ? subject + " (claimed)" : subject;
    }

    /** The file in a path of a device and a file. */
    static String shortName(String description) {
        String name = description.startsWith(CONTENT_OF) ? description.substring(CONTENT_OF.length()) : description;
        int file = name.lastIndexOf("/\\");
        return (file < 0 ? name : name.substring(file + 1)).strip();
    }

    private String noun(EventReference event) {
        if (event.isConstant()) {
            return "event";
        }
        if (content == Content.IMAGES) {
            boolean isImage = event.claimedType().equals(EventType.EV_EFI_BOOT_SERVICES_APPLICATION)
                    || event.role().isPresent();
            return event.is(Role.LOADER) || event.is(Role.ADDON)
                    ? event.role().orElseThrow().id()
                    : isImage ? "image" : "event";
        }
        return switch (pcr) {
            case 0 -> "firmware event";
            case 2 -> "driver or firmware blob";
            case 7 -> event.isVariable() ? "Secure Boot variable" : "Secure Boot measurement of";
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
