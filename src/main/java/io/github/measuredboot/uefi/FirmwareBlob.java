package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.util.List;

/**
 * UEFI_PLATFORM_FIRMWARE_BLOB (PFP 10.2.2): where measured firmware lies in memory.
 *
 * @param blobBase the physical address
 * @param blobLength the length in bytes
 */
public record FirmwareBlob(long blobBase, long blobLength) {
    private static final String STRUCTURE = "UEFI_PLATFORM_FIRMWARE_BLOB";

    /** The size of the structure, in bytes. */
    public static final int SIZE = 2 * Long.BYTES;

    /**
     * Decodes the structure.
     *
     * @throws MalformedDataException if there are more or fewer than 16 bytes
     */
    public static FirmwareBlob decode(Bytes data, long offset) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(data, offset, STRUCTURE);
        FirmwareBlob blob = read(cursor);
        cursor.requireEnd();
        return blob;
    }

    private static FirmwareBlob read(ByteCursor cursor) throws MalformedDataException {
        return new FirmwareBlob(cursor.hex64("blobBase"), cursor.u64("blobLength"));
    }

    /** {@return the fields for display} */
    public List<Field> fields(int offset) {
        return ByteCursor.fields(encode(), offset, STRUCTURE, FirmwareBlob::read);
    }

    /** {@return the event data} */
    public Bytes encode() {
        return new ByteWriter().u64(blobBase).u64(blobLength).toBytes();
    }
}
