package io.github.measuredboot.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.CanonicalEventLog;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;

class UserspaceLogFuzzTest {
    @FuzzTest(maxDuration = "30m")
    void readsAnyUserspaceLog(byte[] input) throws Exception {
        UserspaceLog.Examination examination = UserspaceLogJson.examine(Bytes.wrap(input), ParseLimits.DEFAULT);
        UserspaceLog log = examination.readable();
        try {
            assertEquals(log, UserspaceLogJson.parse(Bytes.wrap(input)));
            assertTrue(examination.fault().isEmpty());
        } catch (MalformedDataException e) {
            assertEquals(examination.fault().orElseThrow(), e.fault());
            assertTrue(e.fault().offset() <= input.length, e.getMessage());
        }
        Bytes encoded = UserspaceLogJson.encode(log);
        UserspaceLog again = UserspaceLogJson.parse(encoded);
        assertEquals(jsons(log.records()), jsons(again.records()));
        assertEquals(encoded, UserspaceLogJson.encode(again));
        EventLog none =
                EventLog.wrap(EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256).build());
        assertTrue(
                Replay.of(none, log).banks().size() <= HashAlgorithm.standard().size());
    }

    @FuzzTest(maxDuration = "30m")
    void readsAnyCanonicalEventLog(byte[] input) throws Exception {
        CanonicalEventLog log;
        try {
            log = CanonicalEventLogJson.parse(Bytes.wrap(input));
        } catch (MalformedDataException e) {
            assertTrue(e.fault().offset() <= input.length, e.getMessage());
            return;
        }
        Bytes encoded = CanonicalEventLogJson.encode(log);
        CanonicalEventLog again = CanonicalEventLogJson.parse(encoded);
        assertEquals(jsons(log.records()), jsons(again.records()));
        assertEquals(encoded, CanonicalEventLogJson.encode(again));
        try {
            EventLog firmware = log.firmwareLog(3);
            UserspaceLog userspace = log.userspaceLog();
            assertEquals(
                    log.records().size() + 2,
                    firmware.events().size() + userspace.records().size());
        } catch (MalformedDataException e) {
            assertTrue(
                    log.records().stream().allMatch(record -> record.digests().isEmpty())
                            || !log.userspaceLog().records().isEmpty());
        }
    }

    private static List<Bytes> jsons(List<CelRecord> records) {
        return records.stream().map(CelRecord::json).toList();
    }
}
