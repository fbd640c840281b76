package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.uefi.guid.Guid;

/**
 * The fields of EFI_PARTITION_TABLE_HEADER (UEFI 5.3.2), 92 bytes that begin with {@code EFI PART}. No field is checked against
 * another, and no CRC.
 *
 * @param revision 0x00010000 for all versions so far
 * @param headerSize what the header says of its own size, in bytes
 * @param headerCrc32 the CRC of the header
 * @param reserved should be 0
 * @param myLba the block of this header
 * @param alternateLba the block of the other header
 * @param firstUsableLba the first block for partitions
 * @param lastUsableLba the last block for partitions
 * @param diskGuid the GUID of the disk, zero in EV_EFI_GPT_EVENT2 events
 * @param partitionEntryLba the block where the entries begin
 * @param numberOfPartitionEntries the number of entries on the disk, used or not
 * @param sizeOfPartitionEntry the size of an entry in bytes
 * @param partitionEntryArrayCrc32 the CRC of the entries on the disk
 */
public record GptHeader(
        long revision,
        long headerSize,
        long headerCrc32,
        long reserved,
        long myLba,
        long alternateLba,
        long firstUsableLba,
        long lastUsableLba,
        Guid diskGuid,
        long partitionEntryLba,
        long numberOfPartitionEntries,
        long sizeOfPartitionEntry,
        long partitionEntryArrayCrc32) {
    /** The size of the structure, in bytes. */
    public static final int SIZE = 92;

    private static final long SIGNATURE = 0x5452415020494645L;

    /**
     * Decodes the structure.
     *
     * @param data 92 bytes
     * @param offset where they begin in the whole input
     * @return the header
     * @throws MalformedDataException if there are more or fewer bytes or the signature is another
     */
    public static GptHeader decode(Bytes data, long offset) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(data, offset, "EFI_PARTITION_TABLE_HEADER");
        GptHeader header = read(cursor);
        Exact.end(cursor);
        return header;
    }

    static GptHeader read(ByteCursor cursor) throws MalformedDataException {
        long signature = cursor.u64("Signature");
        if (signature != SIGNATURE) {
            throw cursor.fault("Signature", String.format("is 0x%016x, not EFI PART", signature));
        }
        return new GptHeader(
                cursor.u32("Revision"),
                cursor.u32("HeaderSize"),
                cursor.u32("HeaderCRC32"),
                cursor.u32("Reserved"),
                cursor.u64("MyLBA"),
                cursor.u64("AlternateLBA"),
                cursor.u64("FirstUsableLBA"),
                cursor.u64("LastUsableLBA"),
                Guid.of(cursor.bytes(Guid.SIZE, "DiskGUID")),
                cursor.u64("PartitionEntryLBA"),
                cursor.u32("NumberOfPartitionEntries"),
                cursor.u32("SizeOfPartitionEntry"),
                cursor.u32("PartitionEntryArrayCRC32"));
    }

    /** {@return 92 bytes} */
    public Bytes encode() {
        return new ByteWriter()
                .u64(SIGNATURE)
                .u32(revision)
                .u32(headerSize)
                .u32(headerCrc32)
                .u32(reserved)
                .u64(myLba)
                .u64(alternateLba)
                .u64(firstUsableLba)
                .u64(lastUsableLba)
                .bytes(diskGuid.toBytes())
                .u64(partitionEntryLba)
                .u32(numberOfPartitionEntries)
                .u32(sizeOfPartitionEntry)
                .u32(partitionEntryArrayCrc32)
                .toBytes();
    }
}
