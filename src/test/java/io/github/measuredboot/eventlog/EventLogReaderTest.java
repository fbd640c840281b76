package io.github.measuredboot.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogReaderTest {
    private static final Bytes SEPARATOR = Bytes.wrap(new byte[4]);
    private static final Digest SHA1_DIGEST = new Digest(HashAlgorithm.SHA1, Bytes.wrap(new byte[20]));
    private static final Digest SHA256_DIGEST = new Digest(HashAlgorithm.SHA256, Bytes.wrap(new byte[32]));

    @Test
    void aCryptoAgileLogHasItsHeadersAlgorithmsAndEvents() throws Exception {
        EventLog log = EventLog.wrap(
                twoBanks().measure(7, EventType.EV_SEPARATOR, SEPARATOR).build());
        assertEquals(EventLog.Format.CRYPTO_AGILE, log.format());
        assertEquals(List.of(HashAlgorithm.SHA1, HashAlgorithm.SHA256), log.algorithms());
        assertEquals(List.of(), log.diagnostics());
        Event event = log.events().get(1);
        assertEquals(7, event.pcrIndex());
        assertEquals(EventType.EV_SEPARATOR, event.claimedType());
        assertEquals(SEPARATOR, event.data());
        assertEquals(
                "9069ca78e7450a285173431b3e52c5c25299e473",
                event.digest(HashAlgorithm.SHA1).orElseThrow().value().toHex());
        assertEquals(event.digests().get(1), event.digest(HashAlgorithm.SHA256).orElseThrow());
        assertTrue(event.digest(HashAlgorithm.SHA384).isEmpty());
        assertEquals(event, log.events().get(1));
        assertNotEquals(event, log.events().get(0));
        assertThrows(IndexOutOfBoundsException.class, () -> log.events().get(2));
    }

    @Test
    void anAlgorithmThatOnlyTheHeaderKnowsHasItsSizeFromThere() throws Exception {
        HashAlgorithm unknown = HashAlgorithm.of(0x00b2, 24);
        EventLog log = EventLog.wrap(EventLogBuilder.cryptoAgile(unknown, HashAlgorithm.SHA256)
                .measure(1, EventType.EV_SEPARATOR, SEPARATOR)
                .build());
        assertEquals(24, log.events().get(1).digests().get(0).value().length());
        assertCodes(log, DiagnosticCode.ALGORITHM_NOT_SUPPORTED);
    }

    @Test
    void digestsInAnotherOrderAndMissingOnesAreDiagnosed() throws Exception {
        EventLog log = EventLog.wrap(twoBanks()
                .event(1, EventType.EV_IPL, List.of(SHA256_DIGEST, SHA1_DIGEST), SEPARATOR)
                .event(1, EventType.EV_IPL, List.of(SHA256_DIGEST), SEPARATOR)
                .event(1, EventType.EV_IPL, List.of(SHA256_DIGEST), SEPARATOR)
                .build());
        assertCodes(log, DiagnosticCode.DIGEST_ORDER, DiagnosticCode.DIGESTS_MISSING);
        assertEquals(2, log.diagnostics().get(1).occurrences());
        assertEquals(log.events().get(2).offset(), log.diagnostics().get(1).offset());
    }

    @Test
    void aStandardAlgorithmThatTheHeaderDoesNotListIsReadAndDiagnosed() throws Exception {
        EventLog log = EventLog.wrap(EventLogBuilder.cryptoAgile(HashAlgorithm.SHA1)
                .event(1, EventType.EV_IPL, List.of(SHA1_DIGEST, SHA256_DIGEST), SEPARATOR)
                .build());
        assertCodes(log, DiagnosticCode.DIGEST_ALGORITHM_NOT_IN_HEADER);
        assertEquals(List.of(HashAlgorithm.SHA1, HashAlgorithm.SHA256), log.algorithms());
    }

    @Test
    void paddingOfEitherKindEndsTheLog() throws Exception {
        for (int fill : new int[] {0x00, 0xff}) {
            for (int size : new int[] {1, 3, 15, 4096}) {
                byte[] padding = new byte[size];
                Arrays.fill(padding, (byte) fill);
                EventLog log = EventLog.wrap(twoBanks().raw(Bytes.wrap(padding)).build());
                assertCodes(log, DiagnosticCode.PADDING);
                assertEquals(1, log.events().size());
                assertEquals(Bytes.wrap(padding), log.trailing());
            }
        }
    }

    @Test
    void eventsOutsideOfThePcrsAreDiagnosed() throws Exception {
        EventLog log = EventLog.wrap(twoBanks()
                .noAction(Event.NO_PCR, SEPARATOR)
                .measure(24, EventType.EV_IPL, SEPARATOR)
                .build());
        assertCodes(log, DiagnosticCode.PCR_INDEX_NONE, DiagnosticCode.PCR_INDEX_OUT_OF_RANGE);
    }

    @Test
    void legacyLogsMayBeginWithoutASpecIdEvent() throws Exception {
        EventLogBuilder ordinary = EventLogBuilder.legacy().measure(0, EventType.EV_S_CRTM_VERSION, SEPARATOR);
        assertCodes(EventLog.wrap(ordinary.build()), DiagnosticCode.LEGACY_WITHOUT_SPEC_ID);
        EventLogBuilder locality = EventLogBuilder.legacy().startupLocality(3);
        assertCodes(EventLog.wrap(locality.build()), DiagnosticCode.LEGACY_STARTS_WITH_STARTUP_LOCALITY);
    }

    @Test
    void legacySpecIdEventsAreDecodedAndMayBeBroken() throws Exception {
        SpecIdEvent header = new SpecIdEvent(
                SpecIdEvent.Version.EVENT02, 1, 2, 1, 0, 2, List.of(), Bytes.parseHex("0102"), Bytes.EMPTY);
        EventLog log = EventLog.wrap(
                EventLogBuilder.legacy().noAction(0, header.encode()).build());
        assertEquals(header, log.specId().orElseThrow());
        assertCodes(log);
        Bytes cut = header.encode().slice(0, header.encode().length() - 1);
        assertCodes(EventLog.wrap(EventLogBuilder.legacy().noAction(0, cut).build()), DiagnosticCode.SPEC_ID_MALFORMED);
    }

    @Test
    void bytesAfterTheVendorInformationAndASecondHeaderAreDiagnosed() throws Exception {
        SpecIdEvent header = new SpecIdEvent(
                SpecIdEvent.Version.EVENT03, 0, 0, 2, 0, 2, List.of(HashAlgorithm.SHA256), SEPARATOR, SEPARATOR);
        EventLog log = EventLog.wrap(
                EventLogBuilder.cryptoAgile(header).noAction(0, header.encode()).build());
        assertCodes(log, DiagnosticCode.SPEC_ID_TRAILING_BYTES, DiagnosticCode.SPEC_ID_NOT_FIRST);
    }

    @Test
    void anEvNoActionDigestThatIsNotZeroIsDiagnosed() throws Exception {
        EventLog log = EventLog.wrap(
                twoBanks().measure(0, EventType.EV_NO_ACTION, SEPARATOR).build());
        assertCodes(log, DiagnosticCode.NO_ACTION_DIGEST_NOT_ZERO);
    }

    @Test
    void aSpecIdEventOfAnotherVersionIsADiagnostic() throws Exception {
        SpecIdEvent usual = SpecIdEvent.of(List.of(HashAlgorithm.SHA256));
        for (int[] version : new int[][] {{2, 1}, {3, 0}, {1, 2}, {0, 0}, {2, 0}}) {
            SpecIdEvent header = new SpecIdEvent(
                    SpecIdEvent.Version.EVENT03,
                    0,
                    version[1],
                    version[0],
                    105,
                    2,
                    usual.algorithms(),
                    Bytes.EMPTY,
                    Bytes.EMPTY);
            EventLog log = EventLog.wrap(EventLogBuilder.cryptoAgile(header).build());
            if (version[0] == 2 && version[1] == 0) {
                assertCodes(log);
            } else {
                assertCodes(log, DiagnosticCode.SPEC_ID_VERSION);
            }
            assertEquals(usual.algorithms(), log.algorithms());
        }
    }

    @Test
    void aSpecIdEventOfAnUnknownSignatureIsADiagnostic() throws Exception {
        EventLog log = EventLog.wrap(EventLogBuilder.legacy()
                .noAction(0, Bytes.encode("Spec ID Event04\0", StandardCharsets.US_ASCII))
                .build());
        assertTrue(log.diagnostics().stream().map(Diagnostic::code).toList().contains(DiagnosticCode.SPEC_ID_VERSION));
    }

    @Test
    void faultsHaveOffsetStructureFieldAndReason() {
        int header = twoBanks().build().length;
        assertFault(new byte[0], 0, "event log", "format");
        assertFault(new byte[100], 0, "event log", "format");
        assertFault(
                "not an event log at all, but a text".getBytes(StandardCharsets.US_ASCII), 0, "event log", "format");
        byte[] noLog = new byte[64];
        Arrays.fill(noLog, (byte) 0x81);
        assertFault(noLog, 28, "TCG_PCR_EVENT", "eventDataSize");
        assertFault(
                twoBanks()
                        .event(1, EventType.EV_IPL, List.of(SHA1_DIGEST, SHA1_DIGEST), SEPARATOR)
                        .build(),
                header + 34,
                "TCG_PCR_EVENT2",
                "digests[1].hashAlg");
        assertFault(
                twoBanks()
                        .event(1, EventType.EV_IPL, 2, List.of(SHA1_DIGEST, SHA256_DIGEST), 0xffff_ffffL, SEPARATOR)
                        .build(),
                header + 68,
                "TCG_PCR_EVENT2",
                "eventSize");
        assertFault(
                twoBanks()
                        .event(
                                1,
                                EventType.EV_IPL,
                                List.of(new Digest(HashAlgorithm.of(0x77, 3), Bytes.parseHex("010203"))),
                                SEPARATOR)
                        .build(),
                header + 12,
                "TCG_PCR_EVENT2",
                "digests[0].hashAlg");
        assertFault(
                EventLogBuilder.cryptoAgile(HashAlgorithm.SHA1, HashAlgorithm.SHA1)
                        .build(),
                68,
                "TCG_EfiSpecIdEvent",
                "digestSizes.algorithmId");
        assertFault(EventLogBuilder.cryptoAgile().build(), 60, "TCG_EfiSpecIdEvent", "numberOfAlgorithms");
        byte[] contradicting = twoBanks().build();
        contradicting[62] = 32;
        assertFault(contradicting, 64, "TCG_EfiSpecIdEvent", "digestSizes.digestSize");
    }

    @Test
    void limitsHold() {
        byte[] log = twoBanks().measure(1, EventType.EV_IPL, SEPARATOR).build();
        for (ParseLimits limits : List.of(
                ParseLimits.DEFAULT.withMaxLogSize(log.length - 1),
                ParseLimits.DEFAULT.withMaxEvents(1),
                ParseLimits.DEFAULT.withMaxAlgorithms(1))) {
            assertThrows(MalformedDataException.class, () -> EventLog.parse(Bytes.wrap(log), limits));
        }
    }

    @Test
    void examiningReturnsTheEventsBeforeTheFaultAndTheRest() {
        byte[] whole = twoBanks().measure(1, EventType.EV_IPL, SEPARATOR).build();
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);
        EventLog.Examination examination = EventLog.examine(Bytes.wrap(cut), ParseLimits.DEFAULT);
        assertEquals("eventSize", examination.fault().orElseThrow().field());
        assertEquals(1, examination.readable().events().size());
        assertEquals(
                cut.length,
                twoBanks().build().length + examination.readable().trailing().length());
        assertTrue(examination.readable().has(DiagnosticCode.INCOMPLETE));
    }

    @Test
    void wrapSharesTheArrayAndCopyOfDoesNot(@TempDir Path folder) throws Exception {
        byte[] bytes = twoBanks().measure(1, EventType.EV_IPL, SEPARATOR).build();
        Path file = Files.write(folder.resolve("log"), bytes);
        EventLog wrapped = EventLog.wrap(bytes);
        EventLog copied = EventLog.copyOf(bytes);
        bytes[bytes.length - 1] = 1;
        assertEquals(1, wrapped.events().get(1).data().u8(3));
        assertEquals(SEPARATOR, copied.events().get(1).data());
        assertEquals(copied, EventLog.read(file));
    }

    private static EventLogBuilder twoBanks() {
        return EventLogBuilder.cryptoAgile(HashAlgorithm.SHA1, HashAlgorithm.SHA256);
    }

    private static void assertCodes(EventLog log, DiagnosticCode... codes) {
        assertEquals(
                List.of(codes), log.diagnostics().stream().map(Diagnostic::code).toList());
    }

    private static void assertFault(byte[] log, long offset, String structure, String field) {
        Fault fault = assertThrows(MalformedDataException.class, () -> EventLog.wrap(log))
                .fault();
        assertEquals(
                offset + " " + structure + " " + field, fault.offset() + " " + fault.structure() + " " + fault.field());
    }
}
