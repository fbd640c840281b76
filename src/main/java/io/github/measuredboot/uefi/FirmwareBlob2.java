package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.util.List;

/**
 * UEFI_PLATFORM_FIRMWARE_BLOB2 (PFP 10.2.2): where measured firmware lies in memory, with a description.
 *
 * @param blobDescription what it is, at most 255 bytes, usually ASCII, with or without a NUL
 * @param blobBase the physical address
 * @param blobLength the length in bytes
 */
public record FirmwareBlob2(Bytes blobDescription, long blobBase, long blobLength) {
    private static final String STRUCTURE = "UEFI_PLATFORM_FIRMWARE_BLOB2";

    /** @throws IllegalArgumentException if the description has more than 255 bytes */
    public FirmwareBlob2 {
        Descriptions.require(blobDescription);
    }

    /**
     * Decodes the structure.
     *
     * @throws MalformedDataException if the sizes do not match the bytes that are there
     */
    public static FirmwareBlob2 decode(Bytes data, long offset) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(data, offset, STRUCTURE);
        FirmwareBlob2 blob = read(cursor);
        cursor.requireEnd();
        return blob;
    }

    private static FirmwareBlob2 read(ByteCursor cursor) throws MalformedDataException {
        Bytes description = Descriptions.read(cursor, "blobDescription");
        return new FirmwareBlob2(description, cursor.hex64("blobBase"), cursor.u64("blobLength"));
    }

    /** {@return the description up to its NUL, with each byte as a character} */
    public String description() {
        return Descriptions.text(blobDescription);
    }

    /** {@return the fields for display} */
    public List<Field> fields(int offset) {
        return ByteCursor.fields(encode(), offset, STRUCTURE, FirmwareBlob2::read);
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
}
