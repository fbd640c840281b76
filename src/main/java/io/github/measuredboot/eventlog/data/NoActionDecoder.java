package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.SpecIdEvent;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

final class NoActionDecoder {
    private static final int SIGNATURE_SIZE = 16;
    private static final int DIGEST_FORMAT = 0;

    private NoActionDecoder() {}

    static EventData decode(Bytes raw, long offset) throws MalformedDataException {
        if (raw.length() < SIGNATURE_SIZE) {
            return new OpaqueEventData(raw);
        }
        return switch (raw.slice(0, SIGNATURE_SIZE).decode(StandardCharsets.ISO_8859_1)) {
            case "Spec ID Event00\0", "Spec ID Event02\0", "Spec ID Event03\0" ->
                new NoActionData.SpecId(raw, SpecIdEvent.decode(raw, offset, ParseLimits.DEFAULT.maxAlgorithms()));
            case "StartupLocality\0" -> startupLocality(raw, offset);
            case "SP800-155 Event\0" -> sp800155(raw, offset, 1);
            case "SP800-155 Event2" -> sp800155(raw, offset, 2);
            case "SP800-155 Event3" -> sp800155(raw, offset, 3);
            case "H-CRTM CompMeas\0" -> hcrtmComponent(raw, offset);
            case "NvIndexInstance\0" -> nvIndexInstance(raw, offset);
            case "NvIndexDynamic \0", "NvIndexDynamic\0\0" -> nvIndexDynamic(raw, offset);
            default -> new OpaqueEventData(raw);
        };
    }

    private static EventData startupLocality(Bytes raw, long offset) throws MalformedDataException {
        FieldReader reader = new FieldReader(raw, offset, "TCG_EfiStartupLocalityEvent");
        reader.signature();
        reader.u8("startupLocality");
        return new NoActionData.StartupLocality(raw);
    }

    private static EventData sp800155(Bytes raw, long offset, int version) throws MalformedDataException {
        String structure = "TCG_Sp800_155_PlatformId_Event" + (version == 1 ? "" : version);
        FieldReader reader = new FieldReader(raw, offset, structure);
        reader.signature();
        reader.u32("vendorId");
        reader.guid("referenceManifestGuid");
        if (version > 1) {
            sizedText(reader, "platformManufacturerStr");
            sizedText(reader, "platformModel");
            sizedText(reader, "platformVersion");
            sizedText(reader, "firmwareManufacturerStr");
            reader.u32("firmwareManufacturerId");
            sizedText(reader, "firmwareVersion");
        }
        if (version > 2) {
            locator(reader, "rim");
            locator(reader, "platformCert");
        }
        reader.rest("trailing");
        return new NoActionData.Sp800155PlatformId(raw, version, reader.fields());
    }

    private static void sizedText(FieldReader reader, String name) throws MalformedDataException {
        reader.text(reader.u8(name + "Size"), name);
    }

    /** The types are 0 raw data, 1 URI, 2 local device path, 3 UEFI variable. */
    private static void locator(FieldReader reader, String name) throws MalformedDataException {
        reader.u32(name + "LocatorType");
        long length = reader.u32(name + "LocatorLength");
        Bytes locator = reader.bytes(length, name + "Locator");
        if (Texts.isPrintableAscii(Texts.beforeNul(locator))) {
            String text = Texts.beforeNul(locator).decode(StandardCharsets.US_ASCII);
            reader.add(Field.text(name + "LocatorText", text, reader.position() - locator.length(), locator.length()));
        }
    }

    private static EventData hcrtmComponent(Bytes raw, long offset) throws MalformedDataException {
        FieldReader reader = new FieldReader(raw, offset, "TCG_HCRTMComponentEvent");
        reader.signature();
        sizedText(reader, "componentDescription");
        int format = reader.u8("measurementFormatType");
        int size = reader.u16("componentMeasurementSize");
        if (format == DIGEST_FORMAT && size > Short.BYTES) {
            int algorithm = reader.u16("hashAlg");
            reader.add(Field.text(
                    "hashAlgName",
                    HashAlgorithm.byId(algorithm).map(HashAlgorithm::name).orElse("unknown"),
                    reader.position() - Short.BYTES,
                    Short.BYTES));
            size -= Short.BYTES;
        }
        reader.bytes(size, "componentMeasurement");
        reader.rest("trailing");
        return new NoActionData.HcrtmComponent(raw, reader.fields());
    }

    private static EventData nvIndexInstance(Bytes raw, long offset) throws MalformedDataException {
        FieldReader reader = new FieldReader(raw, offset, "NV_INDEX_INSTANCE_EVENT_LOG_DATA");
        reader.signature();
        reader.u16("version");
        reader.bytes(6, "reserved");
        reader.structure("data", DeviceSecurityDecoder::read);
        return new NoActionData.NvIndexInstance(raw, reader.fields());
    }

    private static EventData nvIndexDynamic(Bytes raw, long offset) throws MalformedDataException {
        FieldReader reader = new FieldReader(raw, offset, "NV_INDEX_DYNAMIC_EVENT_LOG_DATA");
        reader.signature();
        reader.u16("version");
        reader.bytes(6, "reserved");
        reader.hexU64("uid");
        reader.text(reader.u16("descriptionSize"), "description");
        reader.bytes(reader.u16("dataSize"), "data");
        reader.rest("trailing");
        return new NoActionData.NvIndexDynamic(raw, reader.fields());
    }

    static List<Field> specIdFields(Bytes raw, SpecIdEvent specId) {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.text("signature", Texts.upToNul(raw.decode(StandardCharsets.ISO_8859_1)), 0, SIGNATURE_SIZE));
        fields.add(Field.unsigned("platformClass", specId.platformClass(), 16, 4));
        fields.add(Field.unsigned("specVersionMinor", specId.specVersionMinor(), 20, 1));
        fields.add(Field.unsigned("specVersionMajor", specId.specVersionMajor(), 21, 1));
        fields.add(Field.unsigned("specErrata", specId.specErrata(), 22, 1));
        fields.add(Field.unsigned("uintnSize", specId.uintnSize(), 23, 1));
        int at = 24;
        if (!specId.algorithms().isEmpty()) {
            List<Field> algorithms = new ArrayList<>();
            int start = at + Integer.BYTES;
            at = start;
            for (HashAlgorithm algorithm : specId.algorithms()) {
                List<Field> sizes = List.of(
                        Field.text("algorithmId", algorithm.name(), at, 2),
                        Field.unsigned("digestSize", algorithm.digestSize(), at + 2, 2));
                algorithms.add(Field.structure("algorithm", sizes, at, 4));
                at += 4;
            }
            fields.add(Field.items("digestSizes", algorithms, start, at - start));
        }
        fields.add(Field.binary("vendorInfo", specId.vendorInfo(), at + 1));
        return fields;
    }
}
