package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.ArrayList;
import java.util.List;

/**
 * UEFI_HANDOFF_TABLE_POINTERS (PFP 10.2.4): which configuration tables were measured, with pointers of 64 bits. The digest of the event is
 * that of the tables.
 *
 * @param tableEntry the tables
 * @param trailing bytes behind the structure
 */
public record HandoffTables(List<Pointer> tableEntry, Bytes trailing) {
    private static final int POINTER_SIZE = Guid.SIZE + Long.BYTES;

    /**
     * EFI_CONFIGURATION_TABLE (UEFI 4.6).
     *
     * @param vendorGuid what the table is
     * @param vendorTable the physical address
     */
    public record Pointer(Guid vendorGuid, long vendorTable) {}

    public HandoffTables {
        tableEntry = List.copyOf(tableEntry);
    }

    /**
     * Decodes the structure.
     *
     * @throws MalformedDataException if the number of tables exceeds the bytes that are there
     */
    public static HandoffTables decode(Bytes data, long offset) throws MalformedDataException {
        return read(new ByteCursor(data, offset, "UEFI_HANDOFF_TABLE_POINTERS"));
    }

    static HandoffTables read(ByteCursor cursor) throws MalformedDataException {
        long numberOfTables = cursor.u64("NumberOfTables");
        if (Long.compareUnsigned(numberOfTables, cursor.remaining() / POINTER_SIZE) > 0) {
            throw cursor.fault(
                    "TableEntry",
                    Long.toUnsignedString(numberOfTables) + " entries of " + POINTER_SIZE + " bytes where "
                            + cursor.remaining() + " are left");
        }
        List<Pointer> tableEntry = new ArrayList<>();
        for (long i = 0; i < numberOfTables; i++) {
            tableEntry.add(new Pointer(
                    Guid.of(cursor.bytes(Guid.SIZE, "TableEntry.VendorGuid")), cursor.u64("TableEntry.VendorTable")));
        }
        return new HandoffTables(tableEntry, cursor.rest());
    }

    /** {@return the event data} */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter().u64(tableEntry.size());
        tableEntry.forEach(
                pointer -> writer.bytes(pointer.vendorGuid().toBytes()).u64(pointer.vendorTable()));
        return writer.bytes(trailing).toBytes();
    }
}
