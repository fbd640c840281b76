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
 * UEFI_GPT_DATA (PFP 10.2.5): the partition table of the boot disk as EV_EFI_GPT_EVENT and EV_EFI_GPT_EVENT2 hold it.
 *
 * @param header the header of the table
 * @param partitions the entries that are in use
 * @param trailing bytes after the structure
 */
public record GptTable(Header header, List<Partition> partitions, Bytes trailing) {
    private static final String STRUCTURE = "UEFI_GPT_DATA";

    /** @throws IllegalArgumentException if an entry has a different size than the header says */
    public GptTable {
        partitions = List.copyOf(partitions);
        for (Partition partition : partitions) {
            if (partition.size() != header.sizeOfPartitionEntry()) {
                throw new IllegalArgumentException("an entry of " + partition.size()
                        + " bytes in a table of entries of " + header.sizeOfPartitionEntry());
            }
        }
    }

    /**
     * Decodes the structure.
     *
     * @throws MalformedDataException if the signature is a different one, an entry is smaller than 128 bytes, or the entries exceed the
     *     bytes that are there
     */
    public static GptTable decode(Bytes data, long offset) throws MalformedDataException {
        return read(new ByteCursor(data, offset, STRUCTURE));
    }

    private static GptTable read(ByteCursor cursor) throws MalformedDataException {
        Header header = new Header(cursor);
        long numberOfPartitions = cursor.plain64("NumberOfPartitions");
        long entrySize = header.sizeOfPartitionEntry();
        if (numberOfPartitions != 0 && entrySize < Partition.MIN_SIZE) {
            throw cursor.fault("SizeOfPartitionEntry", "is " + entrySize + ", less than " + Partition.MIN_SIZE);
        }
        if (numberOfPartitions != 0 && Long.compareUnsigned(numberOfPartitions, cursor.remaining() / entrySize) > 0) {
            throw cursor.fault(
                    "Partitions",
                    Long.toUnsignedString(numberOfPartitions) + " entries of " + entrySize + " bytes where "
                            + cursor.remaining() + " are left");
        }
        List<Partition> partitions = new ArrayList<>();
        cursor.items("partitions", entries -> {
            for (long i = 0; i < numberOfPartitions; i++) {
                entries.structure("partition", entry -> partitions.add(Partition.read(entry, entrySize)));
            }
        });
        return new GptTable(header, partitions, cursor.rest());
    }

    /** {@return the fields for display} */
    public List<Field> fields(int offset) {
        return ByteCursor.fields(encode(), offset, STRUCTURE, GptTable::read);
    }

