package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.uefi.GptTable;
import java.util.List;

/**
 * The partition table of the disk that was booted from ({@code UEFI_GPT_DATA}, PFP 10.2.5), in an EV_EFI_GPT_EVENT or,
 * with its unique GUIDs blanked, in an EV_EFI_GPT_EVENT2 event.
 */
public record GptData(Bytes raw, GptTable table) implements EventData {
    @Override
    public List<Field> fields() {
        return table.fields(0);
    }
}
