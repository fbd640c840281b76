package io.github.measuredboot.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.attest.IdentityLevel;
import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.QuoteVerifier;
import io.github.measuredboot.tpm.QuotedPcrs;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a comparison of a log with values says of single PCRs, of banks, and of whose values they are. */
class ReplayedLogTest {
    private static final HashAlgorithm SHA1 = HashAlgorithm.SHA1;
    private static final HashAlgorithm SHA256 = HashAlgorithm.SHA256;
    private static final HashAlgorithm SHA384 = HashAlgorithm.SHA384;
    private static final Bytes DATA = Bytes.parseHex("010203");
    private static final Bytes NONCE = Bytes.parseHex("00112233445566778899aabbccddeeff");
    private static final Bytes OTHER = filled(SHA256, 0x5a);

    @ParameterizedTest
    @CsvSource({"0", "3"})
    void anHcrtmEventIsBelievedOnlyIfTheValueOfPcr0ShowsIt(int claimed) throws Exception {
        EventLogBuilder log = log(SHA256).startupLocality(claimed).measure(0, EventType.EV_EFI_HCRTM_EVENT, DATA);
        ReplayedLog started = compare(log, SHA256, Map.of(0, extended(SHA256, locality(SHA256, 4))));
        assertEquals(PcrStatus.MATCHES, status(started, SHA256, 0));
        assertEquals(OptionalInt.of(4), started.startupLocality(SHA256));

        ReplayedLog onlyClaimed = compare(log, SHA256, Map.of(0, extended(SHA256, locality(SHA256, claimed))));
        assertEquals(PcrStatus.MATCHES, status(onlyClaimed, SHA256, 0));
        assertEquals(OptionalInt.of(claimed), onlyClaimed.startupLocality(SHA256));
        assertEquals(OptionalInt.of(claimed), onlyClaimed.verified(SHA256).startupLocality());

        ReplayedLog neither = compare(log, SHA256, Map.of(0, extended(SHA256, locality(SHA256, 1))));
        assertEquals(PcrStatus.DIFFERS, status(neither, SHA256, 0));
        assertEquals(OptionalInt.empty(), neither.startupLocality(SHA256));
        assertEquals(OptionalInt.empty(), compare(log, SHA256, Map.of()).startupLocality(SHA256), "no value");
    }

    @Test
    void theLocalityOfAPcr0ThatIsNotExtendedIsTheOneThatTheLogClaims() throws Exception {
        EventLogBuilder log = log(SHA256, SHA384)
                .event(0, EventType.EV_EFI_HCRTM_EVENT, List.of(digest(SHA384, DATA)), DATA)
                .measure(1, EventType.EV_IPL, DATA);
        ReplayedLog initial = compare(log, SHA256, Map.of(0, locality(SHA256, 4)));
        assertEquals(PcrStatus.INITIAL_VALUE, status(initial, SHA256, 0));
        assertEquals(OptionalInt.of(4), initial.startupLocality(SHA256));
    }

    @Test
    void theInitialValueOfPcr0IsTheLocalityAfterZeros() throws Exception {
        EventLogBuilder log = log(SHA256).startupLocality(3).measure(1, EventType.EV_IPL, DATA);
        byte[] beforeIt = locality(SHA256, 3).toByteArray();
        beforeIt[0] = 1;
        for (Map.Entry<Bytes, PcrStatus> expected : Map.of(
                        locality(SHA256, 3), PcrStatus.INITIAL_VALUE,
                        locality(SHA256, 0), PcrStatus.NO_EVENTS,
                        locality(SHA256, 4), PcrStatus.NO_EVENTS,
                        Bytes.wrap(beforeIt), PcrStatus.NO_EVENTS)
                .entrySet()) {
            ReplayedLog replayed = compare(log, SHA256, Map.of(0, expected.getKey(), 1, OTHER));
            assertEquals(
                    expected.getValue(),
                    status(replayed, SHA256, 0),
                    expected.getKey().toString());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 18, 19, 20, 21, 22})
    void onlyPcrs17To19ShowALaunchThatExplainsZerosInOthers(int extended) throws Exception {
        EventLogBuilder log = log(SHA256).measure(extended, EventType.EV_IPL, DATA);
        int untouched = extended == 22 ? 21 : 22;
        Bytes zeros = filled(SHA256, 0);
        ReplayedLog launched = compare(log, SHA256, Map.of(extended, extended(SHA256, zeros), untouched, zeros));
        assertEquals(PcrStatus.MATCHES, status(launched, SHA256, extended));
        assertEquals(
                extended <= 19 ? PcrStatus.INITIAL_VALUE : PcrStatus.NO_EVENTS, status(launched, SHA256, untouched));
    }

