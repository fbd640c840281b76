package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.uefi.GptTable;
import java.util.ArrayList;
import java.util.List;

/**
 * The partition table of the disk that was booted from ({@code UEFI_GPT_DATA}, PFP section 10.2.4), in an EV_EFI_GPT_EVENT or,
 * with its unique GUIDs blanked, in an EV_EFI_GPT_EVENT2 event.
 */
public record GptData(Bytes raw, GptTable table) implements EventData {
    private static final int PARTITIONS_OFFSET = 100;

    @Override
    public List<Field> fields() {
        GptTable.Header header = table.header();
        List<Field> fields = new ArrayList<>();
        fields.add(Field.hexadecimal("revision", header.revision(), 8, 4));
        fields.add(Field.unsigned("headerSize", header.headerSize(), 12, 4));
        fields.add(Field.hexadecimal("headerCrc32", header.headerCrc32(), 16, 4));
        fields.add(Field.unsigned("myLba", header.myLba(), 24, 8));
        fields.add(Field.unsigned("alternateLba", header.alternateLba(), 32, 8));
        fields.add(Field.unsigned("firstUsableLba", header.firstUsableLba(), 40, 8));
        fields.add(Field.unsigned("lastUsableLba", header.lastUsableLba(), 48, 8));
        fields.add(Field.text("diskGuid", header.diskGuid().toString(), 56, 16));
        fields.add(Field.unsigned("partitionEntryLba", header.partitionEntryLba(), 72, 8));
        fields.add(Field.unsigned("numberOfPartitionEntries", header.numberOfPartitionEntries(), 80, 4));
        fields.add(Field.unsigned("sizeOfPartitionEntry", header.sizeOfPartitionEntry(), 84, 4));
        fields.add(Field.hexadecimal("partitionEntryArrayCrc32", header.partitionEntryArrayCrc32(), 88, 4));
        int entrySize = (int) header.sizeOfPartitionEntry();
        List<Field> partitions = new ArrayList<>();
        int at = PARTITIONS_OFFSET;
        for (GptTable.Partition partition : table.partitions()) {
            partitions.add(partition(partition, at, entrySize));
            at += entrySize;
        }
        fields.add(Field.items("partitions", partitions, PARTITIONS_OFFSET, at - PARTITIONS_OFFSET));
        return fields;
    }

    private static Field partition(GptTable.Partition partition, int at, int size) {
        return Field.structure(
                "partition",
                List.of(
                        Guids.field("partitionTypeGuid", partition.partitionTypeGuid(), at),
                        Field.text(
                                "uniquePartitionGuid",
                                partition.uniquePartitionGuid().toString(),
                                at + 16,
                                16),
                        Field.unsigned("startingLba", partition.startingLba(), at + 32, 8),
                        Field.unsigned("endingLba", partition.endingLba(), at + 40, 8),
                        Field.hexadecimal("attributes", partition.attributes(), at + 48, 8),
                        Field.text("partitionName", partition.name(), at + 56, 72)),
                at,
                size);
    }
}
