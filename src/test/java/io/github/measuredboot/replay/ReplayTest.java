package io.github.measuredboot.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Diagnostic;
import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
    private static final HashAlgorithm SHA256 = HashAlgorithm.SHA256;
    private static final Bytes DATA = Bytes.wrap(new byte[] {1, 2, 3});

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4})
    void pcr0StartsFromTheStartupLocality(int locality) throws Exception {
        Replay replay = replay(log().startupLocality(locality).measure(0, EventType.EV_IPL, DATA));
        assertEquals(locality, replay.startupLocality());
        assertEquals(extended(locality, 0x00, DATA), value(replay, 0));
        assertEquals(List.of(), replay.diagnostics());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 254, 255})
    void otherLocalitiesAreNotObeyed(int locality) throws Exception {
        Replay replay = replay(log().startupLocality(locality).measure(0, EventType.EV_IPL, DATA));
        assertEquals(extended(0, 0x00, DATA), value(replay, 0));
        assertCodes(replay, DiagnosticCode.STARTUP_LOCALITY_INVALID);
    }

    @Test
    void aStartupLocalityIsObeyedOnceAndOnlyBeforePcr0IsExtended() throws Exception {
        Replay repeated = replay(log().startupLocality(3).startupLocality(4).measure(0, EventType.EV_IPL, DATA));
        assertEquals(3, repeated.startupLocality());
        assertCodes(repeated, DiagnosticCode.STARTUP_LOCALITY_REPEATED);
        Replay late = replay(log().measure(0, EventType.EV_IPL, DATA).startupLocality(3));
        assertEquals(0, late.startupLocality());
        assertCodes(late, DiagnosticCode.STARTUP_LOCALITY_LATE);
    }

    @Test
    void anHcrtmEventMeansLocality4() throws Exception {
        Replay replay = replay(log().measure(0, EventType.EV_EFI_HCRTM_EVENT, DATA));
        assertEquals(extended(4, 0x00, DATA), value(replay, 0));
        Replay contradicted = replay(log().startupLocality(3).measure(0, EventType.EV_EFI_HCRTM_EVENT, DATA));
        assertEquals(4, contradicted.startupLocality());
        assertCodes(contradicted, DiagnosticCode.HCRTM_CONTRADICTS_STARTUP_LOCALITY);
        Replay late = replay(log().measure(0, EventType.EV_IPL, DATA).measure(0, EventType.EV_EFI_HCRTM_EVENT, DATA));
        assertEquals(0, late.startupLocality());
        assertCodes(late, DiagnosticCode.HCRTM_LATE);
    }

    @Test
    void pcrs17To22StartFromOnesAndTheOthersFromZeros() throws Exception {
        EventLogBuilder log = log();
        for (int pcr = 0; pcr < 24; pcr++) {
            log.measure(pcr, EventType.EV_IPL, DATA);
        }
        Replay replay = replay(log);
        for (int pcr = 0; pcr < 24; pcr++) {
            assertEquals(extended(0, pcr >= 17 && pcr <= 22 ? 0xff : 0x00, DATA), value(replay, pcr), "PCR " + pcr);
        }
    }

    @Test
    void whatIsNotMeasuredIsExtendedNowhere() throws Exception {
        Replay replay = replay(log().measure(5, EventType.EV_NO_ACTION, DATA)
                .measure(Event.NO_PCR, EventType.EV_IPL, DATA)
                .measure(24, EventType.EV_IPL, DATA));
        assertEquals(Map.of(), replay.bank(SHA256).orElseThrow().pcrs().values());
    }

    @Test
    void everyBankIsReplayedOnItsOwnAndAnUnknownOneNotAtAll() throws Exception {
        HashAlgorithm unknown = HashAlgorithm.of(0x00b2, 24);
        Replay replay =
                replay(EventLogBuilder.cryptoAgile(unknown, SHA256, HashAlgorithm.SM3_256, HashAlgorithm.SHA3_384)
                        .measure(1, EventType.EV_IPL, DATA)
                        .event(1, EventType.EV_IPL, List.of(digest(DATA)), DATA));
        ReplayedBank notReplayable = replay.bank(unknown).orElseThrow();
        assertFalse(notReplayable.isReplayable());
        assertEquals(1, notReplayable.extendCount(1));
        assertTrue(notReplayable.value(1).isEmpty());
        assertEquals(2, replay.bank(SHA256).orElseThrow().extendCount(1));
        assertEquals(1, replay.bank(HashAlgorithm.SM3_256).orElseThrow().extendCount(1));
        assertEquals(
                48,
                replay.bank(HashAlgorithm.SHA3_384)
                        .orElseThrow()
                        .value(1)
                        .orElseThrow()
                        .length());
        Bytes zeros = Bytes.wrap(new byte[24]);
        ReplayedLog compared = replay.compareWith(new PcrValues(
                List.of(PcrBank.of(unknown, Map.of(1, zeros.slice(0, 24), 17, ones(24))))));
        assertEquals(PcrStatus.NOT_REPLAYABLE, status(compared, unknown, 1));
    }

    @Test
    void aComparisonSaysWhatIsKnownOfEachPcr() throws Exception {
        Replay replay = replay(log().measure(1, EventType.EV_IPL, DATA)
                .measure(2, EventType.EV_IPL, DATA)
                .measure(3, EventType.EV_IPL, DATA));
        Bytes right = extended(0, 0x00, DATA);
        Bytes wrong = digest(DATA).value();
        ReplayedLog compared = replay.compareWith(sha256(Map.of(
                1,
                right,
                2,
                wrong,
                4,
                Bytes.wrap(new byte[32]),
                5,
                wrong,
                17,
                ones(32),
                18,
                Bytes.wrap(new byte[32]))));
        assertEquals(PcrStatus.MATCHES, status(compared, SHA256, 1));
        assertEquals(PcrStatus.DIFFERS, status(compared, SHA256, 2));
        assertEquals(PcrStatus.NO_VALUE, status(compared, SHA256, 3));
        assertEquals(PcrStatus.INITIAL_VALUE, status(compared, SHA256, 4));
        assertEquals(PcrStatus.NO_EVENTS, status(compared, SHA256, 5));
        assertEquals(PcrStatus.INITIAL_VALUE, status(compared, SHA256, 17));
        assertEquals(PcrStatus.NO_EVENTS, status(compared, SHA256, 18));
        assertEquals(
                List.of(true, false, false, true, false, true, false),
                List.of(1, 2, 3, 4, 5, 17, 18).stream()
                        .map(pcr -> compared.isReproduced(SHA256, pcr))
                        .toList());
        assertFalse(compared.isReproduced(HashAlgorithm.SHA1, 1));
        assertFalse(compared.accountsForAllValues());
        assertTrue(compared.restrictedTo(c -> c.pcr() == 1 || c.pcr() == 4).accountsForAllValues());
        assertFalse(compared.restrictedTo(c -> c.pcr() == 4).accountsForAllValues(), "nothing matched");
    }

    @Test
    void aBankOfZerosOrOnesIsNotActive() throws Exception {
        Replay replay = replay(log().measure(1, EventType.EV_IPL, DATA));
        for (Bytes fill : List.of(Bytes.wrap(new byte[32]), ones(32))) {
            Map<Integer, Bytes> all = new HashMap<>();
            for (int pcr = 0; pcr < 24; pcr++) {
                all.put(pcr, fill);
            }
            ReplayedLog compared = replay.compareWith(sha256(all));
            compared.comparisons().forEach(c -> assertEquals(PcrStatus.BANK_NOT_ACTIVE, c.status()));
            assertFalse(compared.accountsForAllValues());
        }
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

    private static PcrStatus status(ReplayedLog log, HashAlgorithm bank, int pcr) {
        return log.comparisons().stream()
                .filter(c -> c.algorithm().equals(bank) && c.pcr() == pcr)
                .map(PcrComparison::status)
                .findFirst()
                .orElseThrow();
    }

    private static Digest digest(Bytes data) throws Exception {
        return new Digest(
                SHA256, Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(data.toByteArray())));
    }

    private static Bytes extended(int lastByte, int fill, Bytes data) throws Exception {
        byte[] initial = new byte[32];
        Arrays.fill(initial, (byte) fill);
        initial[31] |= (byte) lastByte;
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(initial);
        sha256.update(digest(data).value().toByteArray());
        return Bytes.wrap(sha256.digest());
    }

    private static Bytes ones(int size) {
        byte[] ones = new byte[size];
        Arrays.fill(ones, (byte) 0xff);
        return Bytes.wrap(ones);
    }

    private static void assertCodes(Replay replay, DiagnosticCode... codes) {
        assertEquals(
                List.of(codes),
                replay.diagnostics().stream().map(Diagnostic::code).toList());
    }
}
