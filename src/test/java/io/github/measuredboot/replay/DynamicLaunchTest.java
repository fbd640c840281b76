package io.github.measuredboot.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Diagnostic;
import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.QuoteRefusal;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From where PCR 17 to 22 are extended: what the log claims matters only where no value shows it. */
class DynamicLaunchTest {
    private static final HashAlgorithm SHA256 = HashAlgorithm.SHA256;
    private static final Bytes DATA = Bytes.parseHex("010203");
    private static final Bytes ZEROS = filled(0x00);
    private static final Bytes ONES = filled(0xff);
    private static final Bytes DATA32 = filled(0x5a);
    private static final EventType VENDOR = new EventType(0x6000_0001L);
    private static final Bytes NONCE = Bytes.parseHex("00112233445566778899aabbccddeeff");

    static Stream<EventLogBuilder> launches() {
        return Stream.of(
                log().measure(17, EventType.EVTYPE_HASH_START, DATA),
                log().measure(18, new EventType(0x400), DATA),
                log().measure(22, new EventType(0x5ff), DATA),
                log().measure(17, EventType.GOOGLE_DYNAMIC_LAUNCH, Bytes.encode("DRTM", StandardCharsets.US_ASCII)),
                log().measure(17, EventType.GOOGLE_DYNAMIC_LAUNCH, Bytes.encode("DRTM\0", StandardCharsets.US_ASCII)),
                log().measure(19, EventType.EV_EVENT_TAG, Bytes.parseHex("0100014000000000")));
    }

    static Stream<EventLogBuilder> others() {
        return Stream.of(
                log().measure(17, EventType.EV_IPL, DATA),
                log().measure(17, new EventType(0x3ff), DATA),
                log().measure(22, new EventType(0x600), DATA),
                log().measure(17, EventType.GOOGLE_DYNAMIC_LAUNCH, DATA),
                log().measure(17, EventType.GOOGLE_DYNAMIC_LAUNCH, Bytes.encode("DRTM2", StandardCharsets.US_ASCII)),
                log().measure(17, EventType.EV_EVENT_TAG, DATA),
                log().measure(16, EventType.EVTYPE_HASH_START, DATA).measure(20, VENDOR, DATA),
                log().measure(23, EventType.EVTYPE_HASH_START, DATA).measure(21, VENDOR, DATA));
    }

