package io.github.measuredboot.eventlog.yaml;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.uefi.guid.Guid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** UEFI_GPT_DATA. */
final class PartitionTableWriter {
    /** Where the partitions begin. */
    static final int PARTITIONS = 100;

    private static final int ENTRY_SIZE = 128;
    private static final int NAME = 56;

    private PartitionTableWriter() {}

    static boolean write(Yaml out, Bytes data) throws IOException {
        if (data.length() < PARTITIONS) {
            return false;
        }
        long count = data.u64(PARTITIONS - Long.BYTES);
        int entries = data.length() - PARTITIONS;
        if (entries % ENTRY_SIZE != 0 || count != entries / ENTRY_SIZE) {
            return false;
        }
        String signature = Scalars.decode(Scalars.upToNul(data.slice(0, 8)));
        out.line("  Event:")
                .line("    Header:")
                .line("      Signature: ", Scalars.doubleQuoted(signature))
                .hexLine("      Revision: ", data.u32(8))
                .line("      HeaderSize: ", data.u32(12))
                .hexLine("      HeaderCRC32: ", data.u32(16))
                .hexLine("      MyLBA: ", data.u64(24))
                .hexLine("      AlternateLBA: ", data.u64(32))
                .hexLine("      FirstUsableLBA: ", data.u64(40))
                .hexLine("      LastUsableLBA: ", data.u64(48))
                .line("      DiskGUID: ", Guid.at(data, 56).toString())
                .hexLine("      PartitionEntryLBA: ", data.u64(72))
                .line("      NumberOfPartitionEntry: ", data.u32(80))
                .line("      SizeOfPartitionEntry: ", data.u32(84))
                .hexLine("      PartitionEntryArrayCRC32: ", data.u32(88))
                .line("    NumberOfPartitions: ", count)
                .line("    Partitions:");
        for (int at = PARTITIONS; at < data.length(); at += ENTRY_SIZE) {
            writePartition(out, data.slice(at, ENTRY_SIZE));
        }
        return true;
    }

    private static void writePartition(Yaml out, Bytes entry) throws IOException {
        out.line("    - PartitionTypeGUID: ", Guid.at(entry, 0).toString())
                .line("      UniquePartitionGUID: ", Guid.at(entry, 16).toString())
                .hexLine("      StartingLBA: ", entry.u64(32))
                .hexLine("      EndingLBA: ", entry.u64(40))
                .hexLine("      Attributes: ", entry.u64(48))
                .line("      PartitionName: ", Scalars.doubleQuoted(name(entry.from(NAME))));
    }

    /** tpm2_eventlog prints (null) for a name that is not ASCII, after its end too. */
    private static String name(Bytes field) {
        String name = field.decode(StandardCharsets.UTF_16LE);
        if (name.chars().anyMatch(c -> c > 0x7f)) {
            return "(null)";
        }
        int end = name.indexOf('\0');
        return end < 0 ? name : name.substring(0, end);
    }
}
