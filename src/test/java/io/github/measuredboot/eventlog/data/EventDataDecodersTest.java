package io.github.measuredboot.eventlog.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.BootOrder;
import io.github.measuredboot.uefi.FirmwareBlob2;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.VariableData;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.guid.Guid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The structures that no log of the corpus holds, and every one of them cut off at every byte. */
class EventDataDecodersTest {
    private static final Guid MANIFEST = Guid.of("11111111-2222-3333-4444-555555555555");
    private static final DevicePath PATH = path("PciRoot(0x0)/Pci(0x1,0x0)");

    private static final Bytes EVENT1 =
            signature("SP800-155 Event").u32(0x1234).bytes(MANIFEST.toBytes()).toBytes();
    private static final Bytes EVENT2 = platform("SP800-155 Event2").toBytes();
    private static final Bytes EVENT3 = locator(
                    locator(platform("SP800-155 Event3"), 1, ascii("https://example.com/rim\0")),
                    3,
                    Bytes.parseHex("0102030405"))
            .toBytes();
    private static final Bytes COMPONENT_DIGEST = sized(signature("H-CRTM CompMeas"), "ACM\0")
            .u8(0)
            .u16(34)
            .u16(HashAlgorithm.SHA256.id())
            .bytes(Bytes.wrap(new byte[32]))
            .toBytes();
    private static final Bytes COMPONENT_RAW = sized(signature("H-CRTM CompMeas"), "ACM")
            .u8(0x80)
            .u16(3)
            .bytes(Bytes.parseHex("aabbcc"))
            .toBytes();
    private static final Bytes NV_DYNAMIC = signature("NvIndexDynamic")
            .u16(1)
            .bytes(Bytes.wrap(new byte[6]))
            .u64(0x0102_0304_0506_0708L)
            .u16(5)
            .bytes(ascii("nonce"))
            .u16(4)
            .bytes(Bytes.parseHex("deadbeef"))
            .toBytes();
    private static final Bytes SPDM1 = signature("SPDM Device Sec")
            .u16(1)
            .u16(60)
            .u32(2)
            .u32(1)
            .u8(1)
            .u8(1)
            .u16(4)
            .bytes(Bytes.parseHex("00010203"))
            .bytes(pciContext())
            .toBytes();
    private static final Bytes SPDM2_MEASUREMENT =
            spdm2(0, Bytes.parseHex("1200" + "01" + "00" + "02000000" + "aabbccdd"), 1, pciContext());
    private static final Bytes SPDM2_CERTIFICATES =
            spdm2(1, Bytes.parseHex("1200" + "03" + "00" + "02000000" + "30820000"), 2, Bytes.parseHex("010006000909"));
    private static final Bytes NV_INSTANCE = signature("NvIndexInstance")
            .u16(1)
            .bytes(Bytes.wrap(new byte[6]))
            .bytes(SPDM2_MEASUREMENT)
            .toBytes();
    private static final Bytes BOOT_ORDER = new VariableData(
                    KnownVariable.BOOT_ORDER.vendorGuid(),
                    "BootOrder",
                    new BootOrder(List.of(2, 1)).encode(),
                    Bytes.EMPTY)
            .encode();
    private static final Bytes BLOB2 = new FirmwareBlob2(ascii("SMM CODE\0"), 0x1000, 0x200).encode();

    @Test
    void sp800155EventsNameThePlatformAndItsLocators() {
        assertEquals("TCG_Sp800_155_PlatformId_Event", structure(noAction(EVENT1)));
        assertEquals(MANIFEST.toString(), text(noAction(EVENT1), "referenceManifestGuid"));
        EventData second = noAction(EVENT2);
        assertEquals("TCG_Sp800_155_PlatformId_Event2", structure(second));
        assertEquals("Maker", text(second, "platformManufacturerStr"));
        assertEquals("Model", text(second, "platformModel"));
        assertEquals("1.0", text(second, "platformVersion"));
        assertEquals("FwMaker", text(second, "firmwareManufacturerStr"));
        assertEquals(new FieldValue.Unsigned(0x5678), value(second, "firmwareManufacturerId"));
        assertEquals("2.5", text(second, "firmwareVersion"));
        EventData third = noAction(EVENT3);
        assertEquals("TCG_Sp800_155_PlatformId_Event3", structure(third));
        assertEquals(new FieldValue.Unsigned(1), value(third, "rimLocatorType"));
        assertEquals("https://example.com/rim", text(third, "rimLocatorText"));
        assertEquals(new FieldValue.Binary(Bytes.parseHex("0102030405")), value(third, "platformCertLocator"));
    }