    @Test
    void zerosThatNothingContradictsDoNotMakeABankInactive() throws Exception {
        EventLogBuilder log = log(SHA256).measure(1, EventType.EV_IPL, DATA);
        Bytes zeros = filled(SHA256, 0);
        assertEquals(PcrStatus.INITIAL_VALUE, status(compare(log, SHA256, Map.of(2, zeros)), SHA256, 2));
        assertEquals(PcrStatus.BANK_NOT_ACTIVE, status(compare(log, SHA256, Map.of(1, zeros, 2, zeros)), SHA256, 2));
        assertEquals(PcrStatus.INITIAL_VALUE, status(compare(log, SHA256, Map.of(1, OTHER, 2, zeros)), SHA256, 2));
    }

    @Test
    void aLogOfMeasuredEventsAloneLacksNoDigest() throws Exception {
        EventLogBuilder log = EventLogBuilder.legacy().measure(1, EventType.EV_IPL, DATA);
        ReplayedLog replayed = compare(log, SHA1, Map.of(1, extended(SHA1, filled(SHA1, 0))));
        assertEquals(PcrStatus.MATCHES, status(replayed, SHA1, 1));
        assertEquals(List.of(), replayed.bankFindings());
    }

    @Test
    void comparisonsAreEqualIfAllThatTheySayIs() throws Exception {
        EventLogBuilder log = log(SHA256).measure(1, EventType.EV_IPL, DATA);
        PcrComparison other =
                compare(log, SHA256, Map.of(1, OTHER)).comparison(SHA256, 1).orElseThrow();
        PcrComparison same =
                compare(log, SHA256, Map.of(1, OTHER)).comparison(SHA256, 1).orElseThrow();
        PcrComparison none =
                compare(log, SHA256, Map.of()).comparison(SHA256, 1).orElseThrow();
        assertEquals(other, same);
        assertEquals(Set.of(other), Set.copyOf(List.of(other, same)));
        assertNotEquals(other, none);
        assertNotEquals(other, "other");
        assertTrue(other.toString().startsWith("PcrComparison[sha256, 1, differs, "), other.toString());
    }

