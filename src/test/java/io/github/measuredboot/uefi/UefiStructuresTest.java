package io.github.measuredboot.uefi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.guid.Guid;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UefiStructuresTest {
    private static final Guid GLOBAL = Guid.of("8be4df61-93ca-11d2-aa0d-00e098032b8c");
    private static final Guid IMAGE_SECURITY = Guid.of("d719b2cb-3d3a-4596-a3bc-dad00e67656f");
    private static final Guid SHIM = Guid.of("605dab50-e046-4300-abb6-3dd810dd8b23");

    private static Fault fault(Executable decoding) {
        return assertThrows(MalformedDataException.class, decoding).fault();
    }

    private static ByteWriter variable(long nameLength, long dataLength) {
        return new ByteWriter().bytes(GLOBAL.toBytes()).u64(nameLength).u64(dataLength);
    }

    @Test
    void aNameKeepsItsUnpairedSurrogatesAndNuls() throws Exception {
        Bytes bytes = variable(4, 1)
                .u16(0xd800)
                .u16('a')
                .u16(0)
                .u16(0xdc00)
                .u8(9)
                .u16(0x7777)
                .toBytes();
        VariableData variable = VariableData.decode(bytes, 0);
        assertEquals("\ud800a\0\udc00", variable.unicodeName());
        assertEquals(Bytes.parseHex("09"), variable.data());
        assertEquals(Bytes.parseHex("7777"), variable.trailing());
        assertEquals(40, variable.dataOffset());
        assertEquals(bytes, variable.encode());
    }

    @ParameterizedTest
    @CsvSource({
        "5, 0, UnicodeName",
        "-1, 0, UnicodeName",
        "-9223372036854775808, 0, UnicodeName",
        "9223372036854775807, 0, UnicodeName",
        "4611686018427387905, 0, UnicodeName",
        "2, 5, VariableData",
        "2, -1, VariableData",
        "2, -8, VariableData",
        "2, -9223372036854775808, VariableData",
        "2, 9223372036854775807, VariableData",
        "2, 4294967296, VariableData"
    })
    void lengthsOfVariablesAreCheckedWithoutOverflow(long nameLength, long dataLength, String field) {
        Bytes bytes = variable(nameLength, dataLength).zeros(8).toBytes();
        Fault fault = fault(() -> VariableData.decode(bytes, 100));
        assertEquals(field, fault.field(), fault.message());
        assertFalse(fault.reason().contains("-"), "sizes are unsigned: " + fault.reason());
        assertTrue(fault.offset() >= 132 && fault.offset() <= 140, fault.message());
    }

    @Test
    void aVariableIsKnownByGuidAndNameTogether() {
        assertEquals(Optional.of(KnownVariable.SECURE_BOOT), KnownVariable.of(GLOBAL, "SecureBoot"));
        assertEquals(Optional.of(KnownVariable.DB), KnownVariable.of(IMAGE_SECURITY, "db"));
        assertEquals(Optional.of(KnownVariable.MOK_LIST), KnownVariable.of(SHIM, "MokList"));
        assertEquals(Optional.empty(), KnownVariable.of(SHIM, "SecureBoot"));
        assertEquals(Optional.empty(), KnownVariable.of(GLOBAL, "db"));
        assertEquals(Optional.empty(), KnownVariable.of(GLOBAL, "secureboot"));
        assertEquals(Optional.empty(), KnownVariable.of(GLOBAL, "SecureBoot\0"));
        assertEquals(Optional.empty(), KnownVariable.of(Guid.ZERO, ""));
    }

    @Test
    void everyKnownVariableIsFoundUnderItsName() {
        for (KnownVariable variable : KnownVariable.values()) {
            String name = variable.pattern().replace("####", "00AF");
            assertEquals(Optional.of(variable), KnownVariable.of(variable.vendorGuid(), name));
            assertEquals(
                    variable.isNumbered() ? OptionalInt.of(0xaf) : OptionalInt.empty(), KnownVariable.number(name));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Boot####", "Boot000", "Boot00000", "Boot00af", "Boot-001", "0000", "boot0000", "Boot000\u0660"})
    void onlyFourUpperCaseDigitsNumberAVariable(String name) {
        assertEquals(Optional.empty(), KnownVariable.of(GLOBAL, name));
    }

    @Test
    void authorityEventsHoldOneEntryOfADatabase() {
        assertEquals(KnownVariable.Content.SIGNATURE_DATABASE, KnownVariable.DB.content());
        assertEquals(KnownVariable.Content.SIGNATURE_DATA, KnownVariable.DB.authorityContent());
        assertEquals(KnownVariable.Content.SBAT, KnownVariable.SBAT_LEVEL.authorityContent());
    }

    @Test
    void aFlagThatIsNotThereMeansNo() throws Exception {
        assertFalse(BooleanVariable.decode(Bytes.EMPTY, 0));
        assertFalse(BooleanVariable.decode(BooleanVariable.encode(false), 0));
        assertTrue(BooleanVariable.decode(BooleanVariable.encode(true), 0));
        assertEquals(
                7, fault(() -> BooleanVariable.decode(Bytes.parseHex("02"), 7)).offset());
        assertTrue(fault(() -> BooleanVariable.decode(Bytes.parseHex("0100"), 0))
                .reason()
                .contains("0100"));
    }

    @Test
    void aLoadOptionHasAttributesDescriptionPathsAndData() throws Exception {
        DevicePath path = DevicePath.parse("HD(1,GPT,11111111-2222-3333-4444-555555555555,0x800,0x1000)/\\a.efi");
        LoadOption option = new LoadOption(0x10b, "Linux \ud800", List.of(path, path), Bytes.parseHex("abcd"));
        assertTrue(option.isActive() && option.isForceReconnect() && option.isHidden());
        assertEquals(LoadOption.CATEGORY_APP, option.category());
        assertEquals(Optional.empty(), option.fault());
        assertEquals(option, LoadOption.decode(option.encode(), 0));
        LoadOption plain = new LoadOption(0, "", List.of(path), Bytes.EMPTY);
        assertFalse(plain.isActive() || plain.isForceReconnect() || plain.isHidden());
        assertEquals(LoadOption.CATEGORY_BOOT, plain.category());
    }

    @Test
    void aMalformedPathOfALoadOptionIsKeptWithItsPlace() throws Exception {
        Bytes bytes = Bytes.parseHex("01000000" + "0b00" + "41000000" + "7fff0400" + "0101ff00070000" + "99");
        LoadOption option = LoadOption.decode(bytes, 0);
        assertEquals(2, option.filePathList().size());
        assertEquals(10 + 4, option.fault().orElseThrow().offset());
        assertEquals(Bytes.parseHex("99"), option.optionalData());
        assertEquals(bytes, option.encode());
        LoadOption none = LoadOption.decode(Bytes.parseHex("010000000000" + "0000"), 0);
        assertEquals("FilePathList", none.fault().orElseThrow().field());
    }

    @Test
    void aLoadOptionWithoutItsEndIsAFault() {
        assertEquals(
                "description",
                fault(() -> LoadOption.decode(Bytes.parseHex("010000000000" + "410042"), 0))
                        .field());
        assertEquals(
                "FilePathList",
                fault(() -> LoadOption.decode(Bytes.parseHex("010000000500" + "0000" + "7fff0400"), 0))
                        .field());
        assertEquals(
                "FilePathListLength",
                fault(() -> LoadOption.decode(Bytes.parseHex("0100000000"), 0)).field());
        assertThrows(IllegalArgumentException.class, () -> new LoadOption(0, "a\0b", List.of(), Bytes.EMPTY));
    }

    @Test
    void aBootOrderIsAListOfNumbers() throws Exception {
        assertEquals(
                List.of(1, 0xabcd),
                BootOrder.decode(Bytes.parseHex("0100cdab"), 0).options());
        assertEquals(List.of(), BootOrder.decode(Bytes.EMPTY, 0).options());
        assertEquals("BootABCD", BootOrder.variableName(0xabcd));
        assertEquals(0xabcd, BootOrder.decodeSingle(Bytes.parseHex("cdab"), 0));
        assertEquals(
                9, fault(() -> BootOrder.decode(Bytes.parseHex("010002"), 9)).offset());
        fault(() -> BootOrder.decodeSingle(Bytes.parseHex("01"), 0));
        fault(() -> BootOrder.decodeSingle(Bytes.parseHex("010000"), 0));
        assertThrows(IllegalArgumentException.class, () -> new BootOrder(List.of(0x10000)));
        assertThrows(IllegalArgumentException.class, () -> BootOrder.variableName(-1));
    }

    @Test
    void anImageFromFirmwareIsRecognizedByItsNodes() throws Exception {
        DevicePath resident = DevicePath.parse(
                "Fv(71645ED6-6EA8-428D-99BE-259EA7A0099B)/FvFile(124A2E7A-1949-483E-899F-6032904CA0A7)");
        assertTrue(ImageLoadEvent.of(1, 2, 3, resident).isFirmwareResident());
        DevicePath fileOfThatName = DevicePath.parse("\\Fv(71645ED6-6EA8-428D-99BE-259EA7A0099B)");
        assertFalse(ImageLoadEvent.of(1, 2, 3, fileOfThatName).isFirmwareResident());
        DevicePath fileAlone = DevicePath.parse("FvFile(124A2E7A-1949-483E-899F-6032904CA0A7)");
        assertFalse(ImageLoadEvent.of(1, 2, 3, fileAlone).isFirmwareResident());
        assertEquals(Optional.empty(), ImageLoadEvent.of(1, 2, 3, resident).fault());
    }

    @ParameterizedTest
    @CsvSource({
        "4, 7fff0400, '', ''",
        "0, '', '', ''",
        "0, '', 7fff0400, LengthOfDevicePath",
        "5, 7fff0400, '', LengthOfDevicePath",
        "-1, 7fff0400, '', LengthOfDevicePath",
        "4, 7fff0400, 00, LengthOfDevicePath",
        "5, 7fff0400, 00, LengthOfDevicePath",
        "2, 7fff, 0400, LengthOfDevicePath",
        "4, 01010400, '', Length",
        "6, 010106000000, '', End"
    })
    void theLengthOfAPathIsKeptAndJudged(long length, String path, String trailing, String field) throws Exception {
        Bytes bytes = new ByteWriter()
                .zeros(24)
                .u64(length)
                .bytes(Bytes.parseHex(path + trailing))
                .toBytes();
        ImageLoadEvent event = ImageLoadEvent.decode(bytes, 0);
        assertEquals(length, event.lengthOfDevicePath());
        assertEquals(Bytes.parseHex(path), event.devicePath().encode());
        assertEquals(Bytes.parseHex(trailing), event.trailing());
        assertEquals(field, event.fault().map(Fault::field).orElse(""));
        assertEquals(bytes, event.encode());
        for (Field shown : event.fields(0)) {
            if (shown.name().equals("devicePath") || shown.name().equals("fault")) {
                assertEquals(ImageLoadEvent.HEADER_SIZE, shown.offset(), shown.toString());
                assertEquals(bytes.length() - ImageLoadEvent.HEADER_SIZE, shown.length(), shown.toString());
            }
        }
    }

    private static GptTable.Header header(long entrySize) {
        return GptHeaders.of(Guid.ZERO, 0x10000, 1, entrySize);
    }

    private static GptTable.Partition partition(Guid unique, int reserved) {
        byte[] name = new byte[72];
        System.arraycopy("E\0F\0I\0\0\0x\0".getBytes(StandardCharsets.US_ASCII), 0, name, 0, 10);
        return new GptTable.Partition(GLOBAL, unique, 34, 99, 1, Bytes.wrap(name), Bytes.wrap(new byte[reserved]));
    }

    @Test
    void entriesHaveTheSizeThatTheHeaderSays() throws Exception {
        GptTable table =
                new GptTable(header(256), List.of(partition(Guid.ZERO, 128), partition(GLOBAL, 128)), Bytes.EMPTY);
        GptTable decoded = GptTable.decode(table.encode(), 0);
        assertEquals(table, decoded);
        assertEquals("EFI", decoded.partitions().get(1).name());
        assertEquals(GLOBAL, decoded.partitions().get(1).uniquePartitionGuid());
        assertEquals(100 + 2 * 256, table.encode().length());
        assertThrows(
                IllegalArgumentException.class,
                () -> new GptTable(header(128), List.of(partition(Guid.ZERO, 1)), Bytes.EMPTY));
    }

    @Test
    void blankedGuidsAreZeroThroughout() {
        assertTrue(new GptTable(header(128), List.of(partition(Guid.ZERO, 0)), Bytes.EMPTY).hasBlankedGuids());
        assertFalse(new GptTable(header(128), List.of(partition(Guid.ZERO, 0), partition(GLOBAL, 0)), Bytes.EMPTY)
                .hasBlankedGuids());
    }

    @ParameterizedTest
    @CsvSource({
        "128, 2, Partitions",
        "128, -1, Partitions",
        "128, 9223372036854775807, Partitions",
        "127, 1, SizeOfPartitionEntry",
        "0, 1, SizeOfPartitionEntry",
        "4294967295, 1, Partitions"
    })
    void entriesThatAreNotThereAreAFault(long entrySize, long count, String field) {
        Bytes bytes = new ByteWriter()
                .bytes(header(entrySize).encode())
                .u64(count)
                .zeros(128)
                .toBytes();
        assertEquals(field, fault(() -> GptTable.decode(bytes, 0)).field());
    }

    @Test
    void somethingElseThanAPartitionTableIsAFault() {
        Fault fault = fault(() -> GptTable.decode(Bytes.wrap(new byte[512]), 0));
        assertEquals("Signature", fault.field());
        assertEquals(
                "Signature",
                fault(() -> GptTable.decode(Bytes.wrap(new byte[91]), 0)).field());
    }

    @Test
    void countsOfHandoffTablesAreChecked() {
        for (long count : new long[] {2, -1, Long.MAX_VALUE, 0x0aaa_aaaa_aaaa_aaabL}) {
            Bytes bytes = new ByteWriter().u64(count).zeros(24).toBytes();
            assertEquals(
                    "TableEntry", fault(() -> HandoffTables.decode(bytes, 0)).field());
        }
    }

    @Test
    void aFirmwareBlobHasItsSizeAndNoOther() {
        assertEquals(
                "blobBase",
                fault(() -> FirmwareBlob.decode(Bytes.wrap(new byte[4]), 0)).field());
        assertEquals(
                "end",
                fault(() -> FirmwareBlob.decode(Bytes.wrap(new byte[17]), 0)).field());
        assertEquals(
                "blobDescription",
                fault(() -> FirmwareBlob2.decode(Bytes.parseHex("ff00"), 0)).field());
    }

    @Test
    void sbatIsReadLineByLine() throws Exception {
        Bytes text = Bytes.encode("sbat,1,2022052400\ngrub,2\r\n\n\0\0", StandardCharsets.US_ASCII);
        SbatLevel level = SbatLevel.decode(text, 0);
        assertEquals(
                List.of(new SbatLevel.Row("sbat", 1, List.of("2022052400")), new SbatLevel.Row("grub", 2, List.of())),
                level.rows());
        assertEquals(text, level.encode());
        assertEquals(List.of(), SbatLevel.decode(Bytes.EMPTY, 0).rows());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sbat", "sbat,", "sbat,x", ",1", "sbat,-1", "sbat,9999999999999999999"})
    void aSbatLineWithoutGenerationIsAFault(String line) {
        Bytes text = Bytes.encode("a,1\n" + line, StandardCharsets.US_ASCII);
        assertEquals(4, fault(() -> SbatLevel.decode(text, 0)).offset());
    }
}