    /** {@return the event data} */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter().bytes(header.encode()).u64(partitions.size());
        partitions.forEach(partition -> writer.bytes(partition.encode()));
        return writer.bytes(trailing).toBytes();
    }

    /** {@return whether the GUIDs of the disk and of all partitions are zero, as EV_EFI_GPT_EVENT2 has them} */
    public boolean hasBlankedGuids() {
        return header.diskGuid().equals(Guid.ZERO)
                && partitions.stream()
                        .allMatch(partition -> partition.uniquePartitionGuid().equals(Guid.ZERO));
    }

    /**
     * The fields of EFI_PARTITION_TABLE_HEADER (UEFI 5.3.2), 92 bytes that begin with {@code EFI PART}. No field is checked
     * against another, and no CRC.
     */
    public static final class Header {
        private static final long SIGNATURE = 0x5452415020494645L;

        private final long revision;
        private final long headerSize;
        private final long headerCrc32;
        private final long reserved;
        private final long myLba;
        private final long alternateLba;
        private final long firstUsableLba;
        private final long lastUsableLba;
        private final Guid diskGuid;
        private final long partitionEntryLba;
        private final long numberOfPartitionEntries;
        private final long sizeOfPartitionEntry;
        private final long partitionEntryArrayCrc32;

        private Header(ByteCursor cursor) throws MalformedDataException {
            long signature = cursor.plain64("Signature");
            if (signature != SIGNATURE) {
                throw cursor.fault("Signature", String.format("is 0x%016x, not EFI PART", signature));
            }
            revision = cursor.hex32("revision");
            headerSize = cursor.u32("headerSize");
            headerCrc32 = cursor.hex32("headerCrc32");
            reserved = cursor.plain32("Reserved");
            myLba = cursor.u64("myLba");
            alternateLba = cursor.u64("alternateLba");
            firstUsableLba = cursor.u64("firstUsableLba");
            lastUsableLba = cursor.u64("lastUsableLba");
            diskGuid = GuidFields.read(cursor, "diskGuid");
            partitionEntryLba = cursor.u64("partitionEntryLba");
            numberOfPartitionEntries = cursor.u32("numberOfPartitionEntries");
            sizeOfPartitionEntry = cursor.u32("sizeOfPartitionEntry");
            partitionEntryArrayCrc32 = cursor.hex32("partitionEntryArrayCrc32");
        }

        /**
         * Decodes a header.
         *
         * @param data 92 bytes
         * @return the header
         * @throws MalformedDataException if there are more or fewer than 92 bytes, or the signature is a different one
         */
        public static Header decode(Bytes data) throws MalformedDataException {
            ByteCursor cursor = new ByteCursor(data, 0, "EFI_PARTITION_TABLE_HEADER");
            Header header = new Header(cursor);
            cursor.requireEnd();
            return header;
        }

        /** {@return 0x00010000 for all versions so far} */
        public long revision() {
            return revision;
        }

        /** {@return the size of the header in bytes, as the header itself gives it} */
        public long headerSize() {
            return headerSize;
        }

        /** {@return the CRC of the header} */
        public long headerCrc32() {
            return headerCrc32;
        }

        /** {@return a field that should be 0} */
        public long reserved() {
            return reserved;
        }

        /** {@return the block of this header} */
        public long myLba() {
            return myLba;
        }

        /** {@return the block of the other header} */
        public long alternateLba() {
            return alternateLba;
        }

        /** {@return the first block for partitions} */
        public long firstUsableLba() {
            return firstUsableLba;
        }

        /** {@return the last block for partitions} */
        public long lastUsableLba() {
            return lastUsableLba;
        }

        /** {@return the GUID of the disk, zero in EV_EFI_GPT_EVENT2 events} */
        public Guid diskGuid() {
            return diskGuid;
        }

        /** {@return the block where the entries begin} */
        public long partitionEntryLba() {
            return partitionEntryLba;
        }

        /** {@return the number of entries on the disk, used or not} */
        public long numberOfPartitionEntries() {
            return numberOfPartitionEntries;
        }

        /** {@return the size of an entry in bytes} */
        public long sizeOfPartitionEntry() {
            return sizeOfPartitionEntry;
        }

        /** {@return the CRC of the entries on the disk} */
        public long partitionEntryArrayCrc32() {
            return partitionEntryArrayCrc32;
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

        @Override
        public boolean equals(Object other) {
            return other instanceof Header that && encode().equals(that.encode());
        }

        @Override
        public int hashCode() {
            return encode().hashCode();
        }

        @Override
        public String toString() {
            return "Header[disk " + diskGuid + ", " + numberOfPartitionEntries + " entries]";
        }
    }

    /**
     * EFI_PARTITION_ENTRY (UEFI 5.3.3), of 128 bytes or more.
     *
     * @param partitionTypeGuid what the partition is for
     * @param uniquePartitionGuid the GUID of the partition itself, zero in EV_EFI_GPT_EVENT2 events
     * @param startingLba the first block
     * @param endingLba the last block
     * @param attributes bit 0 required, 1 ignored by EFI, 2 legacy BIOS bootable, 48 to 63 by type
     * @param partitionName the 72 bytes of the name, including what follows its NUL
     * @param reserved what follows the first 128 bytes of an entry
     */
    public record Partition(
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

        /** @throws IllegalArgumentException if the name does not have 72 bytes */
        public Partition {
            if (partitionName.length() != NAME_SIZE) {
                throw new IllegalArgumentException("a partition's name has 72 bytes, not " + partitionName.length());
            }
        }

        private static Partition read(ByteCursor cursor, long size) throws MalformedDataException {
            Guid type = GuidFields.readNamed(cursor, "partitionTypeGuid");
            Guid unique = GuidFields.read(cursor, "uniquePartitionGuid");
            long startingLba = cursor.u64("startingLba");
            long endingLba = cursor.u64("endingLba");
            long attributes = cursor.hex64("attributes");
            Bytes name = cursor.plainBytes(NAME_SIZE, "partitionName");
            if (cursor.isRecording()) {
                cursor.text("partitionName", Char16Text.upToNulOrEnd(name), NAME_SIZE);
            }
            return new Partition(
                    type,
                    unique,
                    startingLba,
                    endingLba,
                    attributes,
                    name,
                    cursor.plainBytes(size - MIN_SIZE, "reserved"));
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
}
