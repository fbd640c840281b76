package io.github.measuredboot.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.diagnosis.Explanation.PcrExplanation;
import io.github.measuredboot.diagnosis.Explanation.Remark;
import io.github.measuredboot.diagnosis.Hypothesis.Kind;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.json.UserspaceLogJson;
import io.github.measuredboot.replay.PcrStatus;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedBank;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs and PCR values that do not belong together, each in one known way. */
class ExplanationTest {
    private static final HashAlgorithm SHA1 = HashAlgorithm.SHA1;
    private static final HashAlgorithm SHA256 = HashAlgorithm.SHA256;
    private static final String INVOCATION = "Exit Boot Services Invocation";
    private static final String SUCCESS = "Exit Boot Services Returned with Success";

    @Test
    void aLogThatAccountsForItsValuesNeedsNoExplanation() throws Exception {
        EventLog log = log(5, "a", "b");
        assertEquals(List.of(), explain(log, 5, extended("a", "b")).pcrs());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void startupLocality(int locality) throws Exception {
        byte[] initial = new byte[32];
        initial[31] = (byte) locality;
        check(
                explain(log(0, "a", "b"), 0, extended(initial, "a", "b")),
                Hypothesis.ofValues(Kind.STARTUP_LOCALITY, List.of("0", String.valueOf(locality))));
    }

    @Test
    void startupLocalityIsAskedOfPcr0Alone() throws Exception {
        byte[] initial = new byte[32];
        initial[31] = 3;
        check(explain(log(1, "a", "b"), 1, extended(initial, "a", "b")));
    }

    @Test
    void aStartupLocalityThatTheTpmDidNotSee() throws Exception {
        EventLog log = EventLog.wrap(EventLogBuilder.cryptoAgile(SHA256)
                .startupLocality(3)
                .measure(0, EventType.EV_SEPARATOR, utf8("a"))
                .build());
        check(
                explain(log, 0, extended("a")),
                Hypothesis.ofValues(Kind.STARTUP_LOCALITY, List.of("3", String.valueOf(0))));
    }

    @Test
    void neverExtended() throws Exception {
        check(explain(log(5, "a", "b"), 5, new byte[32]), Hypothesis.of(Kind.NEVER_EXTENDED));
    }

    @Test
    void laterEventsNotExtended() throws Exception {
        check(
                explain(log(5, "a", "b", "c", "d"), 5, extended("a", "b")),
                Hypothesis.of(Kind.LATER_EVENTS_NOT_EXTENDED, event(2), event(3)));
    }

    @Test
    void finalEventsLoggedTwice() throws Exception {
        check(
                explain(log(5, "a", "b", "c", "b", "c"), 5, extended("a", "b", "c")),
                Hypothesis.of(Kind.FINAL_EVENTS_LOGGED_TWICE, event(4)));
    }

    @Test
    void finalEventsExtendedTwice() throws Exception {
        check(
                explain(log(5, "a", "b", "c", "d"), 5, extended("a", "b", "c", "d", "b", "c", "d")),
                Hypothesis.of(Kind.FINAL_EVENTS_EXTENDED_TWICE, event(2)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void oneEventNotExtendedAtEachPosition(int missing) throws Exception {
        List<String> others = new ArrayList<>(List.of("a", "b", "c", "d"));
        others.remove(missing);
        check(
                explain(log(5, "a", "b", "c", "d"), 5, extended(others.toArray(new String[0]))),
                Hypothesis.of(Kind.EVENT_NOT_EXTENDED, event(missing + 1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void oneEventExtendedTwiceAtEachPosition(int doubled) throws Exception {
        List<String> all = new ArrayList<>(List.of("a", "b", "c", "d"));
        all.add(doubled, all.get(doubled));
        check(
                explain(log(5, "a", "b", "c", "d"), 5, extended(all.toArray(new String[0]))),
                Hypothesis.of(Kind.EVENT_EXTENDED_TWICE, event(doubled + 1)));
    }

    @Test
    void exitBootServicesNotExtended() throws Exception {
        check(
                explain(log(5, "a", INVOCATION, SUCCESS), 5, extended("a")),
                Hypothesis.of(Kind.EXIT_BOOT_SERVICES_NOT_EXTENDED, List.of(event(2), event(3))));
        check(
                explain(log(5, "a", INVOCATION, SUCCESS, "b"), 5, extended("a", "b")),
                Hypothesis.of(Kind.EXIT_BOOT_SERVICES_NOT_EXTENDED, List.of(event(2), event(3))));
    }

    @Test
    void exitBootServicesNotLogged() throws Exception {
        check(
                explain(log(5, "a"), 5, extended("a", INVOCATION, SUCCESS)),
                Hypothesis.ofValues(Kind.EXIT_BOOT_SERVICES_NOT_LOGGED, List.of(INVOCATION, SUCCESS)));
        check(
                explain(log(5, "a"), 5, extended("a", INVOCATION)),
                Hypothesis.ofValues(Kind.EXIT_BOOT_SERVICES_NOT_LOGGED, List.of(INVOCATION)));
    }

    @Test
    void noActionExtended() throws Exception {
        EventLog log = EventLog.wrap(EventLogBuilder.cryptoAgile(SHA256)
                .measure(5, EventType.EV_EFI_ACTION, utf8("a"))
                .measure(5, EventType.EV_NO_ACTION, utf8("no"))
                .noAction(5, utf8("zero"))
                .measure(5, EventType.EV_EFI_ACTION, utf8("b"))
                .build());
        byte[] byDigest = extended(extend(extended(new byte[32], "a", "no"), new byte[32]), "b");
        check(
                explain(log, 5, byDigest),
                new Hypothesis(
                        Kind.NO_ACTION_EXTENDED, List.of(event(2), event(3)), List.of("the digests in the log")));
        check(
                explain(log, 5, extended("a", "no", "zero", "b")),
                new Hypothesis(
                        Kind.NO_ACTION_EXTENDED, List.of(event(2), event(3)), List.of("the hash of their data")));
    }

    @Test
    void systemdsPhasesNotLogged() throws Exception {
        check(
                explain(log(11, "a"), 11, extended("a", "enter-initrd", "leave-initrd", "sysinit")),
                Hypothesis.ofValues(Kind.PHASES_NOT_LOGGED, List.of("enter-initrd", "leave-initrd", "sysinit")));
        check(
                explain(log(4, "a"), 11, extended("sysinit", "ready")),
                Hypothesis.ofValues(Kind.PHASES_NOT_LOGGED, List.of("sysinit", "ready")));
        PcrExplanation unknown =
                explain(log(11, "a"), 11, extended("a", "x")).pcrs().get(0);
        assertEquals(List.of(Remark.USERSPACE_LOG_NOT_GIVEN, Remark.UNKNOWN_MEASUREMENTS), unknown.remarks());
    }

    @Test
    void digestsOfAnotherBank() throws Exception {
        EventLog log = EventLog.wrap(EventLogBuilder.cryptoAgile(SHA1, SHA256)
                .measure(5, EventType.EV_EFI_ACTION, utf8("a"))
                .build());
        byte[] padded = new byte[32];
        System.arraycopy(hash(SHA1, "a"), 0, padded, 0, 20);
        check(
                explain(log, 5, extend(new byte[32], padded)),
                Hypothesis.ofValues(Kind.DIGESTS_OF_OTHER_BANK, List.of(SHA1.name())));
        byte[] cutOff = Arrays.copyOf(hash(SHA256, "a"), 20);
        check(
                explain(log, SHA1, 5, extend(SHA1, new byte[20], cutOff)),
                Hypothesis.ofValues(Kind.DIGESTS_OF_OTHER_BANK, List.of(SHA256.name())));
    }

    @Test
    void digestsNotLogged() throws Exception {
        EventLog log = EventLog.wrap(EventLogBuilder.cryptoAgile(SHA1, SHA256)
                .measure(5, EventType.EV_EFI_ACTION, utf8("a"))
                .event(5, EventType.EV_EFI_ACTION, List.of(new Digest(SHA1, Bytes.wrap(hash(SHA1, "b")))), utf8("b"))
                .build());
        check(explain(log, 5, extended("a", "b")), Hypothesis.of(Kind.DIGESTS_NOT_LOGGED, List.of(event(2))));
    }

    @Test
    void bankCapped() throws Exception {
        byte[] atTheEnd = extend(extended("a", "b"), new byte[32]);
        check(explain(log(5, "a", "b"), 5, atTheEnd), Hypothesis.ofValues(Kind.BANK_CAPPED, List.of("2")));
        byte[] inBetween = extended(extend(extended("a"), new byte[32]), "b");
        check(explain(log(5, "a", "b"), 5, inBetween), Hypothesis.ofValues(Kind.BANK_CAPPED, List.of("1")));
        check(
                explain(log(4, "a"), 5, extend(new byte[32], new byte[32])),
                Hypothesis.ofValues(Kind.BANK_CAPPED, List.of("0")));
    }

    @Test
    void anotherLog() throws Exception {
        EventLog log = log(5, "a", "b");
        PcrValues values = values(SHA256, 5, extended("c", "d"));
        check(
                Explanation.of(Replay.of(log).compareWith(values), List.of(log, log(5, "c", "d"))),
                Hypothesis.ofValues(Kind.OTHER_LOG, List.of("1")));
    }

    @Test
    void bankNotActive() throws Exception {
        for (int filler : new int[] {0x00, 0xff}) {
            byte[] uniform = new byte[32];
            Arrays.fill(uniform, (byte) filler);
            PcrValues values = new PcrValues(List.of(PcrBank.of(
                    SHA256, Map.of(0, Bytes.wrap(uniform), 5, Bytes.wrap(uniform), 17, Bytes.wrap(uniform)))));
            Explanation explanation = Explanation.of(Replay.of(log(5, "a")).compareWith(values));
            assertEquals(3, explanation.pcrs().size());
            explanation
                    .pcrs()
                    .forEach(pcr -> assertEquals(List.of(Hypothesis.of(Kind.BANK_NOT_ACTIVE)), pcr.hypotheses()));
        }
    }

    @Test
    void nothingFits() throws Exception {
        Explanation explanation = explain(log(5, "a", "b"), 5, extended("x"));
        check(explanation);
        assertEquals(
                List.of(Remark.UNKNOWN_MEASUREMENTS), explanation.pcrs().get(0).remarks());
        assertEquals(
                List.of("No hypothesis fits: the cause is not known.", Remark.UNKNOWN_MEASUREMENTS.message()),
                explanation.pcrs().get(0).messages());
        assertEquals(
                List.of(Remark.IMA, Remark.UNKNOWN_MEASUREMENTS),
                explain(log(5, "a"), 10, extended("x")).pcrs().get(0).remarks());
    }

    @Test
    void aBankThatCannotBeComputedIsReported() throws Exception {
        HashAlgorithm unknown = HashAlgorithm.of(0x1234, 3);
        EventLog log = EventLog.wrap(EventLogBuilder.cryptoAgile(unknown)
                .measure(5, EventType.EV_EFI_ACTION, utf8("a"))
                .build());
        PcrExplanation pcr =
                explain(log, unknown, 5, new byte[] {1, 2, 3}).pcrs().get(0);
        assertEquals(PcrStatus.NOT_REPLAYABLE, pcr.status());
        assertEquals(List.of(Remark.NOT_COMPUTABLE), pcr.remarks());
    }

    @Test
    void singleEventsAreSearchedUpTo300AndMoreIsReported() throws Exception {
        assertEquals(
                List.of(Hypothesis.of(Kind.EVENT_NOT_EXTENDED, event(1))),
                explain(many(299), 5, manyExtended(1, 299)).pcrs().get(0).hypotheses());
        PcrExplanation tooMany =
                explain(many(301), 5, manyExtended(1, 301)).pcrs().get(0);
        assertEquals(List.of(), tooMany.hypotheses());
        assertEquals(List.of(Remark.SEARCH_CUT_SHORT, Remark.UNKNOWN_MEASUREMENTS), tooMany.remarks());
        check(
                explain(many(301), 5, manyExtended(0, 100)),
                Hypothesis.of(Kind.LATER_EVENTS_NOT_EXTENDED, event(100), event(101)));
    }

    @Test
    void thePhasesAreFoundWhereOnlyTheFirmwaresLogIsGiven() throws Exception {
        Path boot = Path.of("testdata/boots/systemd-userland");
        PcrValues values = PcrValuesJson.parse(Bytes.wrap(TestLogs.read(boot.resolve("pcrs.json"))));
        Explanation explanation = Explanation.of(
                Replay.of(EventLog.read(boot.resolve("eventlog.bin"))).compareWith(values));
        for (PcrExplanation pcr : explanation.pcrs()) {
            List<Hypothesis> expected = pcr.pcr() == 11
                    ? List.of(Hypothesis.ofValues(
                            Kind.PHASES_NOT_LOGGED, List.of("enter-initrd", "leave-initrd", "sysinit", "ready")))
                    : List.of();
            assertEquals(expected, pcr.hypotheses());
        }
        assertEquals(
                List.of(10, 11, 15, 10, 11, 15, 10, 11, 15, 10, 11, 15),
                explanation.pcrs().stream().map(PcrExplanation::pcr).toList());
        assertEquals(
                List.of(Remark.USERSPACE_LOG_NOT_GIVEN, Remark.UNKNOWN_MEASUREMENTS),
                explanation.pcrs().get(2).remarks());
    }

    @Test
    void anOlderUserspaceLogIsExplainedByItsMissingPhases() throws Exception {
        Path boot = Path.of("testdata/boots/systemd-userland");
        PcrValues values = PcrValuesJson.parse(Bytes.wrap(TestLogs.read(boot.resolve("pcrs.json"))));
        UserspaceLog whole = UserspaceLogJson.read(boot.resolve("tpm2-measure.log"));
        UserspaceLog older = new UserspaceLog(whole.records().subList(0, 3), false, List.of());
        EventLog firmware = EventLog.read(boot.resolve("eventlog.bin"));
        Explanation explanation = Explanation.of(Replay.of(firmware, older)
                .compareWith(values)
                .restrictedTo(c -> c.algorithm().equals(SHA256)));
        assertEquals(
                List.of(Hypothesis.ofValues(Kind.PHASES_NOT_LOGGED, List.of("sysinit", "ready"))),
                explanation.pcrs().get(1).hypotheses());
        assertEquals(
                List.of(Remark.UNKNOWN_MEASUREMENTS), explanation.pcrs().get(2).remarks());
        assertEquals(
                List.of(Remark.USERSPACE_LOG_UNFINISHED, Remark.UNKNOWN_MEASUREMENTS),
                Explanation.of(Replay.of(firmware, older.markedUnfinished())
                                .compareWith(values)
                                .restrictedTo(c -> c.pcr() == 15))
                        .pcrs()
                        .get(0)
                        .remarks());
    }

    @Test
    void aRecordThatWasNotExtendedIsNamed() throws Exception {
        Path boot = Path.of("testdata/boots/systemd-userland");
        EventLog firmware = EventLog.read(boot.resolve("eventlog.bin"));
        UserspaceLog whole = UserspaceLogJson.read(boot.resolve("tpm2-measure.log"));
        List<CelRecord> records = new ArrayList<>(whole.records());
        records.remove(2);
        Replay withoutMachineId = Replay.of(firmware, new UserspaceLog(records, false, List.of()));
        PcrValues values = new PcrValues(
                withoutMachineId.banks().stream().map(ReplayedBank::pcrs).toList());
        for (PcrExplanation pcr :
                Explanation.of(Replay.of(firmware, whole).compareWith(values)).pcrs()) {
            assertEquals(15, pcr.pcr());
            assertEquals(List.of(Hypothesis.of(Kind.EVENT_NOT_EXTENDED, new Measurement(true, 2))), pcr.hypotheses());
        }
    }

    @Test
    void sentencesNameTheEvents() throws Exception {
        Hypothesis hypothesis = explain(log(5, "a", "b", "c"), 5, extended("a", "c"))
                .pcrs()
                .get(0)
                .hypotheses()
                .get(0);
        assertEquals("event-not-extended", hypothesis.kind().id());
        assertEquals(
                "All events of this PCR were extended but event 2, which is only in the log.", hypothesis.message());
        assertEquals("userspace record 1", new Measurement(true, 0).toString());
    }

    private static void check(Explanation explanation, Hypothesis... expected) {
        assertEquals(1, explanation.pcrs().size());
        PcrExplanation pcr = explanation.pcrs().get(0);
        assertEquals(List.of(expected), pcr.hypotheses());
        for (Hypothesis hypothesis : pcr.hypotheses()) {
            assertTrue(hypothesis.kind().id().matches("[a-z-]+"));
            assertTrue(hypothesis.message().endsWith("."));
        }
        assertFalse(pcr.messages().isEmpty());
    }

    private static Explanation explain(EventLog log, int pcr, byte[] value) {
        return explain(log, SHA256, pcr, value);
    }

    private static Explanation explain(EventLog log, HashAlgorithm bank, int pcr, byte[] value) {
        return Explanation.of(Replay.of(log).compareWith(values(bank, pcr, value)));
    }

    /** With a second PCR that is neither all zeros nor all ones, so that the bank counts as active. */
    private static PcrValues values(HashAlgorithm bank, int pcr, byte[] value) {
        byte[] initial = new byte[bank.digestSize()];
        return new PcrValues(List.of(PcrBank.of(
                bank, Map.of(pcr, Bytes.wrap(value), 16, Bytes.wrap(initial), 17, Bytes.wrap(ones(initial.length))))));
    }

    private static byte[] ones(int size) {
        byte[] ones = new byte[size];
        Arrays.fill(ones, (byte) 0xff);
        return ones;
    }

    private static EventLog log(int pcr, String... texts) throws Exception {
        EventLogBuilder builder = EventLogBuilder.cryptoAgile(SHA256);
        for (String text : texts) {
            builder.measure(pcr, EventType.EV_EFI_ACTION, utf8(text));
        }
        return EventLog.wrap(builder.build());
    }

    private static EventLog many(int count) throws Exception {
        return log(5, numbers(0, count));
    }

    private static byte[] manyExtended(int from, int to) {
        return extended(numbers(from, to));
    }

    private static String[] numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toArray(String[]::new);
    }

    private static byte[] extended(String... texts) {
        return extended(new byte[32], texts);
    }

    private static byte[] extended(byte[] initial, String... texts) {
        byte[] value = initial;
        for (String text : texts) {
            value = extend(value, hash(SHA256, text));
        }
        return value;
    }

    private static byte[] extend(byte[] value, byte[] digest) {
        return extend(SHA256, value, digest);
    }

    private static byte[] extend(HashAlgorithm bank, byte[] value, byte[] digest) {
        MessageDigest hash = bank.newMessageDigest().orElseThrow();
        hash.update(value);
        return hash.digest(digest);
    }

    private static byte[] hash(HashAlgorithm bank, String text) {
        return bank.newMessageDigest().orElseThrow().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Measurement event(int index) {
        return new Measurement(false, index);
    }

    private static Bytes utf8(String text) {
        return Bytes.encode(text, StandardCharsets.UTF_8);
    }
}
