package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.windows.SipaTree;
import java.util.List;

/**
 * What Windows measures of its own boot, in an EV_EVENT_TAG event of PCR 11 to 14, or tells unmeasured in an EV_NO_ACTION event
 * that belongs to no PCR (the trust points).
 *
 * @param raw the data
 * @param sipa the elements
 */
public record WindowsData(Bytes raw, SipaTree sipa) implements EventData {
    @Override
    public List<EventField> fields() {
        return WindowsFields.of(sipa);
    }
}