    @Test
    void whatWasReplayedIsThereWithoutAValueToCompareItWith() throws Exception {
        PcrComparison comparison = compare(log(SHA256).measure(1, EventType.EV_IPL, DATA), SHA256, Map.of())
                .comparison(SHA256, 1)
                .orElseThrow();
        assertEquals(PcrStatus.NO_VALUE, comparison.status());
        assertEquals(Optional.of(extended(SHA256, filled(SHA256, 0))), comparison.replayed());
        assertEquals(Optional.empty(), comparison.given());
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, true", "1, false", "31, true", "32, false"})
    void aComparisonIsFoundByThePcrThatValuesCanName(int pcr, boolean found) throws Exception {
        ReplayedLog replayed = compare(
                log(SHA256).measure(7, EventType.EV_IPL, DATA), SHA256, Map.of(0, OTHER, 31, filled(SHA256, 0)));
        assertEquals(found, replayed.comparison(SHA256, pcr).isPresent());
        assertEquals(Optional.empty(), replayed.comparison(SHA384, pcr), "no such bank");
    }

    @Test
    void aPcrOfTheOperatingSystemThatNothingIsKnownOfIsTakenAsInitial() throws Exception {
        Replay replay = Replay.of(
                EventLog.wrap(log(SHA256).measure(9, EventType.EV_IPL, DATA).build()));
        ReplayedLog replayed = replay.compareWith(values(SHA256, Map.of(10, filled(SHA256, 0), 0, OTHER)));
        assertEquals(
                List.of(8, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23),
                IntStream.range(0, 24)
                        .filter(pcr -> replayed.isTakenAsInitial(SHA256, pcr))
                        .boxed()
                        .toList(),
                "PCR 9 has an event, PCR 10 a value, and PCR 0 to 7 are the firmware's");
        ReplayedLog quoted = replay.compareWith(quoted("sha256:0-7", replay.expectedValues()));
        assertFalse(quoted.isTakenAsInitial(SHA256, 8), "a quote should be over it");
    }

    @Test
    void aQuoteCarriesItsSignerAndMakesItsBanksGiven() throws Exception {
        Replay replay = replay();
        SoftwareTpm tpm = SoftwareTpm.p256();
        PcrSelection selection = PcrSelection.parse("sha256:0-7");
        KeyIdentity signer = KeyIdentity.unknown(tpm.key());
        ReplayedLog replayed = Evidence.of(replay)
                .withQuote(tpm.quote(selection, replay.expectedValues(), NONCE), signer, Nonce.of(NONCE))
                .evaluate();
        assertSame(signer, replayed.signer().orElseThrow());
        assertEquals(IdentityLevel.UNKNOWN, replayed.signer().orElseThrow().level());
        assertTrue(replayed.isGiven(SHA256), "by the quote alone");
        assertFalse(replayed.isGiven(SHA1));
        assertEquals(PcrProof.QUOTED, replayed.proof(SHA256, 1));
        assertEquals(PcrProof.UNPROVED, replayed.proof(SHA1, 1));

        ReplayedLog asserted = replay.compareWith(values(SHA1, Map.of(2, filled(SHA1, 0))));
        assertEquals(Optional.empty(), asserted.signer());
        assertTrue(asserted.isGiven(SHA1));
        assertFalse(asserted.isGiven(SHA256));
        assertFalse(replay.compareWith(values(SHA1, Map.of())).isGiven(SHA1), "a bank without values");
        assertEquals(PcrProof.ASSERTED, asserted.proof(SHA1, 2));
        assertEquals(
                PcrProof.QUOTED,
                replay.compareWith(quoted("sha256:0-7", replay.expectedValues()), replay.expectedValues())
                        .verified(SHA256)
                        .events(1)
                        .get(0)
                        .proof());
    }

    @Test
    void aBankThatOnlyTheQuoteHasIsComparedToo() throws Exception {
        PcrValues values = values(SHA384, Map.of(2, filled(SHA384, 0)));
        ReplayedLog replayed = replay().compareWith(quoted("sha384:2", values), values(SHA1, Map.of()));
        PcrComparison comparison = replayed.comparisons().stream()
                .filter(c -> c.algorithm().equals(SHA384))
                .findFirst()
                .orElseThrow();
        assertEquals(PcrStatus.INITIAL_VALUE, comparison.status());
        assertTrue(comparison.isProved());
        assertTrue(replayed.bankFindings().contains(new BankFinding(SHA384, BankFinding.Kind.NOT_IN_LOG, List.of())));
    }

    @Test
    void aSelectionOfNoPcrIsNotProved() throws Exception {
        ReplayedLog replayed = replay().compareWith(quoted("sha256:0-7", replay().expectedValues()));
        PcrSelection.Bank none = new PcrSelection.Bank(SHA256, List.of());
        assertFalse(replayed.provesAll(new PcrSelection(List.of(none, none))));
        assertTrue(replayed.provesAll(new PcrSelection(List.of(none, new PcrSelection.Bank(SHA256, List.of(1))))));
        assertFalse(replayed.provesAll(new PcrSelection(List.of(new PcrSelection.Bank(SHA256, List.of(1, 8))))));
    }

    @Test
    void everyBankOfTheLogHasItsFindingsInTheOrderOfTheLog() throws Exception {
        HashAlgorithm unknown = HashAlgorithm.of(0x00b2, 24);
        EventLogBuilder log = log(unknown, SHA384, SHA256)
                .event(1, EventType.EV_IPL, List.of(digest(SHA256, DATA)), DATA)
                .event(23, EventType.EV_IPL, List.of(digest(SHA256, DATA)), DATA)
                .event(24, EventType.EV_IPL, List.of(digest(SHA256, DATA)), DATA)
                .noAction(1, DATA);
        ReplayedLog replayed = compare(log, SHA256, Map.of(1, extended(SHA256, filled(SHA256, 0))));
        assertEquals(
                List.of(
                        new BankFinding(unknown, BankFinding.Kind.NOT_REPLAYABLE, List.of()),
                        new BankFinding(unknown, BankFinding.Kind.NO_VALUES, List.of()),
                        new BankFinding(unknown, BankFinding.Kind.DIGESTS_MISSING, List.of(1, 2)),
                        new BankFinding(unknown, BankFinding.Kind.FEWER_EXTENDS, List.of(1, 23)),
                        new BankFinding(SHA384, BankFinding.Kind.NO_VALUES, List.of()),
                        new BankFinding(SHA384, BankFinding.Kind.DIGESTS_MISSING, List.of(1, 2)),
                        new BankFinding(SHA384, BankFinding.Kind.FEWER_EXTENDS, List.of(1, 23))),
                replayed.bankFindings());
    }

    @Test
    void banksContradictEachOtherOnlyInAPcrThatOneReproduces() throws Exception {
        EventLogBuilder log =
                log(SHA1, SHA256).measure(0, EventType.EV_IPL, DATA).measure(4, EventType.EV_IPL, DATA);
        PcrBank sha1 = PcrBank.of(SHA1, Map.of(4, extended(SHA1, filled(SHA1, 0))));
        assertEquals(
                List.of(),
                contradictions(log, sha1, PcrBank.of(SHA256, Map.of(0, OTHER))),
                "of PCR 0 nothing is known");
        assertEquals(
                List.of(),
                contradictions(
                        log,
                        PcrBank.of(SHA1, Map.of(0, filled(SHA1, 0x5a), 4, extended(SHA1, filled(SHA1, 0)))),
                        PcrBank.of(SHA256, Map.of(0, OTHER))),
                "PCR 0 differs in both");
        assertEquals(
                List.of(new BankFinding(SHA256, BankFinding.Kind.CONTRADICTS_OTHER_BANK, List.of(4))),
                contradictions(log, sha1, PcrBank.of(SHA256, Map.of(0, OTHER, 4, OTHER))));
    }

    private static List<BankFinding> contradictions(EventLogBuilder log, PcrBank... banks) throws Exception {
        return Replay.of(EventLog.wrap(log.build())).compareWith(new PcrValues(List.of(banks))).bankFindings().stream()
                .filter(finding -> finding.kind() == BankFinding.Kind.CONTRADICTS_OTHER_BANK)
                .toList();
    }

    @Test
    void theLogThatMatchesTheMostValuesIsChosen() throws Exception {
        EventLog one = EventLog.wrap(log(SHA256)
                .measure(1, EventType.EV_IPL, DATA)
                .measure(3, EventType.EV_IPL, DATA)
                .measure(4, EventType.EV_IPL, DATA)
                .build());
        EventLog both = EventLog.wrap(log(SHA256)
                .measure(1, EventType.EV_IPL, DATA)
                .measure(2, EventType.EV_IPL, DATA)
                .build());
        EventLog bothAgain = EventLog.wrap(both.bytes().toByteArray());
        EventLog differs = EventLog.wrap(log(SHA256)
                .measure(1, EventType.EV_IPL, DATA)
                .measure(2, EventType.EV_IPL, DATA)
                .measure(2, EventType.EV_IPL, DATA)
                .build());
        EventLog unknown =
                EventLog.wrap(log(SHA256).measure(5, EventType.EV_IPL, DATA).build());
        Bytes value = extended(SHA256, filled(SHA256, 0));
        PcrValues values = values(SHA256, Map.of(1, value, 2, value));
        assertSame(both, chosen(values, one, both, bothAgain, differs).orElseThrow());
        assertSame(one, chosen(values, differs, one).orElseThrow());
        assertEquals(Optional.empty(), chosen(values, differs, unknown), "nothing matches");
        assertEquals(Optional.empty(), chosen(values));
    }

    private static Optional<EventLog> chosen(PcrValues values, EventLog... logs) {
        return Replay.choose(List.of(logs), values)
                .map(replayed -> replayed.replay().log());
    }

    @Test
    void theUserspaceLogIsReplayedAfterTheFirmwaresAndMayAddBanks() throws Exception {
        CelRecord record = new CelRecord(
                OptionalLong.empty(),
                new CelRecord.Register.Pcr(11),
                List.of(digest(SHA256, DATA), digest(SHA384, DATA)),
                List.of(),
                Optional.empty(),
                new CelRecord.Content.Other(),
                Bytes.EMPTY,
                0);
        UserspaceLog userspace = new UserspaceLog(List.of(record), false, List.of());
        EventLog firmware =
                EventLog.wrap(log(SHA256).measure(11, EventType.EV_IPL, DATA).build());
        Replay replay = Replay.of(firmware, userspace);
        assertSame(userspace, replay.userspaceLog().orElseThrow());
        assertEquals(Optional.empty(), Replay.of(firmware).userspaceLog());
        assertEquals(
                List.of(SHA256, SHA384),
                replay.banks().stream().map(ReplayedBank::algorithm).toList());
        assertEquals(
                Optional.of(extended(SHA256, extended(SHA256, filled(SHA256, 0)))),
                replay.bank(SHA256).orElseThrow().value(11));
        assertEquals(
                Optional.of(extended(SHA384, filled(SHA384, 0))),
                replay.bank(SHA384).orElseThrow().value(11));
        assertEquals(2, replay.bank(SHA256).orElseThrow().extendCount(11));
        assertEquals(1, replay.bank(SHA384).orElseThrow().extendCount(11));
    }

    @Test
    void expectedValuesAreThoseOfPcrs0To23() throws Exception {
        for (DynamicPcrStart start : DynamicPcrStart.values()) {
            assertEquals(
                    IntStream.range(0, 24).boxed().toList(),
                    List.copyOf(replay().expectedValues(start)
                            .bank(SHA256)
                            .orElseThrow()
                            .values()
                            .keySet()));
        }
    }

    @Test
    void reportsWriteTheseNames() {
        assertEquals(
                List.of("quoted", "asserted", "unproved"),
                Stream.of(PcrProof.values()).map(PcrProof::id).toList());
        assertEquals("[quoted, asserted, unproved]", Arrays.toString(PcrProof.values()));
        assertEquals(
                List.of(
                        "matches",
                        "differs",
                        "no-value",
                        "initial-value",
                        "no-events",
                        "bank-not-active",
                        "not-replayable"),
                Stream.of(PcrStatus.values()).map(PcrStatus::id).toList());
        assertEquals("[ones, zeros]", Arrays.toString(DynamicPcrStart.values()));
        assertEquals(
                List.of(
                        "not-in-log: the log has no digests of this bank",
                        "not-replayable: this library cannot compute the bank's algorithm",
                        "no-values: no value of this bank was given",
                        "not-quoted: the quote is over no PCR of this bank",
                        "not-active: the TPM does not extend this bank",
                        "digests-missing: events have no digest for this bank",
                        "fewer-extends: PCRs are extended more often in another bank"),
                Stream.of(BankFinding.Kind.values())
                        .map(kind -> kind.id() + ": " + kind.message())
                        .limit(7)
                        .toList());
        assertEquals(
                List.of("dynamic-launch", "no-dynamic-launch", "contradicts-other-bank"),
                Stream.of(BankFinding.Kind.values())
                        .skip(7)
                        .map(BankFinding.Kind::id)
                        .toList());
    }

    private static EventLogBuilder log(HashAlgorithm... banks) {
        return EventLogBuilder.cryptoAgile(banks);
    }

    private static Replay replay() throws Exception {
        return Replay.of(EventLog.wrap(
                log(SHA1, SHA256).measure(1, EventType.EV_IPL, DATA).build()));
    }

    private static ReplayedLog compare(EventLogBuilder log, HashAlgorithm bank, Map<Integer, Bytes> values)
            throws Exception {
        return Replay.of(EventLog.wrap(log.build())).compareWith(values(bank, values));
    }

    private static QuotedPcrs quoted(String selection, PcrValues values) throws Exception {
        SoftwareTpm tpm = SoftwareTpm.p256();
        PcrSelection pcrs = PcrSelection.parse(selection);
        return QuoteVerifier.verify(tpm.quote(pcrs, values, NONCE), tpm.key(), Nonce.of(NONCE), values, pcrs);
    }

    private static PcrValues values(HashAlgorithm bank, Map<Integer, Bytes> values) {
        return new PcrValues(List.of(PcrBank.of(bank, values)));
    }

    private static PcrStatus status(ReplayedLog replayed, HashAlgorithm bank, int pcr) {
        return replayed.comparison(bank, pcr).orElseThrow().status();
    }

    private static Digest digest(HashAlgorithm bank, Bytes measured) {
        return new Digest(bank, bank.hash(measured).orElseThrow());
    }

    private static Bytes extended(HashAlgorithm bank, Bytes start) {
        return bank.extend(start, bank.hash(DATA).orElseThrow()).orElseThrow();
    }

    private static Bytes locality(HashAlgorithm bank, int locality) {
        byte[] value = new byte[bank.digestSize()];
        value[value.length - 1] = (byte) locality;
        return Bytes.wrap(value);
    }

    private static Bytes filled(HashAlgorithm bank, int filler) {
        byte[] value = new byte[bank.digestSize()];
        Arrays.fill(value, (byte) filler);
        return Bytes.wrap(value);
    }
}
