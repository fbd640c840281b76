package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.uefi.guid.Guid;

/** Headers of partition tables for tests. */
final class GptHeaders {
    private static final long SIGNATURE = 0x5452415020494645L;

    private GptHeaders() {}

    static GptTable.Header of(Guid diskGuid, long u32, long u64, long sizeOfPartitionEntry) {
        try {
            return GptTable.Header.decode(new ByteWriter()
                    .u64(SIGNATURE)
                    .u32(u32)
                    .u32(92)
                    .u32(u32 + 1)
                    .u32(u32 + 2)
                    .u64(u64)
                    .u64(u64 + 1)
                    .u64(u64 + 2)
                    .u64(u64 + 3)
                    .bytes(diskGuid.toBytes())
                    .u64(u64 + 4)
                    .u32(u32 + 3)
                    .u32(sizeOfPartitionEntry)
                    .u32(u32 + 4)
                    .toBytes());
        } catch (MalformedDataException e) {
            throw new AssertionError(e);
        }
    }
}
