package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.TaggedEvents;
import io.github.measuredboot.internal.recognition.RecognizedText;
import io.github.measuredboot.uefi.FirmwareBlob;
import io.github.measuredboot.uefi.FirmwareBlob2;
import io.github.measuredboot.uefi.GptTable;
import io.github.measuredboot.uefi.HandoffTables;
import io.github.measuredboot.uefi.HandoffTables2;
import io.github.measuredboot.uefi.ImageLoadEvent;
import io.github.measuredboot.uefi.VariableData;
import io.github.measuredboot.windows.SipaTree;

/** Decodes event data by the layout of the type that the event claims. */
final class EventDecoder {
    private static final int BLOB_SIZE = 16;
    private static final long FIRST_WINDOWS_PCR = 11;
    private static final long LAST_WINDOWS_PCR = 14;
    private static final long FIRST_DYNAMIC_PCR = 17;
    private static final long LAST_DYNAMIC_PCR = 22;

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
        return switch (event.claimedType().layout()) {
            case ANY -> TextDecoder.textOrOpaque(raw);
            case NO_ACTION -> noAction(event, raw, offset);
            case SEPARATOR -> new SeparatorData(raw);
            case TEXT -> TextDecoder.text(raw);
            case TAGGED -> tagged(event, raw, offset);
            case VERSION -> new FirmwareData.Version(raw);
            case IPL -> IplData.of(raw);
            case BLOB_OR_NAME -> blobOrName(raw, offset);
            case BLOB2 -> new FirmwareData.DescribedBlob(raw, FirmwareBlob2.decode(raw, offset));
            case NAME -> TextDecoder.nameOrOpaque(raw);
            case COMPACT_HASH ->
                raw.length() == Integer.BYTES ? new FirmwareData.CompactHash(raw) : TextDecoder.nameOrOpaque(raw);
            case HANDOFF_OR_NAME -> handoffOrName(raw, offset);
            case HANDOFF -> new FirmwareData.Handoff(raw, HandoffTables.decode(raw, offset));
            case HANDOFF2 -> new FirmwareData.DescribedHandoff(raw, HandoffTables2.decode(raw, offset));
            case VARIABLE, AUTHORITY ->
                new VariableEventData(raw, VariableData.decode(raw, offset), event.claimedType());
            case IMAGE_LOAD -> new ImageLoadData(raw, ImageLoadEvent.decode(raw, offset));
            case GPT -> new GptData(raw, GptTable.decode(raw, offset));
            case DEVICE_SECURITY ->
                StructureData.decode(
                        raw, offset, "device-security", "DEVICE_SECURITY_EVENT_DATA", DeviceSecurityDecoder::read);
            case HASH_AND_FLAGS, U32, NV_INDEXES, LAUNCH_TEXT, LAUNCH -> LaunchDecoder.decode(raw, event.claimedType());
        };
    }

    private static EventData noAction(Event event, Bytes raw, long offset) throws MalformedDataException {
        return event.pcrIndex() == Event.NO_PCR && SipaTree.isSipa(raw)
                ? new WindowsData(raw)
                : NoActionDecoder.decode(raw, offset);
    }

    private static EventData tagged(Event event, Bytes raw, long offset) throws MalformedDataException {
        if (isWindowsPcr(event.pcrIndex()) && SipaTree.isSipa(raw)) {
            return new WindowsData(raw);
        }
        TaggedEvents tags = TaggedEvents.decode(raw);
        if (tags.fault().isEmpty() || MissizedTag.of(raw, tags).isPresent()) {
            return new TaggedData(raw, tags);
        }
        if (RecognizedText.certainly(raw).isPresent()) {
            return new TextData(raw);
        }
        throw new MalformedDataException(tags.fault().get().shifted(offset));
    }

    private static boolean isWindowsPcr(long pcr) {
        return (pcr >= FIRST_WINDOWS_PCR && pcr <= LAST_WINDOWS_PCR)
                || (pcr >= FIRST_DYNAMIC_PCR && pcr <= LAST_DYNAMIC_PCR);
    }

    /** A blob has 16 bytes, but a name may have 16 bytes as well. */
    private static EventData blobOrName(Bytes raw, long offset) throws MalformedDataException {
        if (raw.length() == BLOB_SIZE && !TextDecoder.isText(raw)) {
            return new FirmwareData.Blob(raw, FirmwareBlob.decode(raw, offset));
        }
        if (raw.length() > BLOB_SIZE && raw.u8(0) == raw.length() - 1 - BLOB_SIZE) {
            return new FirmwareData.DescribedBlob(raw, FirmwareBlob2.decode(raw, offset));
        }
        return TextDecoder.nameOrOpaque(raw);
    }

    private static EventData handoffOrName(Bytes raw, long offset) {
        try {
            return new FirmwareData.Handoff(raw, HandoffTables.decode(raw, offset));
        } catch (MalformedDataException e) {
            return TextDecoder.nameOrOpaque(raw);
        }
    }
}
