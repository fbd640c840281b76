package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.uefi.HandoffTables;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.ArrayList;
import java.util.List;

final class HandoffFields {
    private static final int ENTRY_SIZE = Guid.SIZE + Long.BYTES;

    private HandoffFields() {}

    static Field tables(HandoffTables tables, int offset) {
        List<Field> entries = new ArrayList<>();
        int start = offset + Long.BYTES;
        int at = start;
        for (HandoffTables.Pointer entry : tables.tableEntry()) {
            entries.add(Field.structure(
                    "table",
                    List.of(
                            Guids.field("vendorGuid", entry.vendorGuid(), at),
                            Field.hexadecimal("vendorTable", entry.vendorTable(), at + Guid.SIZE, Long.BYTES)),
                    at,
                    ENTRY_SIZE));
            at += ENTRY_SIZE;
        }
        return Field.items("tables", entries, start, at - start);
    }
}
