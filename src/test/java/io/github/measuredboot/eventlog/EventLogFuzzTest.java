package io.github.measuredboot.eventlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.cli.ReportJson;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedBank;
import io.github.measuredboot.tpm.PcrValues;

class EventLogFuzzTest {
    @FuzzTest(maxDuration = "30m")
    void readsAnyBytes(byte[] input) {
        EventLog.Examination examination = EventLog.examine(Bytes.wrap(input), ParseLimits.DEFAULT);
        EventLog log = examination.readable();
        try {
            assertEquals(log, EventLog.copyOf(input));
            assertTrue(examination.fault().isEmpty());
        } catch (MalformedDataException e) {
            assertEquals(examination.fault().orElseThrow(), e.fault());
            assertTrue(e.fault().offset() <= input.length, e.getMessage());
            assertTrue(log.has(DiagnosticCode.INCOMPLETE));
        }

        assertArrayEquals(
                input, EventLogBuilder.from(log).raw(log.trailing()).build(), "encoding gives the input back");
        assertTrue(ReportJson.events(CheckedLog.of(log), examination.fault()).startsWith("{"));

        Replay replay = Replay.of(log);
        PcrValues values =
                new PcrValues(replay.banks().stream().map(ReplayedBank::pcrs).toList());
        replay.compareWith(values)
                .comparisons()
                .forEach(comparison -> assertEquals(comparison.replayed(), comparison.given()));
    }
}