    @Test
    void hcrtmComponentsAreDigestsOrRawMeasurements() {
        EventData digest = noAction(COMPONENT_DIGEST);
        assertEquals("TCG_HCRTMComponentEvent", structure(digest));
        assertEquals("ACM", text(digest, "componentDescription"));
        assertEquals("sha256", text(digest, "hashAlgName"));
        assertEquals(new FieldValue.Binary(Bytes.wrap(new byte[32])), value(digest, "componentMeasurement"));
        EventData raw = noAction(COMPONENT_RAW);
        assertEquals(new FieldValue.Binary(Bytes.parseHex("aabbcc")), value(raw, "componentMeasurement"));
    }

    @Test
    void nvIndexEventsHoldTheDeviceAndItsNonce() {
        EventData dynamic = noAction(NV_DYNAMIC);
        assertEquals("NV_INDEX_DYNAMIC_EVENT_LOG_DATA", structure(dynamic));
        assertEquals(new FieldValue.Hexadecimal(0x0102_0304_0506_0708L), value(dynamic, "uid"));
        assertEquals("nonce", text(dynamic, "description"));
        assertEquals(new FieldValue.Binary(Bytes.parseHex("deadbeef")), value(dynamic, "data"));
        EventData instance = noAction(NV_INSTANCE);
        assertEquals("NV_INDEX_INSTANCE_EVENT_LOG_DATA", structure(instance));
        FieldValue.Structure device = assertInstanceOf(FieldValue.Structure.class, value(instance, "data"));
        Field path = new Field("devicePathText", new FieldValue.Text(PATH.toString()), 76, 22);
        assertTrue(device.fields().contains(path), device.toString());
    }

    @Test
    void spdmEventsOfBothVersionsHoldMeasurementAndDevice() {
        EventData first = decode(EventType.EV_EFI_SPDM_FIRMWARE_BLOB, SPDM1);
        assertEquals("SPDM Device Sec", text(first, "signature"));
        assertEquals(new FieldValue.Binary(Bytes.parseHex("00010203")), value(first, "measurement"));
        assertEquals(new FieldValue.Hexadecimal(0x8086), value(first, "vendorId"));
        EventData second = decode(EventType.EV_EFI_SPDM_FIRMWARE_CONFIG, SPDM2_MEASUREMENT);
        assertEquals("SPDM Device Sec2", text(second, "signature"));
        assertEquals(new FieldValue.Unsigned(1), value(second, "spdmMeasurementBlockCount"));
        assertEquals(new FieldValue.Binary(Bytes.parseHex("aabbccdd")), value(second, "subHeaderData"));
        assertEquals(new FieldValue.Hexadecimal(0x1572), value(second, "deviceId"));
        EventData chain = decode(EventType.EV_EFI_SPDM_FIRMWARE_CONFIG, SPDM2_CERTIFICATES);
        assertEquals(new FieldValue.Unsigned(3), value(chain, "spdmSlotId"));
        assertEquals(new FieldValue.Binary(Bytes.parseHex("0909")), value(chain, "usbDescriptors"));
        assertInstanceOf(
                MalformedEventData.class,
                decode(EventType.EV_EFI_SPDM_FIRMWARE_BLOB, signature("SPDM?").toBytes()));
    }

    @Test
    void variablesOfTheNewBootEventAreDecoded() {
        VariableEventData data =
                assertInstanceOf(VariableEventData.class, decode(EventType.EV_EFI_VARIABLE_BOOT2, BOOT_ORDER));
        assertEquals(new VariableContent.Order(new BootOrder(List.of(2, 1))), data.content());
        assertSame(data.content(), data.content());
    }

