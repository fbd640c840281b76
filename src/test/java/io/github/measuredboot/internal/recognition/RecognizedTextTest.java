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
                "root=/dev/sda1 init=/bin/sh\u0001 quiet",
                "root=\u001b[31m",
                "root=/dev/sda1 \u0001x",
                "\0initrd=/initrd.img root=/dev/sda1",
                "root=/dev/sda1\0\0quiet",
                "root=/dev/sda1\0a quiet\u007f",
                "root=/dev/sda1 Füße\u0002 rw mem=1G"
            })
    void aFewControlCharactersLeaveATextAText(String text) {
        for (String end : new String[] {"", "\0", "\0\0", "\0\0\0"}) {
            assertEquals(Optional.of(text), read(Bytes.encode(text + end, UTF_8)));
            assertEquals(Optional.of(text), read(Bytes.encode(text + end, UTF_16LE)));
            assertEquals(Optional.of(text), read(Bytes.encode(text + end, ISO_8859_1)));
        }
        assertEquals(Optional.of(text), read(Bytes.encode("\ufeff" + text, UTF_16LE)));
        assertEquals(Optional.of(text), read(Bytes.encode("\ufeff" + text, UTF_16BE)));
        Bytes wide = Bytes.encode(text, UTF_16LE);
        assertEquals(Optional.of(text), read(cut(wide, wide.length() - 1)));
    }

    @Test
    void halfAPairOfSurrogatesLeavesATextAText() {
        Bytes text = Bytes.parseHex(Bytes.encode("init=/bin/sh", UTF_16LE).toHex() + "00d8"
                + Bytes.encode(" quiet", UTF_16LE).toHex());
        assertEquals(Optional.of("init=/bin/sh\ud800 quiet"), read(text));
    }

    @Test
    void aControlCharacterIsKeptInAnyScript() {
        assertEquals(Optional.of("Загрузка\u0001 меню"), read(Bytes.encode("Загрузка\u0001 меню", UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "root=\u0001",
                "a\u0001b\u0002c\u0003d\u0004e\u0005f\u0006g",
                "BootOptionFlags1\0\u0001",
                "BootOptionFlags1\0\u0001\u0002",
                "BootOptionFlags1\0\0\0Setup",
                "BootOptionFlags1\0\0\0\0\u0001",
                "firmware blob\u0001\u0002\u0003",
                "ab\0c"
            })
    void controlCharactersInShortTextsOrManyMakeData(String text) {
        assertEquals(Optional.empty(), read(Bytes.encode(text, UTF_8)));
    }

    @Test
    void structuresOfSmallNumbersAreNotText() {
        byte[] bytes = new byte[64];
        for (int i = 0; i < bytes.length; i += 4) {
            bytes[i] = (byte) ('A' + i / 4);
        }
        assertEquals(Optional.empty(), read(Bytes.wrap(bytes)));
    }

    @Test
    void shortWideTextNeedsANulOfItsOwn() {
        assertEquals(Optional.of("根目录=根"), read(Bytes.encode("根目录=根", UTF_16LE)));
        assertEquals(Optional.empty(), read(Bytes.encode("a=é", ISO_8859_1)));
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
