package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.util.List;

/**
 * UEFI_HANDOFF_TABLE_POINTERS2 (PFP 10.2.4): the same as {@link HandoffTables}, with a description.
 *
 * @param tableDescription what the tables are, at most 255 bytes, usually ASCII with a NUL
 * @param tables the tables
 */
public record HandoffTables2(Bytes tableDescription, HandoffTables tables) {
    private static final String STRUCTURE = "UEFI_HANDOFF_TABLE_POINTERS2";

    /** @throws IllegalArgumentException if the description has more than 255 bytes */
    public HandoffTables2 {
        Descriptions.require(tableDescription);
    }

    /**
     * Decodes the structure.
     *
     * @throws MalformedDataException if a length or the number of tables exceeds the bytes that are there
     */
    public static HandoffTables2 decode(Bytes data, long offset) throws MalformedDataException {
        return read(new ByteCursor(data, offset, STRUCTURE));
    }

    private static HandoffTables2 read(ByteCursor cursor) throws MalformedDataException {
        return new HandoffTables2(Descriptions.read(cursor, "tableDescription"), HandoffTables.read(cursor));
    }

    /** {@return the description up to its NUL, with each byte as a character} */
    public String description() {
        return Descriptions.text(tableDescription);
    }

    /** {@return the fields for display} */
    public List<Field> fields(int offset) {
        return ByteCursor.fields(encode(), offset, STRUCTURE, HandoffTables2::read);
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
