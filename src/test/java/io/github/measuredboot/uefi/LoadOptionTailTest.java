package io.github.measuredboot.uefi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadOptionTailTest {
    private static final int HEADER_SIZE = 6;
    private static final int CUT_OFF = 2;

    @Test
    void theEndNodeLacksItsLength() throws Exception {
        DevicePath path = DevicePath.parseStrictly("PciRoot(0x0)/Pci(0x1,0x0)");
        LoadOption option = new LoadOption(LoadOption.ACTIVE, "UEFI OS", List.of(path), Bytes.EMPTY);
        LoadOptionTail tail = LoadOptionTail.recognize(measured(option)).orElseThrow();
        assertEquals(measured(option), tail.encoded());
        assertEquals("UEFI OS", tail.description());
        assertEquals("PciRoot(0x0)/Pci(0x1,0x0)", tail.filePath().toText(DevicePathTextForm.UEFI));
        assertEquals(path.size() - CUT_OFF, tail.filePath().size());
        assertEquals(Bytes.EMPTY, tail.rest());
    }

    @Test
    void optionalDataLackTheirEnd() throws Exception {
        DevicePath path = DevicePath.parseStrictly("PciRoot(0x0)/USB(0x2,0x3)");
        Bytes data = Bytes.parseHex("010426000000000000007fff0400");
        LoadOption option = new LoadOption(LoadOption.ACTIVE, "UEFI: CD-ROM", List.of(path), data);
        LoadOptionTail tail = LoadOptionTail.recognize(measured(option)).orElseThrow();
        assertEquals(path, tail.filePath());
        assertEquals(data.slice(0, data.length() - CUT_OFF), tail.rest());
    }

    @Test
    void wholeLoadOptionsAndOtherBytesAreNone() throws Exception {
        DevicePath path = DevicePath.parseStrictly("PciRoot(0x0)/Pci(0x1,0x0)");
        for (long attributes : new long[] {0, 1, 9, 0x101, 0x1f0b, 0x8000_0001L}) {
            LoadOption option = new LoadOption(attributes, "UEFI OS", List.of(path), Bytes.EMPTY);
            assertEquals(Optional.empty(), LoadOptionTail.recognize(option.encode()), Long.toHexString(attributes));
        }
        LoadOption option = new LoadOption(LoadOption.ACTIVE, "UEFI OS", List.of(path), Bytes.EMPTY);
        Bytes measured = measured(option);
        for (int length = 0; length < measured.length(); length++) {
            assertEquals(Optional.empty(), LoadOptionTail.recognize(measured.slice(0, length)), length + " bytes");
        }
    }

    private static Bytes measured(LoadOption option) {
        Bytes encoded = option.encode();
        return encoded.slice(HEADER_SIZE, encoded.length() - HEADER_SIZE - CUT_OFF);
    }
}
