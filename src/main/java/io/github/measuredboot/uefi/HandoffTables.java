package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.internal.uefi.GuidFields;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.ArrayList;
import java.util.List;

/**
 * UEFI_HANDOFF_TABLE_POINTERS (PFP 10.2.4): which configuration tables were measured, with pointers of 64 bits. The digest of the event is
 * that of the tables.
 *
 * @param tableEntry the tables
 * @param trailing bytes after the structure
 */
public record HandoffTables(List<Pointer> tableEntry, Bytes trailing) {
    private static final String STRUCTURE = "UEFI_HANDOFF_TABLE_POINTERS";
    private static final int POINTER_SIZE = Guid.SIZE + Long.BYTES;

    /**
     * EFI_CONFIGURATION_TABLE (UEFI 4.6).
     *
     * @param vendorGuid what the table is
     * @param vendorTable the physical address
     */
    public record Pointer(Guid vendorGuid, long vendorTable) {
        private static Pointer read(ByteCursor cursor) throws MalformedDataException {
            return new Pointer(GuidFields.readNamed(cursor, "vendorGuid"), cursor.hex64("vendorTable"));
        }
    }

    public HandoffTables {
        tableEntry = List.copyOf(tableEntry);
    }

    /**
     * Decodes the structure.
     *
     * @throws MalformedDataException if the number of tables exceeds the bytes that are there
     */
    public static HandoffTables decode(Bytes data, long offset) throws MalformedDataException {
        return read(new ByteCursor(data, offset, STRUCTURE));
    }

    static HandoffTables read(ByteCursor cursor) throws MalformedDataException {
        long numberOfTables = cursor.plain64("NumberOfTables");
        if (Long.compareUnsigned(numberOfTables, cursor.remaining() / POINTER_SIZE) > 0) {
            throw cursor.fault(
                    "TableEntry",
                    Long.toUnsignedString(numberOfTables) + " entries of " + POINTER_SIZE + " bytes where "
                            + cursor.remaining() + " are left");
        }
        List<Pointer> tableEntry = new ArrayList<>();
        cursor.items("tables", entries -> {
            for (long i = 0; i < numberOfTables; i++) {
                entries.structure("table", entry -> tableEntry.add(Pointer.read(entry)));
            }
        });
        return new HandoffTables(tableEntry, cursor.rest());
    }

    /** {@return the fields for display} */
    public List<Field> fields(int offset) {
        return ByteCursor.fields(encode(), offset, STRUCTURE, HandoffTables::read);
    }

    /** {@return the event data} */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter().u64(tableEntry.size());
        tableEntry.forEach(
                pointer -> writer.bytes(pointer.vendorGuid().toBytes()).u64(pointer.vendorTable()));
        return writer.bytes(trailing).toBytes();
    }
}
