package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
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
    public List<EventField> fields() {
        GptTable.Header header = table.header();
        List<EventField> fields = new ArrayList<>();
        fields.add(EventField.hexadecimal("revision", header.revision(), 8, 4));
        fields.add(EventField.unsigned("headerSize", header.headerSize(), 12, 4));
        fields.add(EventField.hexadecimal("headerCrc32", header.headerCrc32(), 16, 4));
        fields.add(EventField.unsigned("myLba", header.myLba(), 24, 8));
        fields.add(EventField.unsigned("alternateLba", header.alternateLba(), 32, 8));
        fields.add(EventField.unsigned("firstUsableLba", header.firstUsableLba(), 40, 8));
        fields.add(EventField.unsigned("lastUsableLba", header.lastUsableLba(), 48, 8));
        fields.add(EventField.text("diskGuid", header.diskGuid().toString(), 56, 16));
        fields.add(EventField.unsigned("partitionEntryLba", header.partitionEntryLba(), 72, 8));
        fields.add(EventField.unsigned("numberOfPartitionEntries", header.numberOfPartitionEntries(), 80, 4));
        fields.add(EventField.unsigned("sizeOfPartitionEntry", header.sizeOfPartitionEntry(), 84, 4));
        fields.add(EventField.hexadecimal("partitionEntryArrayCrc32", header.partitionEntryArrayCrc32(), 88, 4));
        int entrySize = (int) header.sizeOfPartitionEntry();
        List<EventField> partitions = new ArrayList<>();
        int at = PARTITIONS_OFFSET;
        for (GptTable.Partition partition : table.partitions()) {
            partitions.add(partition(partition, at, entrySize));
            at += entrySize;
        }
        fields.add(EventField.items("partitions", partitions, PARTITIONS_OFFSET, at - PARTITIONS_OFFSET));
        return fields;
    }

    private static EventField partition(GptTable.Partition partition, int at, int size) {
        return EventField.structure(
                "partition",
                List.of(
                        Guids.field("partitionTypeGuid", partition.partitionTypeGuid(), at),
                        EventField.text(
                                "uniquePartitionGuid",
                                partition.uniquePartitionGuid().toString(),
                                at + 16,
                                16),
                        EventField.unsigned("startingLba", partition.startingLba(), at + 32, 8),
                        EventField.unsigned("endingLba", partition.endingLba(), at + 40, 8),
                        EventField.hexadecimal("attributes", partition.attributes(), at + 48, 8),
                        EventField.text("partitionName", partition.name(), at + 56, 72)),
                at,
                size);
    }
}
