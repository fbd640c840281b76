package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;

/**
 * UEFI_PLATFORM_FIRMWARE_BLOB (PFP 10.2.2): where measured firmware lies in memory.
 *
 * @param blobBase the physical address
 * @param blobLength in bytes
 */
public record FirmwareBlob(long blobBase, long blobLength) {
    /** The size of the structure, in bytes. */
    public static final int SIZE = 2 * Long.BYTES;

    /**
     * Decodes the structure.
     *
     * @throws MalformedDataException if there are more or fewer bytes
     */
    public static FirmwareBlob decode(Bytes data, long offset) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(data, offset, "UEFI_PLATFORM_FIRMWARE_BLOB");
        FirmwareBlob blob = new FirmwareBlob(cursor.u64("BlobBase"), cursor.u64("BlobLength"));
        Exact.end(cursor);
        return blob;
    }

    /** {@return the event data} */
    public Bytes encode() {
        return new ByteWriter().u64(blobBase).u64(blobLength).toBytes();
    }
}
