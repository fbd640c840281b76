package io.github.measuredboot.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.json.UserspaceLogJson;
import io.github.measuredboot.replay.LogDifference.PcrChange;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogDifferenceTest {
    @Test
    void theSameLogHasNone() throws Exception {
        assertEquals(List.of(), between("a b c", "a b c").pcrs());
        assertEquals(List.of(), LogDifference.between(boot("large"), boot("large")).pcrs());
    }

    @Test
    void whatChangedStandsBetweenWhatIsTheSame() throws Exception {
        assertEquals(List.of(new PcrChange(4, 1, events(2), events(2))), between("a b c", "a x c").pcrs());
        assertEquals(List.of(new PcrChange(4, 1, List.of(), events(2, 3))), between("a c", "a x y c").pcrs());
        assertEquals(List.of(new PcrChange(4, 3, events(4), List.of())), between("a b c d", "a b c").pcrs());
        assertEquals(List.of(new PcrChange(4, 1, List.of(), events(2))), between("a", "a a").pcrs());
        assertEquals(List.of(new PcrChange(4, 0, events(1, 2), events(1, 2))), between("a b", "b a").pcrs());
    }

    @Test
    void banksThatOnlyOneLogHasDoNotCount() throws Exception {
        EventLog sha1 = EventLog.wrap(EventLogBuilder.cryptoAgile(HashAlgorithm.SHA1, HashAlgorithm.SHA256)
                .measure(4, EventType.EV_IPL, utf8("a"))
                .build());
        assertEquals(List.of(), LogDifference.between(Replay.of(sha1), Replay.of(log("a"))).pcrs());
    }

    @Test
    void bootsThatDifferInOneThingDifferInItsPcrs() throws Exception {
        LogDifference order = LogDifference.between(boot("boot-order-before"), boot("boot-order-after"));
        assertEquals(List.of(1), order.pcrs().stream().map(PcrChange::pcr).toList());
        PcrChange change = order.pcrs().get(0);
        Replay before = boot("boot-order-before");
        assertEquals(1, change.before().size());
        assertEquals(
                EventType.EV_EFI_VARIABLE_BOOT,
                before.log().events().get(change.before().get(0).index()).type());
        assertTrue(change.sentence().startsWith("PCR 1: the first "), change.sentence());

        assertEquals(
                List.of(4, 9, 11),
                LogDifference.between(boot("uki-direct"), boot("uki-direct-other-cmdline")).pcrs().stream()
                        .map(PcrChange::pcr)
                        .toList());
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
