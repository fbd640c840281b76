package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;

/**
 * UEFI_HANDOFF_TABLE_POINTERS2 (PFP 10.2.4): the same as {@link HandoffTables}, with a description.
 *
 * @param tableDescription what the tables are, at most 255 bytes, usually ASCII with a NUL
 * @param tables the tables
 */
public record HandoffTables2(Bytes tableDescription, HandoffTables tables) {
    /** @throws IllegalArgumentException if it has more than 255 bytes */
    public HandoffTables2 {
        FirmwareBlob2.requireDescription(tableDescription);
    }

    /**
     * Decodes the structure.
     *
     * @throws MalformedDataException if a length or the number of tables exceeds the bytes that are there
     */
    public static HandoffTables2 decode(Bytes data, long offset) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(data, offset, "UEFI_HANDOFF_TABLE_POINTERS2");
        int size = cursor.u8("TableDescriptionSize");
        return new HandoffTables2(cursor.bytes(size, "TableDescription"), HandoffTables.read(cursor));
    }

    /** {@return the event data} */
    public Bytes encode() {
        return new ByteWriter()
                .u8(tableDescription.length())
                .bytes(tableDescription)
                .bytes(tables.encode())
                .toBytes();
    }
}
