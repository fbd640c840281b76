package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.TaggedEvents;
import io.github.measuredboot.eventlog.TxtEventType;
import io.github.measuredboot.internal.binary.Utf16;
import io.github.measuredboot.uefi.FirmwareBlob;
import io.github.measuredboot.uefi.FirmwareBlob2;
import io.github.measuredboot.uefi.GptTable;
import io.github.measuredboot.uefi.HandoffTables;
import io.github.measuredboot.uefi.HandoffTables2;
import io.github.measuredboot.uefi.ImageLoadEvent;
import io.github.measuredboot.uefi.VariableData;
import io.github.measuredboot.windows.SipaTree;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The structure of event data by event type (PFP section 10.4.1). */
final class EventDecoder {
    private static final int BLOB_SIZE = 16;
    private static final long FIRST_WINDOWS_PCR = 11;
    private static final long LAST_WINDOWS_PCR = 14;
    private static final long FIRST_DYNAMIC_PCR = 17;
    private static final long LAST_DYNAMIC_PCR = 22;
    private static final Map<EventType, Decoder> DECODERS = decoders();

    private interface Decoder {
        EventData decode(Event event, Bytes raw, long offset) throws MalformedDataException;
    }

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
        Decoder decoder = DECODERS.get(event.claimedType());
        return decoder == null ? ofOtherType(event, raw) : decoder.decode(event, raw, offset);
    }

    private static EventData ofOtherType(Event event, Bytes raw) {
        return TxtEventType.of(event.claimedType())
                .<EventData>map(type -> DynamicLaunchDecoder.decode(raw, type))
                .orElseGet(() -> new OpaqueEventData(raw));
    }

    private static Map<EventType, Decoder> decoders() {
        Map<EventType, Decoder> decoders = new HashMap<>();
        put(decoders, EventDecoder::noAction, EventType.EV_NO_ACTION);
        put(decoders, (event, raw, offset) -> new SeparatorData(raw), EventType.EV_SEPARATOR);
        put(
                decoders,
                (event, raw, offset) -> new TextData(raw),
                EventType.EV_ACTION,
                EventType.EV_OMIT_BOOT_DEVICE_EVENTS,
                EventType.EV_EFI_ACTION,
                EventType.EV_EFI_HCRTM_EVENT,
                EventType.GOOGLE_DYNAMIC_LAUNCH);
        put(decoders, EventDecoder::tagged, EventType.EV_EVENT_TAG);
        put(decoders, (event, raw, offset) -> new FirmwareData.Version(raw), EventType.EV_S_CRTM_VERSION);
        put(decoders, (event, raw, offset) -> IplData.of(raw), EventType.EV_IPL);
        put(
                decoders,
                (event, raw, offset) -> blobOrName(raw, offset),
                EventType.EV_POST_CODE,
                EventType.EV_S_CRTM_CONTENTS,
                EventType.EV_POST_CODE2,
                EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB);
        put(
                decoders,
                (event, raw, offset) -> new FirmwareData.DescribedBlob(raw, FirmwareBlob2.decode(raw, offset)),
                EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB2);
        put(
                decoders,
                (event, raw, offset) -> nameOrOpaque(raw),
                EventType.EV_CPU_MICROCODE,
                EventType.EV_PLATFORM_CONFIG_FLAGS,
                EventType.EV_NONHOST_CODE,
                EventType.EV_NONHOST_CONFIG,
                EventType.EV_NONHOST_INFO);
        put(decoders, (event, raw, offset) -> compactHash(raw), EventType.EV_COMPACT_HASH);
        put(decoders, (event, raw, offset) -> handoffOrName(raw, offset), EventType.EV_TABLE_OF_DEVICES);
        put(
                decoders,
                (event, raw, offset) ->
                        new VariableEventData(raw, VariableData.decode(raw, offset), event.claimedType()),
                EventType.EV_EFI_VARIABLE_DRIVER_CONFIG,
                EventType.EV_EFI_VARIABLE_BOOT,
                EventType.EV_EFI_VARIABLE_BOOT2,
                EventType.EV_EFI_VARIABLE_AUTHORITY,
                EventType.EV_EFI_SPDM_DEVICE_POLICY,
                EventType.EV_EFI_SPDM_DEVICE_AUTHORITY);
        put(
                decoders,
                (event, raw, offset) -> new ImageLoadData(raw, ImageLoadEvent.decode(raw, offset)),
                EventType.EV_EFI_BOOT_SERVICES_APPLICATION,
                EventType.EV_EFI_BOOT_SERVICES_DRIVER,
                EventType.EV_EFI_RUNTIME_SERVICES_DRIVER);
        put(
                decoders,
                (event, raw, offset) -> new GptData(raw, GptTable.decode(raw, offset)),
                EventType.EV_EFI_GPT_EVENT,
                EventType.EV_EFI_GPT_EVENT2);
        put(
                decoders,
                (event, raw, offset) -> new FirmwareData.Handoff(raw, HandoffTables.decode(raw, offset)),
                EventType.EV_EFI_HANDOFF_TABLES);
        put(
                decoders,
                (event, raw, offset) -> new FirmwareData.DescribedHandoff(raw, HandoffTables2.decode(raw, offset)),
                EventType.EV_EFI_HANDOFF_TABLES2);
        put(
                decoders,
                (event, raw, offset) -> DeviceSecurityDecoder.decode(raw, offset),
                EventType.EV_EFI_SPDM_FIRMWARE_BLOB,
                EventType.EV_EFI_SPDM_FIRMWARE_CONFIG);
        return Map.copyOf(decoders);
    }

    private static void put(Map<EventType, Decoder> decoders, Decoder decoder, EventType... types) {
        for (EventType type : types) {
            decoders.put(type, decoder);
        }
    }

    private static EventData noAction(Event event, Bytes raw, long offset) throws MalformedDataException {
        return event.pcrIndex() == Event.NO_PCR && SipaTree.isSipa(raw)
                ? new WindowsData(raw)
                : NoActionDecoder.decode(raw, offset);
    }

    private static EventData compactHash(Bytes raw) {
        return raw.length() == Integer.BYTES ? new FirmwareData.CompactHash(raw) : nameOrOpaque(raw);
    }

    private static EventData tagged(Event event, Bytes raw, long offset) throws MalformedDataException {
        if (isWindowsPcr(event.pcrIndex()) && SipaTree.isSipa(raw)) {
            return new WindowsData(raw);
        }
        TaggedEvents tags = TaggedEvents.decode(raw);
        if (tags.fault().isPresent()) {
            Fault fault = tags.fault().get();
            throw new MalformedDataException(
                    new Fault(offset + fault.offset(), fault.structure(), fault.field(), fault.reason()));
        }
        return new TaggedData(raw, tags);
    }

    private static boolean isWindowsPcr(long pcr) {
        return (pcr >= FIRST_WINDOWS_PCR && pcr <= LAST_WINDOWS_PCR)
                || (pcr >= FIRST_DYNAMIC_PCR && pcr <= LAST_DYNAMIC_PCR);
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
            return new FirmwareData.Named(raw, Texts.upToNul(Utf16.decode(raw)), Bytes.EMPTY);
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
    private static EventData handoffOrName(Bytes raw, long offset) {
        try {
            return new FirmwareData.Handoff(raw, HandoffTables.decode(raw, offset));
        } catch (MalformedDataException e) {
            return nameOrOpaque(raw);
        }
    }
}
