package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.TaggedEvents;
import io.github.measuredboot.uefi.FirmwareBlob;
import io.github.measuredboot.uefi.FirmwareBlob2;
import io.github.measuredboot.uefi.GptTable;
import io.github.measuredboot.uefi.HandoffTables;
import io.github.measuredboot.uefi.HandoffTables2;
import io.github.measuredboot.uefi.ImageLoadEvent;
import io.github.measuredboot.uefi.VariableData;
import io.github.measuredboot.windows.SipaTree;
import java.nio.charset.StandardCharsets;

/** The structure of event data by event type (PFP section 10.4.1). */
final class EventDecoder {
    private static final int BLOB_SIZE = 16;
    private static final long FIRST_WINDOWS_PCR = 11;
    private static final long LAST_WINDOWS_PCR = 14;

    private EventDecoder() {}

    static EventData decode(Event event) {
        Bytes raw = event.data();
        try {
            return decode(event, raw, event.dataOffset());
        } catch (MalformedDataException e) {
            return new MalformedEventData(raw, e.fault());
        }
    }

    private static EventData decode(Event event, Bytes raw, long offset) throws MalformedDataException {
        return switch ((int) event.type().value()) {
            case 0x00000003 ->
                event.pcrIndex() == Event.NO_PCR && SipaTree.isSipa(raw)
                        ? new WindowsData(raw, SipaTree.decode(raw, 0))
                        : NoActionDecoder.decode(raw, offset);
            case 0x00000004 -> new SeparatorData(raw);
            case 0x00000005, 0x00000012, 0x80000007, 0x80000010 -> new TextData(raw);
            case 0x00000006 -> tagged(event, raw, offset);
            case 0x00000008 -> new FirmwareData.Version(raw);
            case 0x0000000d -> IplData.of(raw);
            case 0x00000001, 0x00000007, 0x00000013, 0x80000008 -> blobOrName(raw, offset);
            case 0x8000000a -> new FirmwareData.DescribedBlob(raw, FirmwareBlob2.decode(raw, offset));
            case 0x00000009, 0x0000000a, 0x0000000f, 0x00000010, 0x00000011 -> nameOrOpaque(raw);
            case 0x0000000c -> raw.length() == Integer.BYTES ? new FirmwareData.CompactHash(raw) : nameOrOpaque(raw);
            case 0x0000000b -> handoffOrOpaque(raw, offset);
            case 0x80000001, 0x80000002, 0x8000000c, 0x800000e0, 0x800000e3, 0x800000e4 ->
                new VariableEventData(raw, VariableData.decode(raw, offset), event.type());
            case 0x80000003, 0x80000004, 0x80000005 -> new ImageLoadData(raw, ImageLoadEvent.decode(raw, offset));
            case 0x80000006, 0x8000000d -> new GptData(raw, GptTable.decode(raw, offset));
            case 0x80000009 -> new FirmwareData.Handoff(raw, HandoffTables.decode(raw, offset));
            case 0x8000000b -> new FirmwareData.DescribedHandoff(raw, HandoffTables2.decode(raw, offset));
            case 0x800000e1, 0x800000e2 -> DeviceSecurityDecoder.decode(raw, offset);
            default -> new OpaqueEventData(raw);
        };
    }

    private static EventData tagged(Event event, Bytes raw, long offset) throws MalformedDataException {
        if (event.pcrIndex() >= FIRST_WINDOWS_PCR && event.pcrIndex() <= LAST_WINDOWS_PCR && SipaTree.isSipa(raw)) {
            return new WindowsData(raw, SipaTree.decode(raw, 0));
        }
        TaggedEvents tags = TaggedEvents.decode(raw);
        if (tags.fault().isPresent()) {
            Fault fault = tags.fault().get();
            throw new MalformedDataException(
                    new Fault(offset + fault.offset(), fault.structure(), fault.field(), fault.reason()));
        }
        return new TaggedData(raw, tags);
    }

    /** A blob has 16 bytes, and so may a name have. */
    private static EventData blobOrName(Bytes raw, long offset) throws MalformedDataException {
        if (raw.length() == BLOB_SIZE && !Texts.isPrintableAscii(raw)) {
            return new FirmwareData.Blob(raw, FirmwareBlob.decode(raw, offset));
        }
        if (raw.length() > BLOB_SIZE && raw.u8(0) == raw.length() - 1 - BLOB_SIZE) {
            return new FirmwareData.DescribedBlob(raw, FirmwareBlob2.decode(raw, offset));
        }
        return nameOrOpaque(raw);
    }

    private static EventData nameOrOpaque(Bytes raw) {
        if (Texts.looksLikeUtf16(raw)) {
            return new FirmwareData.Named(raw, Texts.upToNul(Texts.utf16(raw)), Bytes.EMPTY);
        }
        Bytes name = Texts.beforeNul(raw);
        if (name.length() < 2 || !Texts.isPrintableAscii(name)) {
            return new OpaqueEventData(raw);
        }
        int end = name.length();
        while (end < raw.length() && raw.u8(end) == 0) {
            end++;
        }
        return new FirmwareData.Named(raw, name.decode(StandardCharsets.US_ASCII), raw.from(end));
    }

    /** EDK2 logs EV_TABLE_OF_DEVICES as pointers to tables. */
    private static EventData handoffOrOpaque(Bytes raw, long offset) {
        try {
            return new FirmwareData.Handoff(raw, HandoffTables.decode(raw, offset));
        } catch (MalformedDataException e) {
            return nameOrOpaque(raw);
        }
    }
}
