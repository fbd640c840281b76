package io.github.measuredboot.internal.recognition;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecognizedTextTest {
    private static Optional<String> read(Bytes bytes) {
        return RecognizedText.of(bytes).map(RecognizedText::text);
    }

    private static Bytes cut(Bytes bytes, int size) {
        return bytes.slice(0, size);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ro",
                "root=/dev/sda1 rw",
                "tab\there",
                "Füße in der Tür",
                "启动 menu entry",
                "Привет мир root=1",
                "a\0\0b c"
            })
    void utf16IsReadWithAnyEnd(String text) {
        String expected = text.replace("\0", "");
        Bytes wide = Bytes.encode(expected + "\0\0", UTF_16LE);
        for (int missing = 0; missing <= 5 && expected.chars().noneMatch(unit -> unit > 0xff); missing++) {
            assertEquals(Optional.of(expected), read(cut(wide, wide.length() - missing)), () -> text);
        }
        assertEquals(Optional.of(expected), read(Bytes.encode(expected, UTF_16LE)));
        assertEquals(Optional.of(expected), read(Bytes.encode("\ufeff" + expected + "\0", UTF_16LE)));
        assertEquals(Optional.of(expected), read(Bytes.encode("\ufeff" + expected + "\0", UTF_16BE)));
    }

    @Test
    void otherScriptsNeedBlanksOrATerminator() {
        assertEquals(Optional.of("启动菜单"), read(Bytes.encode("启动菜单\0", UTF_16LE)));
        assertEquals(Optional.of("Загрузка"), read(Bytes.encode("Загрузка\0", UTF_16LE)));
        assertEquals(Optional.empty(), read(Bytes.encode("\u542f\u0434\u05d0\u0e01\0", UTF_16LE)));
    }

    @Test
    void bytesOfUtf8AndIso8859AreText() {
        assertEquals(Optional.of("Füße quiet"), read(Bytes.encode("Füße quiet\0", UTF_8)));
        assertEquals(Optional.of("Füße"), read(Bytes.encode("\ufeffFüße", UTF_8)));
        assertEquals(Optional.of("Menüeintrag"), read(Bytes.encode("Menüeintrag", ISO_8859_1)));
    }

    @Test
    void textsWithNulsBetweenThemAreOne() {
        assertEquals(Optional.of("one two\0three"), read(Bytes.encode("one two\0three\0", UTF_8)));
        assertEquals(Optional.of("one\0three"), read(Bytes.encode("one\0three\0", UTF_16LE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "0000",
                "17000000",
                "005029df00000000",
                "01",
                "8b040000011c040000003004",
                "000082ff00000000000080000000000000",
                "fffe",
                "d8",
                "00d8",
                "efbbbf"
            })
    void whatIsNoTextIsNotRead(String hex) {
        assertEquals(Optional.empty(), read(Bytes.parseHex(hex)));
    }

    @Test
    void shortTextsAreNotCertain() {
        assertTrue(RecognizedText.certainly(Bytes.encode("en\0", UTF_8)).isPresent());
        assertTrue(RecognizedText.certainly(Bytes.encode("boot", UTF_8)).isPresent());
        assertFalse(RecognizedText.certainly(Bytes.encode("en", UTF_8)).isPresent());
        assertFalse(RecognizedText.certainly(Bytes.encode("e\0", UTF_8)).isPresent());
    }

    @Test
    void randomBytesAreNotText() {
        Random random = new Random(7);
        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            found += RecognizedText.of(Bytes.wrap(bytes)).isPresent() ? 1 : 0;
        }
        assertTrue(found <= 2, "found " + found);
    }

    @Property(tries = 500)
    void anyBytesAreReadOrNot(@ForAll @Size(max = 40) byte[] bytes) {
        RecognizedText.of(Bytes.wrap(bytes)).ifPresent(found -> {
            assertTrue(found.length() <= bytes.length && found.length() > 0);
            assertFalse(found.text().isEmpty());
        });
    }

    @Property(tries = 300)
    void printableAsciiIsReadInEveryForm(
            @ForAll @net.jqwik.api.constraints.CharRange(from = ' ', to = '~') @StringLength(min = 2, max = 40)
                    String text,
            @ForAll @IntRange(max = 3) int nuls) {
        assertEquals(Optional.of(text), read(Bytes.encode(text + "\0".repeat(nuls), UTF_8)));
        Bytes wide = Bytes.encode(text + "\0\0", UTF_16LE);
        assertEquals(Optional.of(text), read(cut(wide, wide.length() - nuls)));
        assertEquals(Optional.of(text), read(cut(wide, wide.length() - 5)), "without its last byte");
    }
}
