package io.github.measuredboot.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
    @ParameterizedTest
    @ValueSource(
            ints = {0x00, 0x0a, 0x1b, 0x7f, 0x85, 0x9b, 0xad, 0x200e, 0x2028, 0x2029, 0x202e, 0x2066, 0xfeff, 0xd800})
    void whatATerminalWouldObeyIsReplaced(int character) {
        assertEquals("is 'a?b'", new Fault(0, "S", "f", "is 'a" + (char) character + "b'").reason());
    }

    @Test
    void lettersOfAllLanguagesStay() {
        assertEquals("ä 中 \ud83d\ude00", new Fault(0, "S", "f", "ä 中 \ud83d\ude00").reason());
    }

    @Test
    void aCharacterThatIsCutInTwoIsReplaced() {
        String reason = new Fault(0, "S", "f", "\ud83d\ude00".repeat(Fault.MAX_TEXT)).reason();
        assertEquals(Fault.MAX_TEXT, reason.length());
        assertEquals("?...", reason.substring(Fault.MAX_TEXT - 4));
    }
}
