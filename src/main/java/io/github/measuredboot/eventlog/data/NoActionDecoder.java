package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.SpecIdEvent;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.recognition.RecognizedText;
import io.github.measuredboot.internal.uefi.GuidFields;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;

/** The structures of EV_NO_ACTION events by their signatures (PFP section 10.4.5). */
final class NoActionDecoder {
    private static final int SIGNATURE_SIZE = 16;
    private static final int DIGEST_FORMAT = 0;

    private NoActionDecoder() {}

    static EventData decode(Bytes raw, long offset) throws MalformedDataException {
        if (raw.length() < SIGNATURE_SIZE) {
            return TextDecoder.textOrOpaque(raw);
        }
        return switch (raw.slice(0, SIGNATURE_SIZE).decode(StandardCharsets.ISO_8859_1)) {
            case "Spec ID Event00\0", "Spec ID Event02\0", "Spec ID Event03\0" -> specId(raw, offset);
            case "StartupLocality\0" ->
                decode(
                        raw,
                        offset,
                        "startup-locality",
                        "TCG_EfiStartupLocalityEvent",
                        cursor -> cursor.u8("startupLocality"));
            case "SP800-155 Event\0" ->
                decode(
                        raw,
                        offset,
                        "sp800155-platform-id",
                        "TCG_Sp800_155_PlatformId_Event",
                        cursor -> sp800155(cursor, 1));
            case "SP800-155 Event2" ->
                decode(
                        raw,
                        offset,
                        "sp800155-platform-id",
                        "TCG_Sp800_155_PlatformId_Event2",
                        cursor -> sp800155(cursor, 2));
            case "SP800-155 Event3" ->
                decode(
                        raw,
                        offset,
                        "sp800155-platform-id",
                        "TCG_Sp800_155_PlatformId_Event3",
                        cursor -> sp800155(cursor, 3));
            case "H-CRTM CompMeas\0" ->
                decode(raw, offset, "hcrtm-component", "TCG_HCRTMComponentEvent", NoActionDecoder::hcrtmComponent);
            case "NvIndexInstance\0" ->
                decode(
                        raw,
                        offset,
                        "nv-index-instance",
                        "NV_INDEX_INSTANCE_EVENT_LOG_DATA",
                        NoActionDecoder::nvIndexInstance);
            case "NvIndexDynamic \0", "NvIndexDynamic\0\0" ->
                decode(
                        raw,
                        offset,
                        "nv-index-dynamic",
                        "NV_INDEX_DYNAMIC_EVENT_LOG_DATA",
                        NoActionDecoder::nvIndexDynamic);
            default -> TextDecoder.textOrOpaque(raw);
        };
    }

    private static EventData decode(Bytes raw, long offset, String id, String structure, ByteCursor.Reader decoder)
            throws MalformedDataException {
        return StructureData.decode(raw, offset, id, structure, cursor -> {
            cursor.latin1(SIGNATURE_SIZE, "signature");
            decoder.read(cursor);
        });
    }

    private static EventData specId(Bytes raw, long offset) throws MalformedDataException {
        SpecIdEvent specId = SpecIdEvent.decode(raw, offset, ParseLimits.DEFAULT.maxAlgorithms());
        return new StructureData(raw, "spec-id", "TCG_EfiSpecIdEvent", specId.fields(0));
    }

    private static void sp800155(ByteCursor cursor, int version) throws MalformedDataException {
        cursor.u32("vendorId");
        GuidFields.read(cursor, "referenceManifestGuid");
        if (version > 1) {
            sizedText(cursor, "platformManufacturerStr");
            sizedText(cursor, "platformModel");
            sizedText(cursor, "platformVersion");
            sizedText(cursor, "firmwareManufacturerStr");
            cursor.u32("firmwareManufacturerId");
            sizedText(cursor, "firmwareVersion");
        }
        if (version > 2) {
            locator(cursor, "rim");
            locator(cursor, "platformCert");
        }
    }

    private static void sizedText(ByteCursor cursor, String name) throws MalformedDataException {
        Bytes bytes = cursor.plainBytes(cursor.u8(name + "Size"), name);
        cursor.text(name, bytes.isFilledWith(0) ? "" : RecognizedText.ofAny(bytes), bytes.length());
    }

    /** The types are 0 raw data, 1 URI, 2 local device path, 3 UEFI variable. */
    private static void locator(ByteCursor cursor, String name) throws MalformedDataException {
        cursor.u32(name + "LocatorType");
        long length = cursor.u32(name + "LocatorLength");
        Bytes locator = cursor.bytes(length, name + "Locator");
        RecognizedText.of(locator).ifPresent(text -> cursor.text(name + "LocatorText", text.text(), locator.length()));
    }

    private static void hcrtmComponent(ByteCursor cursor) throws MalformedDataException {
        sizedText(cursor, "componentDescription");
        int format = cursor.u8("measurementFormatType");
        int size = cursor.u16("componentMeasurementSize");
        if (format == DIGEST_FORMAT && size > Short.BYTES) {
            int algorithm = cursor.u16("hashAlg");
            String name = HashAlgorithm.byId(algorithm).map(HashAlgorithm::name).orElse("unknown");
            cursor.text("hashAlgName", name, Short.BYTES);
            size -= Short.BYTES;
        }
        cursor.bytes(size, "componentMeasurement");
    }

    private static void nvIndexInstance(ByteCursor cursor) throws MalformedDataException {
        cursor.u16("version");
        cursor.bytes(6, "reserved");
        cursor.structure("data", DeviceSecurityDecoder::read);
    }

    private static void nvIndexDynamic(ByteCursor cursor) throws MalformedDataException {
        cursor.u16("version");
        cursor.bytes(6, "reserved");
        cursor.hex64("uid");
        cursor.latin1(cursor.u16("descriptionSize"), "description");
        cursor.bytes(cursor.u16("dataSize"), "data");
    }
}
