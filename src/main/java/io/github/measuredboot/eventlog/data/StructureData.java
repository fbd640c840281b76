package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import java.util.List;

/**
 * Event data with a structure that has fields but no class of its own: those of EV_NO_ACTION events (PFP section 10.4.5), which are never
 * extended, of SPDM devices (10.2.7), and of a dynamic launch.
 *
 * @param id the name of the structure in reports, such as {@code spec-id} or {@code device-security}
 * @param structure its name in its specification
 * @param fields the fields
 */
public record StructureData(Bytes raw, String id, String structure, List<Field> fields) implements EventData {
    public StructureData {
        fields = List.copyOf(fields);
    }

    static EventData decode(Bytes raw, long offset, String id, String structure, ByteCursor.Reader decoder)
            throws MalformedDataException {
        ByteCursor cursor = ByteCursor.recording(raw, offset, structure);
        decoder.read(cursor);
        cursor.rest("trailing");
        return new StructureData(raw, id, structure, cursor.fields());
    }
}
