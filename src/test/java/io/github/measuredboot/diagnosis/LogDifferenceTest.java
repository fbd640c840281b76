package io.github.measuredboot.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.diagnosis.LogDifference.PcrChange;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.json.UserspaceLogJson;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogDifferenceTest {
    @Test
    void theSameLogHasNone() throws Exception {
        assertEquals(List.of(), between("a b c", "a b c").pcrs());
        assertEquals(
                List.of(), LogDifference.between(boot("large"), boot("large")).pcrs());
    }

    @Test
    void whatChangedStandsBetweenWhatIsTheSame() throws Exception {
        assertEquals(
                List.of(new PcrChange(4, 1, events(2), events(2))),
                between("a b c", "a x c").pcrs());
        assertEquals(
                List.of(new PcrChange(4, 1, List.of(), events(2, 3))),
                between("a c", "a x y c").pcrs());
        assertEquals(
                List.of(new PcrChange(4, 3, events(4), List.of())),
                between("a b c d", "a b c").pcrs());
        assertEquals(
                List.of(new PcrChange(4, 1, List.of(), events(2))),
                between("a", "a a").pcrs());
        assertEquals(
                List.of(new PcrChange(4, 0, events(1, 2), events(1, 2))),
                between("a b", "b a").pcrs());
    }

    @Test
    void banksThatOnlyOneLogHasDoNotCount() throws Exception {
        EventLog sha1 = EventLog.wrap(EventLogBuilder.cryptoAgile(HashAlgorithm.SHA1, HashAlgorithm.SHA256)
                .measure(4, EventType.EV_IPL, utf8("a"))
                .build());
        assertEquals(
                List.of(),
                LogDifference.between(Replay.of(sha1), Replay.of(log("a"))).pcrs());
    }

    /** PCR 10 is left out: the firmware's log has no events of it. */
    @ParameterizedTest
    @CsvSource({
        "boot-order-before, boot-order-after",
        "uki-direct, uki-direct-other-cmdline",
        "uki-direct, uki-direct-extra-boot-entry",
        "uki-direct, uki-secureboot",
    })
    void thePcrsWhoseMeasurementsDifferAreThoseWhoseValuesDo(String before, String after) throws Exception {
        PcrBank valuesBefore = values(before);
        PcrBank valuesAfter = values(after);
        assertEquals(
                valuesBefore.values().keySet().stream()
                        .filter(pcr -> pcr != 10 && !valuesBefore.value(pcr).equals(valuesAfter.value(pcr)))
                        .toList(),
                LogDifference.between(boot(before), boot(after)).pcrs().stream()
                        .map(PcrChange::pcr)
                        .toList());
    }

    @Test
    void theBootOrderIsWhatChanged() throws Exception {
        Replay before = boot("boot-order-before");
        List<PcrChange> changes =
                LogDifference.between(before, boot("boot-order-after")).pcrs();
        assertEquals(List.of(1), changes.stream().map(PcrChange::pcr).toList());
        assertEquals(4, changes.get(0).before().size());
        for (Measurement measurement : changes.get(0).before()) {
            assertEquals(
                    EventType.EV_EFI_VARIABLE_BOOT,
                    before.log().events().get(measurement.index()).claimedType());
        }
        assertTrue(changes.get(0).sentence().startsWith("PCR 1: the first "));
    }

    @Test
    void userspaceRecordsAreCompared() throws Exception {
        Path boot = Path.of("testdata/boots/systemd-userland");
        EventLog firmware = EventLog.read(boot.resolve("eventlog.bin"));
        Replay with = Replay.of(firmware, UserspaceLogJson.read(boot.resolve("tpm2-measure.log")));
        LogDifference difference = LogDifference.between(Replay.of(firmware), with);
        assertEquals(
                List.of(11, 15), difference.pcrs().stream().map(PcrChange::pcr).toList());
        assertEquals(
                List.of(new Measurement(true, 2), new Measurement(true, 3)),
                difference.pcrs().get(1).after());
        assertEquals(
                "PCR 15: the first 0 event(s) are the same; then [userspace record 3, userspace record 4] came in.",
                difference.pcrs().get(1).sentence());
    }

    private static LogDifference between(String before, String after) throws Exception {
        return LogDifference.between(Replay.of(log(before)), Replay.of(log(after)));
    }

    private static EventLog log(String texts) throws Exception {
        EventLogBuilder builder = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256);
        for (String text : texts.split(" ")) {
            builder.measure(4, EventType.EV_IPL, utf8(text));
        }
        return EventLog.wrap(builder.build());
    }

    private static PcrBank values(String name) throws Exception {
        return PcrValuesJson.parse(Bytes.wrap(TestLogs.read(Path.of("testdata/boots", name, "pcrs.json"))))
                .bank(HashAlgorithm.SHA256)
                .orElseThrow();
    }

    private static Replay boot(String name) throws Exception {
        return Replay.of(EventLog.read(Path.of("testdata/boots", name, "eventlog.bin")));
    }

    private static List<Measurement> events(Integer... numbers) {
        return List.of(numbers).stream()
                .map(number -> new Measurement(false, number))
                .toList();
    }

    private static Bytes utf8(String text) {
        return Bytes.encode(text, StandardCharsets.UTF_8);
    }
}
