package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.eventlog.TxtEventType;
import java.util.List;

/**
 * The data of an event of a dynamic launch by Intel TXT.
 *
 * @param type what the event measures
 * @param fields the fields, where the layout is known; otherwise all bytes as one
 */
public record DynamicLaunchData(Bytes raw, TxtEventType type, List<Field> fields) implements EventData {
    public DynamicLaunchData {
        fields = List.copyOf(fields);
    }
}
