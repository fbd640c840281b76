package io.github.measuredboot.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ReadOnlyBufferException;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BytesTest {
    private static final Bytes WINDOW = Bytes.parseHex("00ff80010203040506fe00").slice(1, 9);

    @Test
    void integersAreLittleEndianAndUnsigned() {
        assertEquals(0xff, WINDOW.u8(0));
        assertEquals(0x80ff, WINDOW.u16(0));
        assertEquals(0x020180ffL, WINDOW.u32(0));
        assertEquals(0xfe060504L, WINDOW.u32(5));
        assertEquals(0x06050403020180ffL, WINDOW.u64(0));
    }

    @Test
    void boundsAreThoseOfTheWindowAndNotOfTheArray() {
        assertThrows(IndexOutOfBoundsException.class, () -> WINDOW.u8(9));
        assertThrows(IndexOutOfBoundsException.class, () -> WINDOW.u8(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> WINDOW.u16(8));
        assertThrows(IndexOutOfBoundsException.class, () -> WINDOW.u32(6));
        assertThrows(IndexOutOfBoundsException.class, () -> WINDOW.u64(2));
        assertThrows(IndexOutOfBoundsException.class, () -> WINDOW.slice(1, 9));
        assertThrows(IndexOutOfBoundsException.class, () -> WINDOW.slice(1, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> WINDOW.from(10));
        assertTrue(WINDOW.from(9).isEmpty());
    }

    @Test
    void windowsAreEqualWhenTheirBytesAre() {
        Bytes same = Bytes.parseHex("ff80010203040506fe");
        assertEquals(same, WINDOW);
        assertEquals(same.hashCode(), WINDOW.hashCode());
        assertNotEquals(same, WINDOW.from(1));
        assertTrue(WINDOW.startsWith(Bytes.parseHex("ff80")));
        assertFalse(WINDOW.startsWith(Bytes.parseHex("ff81")));
        assertFalse(Bytes.EMPTY.startsWith(WINDOW));
        assertTrue(Bytes.parseHex("0000").isFilledWith(0) && !WINDOW.isFilledWith(0xff));
    }

    @Test
    void aWrappedArrayIsSharedAndACopiedOneIsNot() {
        byte[] array = {1, 2};
        Bytes wrapped = Bytes.wrap(array);
        Bytes copied = Bytes.copyOf(array);
        array[0] = 9;
        assertEquals(9, wrapped.u8(0));
        assertEquals(1, copied.u8(0));
        copied.toByteArray()[0] = 9;
        assertEquals(1, copied.u8(0));
    }

    @Test
    void whatLeavesTheWindowIsJustItsBytes() throws Exception {
        byte[] target = new byte[11];
        WINDOW.copyTo(target, 1);
        assertArrayEquals(Bytes.parseHex("00ff80010203040506fe00").toByteArray(), target);
        assertEquals(9, WINDOW.asByteBuffer().remaining());
        assertThrows(ReadOnlyBufferException.class, () -> WINDOW.asByteBuffer().put((byte) 0));
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        WINDOW.update(digest);
        assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(WINDOW.toByteArray()), digest.digest());
        assertEquals("ff80010203040506fe", WINDOW.toString());
        assertTrue(Bytes.wrap(new byte[33]).toString().endsWith("... (33 bytes)"));
        assertThrows(IllegalArgumentException.class, () -> Bytes.parseHex("0"));
    }

    @Test
    void theOrderIsThatOfUnsignedBytesAndConsistentWithEquals() {
        List<Bytes> ordered = Stream.of("", "00", "0000", "01", "7f", "7fff", "80", "8000", "ff")
                .map(Bytes::parseHex)
                .toList();
        for (int i = 0; i < ordered.size(); i++) {
            for (int j = 0; j < ordered.size(); j++) {
                Bytes window = Bytes.parseHex("80" + ordered.get(j).toHex() + "80")
                        .slice(1, ordered.get(j).length());
                assertEquals(
                        Integer.signum(i - j), Integer.signum(ordered.get(i).compareTo(window)), i + " " + j);
                assertEquals(i == j, ordered.get(i).equals(window));
            }
        }
    }

    @Test
    void aFaultIsSafeToPrint() {
        Fault fault = new Fault(7, "S", "f\u001b[31m", "x\n" + "y".repeat(1000));
        assertEquals("S.f?[31m at offset 7: x?" + "y".repeat(Fault.MAX_TEXT - 5) + "...", fault.message());
        assertEquals(fault.message(), new MalformedDataException(fault).getMessage());
    }

    @Test
    void limitsMustBePositiveAndAlgorithmsFitAMask() {
        assertThrows(IllegalArgumentException.class, () -> ParseLimits.DEFAULT.withMaxLogSize(0));
        assertThrows(IllegalArgumentException.class, () -> ParseLimits.DEFAULT.withMaxEvents(-1));
        assertThrows(IllegalArgumentException.class, () -> ParseLimits.DEFAULT.withMaxAlgorithms(65));
    }
}
