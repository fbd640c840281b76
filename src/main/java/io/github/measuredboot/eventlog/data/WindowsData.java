package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.windows.SipaTree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Windows measures about its own boot, in an EV_EVENT_TAG event of PCR 11 to 14 or 17 to 22, or logs unmeasured in an EV_NO_ACTION event that
 * belongs to no PCR (the trust points).
 */
public final class WindowsData implements EventData {
    private final Bytes raw;
    private @Nullable SipaTree sipa; // a race decodes twice

    WindowsData(Bytes raw) {
        this.raw = raw;
    }

    @Override
    public Bytes raw() {
        return raw;
    }

    /** {@return the elements; offsets, those of faults included, count from the start of the data} */
    public SipaTree sipa() {
        SipaTree decoded = sipa;
        if (decoded == null) {
            decoded = SipaTree.decode(raw, 0);
            sipa = decoded;
        }
        return decoded;
    }

    @Override
    public List<Field> fields() {
        return sipa().fields();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WindowsData that && raw.equals(that.raw);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    @Override
    public String toString() {
        return "WindowsData[" + raw.length() + " bytes]";
    }
}
