package io.github.measuredboot.eventlog.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.data.EventData;
import io.github.measuredboot.eventlog.data.MalformedEventData;
import io.github.measuredboot.eventlog.data.OpaqueEventData;
import io.github.measuredboot.eventlog.data.VariableContent;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.eventlog.data.WindowsData;
import io.github.measuredboot.testing.TestLogs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every event of every real log is decoded and checked; what is not as it should be stands in a table, with the reason. */
class EventDataCorpusTest {
    private static final String TABLE = "event-data-exceptions.tsv";
    private static final double MAX_EXCEPTIONS = 0.005;

    @Test
    void capturedBootsDecodeWithoutException() {
        for (Path boot : TestLogs.boots()) {
            CheckedLog checked = checked(TestLogs.read(boot.resolve("eventlog.bin")));
            assertEquals(List.of(), exceptions("boot", checked), boot.toString());
        }
    }

    @Test
    void exceptionsInTheCorpusAreThoseOfTheTable() throws IOException {
        int events = 0;
        List<String> found = new ArrayList<>();
        for (TestLogs.TestLog log : TestLogs.corpus()) {
            CheckedLog checked = checked(log.bytes());
            events += checked.events().size();
            found.addAll(exceptions(log.name(), checked));
        }
        assertEquals(
                String.join("\n", table().keySet()),
                String.join("\n", found.stream().sorted().toList()));
        assertTrue(found.size() < events * MAX_EXCEPTIONS, found.size() + " of " + events);
    }

    private static CheckedLog checked(byte[] log) {
        return CheckedLog.of(
                EventLog.examine(Bytes.wrap(log), ParseLimits.DEFAULT).readable());
    }

    private static List<String> exceptions(String log, CheckedLog checked) {
        List<String> exceptions = new ArrayList<>();
        for (CheckedEvent event : checked.events()) {
            EventData data = event.claimedData();
            String place =
                    log + "\t" + event.event().number() + "\t" + event.event().claimedType() + "\t";
            for (Field field : data.fields()) {
                assertTrue(
                        field.offset() >= 0
                                && field.offset() + field.length() <= data.raw().length(),
                        place + field);
            }
            if (data instanceof MalformedEventData) {
                exceptions.add(place + "malformed");
            }
            if (data instanceof OpaqueEventData && !data.raw().isEmpty()) {
                exceptions.add(place + "opaque");
            }
            if (data instanceof VariableEventData variable && variable.content() instanceof VariableContent.Malformed) {
                exceptions.add(place + "malformed value");
            }
            if (data instanceof WindowsData windows && !windows.sipa().faults().isEmpty()) {
                exceptions.add(place + "malformed element");
            }
            if (event.checks().stream().anyMatch(check -> check.status() == DigestStatus.DIFFERS)) {
                exceptions.add(place + "differs");
            }
        }
        return exceptions;
    }

    private static Map<String, String> table() throws IOException {
        Map<String, String> reasons = new TreeMap<>();
        try (var in = EventDataCorpusTest.class.getResourceAsStream(TABLE)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                int reason = line.lastIndexOf('\t');
                assertTrue(line.length() > reason + 10, "a reason: " + line);
                assertEquals(null, reasons.put(line.substring(0, reason), line.substring(reason + 1)));
            }
        }
        return reasons;
    }
}
