package io.github.measuredboot.diagnosis;

import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.data.EventData;
import io.github.measuredboot.eventlog.data.FirmwareData;
import io.github.measuredboot.eventlog.data.GptData;
import io.github.measuredboot.eventlog.data.ImageLoadData;
import io.github.measuredboot.eventlog.data.IplData;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.eventlog.data.StructureData;
import io.github.measuredboot.eventlog.data.TaggedData;
import io.github.measuredboot.eventlog.data.TextData;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.eventlog.data.WindowsData;
import io.github.measuredboot.internal.recognition.CommandLineText;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import io.github.measuredboot.uefi.devicepath.MediaNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an event is about, by its claimed type and data.
 *
 * @param topic what kind of thing
 * @param text its name, printable
 * @param identity what is the same for the same thing in another log; empty for things without a name
 * @param replaceable whether another thing of the same type in the same place has probably replaced it
 * @param namedBy the fields from which the name is read
 */
record Subject(Topic topic, String text, Optional<String> identity, boolean replaceable, Set<String> namedBy) {
    private static final Set<String> VARIABLE_NAME = Set.of("variableName", "unicodeName");
    private static final Set<EventType> FIRMWARE_TYPES = Set.of(
            EventType.EV_S_CRTM_CONTENTS,
            EventType.EV_S_CRTM_VERSION,
            EventType.EV_POST_CODE,
            EventType.EV_POST_CODE2,
            EventType.EV_CPU_MICROCODE,
            EventType.EV_NONHOST_CODE,
            EventType.EV_EFI_HCRTM_EVENT,
            EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB,
            EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB2,
            EventType.EV_EFI_SPDM_FIRMWARE_BLOB);
    private static final Set<EventType> SETTINGS_TYPES = Set.of(
            EventType.EV_PLATFORM_CONFIG_FLAGS,
            EventType.EV_TABLE_OF_DEVICES,
            EventType.EV_NONHOST_CONFIG,
            EventType.EV_NONHOST_INFO,
            EventType.EV_EFI_HANDOFF_TABLES,
            EventType.EV_EFI_HANDOFF_TABLES2,
            EventType.EV_EFI_SPDM_FIRMWARE_CONFIG);

    static Subject of(EventType type, EventData data) {
        if (data instanceof VariableEventData variable) {
            return variable(variable);
        }
        if (data instanceof ImageLoadData image) {
            return image(type, image);
        }
        if (data instanceof IplData ipl) {
            return ipl(ipl);
        }
        if (data instanceof GptData gpt) {
            String disk = gpt.table().header().diskGuid().toString();
            return named(Topic.PARTITION_TABLE, "partition table of disk " + disk, disk, Set.of("diskGuid"));
        }
        if (data instanceof TaggedData tagged) {
            return tagged(tagged);
        }
        if (data instanceof FirmwareData firmware) {
            return firmware(type, firmware);
        }
        if (data instanceof TextData text) {
            if (!type.measured().equals(EventType.Measured.TEXT)) {
                return CommandLineText.isCommandLine(text.text())
                        ? unnamed(Topic.COMMAND_LINE, "command line")
                        : named(topic(type), text.text() + " (" + type.name() + ")", text.text(), Set.of("text"));
            }
            return named(Topic.OTHER, "action \"" + text.text() + "\"", text.text(), Set.of("text"));
        }
        if (data instanceof WindowsData windows) {
            return windows(windows);
        }
        if (data instanceof StructureData && type.layout() == EventType.Layout.DEVICE_SECURITY) {
            return unnamed(topic(type), "device security event");
        }
        return unnamed(topic(type), data instanceof SeparatorData ? "separator" : type.name());
    }

    private static Subject variable(VariableEventData data) {
        String name = data.variable().unicodeName();
        if (data.isAuthority()) {
            return unnamed(Topic.SECURE_BOOT, "authority from " + name, VARIABLE_NAME);
        }
        Topic topic = data.known().map(Subject::topic).orElse(Topic.SETTINGS);
        return new Subject(
                topic,
                Printable.of(name),
                Optional.of(data.variable().variableName() + " " + name),
                false,
                VARIABLE_NAME);
    }

    private static Topic topic(KnownVariable variable) {
        return switch (variable.content()) {
            case ORDER, OPTION_NUMBER, LOAD_OPTION -> Topic.BOOT_CONFIGURATION;
            default -> Topic.SECURE_BOOT;
        };
    }