    @ParameterizedTest
    @MethodSource("launches")
    void withoutValuesTheEventsOfALaunchMeanZeros(EventLogBuilder log) throws Exception {
        Replay replay = replay(log.measure(20, VENDOR, DATA));
        assertEquals(DynamicPcrStart.ZEROS, replay.dynamicPcrStart());
        assertEquals(List.of(DiagnosticCode.DYNAMIC_LAUNCH), codes(replay));
        assertEquals(extended(ZEROS), value(replay, 20));
        PcrBank expected = replay.expectedValues().bank(SHA256).orElseThrow();
        assertEquals(extended(ZEROS), expected.value(20).orElseThrow());
        assertEquals(ZEROS, expected.value(21).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("others")
    void withoutValuesOtherEventsMeanOnes(EventLogBuilder log) throws Exception {
        Replay replay = replay(log.measure(19, VENDOR, DATA));
        assertEquals(DynamicPcrStart.ONES, replay.dynamicPcrStart());
        assertEquals(List.of(DiagnosticCode.DYNAMIC_LAUNCH_NOT_LOGGED), codes(replay));
        assertEquals(extended(ONES), value(replay, 19));
    }

    @Test
    void nothingIsReportedWhereNothingIsExtended() throws Exception {
        Replay replay = replay(log().measure(16, EventType.EVTYPE_HASH_START, DATA)
                .measure(23, VENDOR, DATA)
                .measure(17, EventType.EV_NO_ACTION, DATA));
        assertEquals(DynamicPcrStart.ONES, replay.dynamicPcrStart());
        assertEquals(List.of(), replay.diagnostics());
        assertEquals(Optional.of(ONES), replay.expectedValues().value(SHA256, 17));
    }

    @ParameterizedTest
    @ValueSource(longs = {0x402, 0x6000_0001L})
    void theValueShowsTheStartWhateverTheLogClaims(long type) throws Exception {
        for (int pcr = 17; pcr <= 22; pcr++) {
            Replay replay = replay(log().measure(pcr, new EventType(type), DATA));
            ReplayedLog launched = replay.compareWith(sha256(Map.of(pcr, extended(ZEROS))));
            assertEquals(PcrStatus.MATCHES, status(launched, pcr));
            assertEquals(Optional.of(DynamicPcrStart.ZEROS), launched.dynamicPcrStart(SHA256, pcr));
            assertEquals(
                    Optional.of(DynamicPcrStart.ZEROS),
                    launched.verified(SHA256).dynamicPcrStart(pcr));
            assertEquals(1, launched.verified(SHA256).events(pcr).size());
            assertTrue(launched.bankFindings()
                    .contains(new BankFinding(SHA256, BankFinding.Kind.DYNAMIC_LAUNCH, List.of(pcr))));

            ReplayedLog started = replay.compareWith(sha256(Map.of(pcr, extended(ONES))));
            assertEquals(PcrStatus.MATCHES, status(started, pcr));
            assertEquals(Optional.of(DynamicPcrStart.ONES), started.dynamicPcrStart(SHA256, pcr));
            assertTrue(started.bankFindings()
                    .contains(new BankFinding(SHA256, BankFinding.Kind.NO_DYNAMIC_LAUNCH, List.of(pcr))));

            ReplayedLog other = replay.compareWith(sha256(Map.of(pcr, extended(filled(0x01)))));
            assertEquals(PcrStatus.DIFFERS, status(other, pcr));
            assertEquals(Optional.empty(), other.dynamicPcrStart(SHA256, pcr));
            assertEquals(List.of(), other.verified(SHA256).events(pcr));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 16, 23})
    void otherPcrsHaveOneStart(int pcr) throws Exception {
        Replay replay = replay(log().measure(pcr, EventType.EVTYPE_HASH_START, DATA));
        ReplayedLog zeros = replay.compareWith(sha256(Map.of(pcr, extended(ZEROS))));
        assertEquals(PcrStatus.MATCHES, status(zeros, pcr));
        assertEquals(Optional.empty(), zeros.dynamicPcrStart(SHA256, pcr));
        assertEquals(PcrStatus.DIFFERS, status(replay.compareWith(sha256(Map.of(pcr, extended(ONES)))), pcr));
    }

    @Test
    void zerosAreInitialOnlyAfterALaunchThatTheLogAccountsFor() throws Exception {
        Replay replay = replay(log().measure(17, EventType.EVTYPE_HASH_START, DATA));
        assertEquals(
                PcrStatus.INITIAL_VALUE,
                status(replay.compareWith(sha256(Map.of(17, extended(ZEROS), 18, ZEROS))), 18));
        assertEquals(
                PcrStatus.NO_EVENTS, status(replay.compareWith(sha256(Map.of(17, extended(ONES), 18, ZEROS))), 18));
        assertEquals(PcrStatus.NO_EVENTS, status(replay.compareWith(sha256(Map.of(17, DATA32, 18, ZEROS))), 18));
        assertEquals(
                PcrStatus.NO_EVENTS,
                status(replay.compareWith(sha256(Map.of(18, ZEROS, 0, ZEROS, 1, DATA32))), 18),
                "the launch is only claimed");
        assertEquals(
                PcrStatus.INITIAL_VALUE, status(replay.compareWith(sha256(Map.of(17, extended(ZEROS), 18, ONES))), 18));

        Replay locality2 = replay(log().measure(21, EventType.EVTYPE_HASH_START, DATA));
        assertEquals(
                PcrStatus.NO_EVENTS,
                status(locality2.compareWith(sha256(Map.of(21, extended(ZEROS), 18, ZEROS))), 18),
                "locality 2 resets PCR 21 too");
    }

    @Test
    void restrictedLogsKeepTheStartOfWhatTheyKeep() throws Exception {
        ReplayedLog all = replay(log().measure(17, VENDOR, DATA).measure(18, VENDOR, DATA))
                .compareWith(sha256(Map.of(17, extended(ZEROS), 18, extended(ZEROS), 19, ZEROS)));
        ReplayedLog one = all.restrictedTo(comparison -> comparison.pcr() != 17);
        assertEquals(Optional.empty(), one.dynamicPcrStart(SHA256, 17));
        assertEquals(Optional.of(DynamicPcrStart.ZEROS), one.dynamicPcrStart(SHA256, 18));
        assertEquals(PcrStatus.INITIAL_VALUE, status(one, 19));
    }

    @ParameterizedTest
    @EnumSource(DynamicPcrStart.class)
    void aQuoteWithoutValuesShowsTheStartToo(DynamicPcrStart start) throws Exception {
        SoftwareTpm tpm = SoftwareTpm.p256();
        Replay replay = replay(log().measure(17, VENDOR, DATA).measure(18, VENDOR, DATA));
        PcrSelection selection = PcrSelection.parse("sha256:17,18");
        PcrValues actual = replay.expectedValues(start);
        ReplayedLog proved = Evidence.of(replay)
                .withQuote(tpm.quote(selection, actual, NONCE), tpm.key(), Nonce.of(NONCE))
                .evaluate();
        assertTrue(proved.provesAll(selection));
        assertEquals(Optional.of(start), proved.dynamicPcrStart(SHA256, 17));

        PcrValues wrong = sha256(Map.of(17, extended(ZEROS), 18, extended(ONES)));
        QuoteRefusedException refused = assertThrows(
                QuoteRefusedException.class,
                () -> Evidence.of(replay)
                        .withQuote(tpm.quote(selection, wrong, NONCE), tpm.key(), Nonce.of(NONCE))
                        .evaluate());
        assertEquals(QuoteRefusal.PCR_DIGEST_DIFFERS, refused.reason());
        assertEquals(1, refused.getSuppressed().length, "the other start was tried too");
    }

    @Test
    void theLaunchOfTheCasesIsReproducedFromZeros() throws Exception {
        Path cases = TestLogs.shared("cases");
        EventLog log = EventLog.wrap(TestLogs.read(cases.resolve("drtm-txt.bin")));
        PcrValues values = PcrValuesJson.parse(Bytes.wrap(TestLogs.read(cases.resolve("drtm-txt.pcrs.json"))));
        ReplayedLog replayed = Replay.of(log).compareWith(values);
        assertTrue(replayed.accountsForAllValues());
        assertEquals(Optional.of(DynamicPcrStart.ZEROS), replayed.dynamicPcrStart(SHA256, 17));
        assertEquals(Optional.of(DynamicPcrStart.ZEROS), replayed.dynamicPcrStart(SHA256, 18));
        assertFalse(Replay.of(log).diagnostics().isEmpty(), "without values ones would be taken");
    }

    private static EventLogBuilder log() {
        return EventLogBuilder.cryptoAgile(SHA256);
    }

    private static Replay replay(EventLogBuilder log) throws Exception {
        return Replay.of(EventLog.wrap(log.build()));
    }

    private static Bytes value(Replay replay, int pcr) {
        return replay.bank(SHA256).orElseThrow().value(pcr).orElseThrow();
    }

    private static PcrValues sha256(Map<Integer, Bytes> values) {
        return new PcrValues(List.of(PcrBank.of(SHA256, values)));
    }

    private static PcrStatus status(ReplayedLog log, int pcr) {
        return log.comparison(SHA256, pcr).orElseThrow().status();
    }

    private static List<DiagnosticCode> codes(Replay replay) {
        return replay.diagnostics().stream().map(Diagnostic::code).toList();
    }

    private static Bytes filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return Bytes.wrap(bytes);
    }

    private static Bytes extended(Bytes start) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        byte[] digest = sha256.digest(DATA.toByteArray());
        sha256.update(start.toByteArray());
        return Bytes.wrap(sha256.digest(digest));
    }
}
