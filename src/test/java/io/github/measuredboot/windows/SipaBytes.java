package io.github.measuredboot.windows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.internal.binary.Utf16;
import io.github.measuredboot.testing.TestLogs.TestLog;
import java.util.List;

/** Event data of Windows, made up and real. */
final class SipaBytes {
    private SipaBytes() {}

    static Bytes element(SipaEventType type, Bytes... data) {
        return element(type.value(), data);
    }

    static Bytes element(long type, Bytes... data) {
        ByteWriter all = new ByteWriter();
        List.of(data).forEach(all::bytes);
        return new ByteWriter()
                .u32(type)
                .u32(all.toBytes().length())
                .bytes(all.toBytes())
                .toBytes();
    }

    static Bytes text(String text) {
        return Utf16.encode(text + '\0');
    }

    static Bytes u32(long value) {
        return new ByteWriter().u32(value).toBytes();
    }

    static Bytes hex(String hex) {
        return Bytes.parseHex(hex.replace(" ", ""));
    }

    static Bytes boundary() {
        return element(
                SipaEventType.TRUSTBOUNDARY,
                element(SipaEventType.BOOTCOUNTER, hex("bb00000000000000")),
                element(SipaEventType.CODEINTEGRITY, hex("01")),
                element(SipaEventType.BITLOCKER_UNLOCK, u32(0x14)),
                element(SipaEventType.TRANSFER_CONTROL, u32(1)),
                element(
                        SipaEventType.LOADEDMODULE_AGGREGATION,
                        element(SipaEventType.FILEPATH, text("\\Windows\\system32\\winload.efi")),
                        element(SipaEventType.HASHALGORITHMID, u32(0x800c)),
                        element(SipaEventType.AUTHENTICODEHASH, hex("00".repeat(32)))),
                element(SipaEventType.SI_POLICY, hex("00000000 00000a00 0400 0b00 02000000 4100 0000 beef")));
    }

    static List<Bytes> windowsEvents(TestLog log) {
        return EventLog.examine(Bytes.wrap(log.bytes()), ParseLimits.DEFAULT).readable().events().stream()
                .filter(event -> event.claimedType().equals(EventType.EV_EVENT_TAG)
                        || event.claimedType().equals(EventType.EV_NO_ACTION))
                .map(event -> event.data())
                .filter(SipaTree::isSipa)
                .toList();
    }

    static WindowsBootState state(TestLog log) {
        return new WindowsBootState(windowsEvents(log).stream()
                .map(data -> SipaTree.decode(data, 0))
                .toList());
    }
}
