package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import java.util.List;

/** Event data without a known structure: those of a vendor's event type, or of a type for which any bytes will do. */
public record OpaqueEventData(Bytes raw) implements EventData {
    @Override
    public List<Field> fields() {
        return raw.isEmpty() ? List.of() : List.of(Field.binary("data", raw, 0));
    }
}
