package io.github.measuredboot.internal.recognition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.EventLog;

/** Whatever the bytes are, they are recognized or not, and the same where a log is expected. */
class RecognitionFuzzTest {
    @FuzzTest(maxDuration = "30m")
    void text(byte[] input) {
        Bytes bytes = Bytes.wrap(input);
        RecognizedText.of(bytes).ifPresent(found -> {
            assertTrue(found.length() > 0 && found.length() <= input.length);
            assertFalse(found.text().isEmpty());
            assertEquals(found.text(), RecognizedText.ofAny(bytes));
            CommandLineText.isCommandLine(found.text());
        });
    }

    @FuzzTest(maxDuration = "30m")
    void format(byte[] input) {
        Bytes bytes = Bytes.wrap(input);
        boolean isKnown = InputFormat.of(bytes).isPresent();
        try {
            EventLog.parse(bytes, ParseLimits.DEFAULT);
        } catch (MalformedDataException e) {
            assertTrue(!e.fault().field().equals("format") || isKnown, e::getMessage);
            assertEquals(
                    e.fault(),
                    EventLog.examine(bytes, ParseLimits.DEFAULT).fault().orElseThrow());
        }
    }
}
