package io.github.measuredboot.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.PcrValuesJson;
import java.nio.charset.StandardCharsets;

/** The first byte of an input chooses which of the formats the rest is read as. */
class PcrValuesFuzzTest {
    @FuzzTest(maxDuration = "30m")
    void readsAnyBytes(byte[] input) {
        if (input.length == 0) {
            return;
        }
        Bytes content = Bytes.wrap(input).from(1);
        try {
            PcrValues values = parse(input[0], content);
            assertEquals(values, PcrValues.parsePcrread(pcrreadOutput(values)), "prints and reads the same values");
        } catch (MalformedDataException e) {
            assertTrue(e.fault().offset() >= 0, e.getMessage());
            assertTrue(e.fault().offset() <= content.length(), e.getMessage());
            assertTrue(e.fault().message().length() < 1000, "the message does not repeat the input");
        }
    }

    private static PcrValues parse(byte format, Bytes content) throws MalformedDataException {
        String text = content.decode(StandardCharsets.UTF_8);
        return switch (format & 7) {
            case 0, 6 -> PcrValuesJson.parse(content);
            case 1, 7 -> PcrValues.parsePcrread(text);
            case 2 -> parseTpm12(text);
            case 3 -> PcrValues.parsePcrreadSerialized(content);
            default -> parseSelected(text);
        };
    }

    private static PcrValues parseTpm12(String text) throws MalformedDataException {
        PcrValuesBuilder values = new PcrValuesBuilder("pcrs");
        SysfsPcrs.readTpm12(text, values);
        return values.build();
    }

    private static PcrValues parseSelected(String text) throws MalformedDataException {
        PcrSelection selection = PcrSelection.parse(text);
        assertEquals(selection, PcrSelection.parse(selection.toString()));
        return PcrValues.parsePcrreadBinary(Bytes.wrap(new byte[selection.valuesSize()]), selection);
    }

    private static String pcrreadOutput(PcrValues values) {
        StringBuilder text = new StringBuilder("---\n");
        for (PcrBank bank : values.banks()) {
            text.append("  ").append(bank.algorithm()).append(":\n");
            bank.values().forEach((pcr, value) -> text.append("    %-2d: 0x%s%n".formatted(pcr, value.toHex())));
        }
        return text.toString();
    }
}
