package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.windows.SipaTree;
import java.util.List;

/**
 * What Windows measures of its own boot, in an EV_EVENT_TAG event of PCR 11 to 14, or tells unmeasured in an EV_NO_ACTION event
 * that belongs to no PCR (the trust points).
 */
public record WindowsData(Bytes raw) implements EventData {
    /** {@return the elements, decoded anew with each call; offsets, those of faults included, count from the start of the data} */
    public SipaTree sipa() {
        return SipaTree.decode(raw, 0);
    }

    @Override
    public List<Field> fields() {
        return WindowsFields.of(sipa());
    }
}