    @Test
    void versionsAreUtf16AsciiAGuidOrNothingThatIsKnown() {
        assertEquals(
                "1.2", version(Bytes.encode("1.2\0", StandardCharsets.UTF_16LE)).text());
        assertEquals("U46", version(ascii("U46\0")).text());
        assertEquals("U46 v2", version(ascii("U46 v2")).text());
        assertEquals(MANIFEST.toString(), version(MANIFEST.toBytes()).text());
        assertEquals("", version(Bytes.parseHex("0000")).text());
        assertEquals("", version(Bytes.parseHex("00ff80")).text());
        assertEquals("", version(Bytes.EMPTY).text());
        assertEquals(List.of("data"), names(version(Bytes.parseHex("00ff80"))));
    }

    @Test
    void postCodesAreBlobsDescribedBlobsOrNames() {
        FirmwareData.DescribedBlob blob =
                assertInstanceOf(FirmwareData.DescribedBlob.class, decode(EventType.EV_POST_CODE2, BLOB2));
        assertEquals("SMM CODE", blob.description());
        assertEquals(0x1000, blob.blob().blobBase());
        assertEquals(
                "ACPI DATA",
                assertInstanceOf(FirmwareData.Named.class, decode(EventType.EV_POST_CODE2, ascii("ACPI DATA")))
                        .name());
        assertInstanceOf(
                FirmwareData.Blob.class,
                decode(EventType.EV_POST_CODE2, new ByteWriter().u64(1).u64(2).toBytes()));
    }

    @Test
    void hcrtmIsTextAndACompactHashANumber() {
        assertEquals(
                "HCRTM",
                assertInstanceOf(TextData.class, decode(EventType.EV_EFI_HCRTM_EVENT, ascii("HCRTM")))
                        .text());
        FirmwareData.CompactHash hash = assertInstanceOf(
                FirmwareData.CompactHash.class, decode(EventType.EV_COMPACT_HASH, Bytes.parseHex("efbeadde")));
        assertEquals(0xdead_beefL, hash.value());
        assertEquals(
                "Dell Configuration",
                assertInstanceOf(
                                FirmwareData.Named.class,
                                decode(EventType.EV_COMPACT_HASH, ascii("Dell Configuration")))
                        .name());
    }

    @Test
    void separatorsHaveTheirKindByTheirData() {
        Map<String, SeparatorData.Kind> kinds = Map.of(
                "00000000", SeparatorData.Kind.NORMAL,
                "ffffffff", SeparatorData.Kind.NORMAL,
                "01000000", SeparatorData.Kind.ERROR,
                "5742434c", SeparatorData.Kind.WINDOWS,
                "02000000", SeparatorData.Kind.VENDOR,
                "000000", SeparatorData.Kind.VENDOR,
                "", SeparatorData.Kind.VENDOR);
        kinds.forEach((data, kind) -> assertEquals(
                kind, ((SeparatorData) decode(EventType.EV_SEPARATOR, Bytes.parseHex(data))).kind(), data));
    }

    @Test
    void actionsEndAtTheirNul() {
        assertEquals(
                "DMA Protection Disabled",
                ((TextData) decode(EventType.EV_EFI_ACTION, ascii("DMA Protection Disabled\0"))).text());
    }

