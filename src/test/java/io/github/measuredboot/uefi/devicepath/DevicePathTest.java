package io.github.measuredboot.uefi.devicepath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevicePathTest {
    private static final Guid VOLUME = Guid.of("7cb8bdc9-f8eb-4f34-aaea-3ee4af6516a1");
    private static final Guid FILE = Guid.of("462caa21-7614-4503-836e-8ab6f4662331");
    private static final String END = "7fff0400";
    private static final String PCI_ROOT = "02010c00d041030a00000000";

    @Test
    void rangesOfTheTimeOfTpm12HaveNoReservedBytes() {
        for (String reserved : List.of("", "00000000")) {
            int length = 20 + reserved.length() / 2;
            Bytes encoded = Bytes.parseHex("0408" + String.format("%02x00", length) + reserved + "00b2000000000000"
                    + "ff53020000000000" + "7fff0400");
            DevicePath path = DevicePath.decode(encoded);
            assertEquals(Optional.empty(), path.fault());
            assertEquals("Offset(0xB200,0x253FF)", path.toText(DevicePathTextForm.UEFI));
            assertEquals(encoded, path.encode());
        }
        for (int length : new int[] {19, 21, 22, 23}) {
            byte[] node = new byte[length];
            node[0] = 4;
            node[1] = 8;
            node[2] = (byte) length;
            assertTrue(DevicePath.decode(Bytes.wrap(node))
                    .fault()
                    .orElseThrow()
                    .message()
                    .contains("Relative Offset"));
        }
    }

    @Test
    void aDiskPathReadsAsEdk2AndLibefivarPrintIt() {
        DevicePath path = DevicePath.of(
                AcpiNode.Acpi.pciRoot(0),
                HardwareNode.Pci.of(0x1f, 2),
                StorageNode.Sata.of(0, 0xffff, 0),
                MediaNode.HardDrive.gpt(1, VOLUME, 0x800, 0x32000),
                MediaNode.FilePath.of("\\EFI\\BOOT\\BOOTX64.EFI"));
        assertEquals(
                "PciRoot(0x0)/Pci(0x1F,0x2)/Sata(0x0,0xFFFF,0x0)/HD(1,GPT,7CB8BDC9-F8EB-4F34-AAEA-3EE4AF6516A1,0x800,0x32000)"
                        + "/\\EFI\\BOOT\\BOOTX64.EFI",
                path.toText(DevicePathTextForm.UEFI));
        assertEquals(
                "PciRoot(0x0)/Pci(0x1F,0x2)/Sata(0x0,0xFFFF,0x0)/HD(1,GPT,7CB8BDC9-F8EB-4F34-AAEA-3EE4AF6516A1)"
                        + "/\\EFI\\BOOT\\BOOTX64.EFI",
                path.toText(DevicePathTextForm.UEFI_DISPLAY));
        assertEquals(
                "PciRoot(0x0)/Pci(0x1f,0x2)/Sata(0,65535,0)/HD(1,GPT,7cb8bdc9-f8eb-4f34-aaea-3ee4af6516a1,0x800,0x32000)"
                        + "/\\EFI\\BOOT\\BOOTX64.EFI",
                path.toText(DevicePathTextForm.EFIVAR));
    }

    @Test
    void anApplicationOfTheFirmwareIsRecognizedByItsNodes() throws Exception {
        DevicePath resident = DevicePath.of(MediaNode.FirmwareVolume.of(VOLUME), MediaNode.FirmwareFile.of(FILE));
        assertTrue(resident.isFirmwareResident());
        assertTrue(DevicePath.decode(resident.encode()).isFirmwareResident());
        assertTrue(DevicePath.parse("Fv(" + VOLUME + ")/FvFile(" + FILE + ")").isFirmwareResident());

        for (DevicePathTextForm form : DevicePathTextForm.values()) {
            DevicePath namedAlike = DevicePath.of(MediaNode.FilePath.of(resident.toText(form)));
            assertEquals(resident.toText(form), namedAlike.toText(form), "the texts are the same");
            assertFalse(namedAlike.isFirmwareResident());
        }
        DevicePath twoFiles = DevicePath.of(
                MediaNode.FilePath.of("\\FvVol(" + VOLUME + ")"), MediaNode.FilePath.of("FvFile(" + FILE + ")"));
        assertFalse(twoFiles.isFirmwareResident());
        assertFalse(DevicePath.of(MediaNode.FilePath.of("\\FvVol(" + VOLUME + ")/FvFile(" + FILE + ")"))
                .isFirmwareResident());
    }

    @Test
    void whatIsMoreOrLessThanAVolumeAndAFileIsNotOfTheFirmware() {
        DevicePathNode volume = MediaNode.FirmwareVolume.of(VOLUME);
        DevicePathNode file = MediaNode.FirmwareFile.of(FILE);
        DevicePathNode disk = HardwareNode.Pci.of(1, 2);
        assertFalse(DevicePath.of(volume).isFirmwareResident());
        assertFalse(DevicePath.of(file).isFirmwareResident());
        assertFalse(DevicePath.of(file, volume).isFirmwareResident());
        assertFalse(DevicePath.of(volume, disk, file).isFirmwareResident());
        assertFalse(DevicePath.of(disk, volume, file).isFirmwareResident());
        assertFalse(DevicePath.of(volume, file, MediaNode.FilePath.of("x")).isFirmwareResident());
        assertFalse(DevicePath.of(volume, file, EndNode.INSTANCE, disk).isFirmwareResident());
        Bytes encoded = DevicePath.of(volume, file).encode();
        assertFalse(DevicePath.decode(encoded.slice(0, encoded.length() - 4)).isFirmwareResident());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, End",
        PCI_ROOT + ", 12, End",
        PCI_ROOT + "01010000" + END + ", 12, Length",
        PCI_ROOT + "01010300" + END + ", 12, Length",
        PCI_ROOT + "01010b00" + END + ", 12, Length",
        PCI_ROOT + "010106, 12, Length",
        PCI_ROOT + "01010500" + "01" + END + ", 14, Length",
        "0404060061007fff0400, 4, string"
    })
    void aFaultSaysWhereAndWhat(String hex, long offset, String field) {
        Bytes bytes = Bytes.parseHex(hex);
        DevicePath path = DevicePath.decode(bytes);
        Fault fault = path.fault().orElseThrow();
        assertEquals(offset, fault.offset(), fault.message());
        assertEquals(field, fault.field());
        assertEquals(bytes, path.encode());
    }

    @Test
    void aNodeThatIsTooShortForItsTypeHidesNoOther() {
        DevicePath path = DevicePath.decode(Bytes.parseHex("0101050001" + PCI_ROOT + END));
        assertInstanceOf(MalformedNode.class, path.nodes().get(0));
        assertInstanceOf(AcpiNode.Acpi.class, path.nodes().get(1));
        assertEquals("HardwarePath(1,01)/PciRoot(0x0)", path.toString());
    }

    @Test
    void nodesAreCountedToTheLimit() {
        DevicePathNode[] most = Collections.nCopies(DevicePath.MAX_NODES - 1, HardwareNode.Pci.of(0, 0))
                .toArray(new DevicePathNode[0]);
        DevicePath path = DevicePath.of(most);
        assertEquals(path, DevicePath.decode(path.encode()));
        assertTrue(path.fault().isEmpty());

        assertThrows(IllegalArgumentException.class, () -> path.append(HardwareNode.Pci.of(0, 0)));
        Bytes tooMany = Bytes.parseHex("010106000000".repeat(DevicePath.MAX_NODES) + END);
        DevicePath cut = DevicePath.decode(tooMany);
        assertEquals(DevicePath.MAX_NODES + 1, cut.nodes().size());
        assertEquals("nodes", cut.fault().orElseThrow().field());
        assertEquals(tooMany, cut.encode());
    }

    @Test
    void bytesAreCountedToTheLimit() {
        DevicePathNode large = UnknownNode.of(6, 1, Bytes.wrap(new byte[0x7ffc]));
        DevicePathNode rest = UnknownNode.of(6, 1, Bytes.wrap(new byte[0x7ffc - 4]));
        DevicePath path = DevicePath.of(large, rest);
        assertEquals(DevicePath.MAX_SIZE, path.size());
        assertTrue(DevicePath.decode(path.encode()).fault().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> DevicePath.of(large, large));
        Bytes tooLong = Bytes.parseHex(large.encoded().toHex() + large.encoded().toHex() + END);
        assertEquals("nodes", DevicePath.decode(tooLong).fault().orElseThrow().field());
        assertEquals(tooLong, DevicePath.decode(tooLong).encode());
    }

    @Test
    void theLimitsHoldForAListOfPathsTogether() {
        Bytes emptyPaths = Bytes.parseHex(END.repeat(DevicePath.MAX_NODES + 5));
        List<DevicePath> list = DevicePath.decodeList(emptyPaths);
        assertEquals(DevicePath.MAX_NODES + 1, list.size());
        DevicePath last = list.get(DevicePath.MAX_NODES);
        assertEquals("nodes", last.fault().orElseThrow().field());
        assertEquals(5 * 4, last.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {33_000, 1_000_000})
    void aNameThatFitsIntoNoNodeIsAFaultOfTheText(int length) {
        String name = "x".repeat(length);
        for (String text : List.of(name, "Uri(" + "y".repeat(70_000) + ")", "UsbWwid(1,2,3," + name + ")")) {
            assertThrows(MalformedDataException.class, () -> DevicePath.parse(text));
            assertThrows(MalformedDataException.class, () -> DevicePath.parseStrictly(text));
        }
        String commas = ",".repeat(length);
        assertThrows(MalformedDataException.class, () -> DevicePath.parse("Dns(" + commas + ")"));
        assertThrows(MalformedDataException.class, () -> DevicePath.parse("AcpiAdr(" + "1,".repeat(length) + ")"));
        assertThrows(MalformedDataException.class, () -> DevicePath.parse("\\" + "/a".repeat(length)));
    }

    @Test
    void onlyNodesThatCanStandInAPathMakeOne() {
        DevicePathNode pci = HardwareNode.Pci.of(0, 0);
        assertThrows(IllegalArgumentException.class, () -> DevicePath.of(EndNode.ENTIRE, pci));
        DevicePath cut = DevicePath.decode(Bytes.parseHex(PCI_ROOT + "0101"));
        assertThrows(IllegalArgumentException.class, () -> cut.append(pci));
        DevicePath withoutEnd = DevicePath.decode(Bytes.parseHex(PCI_ROOT));
        assertEquals(DevicePath.of(AcpiNode.Acpi.pciRoot(0), pci), withoutEnd.append(pci));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pci(0x1,0x2)",
                "Pci(0x1,0x2)x",
                "Pci(0x1)",
                "Pci(0x1,0x2,0x3)",
                "Pci(0x1,0x100)",
                "Pci(1g,2)",
                "PciRoot(0x0)\\Pci(0x1,0x2)",
                "\\a)b",
                "a//b",
                "a/",
                "VenHw(00112233-4455-6677-8899-AABBCCDDEEF)",
                "VenHw(00112233-4455-6677-8899-AABBCCDDEEFF,123)",
                "Uart(115200,8,None,1)",
                "IPv4(1.2.3.4x,TCP,DHCP,0.0.0.0,0.0.0.0,0.0.0.0)",
                "IPv4(1.2.3.400,TCP,DHCP,0.0.0.0,0.0.0.0,0.0.0.0)",
                "MAC(0011223344,0x1)",
                "Ctrl(4294967296)",
                "HD(1,1,0x12345678,0x800,0x1000)",
                "HD(1,2,00112233-4455-6677-8899-AABBCCDDEEFF,0x800,0x1000)",
                "HD(1,3,0x1,0x800,0x1000)",
                "Wi-Fi(0123456789ABCDEF0123456789ABCDEFx)"
            })
    void strictParsingRefusesWhatEdk2GuessesAt(String text) throws Exception {
        assertFalse(DevicePath.parse(text).nodes().isEmpty());
        Fault fault = assertThrows(MalformedDataException.class, () -> DevicePath.parseStrictly(text))
                .fault();
        assertTrue(fault.offset() <= text.length(), fault.message());
    }
}
