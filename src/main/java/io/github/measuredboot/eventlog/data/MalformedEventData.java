package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.Field;
import java.util.List;

/**
 * Event data that break the structure of their type.
 *
 * @param fault what is wrong; its offset counts from the start of the log
 */
public record MalformedEventData(Bytes raw, Fault fault) implements EventData {
    @Override
    public List<Field> fields() {
        return List.of(Field.text("fault", fault.message(), 0, raw.length()), Field.binary("data", raw, 0));
    }
}
