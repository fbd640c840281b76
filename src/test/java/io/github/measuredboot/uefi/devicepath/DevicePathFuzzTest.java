package io.github.measuredboot.uefi.devicepath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import java.nio.charset.StandardCharsets;
import java.util.List;

class DevicePathFuzzTest {
    private static final int MAX_CHARACTERS_A_BYTE = 32;

    @FuzzTest(maxDuration = "30m")
    void bytes(byte[] input) {
        Bytes bytes = Bytes.wrap(input);
        DevicePath path = DevicePath.decode(bytes);
        assertEquals(input.length, path.size() + path.trailing().length());
        assertEquals(bytes.slice(0, path.size()), path.encode(), "encoding gives the input back");
        assertEquals(bytes.from(path.size()), path.trailing());
        assertEquals(path, DevicePath.decode(path.encode()));
        assertTrue(path.nodes().size() <= DevicePath.MAX_NODES + 1);
        assertTrue(path.fault().map(Fault::offset).orElse(0L) <= path.size());
        for (DevicePathTextForm form : DevicePathTextForm.values()) {
            int length = path.toText(form).length();
            assertTrue(length <= MAX_CHARACTERS_A_BYTE * (input.length + 1), form + " text of " + length);
        }
        assertTrue(path.startsWith(path));
        assertEquals(path.isMultiInstance(), path.instances().size() > 1);

        int listSize = 0;
        for (DevicePath element : DevicePath.decodeList(bytes)) {
            assertEquals(bytes.slice(listSize, element.size()), element.encode());
            listSize += element.size();
        }
        assertEquals(input.length, listSize);
    }

    @FuzzTest(maxDuration = "30m")
    void text(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        DevicePath lenient;
        try {
            lenient = DevicePath.parse(text);
        } catch (MalformedDataException e) {
            assertPointsInto(text, e.fault());
            lenient = null;
        }
        if (lenient != null) {
            assertEquals(lenient, DevicePath.decode(lenient.encode()));
            List.of(DevicePathTextForm.values()).forEach(lenient::toText);
        }
        try {
            DevicePath strict = DevicePath.parseStrictly(text);
            assertEquals(lenient, strict, "what is taken strictly is taken leniently, and as the same path");
            assertFalse(strict.fault().isPresent());
        } catch (MalformedDataException e) {
            assertPointsInto(text, e.fault());
        }
    }

    private static void assertPointsInto(String text, Fault fault) {
        assertTrue(fault.offset() >= 0 && fault.offset() <= text.length(), fault.message());
        assertTrue(fault.message().length() < 1000, "the message does not repeat the input");
    }
}
