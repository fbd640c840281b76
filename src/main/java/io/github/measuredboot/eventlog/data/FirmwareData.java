package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.internal.recognition.RecognizedText;
import io.github.measuredboot.uefi.FirmwareBlob;
import io.github.measuredboot.uefi.FirmwareBlob2;
import io.github.measuredboot.uefi.HandoffTables;
import io.github.measuredboot.uefi.HandoffTables2;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The data of events in which firmware measures itself, its configuration and its tables (PFP section 10.4.1). */
public sealed interface FirmwareData extends EventData {
    /** Where in memory a piece of firmware was measured ({@code UEFI_PLATFORM_FIRMWARE_BLOB}). The digest covers the memory. */
    record Blob(Bytes raw, FirmwareBlob blob) implements FirmwareData {
        @Override
        public List<Field> fields() {
            return blob.fields(0);
        }
    }

    /** The same with a description ({@code UEFI_PLATFORM_FIRMWARE_BLOB2}). */
    record DescribedBlob(Bytes raw, FirmwareBlob2 blob) implements FirmwareData {
        @Override
        public List<Field> fields() {
            return blob.fields(0);
        }

        /** {@return the description up to its NUL, if it has one} */
        public String description() {
            return blob.description();
        }
    }

    /**
     * Which tables were measured and where in memory they are ({@code UEFI_HANDOFF_TABLE_POINTERS}). The digest covers the
     * tables.
     */
    record Handoff(Bytes raw, HandoffTables tables) implements FirmwareData {
        @Override
        public List<Field> fields() {
            return tables.fields(0);
        }
    }

    /** The same with a description ({@code UEFI_HANDOFF_TABLE_POINTERS2}). */
    record DescribedHandoff(Bytes raw, HandoffTables2 tables) implements FirmwareData {
        @Override
        public List<Field> fields() {
            return tables.fields(0);
        }

        /** {@return the description up to its NUL, if it has one} */
        public String description() {
            return tables.description();
        }
    }

    /** The version of the S-CRTM or of the firmware as a whole: UTF-16 or ASCII text, a GUID, or whatever a vendor puts there. */
    record Version(Bytes raw) implements FirmwareData {
        /** {@return the version as text; empty if the data are neither text nor a GUID, or there is none} */
        public String text() {
            return RecognizedText.of(raw)
                    .map(RecognizedText::text)
                    .or(() -> guid().map(Guid::toString))
                    .orElse("");
        }

        /** {@return the GUID that is there instead of a text} */
        public Optional<Guid> guid() {
            return raw.length() == Guid.SIZE && RecognizedText.of(raw).isEmpty()
                    ? Optional.of(Guid.of(raw))
                    : Optional.empty();
        }

        @Override
        public List<Field> fields() {
            return text().isEmpty() && !raw.isFilledWith(0)
                    ? new OpaqueEventData(raw).fields()
                    : List.of(Field.text("version", text(), 0, raw.length()));
        }
    }

    /**
     * The name of what was measured, for example {@code "ACPI DATA"}, {@code "etc/table-loader"} or {@code "Boot Guard Measured S-CRTM"},
     * perhaps followed by data of the vendor's.
     *
     * @param name the text that the data begin with
     * @param rest what follows the text and its NULs
     */
    record Named(Bytes raw, String name, Bytes rest) implements FirmwareData {
        /** {@return the data after the name, if they are text} */
        public Optional<String> text() {
            return RecognizedText.certainly(rest).map(RecognizedText::text);
        }

        @Override
        public List<Field> fields() {
            List<Field> fields = new ArrayList<>();
            int restOffset = raw.length() - rest.length();
            fields.add(Field.text("name", name, 0, restOffset));
            text().ifPresent(text -> fields.add(Field.text("text", text, restOffset, rest.length())));
            if (!rest.isEmpty()) {
                fields.add(Field.binary("data", rest, restOffset));
            }
            return fields;
        }
    }

    /** The number that a caller of the BIOS, or the boot manager of Windows, passes with a measurement (EV_COMPACT_HASH). */
    record CompactHash(Bytes raw) implements FirmwareData {
        /** {@return the number, unsigned 32 bits} */
        public long value() {
            return raw.u32(0);
        }

        @Override
        public List<Field> fields() {
            List<Field> fields = new ArrayList<>();
            fields.add(Field.hexadecimal("value", value(), 0, raw.length()));
            RecognizedText.certainly(raw)
                    .ifPresent(text -> fields.add(Field.text("text", text.text(), 0, raw.length())));
            return fields;
        }
    }
}