    @Test
    void everyStructureCutOffAnywhereIsDecodedOrMalformed() {
        Map<EventType, List<Bytes>> samples = Map.of(
                EventType.EV_NO_ACTION,
                List.of(EVENT1, EVENT2, EVENT3, COMPONENT_DIGEST, COMPONENT_RAW, NV_DYNAMIC, NV_INSTANCE),
                EventType.EV_EFI_SPDM_FIRMWARE_BLOB,
                List.of(SPDM1, SPDM2_MEASUREMENT, SPDM2_CERTIFICATES),
                EventType.EV_EFI_VARIABLE_BOOT2,
                List.of(BOOT_ORDER),
                EventType.EV_POST_CODE2,
                List.of(BLOB2));
        samples.forEach((type, structures) -> structures.forEach(structure -> {
            for (int length = 0; length < structure.length(); length++) {
                Bytes cut = structure.slice(0, length);
                EventData data = decode(type, cut);
                assertEquals(cut, data.raw());
                for (Field field : data.fields()) {
                    assertTrue(
                            field.offset() >= 0 && field.offset() + field.length() <= length,
                            () -> type + " cut off at " + cut.length() + ": " + field);
                }
            }
            assertTrue(!(decode(type, structure) instanceof MalformedEventData), () -> type + ": " + structure);
            assertTrue(
                    structure.length() < 17
                            || type.equals(EventType.EV_POST_CODE2)
                            || decode(type, structure.slice(0, structure.length() - 1)) instanceof MalformedEventData
                            || type.equals(EventType.EV_EFI_SPDM_FIRMWARE_BLOB),
                    () -> type + " without its last byte");
        }));
    }

    private static String structure(EventData data) {
        return assertInstanceOf(StructureData.class, data).structure();
    }

    private static EventData noAction(Bytes data) {
        return decode(EventType.EV_NO_ACTION, data);
    }

    private static FirmwareData.Version version(Bytes data) {
        return (FirmwareData.Version) decode(EventType.EV_S_CRTM_VERSION, data);
    }

    private static EventData decode(EventType type, Bytes data) {
        try {
            EventLog log = EventLog.wrap(EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                    .measure(0, type, data)
                    .build());
            Event event = log.events().get(1);
            assertEquals(2, CheckedLog.of(log).events().size());
            return EventData.decode(event);
        } catch (MalformedDataException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> names(EventData data) {
        return data.fields().stream().map(Field::name).collect(Collectors.toCollection(ArrayList::new));
    }

    private static FieldValue value(EventData data, String name) {
        return data.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + data))
                .value();
    }

    private static String text(EventData data, String name) {
        return ((FieldValue.Text) value(data, name)).text();
    }

    private static ByteWriter signature(String signature) {
        byte[] padded = java.util.Arrays.copyOf(signature.getBytes(StandardCharsets.US_ASCII), 16);
        return new ByteWriter().bytes(Bytes.wrap(padded));
    }

    private static ByteWriter platform(String signature) {
        ByteWriter writer = signature(signature).u32(0x1234).bytes(MANIFEST.toBytes());
        for (String text : List.of("Maker\0", "Model\0", "1.0\0", "FwMaker\0")) {
            sized(writer, text);
        }
        return sized(writer.u32(0x5678), "2.5\0");
    }

    private static ByteWriter sized(ByteWriter writer, String text) {
        return writer.u8(text.length()).bytes(ascii(text));
    }

    private static ByteWriter locator(ByteWriter writer, int type, Bytes locator) {
        return writer.u32(type).u32(locator.length()).bytes(locator);
    }

    private static Bytes pciContext() {
        return new ByteWriter()
                .u16(0)
                .u16(16)
                .u16(0x8086)
                .u16(0x1572)
                .u8(1)
                .bytes(Bytes.parseHex("000002"))
                .u16(0x8086)
                .u16(1)
                .toBytes();
    }

    private static Bytes spdm2(int subHeaderType, Bytes subHeader, int deviceType, Bytes context) {
        Bytes path = PATH.encode();
        return signature("SPDM Device Sec2")
                .u16(2)
                .u8(0)
                .u8(0)
                .u32(100)
                .u32(deviceType)
                .u32(subHeaderType)
                .u32(subHeader.length())
                .u64(7)
                .u64(path.length())
                .bytes(path)
                .bytes(subHeader)
                .bytes(context)
                .toBytes();
    }

    private static DevicePath path(String text) {
        try {
            return DevicePath.parseStrictly(text);
        } catch (MalformedDataException e) {
            throw new AssertionError(e);
        }
    }

    private static Bytes ascii(String text) {
        return Bytes.encode(text, StandardCharsets.US_ASCII);
    }
}
