package io.github.measuredboot.eventlog.yaml;

import static io.github.measuredboot.eventlog.EventType.EV_EFI_ACTION;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_BOOT_SERVICES_APPLICATION;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_BOOT_SERVICES_DRIVER;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_GPT_EVENT;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_HCRTM_EVENT;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB2;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_RUNTIME_SERVICES_DRIVER;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_VARIABLE_AUTHORITY;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_VARIABLE_BOOT;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_VARIABLE_BOOT2;
import static io.github.measuredboot.eventlog.EventType.EV_EFI_VARIABLE_DRIVER_CONFIG;
import static io.github.measuredboot.eventlog.EventType.EV_IPL;
import static io.github.measuredboot.eventlog.EventType.EV_NO_ACTION;
import static io.github.measuredboot.eventlog.EventType.EV_POST_CODE;
import static io.github.measuredboot.eventlog.EventType.EV_S_CRTM_CONTENTS;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.yaml.EventLogYaml.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;

/** The data of an event, by its type. */
final class EventDataWriter {
    /** How much of data without a structure tpm2_eventlog prints. */
    private static final int PREFIX = 1024;

    private static final int BLOB_SIZE = 16;
    private static final Bytes HCRTM = Bytes.encode("HCRTM", StandardCharsets.US_ASCII);

    /** Writes data, or writes nothing at all and returns false if they do not have the structure of their type. */
    private interface Writer {
        boolean write(EventType type, Bytes data) throws IOException;
    }

    private final Yaml out;
    private final EventLogYaml format;
    private final Map<EventType, Writer> writers;

    EventDataWriter(Yaml out, EventLogYaml format) {
        this.out = out;
        this.format = format;
        Writer variable = new VariableWriter(out, format)::write;
        Writer image = (type, data) -> ImageWriter.write(out, data, format.devicePaths());
        Writer blob = (type, data) -> writeBlob(data, 0);
        writers = Map.ofEntries(
                Map.entry(EV_EFI_VARIABLE_DRIVER_CONFIG, variable),
                Map.entry(EV_EFI_VARIABLE_BOOT, variable),
                Map.entry(EV_EFI_VARIABLE_BOOT2, variable),
                Map.entry(EV_EFI_VARIABLE_AUTHORITY, variable),
                Map.entry(EV_EFI_BOOT_SERVICES_APPLICATION, image),
                Map.entry(EV_EFI_BOOT_SERVICES_DRIVER, image),
                Map.entry(EV_EFI_RUNTIME_SERVICES_DRIVER, image),
                Map.entry(EV_S_CRTM_CONTENTS, blob),
                Map.entry(EV_EFI_PLATFORM_FIRMWARE_BLOB, blob),
                Map.entry(EV_EFI_PLATFORM_FIRMWARE_BLOB2, (type, data) -> writeDescribedBlob(data)),
                Map.entry(
                        EV_POST_CODE,
                        (type, data) -> data.length() == BLOB_SIZE ? writeBlob(data, 0) : writeText(data)),
                Map.entry(EV_EFI_ACTION, (type, data) -> writeText(data)),
                Map.entry(EV_IPL, (type, data) -> writeString(data)),
                Map.entry(EV_EFI_HCRTM_EVENT, (type, data) -> writeHcrtm(data)),
                Map.entry(EV_EFI_GPT_EVENT, (type, data) -> writePartitionTable(data)),
                Map.entry(EV_NO_ACTION, (type, data) -> writeNoAction(data)));
    }

    void write(EventType type, Bytes data) throws IOException {
        out.line("  EventSize: ", data.length());
        if (data.isEmpty()) {
            return;
        }
        Writer writer = writers.get(type);
        if (writer == null) {
            writePrefix(data);
        } else if (!writer.write(type, data)) {
            out.bytesLine("  Event: \"", data, "\"");
        }
    }

    private boolean writePrefix(Bytes data) throws IOException {
        out.bytesLine("  Event: \"", data.slice(0, Math.min(PREFIX, data.length())), "\"");
        return true;
    }

    private boolean writeText(Bytes data) throws IOException {
        Texts.writeBlock(out, data);
        return true;
    }

    private boolean writeString(Bytes data) throws IOException {
        out.line("  Event:");
        Texts.write(out, "    ", "String", data, format.release());
        return true;
    }

    private boolean writeHcrtm(Bytes data) throws IOException {
        if (TypeNames.isUnknownTo(format.release(), EV_EFI_HCRTM_EVENT)) {
            return writePrefix(data);
        }
        return data.equals(HCRTM) && writeText(data);
    }

    private boolean writeNoAction(Bytes data) throws IOException {
        OptionalInt locality = LogPcrs.startupLocality(data);
        if (format.version() == Version.V2 && locality.isPresent()) {
            out.line("  Event:").line("    StartupLocality: ", locality.getAsInt());
            return true;
        }
        return writePrefix(data);
    }

    private boolean writePartitionTable(Bytes data) throws IOException {
        if (format.version() == Version.V2) {
            return PartitionTableWriter.write(out, data);
        }
        return data.length() >= PartitionTableWriter.PARTITIONS && writePrefix(data);
    }

    private boolean writeBlob(Bytes data, int at) throws IOException {
        if (data.length() - at < BLOB_SIZE) {
            return false;
        }
        out.line("  Event:");
        writeBlobFields(data, at);
        return true;
    }

    /** The last byte of the description is missing, as it is in what tpm2_eventlog prints. */
    private boolean writeDescribedBlob(Bytes data) throws IOException {
        int size = data.u8(0);
        if (data.length() < 1 + size + BLOB_SIZE) {
            return false;
        }
        out.line("  Event:")
                .line("    BlobDescriptionSize: ", size)
                .bytesLine("    BlobDescription: \"", data.slice(1, Math.max(0, size - 1)), "\"");
        writeBlobFields(data, 1 + size);
        return true;
    }

    private void writeBlobFields(Bytes data, int at) throws IOException {
        out.hexLine("    BlobBase: ", data.u64(at)).hexLine("    BlobLength: ", data.u64(at + Long.BYTES));
    }
}
