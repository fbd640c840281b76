package io.github.measuredboot.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.testing.TestLogs.TestLog;
import io.github.measuredboot.tpm.Digest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is done to every real log: cut off anywhere, changed in any framing byte, a bit of a digest flipped. */
class HostileLogsTest {
    private static final int[] CHANGES = {0x01, 0x80, 0xff};

    private record RealLog(String name, byte[] bytes) {}

    private interface Check {
        void on(byte[] log) throws Exception;
    }

    @TestFactory
    Stream<DynamicTest> everyPrefixGivesTheEventsBeforeTheCut() {
        return captured(HostileLogsTest::checkPrefixes);
    }

    @TestFactory
    Stream<DynamicTest> everyPrefixOfTheCorpusGivesTheEventsBeforeTheCut() {
        return corpus(HostileLogsTest::checkPrefixes);
    }

    @TestFactory
    Stream<DynamicTest> aChangedFramingByteGivesEventsOrAFault() {
        return captured(HostileLogsTest::checkFramingChanges);
    }

    @TestFactory
    Stream<DynamicTest> aChangedFramingByteOfTheCorpusGivesEventsOrAFault() {
        return corpus(HostileLogsTest::checkFramingChanges);
    }

    @TestFactory
    Stream<DynamicTest> aFlippedDigestBitChangesJustThatPcrAndBank() {
        return captured(HostileLogsTest::checkFlippedDigestBits);
    }

    @TestFactory
    Stream<DynamicTest> aFlippedDigestBitOfTheCorpusChangesJustThatPcrAndBank() {
        return corpus(HostileLogsTest::checkFlippedDigestBits);
    }

    private static void checkPrefixes(byte[] log) {
        EventLog whole = examine(Bytes.wrap(log)).readable();
        int end = Math.min(log.length, log.length - whole.trailing().length() + 100);
        int complete = 0;
        for (int size = 0; size < end; size++) {
            EventLog.Examination prefix = examine(Bytes.wrap(log).slice(0, size));
            List<Event> events = prefix.readable().events();
            while (complete < whole.events().size() && endOf(whole.events().get(complete)) <= size) {
                complete++;
            }
            int atCut = Math.min(size, complete == 0 ? 0 : endOf(whole.events().get(complete - 1)));
            if (prefix.fault().isPresent()) {
                assertTrue(prefix.fault().get().offset() <= size, prefix.fault().toString());
            } else {
                assertTrue(size == atCut || prefix.readable().trailing().length() > 0, "nothing is dropped in silence");
            }
            if (events.size() == complete) {
                assertEquals(size - atCut, prefix.readable().trailing().length());
            } else {
                assertTrue(events.size() < complete, "more events than there are in " + size + " bytes");
                assertTrue(prefix.readable().trailing().isFilledWith(0x00)
                        || prefix.readable().trailing().isFilledWith(0xff)
                        || prefix.fault().isPresent());
            }
        }
    }

    private static void checkFramingChanges(byte[] log) {
        byte[] changed = log.clone();
        for (Event event : examine(Bytes.copyOf(log)).readable().events()) {
            int framingEnd = endOf(event) - event.data().length();
            for (int at = event.offset(); at < framingEnd; at++) {
                for (int change : CHANGES) {
                    changed[at] ^= (byte) change;
                    EventLog.Examination examination = examine(Bytes.wrap(changed));
                    assertTrue(
                            examination.readable().events().size() >= event.number(),
                            "the events before are still there");
                    examination.fault().ifPresent(fault -> assertTrue(fault.offset() <= changed.length));
                    changed[at] = log[at];
                }
            }
        }
    }

    private static void checkFlippedDigestBits(byte[] log) {
        byte[] changed = log.clone();
        List<String> before = replayed(log);
        for (Event event : examine(Bytes.copyOf(log)).readable().events()) {
            if (event.pcrIndex() >= 24 || event.claimedType().equals(EventType.EV_NO_ACTION)) {
                continue;
            }
            for (Digest digest : event.digests()) {
                int at = event.digestOffset(digest.algorithm()).orElseThrow()
                        + event.number() % digest.algorithm().digestSize();
                changed[at] ^= (byte) (1 << (event.number() % 8));
                List<String> after = replayed(changed);
                String pcr = digest.algorithm() + ":" + event.pcrIndex() + "=";
                for (int i = 0; i < before.size(); i++) {
                    assertEquals(before.get(i).startsWith(pcr), !before.get(i).equals(after.get(i)), before.get(i));
                }
                changed[at] = log[at];
            }
        }
    }

    private static List<String> replayed(byte[] log) {
        List<String> values = new ArrayList<>();
        for (ReplayedBank bank : Replay.of(examine(Bytes.wrap(log)).readable()).banks()) {
            bank.pcrs()
                    .values()
                    .forEach((pcr, value) -> values.add(bank.algorithm() + ":" + pcr + "=" + value.toHex()));
        }
        return values;
    }

    private static int endOf(Event event) {
        return event.offset() + event.encoded().length();
    }

    private static EventLog.Examination examine(Bytes log) {
        return EventLog.examine(log, ParseLimits.DEFAULT);
    }

    private static Stream<DynamicTest> captured(Check check) {
        return tests(
                TestLogs.boots().stream()
                        .map(boot -> new RealLog(
                                String.valueOf(boot.getFileName()),
                                TestLogs.read(boot.resolve(Path.of("eventlog.bin"))))),
                check);
    }

    private static Stream<DynamicTest> corpus(Check check) {
        return tests(TestLogs.corpus().stream().map((TestLog log) -> new RealLog(log.name(), log.bytes())), check);
    }

    private static Stream<DynamicTest> tests(Stream<RealLog> logs, Check check) {
        return logs.map(log -> dynamicTest(log.name, () -> check.on(log.bytes)));
    }
}