    private static Subject image(EventType type, ImageLoadData data) {
        boolean application = type.equals(EventType.EV_EFI_BOOT_SERVICES_APPLICATION);
        DevicePath path = data.imageLoad().devicePath();
        String whole = path.toText(DevicePathTextForm.UEFI);
        String file = path.nodes().stream()
                .filter(MediaNode.FilePath.class::isInstance)
                .map(node -> ((MediaNode.FilePath) node).pathName())
                .collect(Collectors.joining());
        return named(
                application ? Topic.IMAGE : Topic.FIRMWARE,
                (application ? "image " : "driver ")
                        + (whole.isEmpty() ? "without a path" : file.isEmpty() ? whole : file),
                whole,
                Set.of("devicePath"));
    }

    private static Subject ipl(IplData data) {
        String text = data.text();
        Set<String> name = Set.of("text");
        return switch (data.kind()) {
            case KERNEL_COMMAND_LINE, COMMAND_LINE, UTF16_TEXT -> unnamed(Topic.COMMAND_LINE, "command line");
            case MODULE_COMMAND_LINE -> unnamed(Topic.COMMAND_LINE, "module command line");
            case GRUB_COMMAND -> unnamed(Topic.OPERATING_SYSTEM, "GRUB command");
            case FILE -> named(Topic.IMAGE, "file " + text, text, name);
            case SHIM_LIST -> new Subject(Topic.SECURE_BOOT, Printable.of(text), Optional.of(text), false, name);
            case UKI_SECTION ->
                new Subject(
                        text.equals(".cmdline") ? Topic.COMMAND_LINE : Topic.IMAGE,
                        "section " + Printable.of(text),
                        Optional.of(text),
                        false,
                        name);
            case BOOT_CODE -> named(Topic.IMAGE, "boot code " + text, text, name);
            case OTHER_TEXT, BINARY -> unnamed(Topic.OPERATING_SYSTEM, "measurement of the boot loader");
        };
    }

    private static Subject tagged(TaggedData data) {
        String name = texts(data.fields()).findFirst().orElse("tagged event");
        if (CommandLineText.isCommandLine(name)) {
            return unnamed(Topic.COMMAND_LINE, "command line");
        }
        Topic topic = name.contains("LoadOptions")
                ? Topic.COMMAND_LINE
                : name.contains("initrd") ? Topic.IMAGE : Topic.OPERATING_SYSTEM;
        String text = topic == Topic.COMMAND_LINE ? "command line (" + name + ")" : name;
        return named(topic, text, name, Set.of("tags"));
    }

    private static Stream<String> texts(List<Field> fields) {
        return fields.stream().flatMap(field -> {
            if (field.value() instanceof FieldValue.Items items) {
                return texts(items.items());
            }
            if (field.value() instanceof FieldValue.Structure structure) {
                return texts(structure.fields());
            }
            return field.value() instanceof FieldValue.Text text ? Stream.of(text.text()) : Stream.empty();
        });
    }

    private static Subject firmware(EventType type, FirmwareData data) {
        if (data instanceof FirmwareData.Version) {
            return unnamed(Topic.FIRMWARE, "firmware version");
        }
        if (data instanceof FirmwareData.Blob) {
            return unnamed(Topic.FIRMWARE, "firmware blob");
        }
        if (data instanceof FirmwareData.DescribedBlob blob) {
            return named(
                    Topic.FIRMWARE,
                    "firmware blob " + blob.description(),
                    blob.description(),
                    Set.of("blobDescription"));
        }
        if (data instanceof FirmwareData.Handoff) {
            return unnamed(Topic.SETTINGS, "handoff tables");
        }
        if (data instanceof FirmwareData.DescribedHandoff tables) {
            return named(
                    Topic.SETTINGS,
                    "handoff tables " + tables.description(),
                    tables.description(),
                    Set.of("tableDescription"));
        }
        return data instanceof FirmwareData.Named named
                ? named(topic(type), named.name() + " (" + type.name() + ")", named.name(), Set.of("name"))
                : unnamed(topic(type), type.name());
    }

    private static Subject windows(WindowsData data) {
        String first = data.fields().stream().map(Field::name).findFirst().orElse("event");
        return unnamed(Topic.OPERATING_SYSTEM, "Windows " + first);
    }

    private static Topic topic(EventType type) {
        return FIRMWARE_TYPES.contains(type)
                ? Topic.FIRMWARE
                : SETTINGS_TYPES.contains(type) ? Topic.SETTINGS : Topic.OTHER;
    }

    static Subject named(Topic topic, String text, String identity, Set<String> namedBy) {
        return new Subject(topic, Printable.of(text), Optional.of(identity), true, namedBy);
    }

    static Subject unnamed(Topic topic, String text) {
        return unnamed(topic, text, Set.of());
    }

    private static Subject unnamed(Topic topic, String text, Set<String> namedBy) {
        return new Subject(topic, Printable.of(text), Optional.empty(), true, namedBy);
    }
}
