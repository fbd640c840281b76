package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;

/**
 * UEFI_PLATFORM_FIRMWARE_BLOB2 (PFP 10.2.2): where measured firmware lies in memory, with a description.
 *
 * @param blobDescription what it is, at most 255 bytes, usually ASCII, with a NUL or without
 * @param blobBase the physical address
 * @param blobLength in bytes
 */
public record FirmwareBlob2(Bytes blobDescription, long blobBase, long blobLength) {
    /** @throws IllegalArgumentException if it has more than 255 bytes */
    public FirmwareBlob2 {
        requireDescription(blobDescription);
    }

    /**
     * Decodes the structure.
     *
     * @throws MalformedDataException if the sizes do not fit the bytes that are there
     */
    public static FirmwareBlob2 decode(Bytes data, long offset) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(data, offset, "UEFI_PLATFORM_FIRMWARE_BLOB2");
        int size = cursor.u8("BlobDescriptionSize");
        FirmwareBlob2 blob = new FirmwareBlob2(
                cursor.bytes(size, "BlobDescription"), cursor.u64("BlobBase"), cursor.u64("BlobLength"));
        Exact.end(cursor);
        return blob;
    }

    /** {@return the event data} */
    public Bytes encode() {
        return new ByteWriter()
                .u8(blobDescription.length())
                .bytes(blobDescription)
                .u64(blobBase)
                .u64(blobLength)
                .toBytes();
    }

    static void requireDescription(Bytes description) {
        if (description.length() > 0xff) {
            throw new IllegalArgumentException("a description has at most 255 bytes, not " + description.length());
        }
    }
}
