package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The data of an event whose type has text: EV_ACTION, EV_EFI_ACTION, EV_OMIT_BOOT_DEVICE_EVENTS and EV_EFI_HCRTM_EVENT (PFP
 * section 10.4.1). The specification wants ASCII without a NUL; some firmware adds one.
 */
public record TextData(Bytes raw) implements EventData {
    /** {@return the text before the first NUL; bytes that are not ASCII are read as ISO 8859-1} */
    public String text() {
        return Texts.beforeNul(raw).decode(StandardCharsets.ISO_8859_1);
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.text("text", text(), 0, raw.length()));
    }
}
