package io.github.measuredboot.uefi.devicepath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters that are missing, empty or too many: what EDK2 makes of them, and that the strict reading refuses them. */
class NodeParameterTest {
    private static final String NAMES =
            "Pci PcCard MemoryMapped VenHw Ctrl BMC Acpi AcpiEx AcpiExp AcpiAdr PciRoot Ata Scsi Fibre"
                    + " FibreEx I1394 USB I2O Infiniband VenMsg SAS SasEx NVMe UFS SD eMMC MAC IPv4 IPv6 Uart UsbClass UsbAudio"
                    + " UsbWwid Unit iSCSI Vlan Bluetooth BluetoothLE Wi-Fi Dns Uri HD CDROM VenMedia Media Fv FvFile Offset RamDisk"
                    + " VirtualDisk BBS Path Msg HardwarePath";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Dns()|''",
                "Pci(0x1)/Dns()/Pci(2)|0101060000010101060000 02",
                "Dns(,)|031f1500 00 00000000000000000000000000000000",
                "Dns(,::1)|031f2500 01 00000000000000000000000000000000 00000000000000000000000000000001",
                "Dns(1.1.1.1,,2.2.2.2)|031f3500 00 01010101000000000000000000000000 00000000000000000000000000000000"
                        + " 02020202000000000000000000000000",
                "AcpiAdr(1,,2)|02030800 01000000",
                "AcpiAdr(,2)|02030800 00000000",
                "IPv4(1.2.3.4,TCP,Static,5.6.7.8,9.9.9.9)|030c1b00 05060708 01020304 00000000 0600 01 00000000 00000000",
                "IPv4(1.2.3.4,TCP,Static,5.6.7.8,,255.0.0.0)|030c1b00 05060708 01020304 00000000 0600 01 00000000 00000000",
                "IPv4(1.2.3.4/24,,,5.6.7.8/33)|030c1b00 00000000 01020304 00000000 0000 00 00000000 00000000",
                "IPv4(0001.2.3.4)|030c1b00 00000000 01020304 00000000 0000 00 00000000 00000000",
                "iSCSI(a,1,2,None,None,None,UDP)|03131400 0100 0008 0000000000000002 0100 6100",
                "iSCSI(a,1,2)|03131400 0000 0000 0000000000000002 0100 6100",
                "HD(1,GPT,,0x800,0x1000)|04012a00 01000000 0008000000000000 0010000000000000"
                        + " 00000000000000000000000000000000 02 02",
                "Pci(1,2,3,4)|01010600 0201"
            })
    void edk2TakesThem(String text, String hex) throws Exception {
        assertEquals(
                hex.replace(" ", "") + "7fff0400",
                DevicePath.parse(text).encode().toHex());
        assertThrows(MalformedDataException.class, () -> DevicePath.parseStrictly(text), text);
    }

    @ParameterizedTest
    @CsvSource({
        "fe80::1/64, fe800000000000000000000000000001",
        "fe80::/64, fe800000000000000000000000000000",
        "::/0, 00000000000000000000000000000000",
        "fe80::1/129, 00000000000000000000000000000000",
        "fe80::1/, 00000000000000000000000000000000",
        "fe80/64, 00000000000000000000000000000000",
        "::ffff:1.2.3.4, 000000000000000000000000ffff0001",
        "1:2:3:4:5:6:1.2.3.4, 00000000000000000000000000000000",
        "fe80::1%eth0, fe800000000000000000000000000001",
        "1::2::3, 00000000000000000000000000000000",
        ":1, 00000000000000000000000000000000",
        "12345::, 00000000000000000000000000000000",
        "1:2:3:4:5:6:7::, 00010002000300040005000600070000",
        "1:2:3:4:5:6:7:8::, 00010002000300040005000600070008",
        "0x1::, 00010000000000000000000000000000"
    })
    void ipv6AddressesAreReadAsFarAsEdk2Does(String address, String bytes) throws Exception {
        DevicePath path = DevicePath.parse("IPv6(" + address + ")");
        assertEquals(bytes, path.encode().slice(20, 16).toHex());
    }

    @ParameterizedTest
    @CsvSource({
        "::ffff:1.2.3.4, 00000000000000000000ffff01020304",
        "::1.2.3.4, 00000000000000000000000001020304",
        "1:2:3:4:5:6:1.2.3.4, 00010002000300040005000601020304",
        "1:2:3:4:5:6:7:8, 00010002000300040005000600070008",
        "::, 00000000000000000000000000000000"
    })
    void strictlyIpv6AddressesAreThoseOfTheirRfc(String address, String bytes) throws Exception {
        DevicePath path = DevicePath.parseStrictly("IPv6(" + address + ",TCP,Static,::,64,::1)");
        assertEquals(bytes, path.encode().slice(20, 16).toHex());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fe80::1/64",
                "1::2::3",
                "::ffff:1.2.3.256",
                "1:2:3:4:5:6:7:8:9",
                "fe80::1%eth0",
                "1:2:3:4:5:6:7::8"
            })
    void strictlyOtherIpv6AddressesAreRefused(String address) {
        assertThrows(
                MalformedDataException.class,
                () -> DevicePath.parseStrictly("IPv6(" + address + ",TCP,Static,::,64,::1)"));
    }

    @Test
    void theDisplayFormOfAnAcpiNodeWithAUidStringOnlyIsAcpiExp() throws Exception {
        for (String text : List.of("AcpiExp(PNP0C0A,0,UID1)", "AcpiExp(PNP0C0A,PNP0C0B,UID1)")) {
            assertEquals(text, DevicePath.parseStrictly(text).toText(DevicePathTextForm.UEFI_DISPLAY));
        }
        assertEquals(
                "PciRoot(UID1)",
                DevicePath.parseStrictly("AcpiExp(PNP0A03,0,UID1)").toText(DevicePathTextForm.UEFI_DISPLAY));
    }

    @Provide
    Arbitrary<String> nodes() {
        Arbitrary<String> parameter = Arbitraries.of(
                "",
                "",
                "0",
                "1",
                "0x1",
                "65536",
                "TCP",
                "Static",
                "1.2.3.4",
                "fe80::1",
                "::ffff:1.2.3.4",
                "GPT",
                "MBR",
                "PNP0A03",
                "00112233-4455-6677-8899-AABBCCDDEEFF",
                "00112233445566778899AABBCCDDEEFF",
                "\"a\"",
                "x",
                "None",
                "-1",
                "é",
                "\ud83d");
        return Arbitraries.of(NAMES.split(" "))
                .flatMap(name -> parameter
                        .list()
                        .ofMaxSize(9)
                        .map(parameters -> name + "(" + String.join(",", parameters) + ")"));
    }

    @Property(tries = 3000)
    void anyParametersMakeAPathThatItsTextMakesAgain(@ForAll("nodes") String text) throws Exception {
        DevicePath path;
        try {
            path = DevicePath.parse(text);
        } catch (MalformedDataException e) {
            assertTrue(text.startsWith("Acpi"), () -> text + ": " + e.getMessage()); // EDK2 reads beyond its input
            return;
        }
        assertEquals(path, DevicePath.decode(path.encode()));
        try {
            Bytes strict = DevicePath.parseStrictly(text).encode();
            boolean isEmbedded = text.contains("::ffff:1.2.3.4");
            assertTrue(isEmbedded || strict.equals(path.encode()), text);
            String again = DevicePath.parse(text).toText(DevicePathTextForm.UEFI);
            assertFalse(again.isEmpty(), text);
        } catch (MalformedDataException e) {
            assertFalse(e.fault().message().isEmpty());
        }
    }
}
