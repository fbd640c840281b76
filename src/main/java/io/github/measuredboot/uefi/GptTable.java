package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.ArrayList;
import java.util.List;

/**
 * UEFI_GPT_DATA (PFP 10.2.5): the partition table of the boot disk as EV_EFI_GPT_EVENT and EV_EFI_GPT_EVENT2 hold it.
 *
 * @param header the header of the table
 * @param partitions the entries that are in use
 * @param trailing bytes behind the structure
 */
public record GptTable(GptHeader header, List<GptPartition> partitions, Bytes trailing) {
    private static final String STRUCTURE = "UEFI_GPT_DATA";

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if an entry has another size than the header says
     */
    public GptTable {
        partitions = List.copyOf(partitions);
        for (GptPartition partition : partitions) {
            if (partition.size() != header.sizeOfPartitionEntry()) {
                throw new IllegalArgumentException("an entry of " + partition.size()
                        + " bytes in a table of entries of " + header.sizeOfPartitionEntry());
            }
        }
    }

    /**
     * Decodes the structure.
     *
     * @param data the event data
     * @param offset where they begin in the whole input
     * @return the table
     * @throws MalformedDataException if the signature is another, an entry is smaller than 128 bytes, or the entries exceed the bytes
     *     that are there
     */
    public static GptTable decode(Bytes data, long offset) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(data, offset, STRUCTURE);
        GptHeader header = GptHeader.decode(cursor.bytes(GptHeader.SIZE, "UEFIPartitionHeader"), offset);
        long numberOfPartitions = cursor.u64("NumberOfPartitions");
        long entrySize = header.sizeOfPartitionEntry();
        if (numberOfPartitions != 0 && entrySize < GptPartition.MIN_SIZE) {
            throw cursor.fault("SizeOfPartitionEntry", "is " + entrySize + ", less than " + GptPartition.MIN_SIZE);
        }
        if (numberOfPartitions != 0 && Long.compareUnsigned(numberOfPartitions, cursor.remaining() / entrySize) > 0) {
            throw cursor.fault(
                    "Partitions",
                    Long.toUnsignedString(numberOfPartitions) + " entries of " + entrySize + " bytes where "
                            + cursor.remaining() + " are left");
        }
        List<GptPartition> partitions = new ArrayList<>();
        for (long i = 0; i < numberOfPartitions; i++) {
            long position = cursor.inputPosition();
            partitions.add(GptPartition.decode(cursor.bytes(entrySize, "Partitions"), position));
        }
        return new GptTable(header, partitions, cursor.rest());
    }

    /** {@return the event data} */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter().bytes(header.encode()).u64(partitions.size());
        partitions.forEach(partition -> writer.bytes(partition.encode()));
        return writer.bytes(trailing).toBytes();
    }

    /**
     * Whether the GUIDs that differ from disk to disk are blanked, as EV_EFI_GPT_EVENT2 has them.
     *
     * @return true if the disk's GUID and those of all partitions are zero
     */
    public boolean hasBlankedGuids() {
        return header.diskGuid().equals(Guid.ZERO)
                && partitions.stream()
                        .allMatch(partition -> partition.uniquePartitionGuid().equals(Guid.ZERO));
    }
}
