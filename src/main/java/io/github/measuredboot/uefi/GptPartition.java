package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.uefi.guid.Guid;

/**
 * EFI_PARTITION_ENTRY (UEFI 5.3.3), of 128 bytes or more.
 *
 * @param partitionTypeGuid what the partition is for
 * @param uniquePartitionGuid the GUID of the partition itself, zero in EV_EFI_GPT_EVENT2 events
 * @param startingLba the first block
 * @param endingLba the last block
 * @param attributes bit 0 required, 1 ignored by EFI, 2 legacy BIOS bootable, 48 to 63 by type
 * @param partitionName the 72 bytes of the name, what stands behind its NUL included
 * @param reserved what an entry of more than 128 bytes has behind them
 */
public record GptPartition(
        Guid partitionTypeGuid,
        Guid uniquePartitionGuid,
        long startingLba,
        long endingLba,
        long attributes,
        Bytes partitionName,
        Bytes reserved) {
    /** The size of an entry without reserved bytes, in bytes. */
    public static final int MIN_SIZE = 128;

    private static final int NAME_SIZE = 72;

    /**
     * Checks the size of the name.
     *
     * @throws IllegalArgumentException if the name has not 72 bytes
     */
    public GptPartition {
        if (partitionName.length() != NAME_SIZE) {
            throw new IllegalArgumentException("a partition's name has 72 bytes, not " + partitionName.length());
        }
    }

    /**
     * Decodes one entry.
     *
     * @param data all of the entry
     * @param offset where it begins in the whole input
     * @return the entry
     * @throws MalformedDataException if there are fewer than 128 bytes
     */
    public static GptPartition decode(Bytes data, long offset) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(data, offset, "EFI_PARTITION_ENTRY");
        return new GptPartition(
                Guid.of(cursor.bytes(Guid.SIZE, "PartitionTypeGUID")),
                Guid.of(cursor.bytes(Guid.SIZE, "UniquePartitionGUID")),
                cursor.u64("StartingLBA"),
                cursor.u64("EndingLBA"),
                cursor.u64("Attributes"),
                cursor.bytes(NAME_SIZE, "PartitionName"),
                cursor.rest());
    }

    /** {@return the entry as it is stored} */
    public Bytes encode() {
        return new ByteWriter()
                .bytes(partitionTypeGuid.toBytes())
                .bytes(uniquePartitionGuid.toBytes())
                .u64(startingLba)
                .u64(endingLba)
                .u64(attributes)
                .bytes(partitionName)
                .bytes(reserved)
                .toBytes();
    }

    /** {@return the name, every UTF-16 unit up to the first NUL} */
    public String name() {
        return Char16Text.upToNulOrEnd(partitionName);
    }

    int size() {
        return MIN_SIZE + reserved.length();
    }
}
