package io.github.measuredboot.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.testing.CapturedQuote;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.QuoteRefusal;
import io.github.measuredboot.tpm.QuoteRefusedException;
import io.github.measuredboot.tpm.QuoteVerifier;
import io.github.measuredboot.tpm.QuotedPcrs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceTest {
    private static final int IMA_PCR = 10;
    private static final Set<Integer> USERSPACE_PCRS = Set.of(9, 11, 12, 15);
    private static final Bytes NONCE = Bytes.parseHex("00112233445566778899aabbccddeeff");

    static List<CapturedQuote> quotes() {
        return CapturedQuote.all();
    }

    private static Replay replay(CapturedQuote captured) throws Exception {
        return Replay.of(EventLog.read(captured.boot().resolve("eventlog.bin")));
    }

    @ParameterizedTest
    @MethodSource("quotes")
    void capturedBootsAreProvedWhereTheyAreQuoted(CapturedQuote captured) throws Exception {
        ReplayedLog replayed = Evidence.of(replay(captured))
                .withValues(captured.values())
                .withQuote(captured.quote(), captured.key(), captured.nonce())
                .evaluate();
        boolean userspace = captured.boot().endsWith("systemd-userland");
        int proved = 0;
        for (PcrComparison comparison : replayed.comparisons()) {
            boolean selected = captured.selection().banks().stream()
                    .anyMatch(bank -> bank.algorithm().equals(comparison.algorithm())
                            && bank.pcrs().contains(comparison.pcr()));
            boolean ofFirmware = comparison.pcr() != IMA_PCR;
            assertEquals(selected, comparison.quoted(), comparison.toString());
            if (userspace && USERSPACE_PCRS.contains(comparison.pcr())) {
                continue;
            }
            assertEquals(selected && ofFirmware, comparison.isProved(), comparison.toString());
            assertEquals(ofFirmware, comparison.isReproduced(), comparison.toString());
            proved += comparison.isProved() ? 1 : 0;
        }
        assertTrue(proved >= 8, "proved " + proved);
        assertTrue(replayed.provesAll(PcrSelection.parse("sha256:0-7")));
        assertFalse(replayed.provesAll(PcrSelection.parse("sha256:0-7,16")), "PCR 16 is not quoted");
        assertTrue(replayed.isReproduced(HashAlgorithm.SHA256, 16), "and yet it is what it should be");
    }

    @Test
    void onlyWantedPcrsAreAnsweredAndEachOfThem() throws Exception {
        CapturedQuote captured = CapturedQuote.of("uki-direct", "rsapss");
        PcrSelection wanted = PcrSelection.parse("sha256:0,7,10,16+sha1:0+sm3_256:0");
        ReplayedLog replayed = Evidence.of(replay(captured))
                .withValues(captured.values())
                .withQuote(captured.quote(), captured.key(), captured.nonce())
                .forPcrs(wanted)
                .evaluate();
        assertEquals(
                List.of(
                        "sha1:0 matches asserted",
                        "sha256:0 matches proved",
                        "sha256:7 matches proved",
                        "sha256:10 no-events asserted",
                        "sha256:16 initial-value asserted",
                        "sm3_256:0 no-value asserted"),
                lines(replayed));
        assertFalse(replayed.provesAll(wanted));
        assertFalse(replayed.provesAll(new PcrSelection(List.of())), "nothing is not proved");
        assertTrue(replayed.bankFindings()
                .contains(new BankFinding(HashAlgorithm.SM3_256, BankFinding.Kind.NOT_IN_LOG, List.of())));
        assertTrue(replayed.bankFindings()
                .contains(new BankFinding(HashAlgorithm.SHA1, BankFinding.Kind.NOT_QUOTED, List.of())));
    }

    private static List<String> lines(ReplayedLog replayed) {
        return replayed.comparisons().stream()
                .map(c -> c.algorithm() + ":" + c.pcr() + " " + c.status() + (c.isProved() ? " proved" : " asserted"))
                .toList();
    }

    @Test
    void withoutQuoteNothingIsProved() throws Exception {
        CapturedQuote captured = CapturedQuote.of("uki-direct", "ecc");
        ReplayedLog replayed =
                Evidence.of(replay(captured)).withValues(captured.values()).evaluate();
        assertTrue(replayed.isReproduced(HashAlgorithm.SHA256, 7));
        assertFalse(replayed.isProved(HashAlgorithm.SHA256, 7));
        assertEquals(Optional.empty(), replayed.quoted());
        assertEquals(
                Set.of(PcrStatus.NO_VALUE),
                Evidence.of(replay(captured)).evaluate().comparisons().stream()
                        .map(PcrComparison::status)
                        .collect(Collectors.toSet()),
                "without values, nothing is known");
    }

    @Test
    void quoteWithoutValuesIsCheckedWithThoseOfTheLog() throws Exception {
        CapturedQuote rsapss = CapturedQuote.of("uki-direct", "rsapss");
        ReplayedLog replayed = Evidence.of(replay(rsapss))
                .withQuote(rsapss.quote(), rsapss.key(), rsapss.nonce())
                .evaluate();
        assertTrue(replayed.provesAll(rsapss.selection()));
        assertTrue(replayed.accountsForAllValues());
        assertFalse(replayed.isReproduced(HashAlgorithm.SHA1, 0), "no value is known of it");

        CapturedQuote overIma = CapturedQuote.of("uki-direct", "ecc");
        QuoteRefusedException refused = assertThrows(
                QuoteRefusedException.class,
                () -> Evidence.of(replay(overIma))
                        .withQuote(overIma.quote(), overIma.key(), overIma.nonce())
                        .evaluate());
        assertEquals(QuoteRefusal.PCR_DIGEST_DIFFERS, refused.reason(), "the log does not account for PCR 10");
    }

    @Test
    void logOfAnotherBootDiffersWhereTheQuoteProvesIt() throws Exception {
        CapturedQuote quoted = CapturedQuote.of("boot-order-after", "ecc");
        CapturedQuote other = CapturedQuote.of("boot-order-before", "ecc");
        ReplayedLog replayed = Evidence.of(replay(other))
                .withValues(quoted.values())
                .withQuote(quoted.quote(), quoted.key(), quoted.nonce())
                .evaluate()
                .restrictedTo(c -> c.pcr() != IMA_PCR && c.algorithm().equals(HashAlgorithm.SHA256));
        assertEquals(
                Set.of(1),
                replayed.comparisons().stream()
                        .filter(c -> c.status() == PcrStatus.DIFFERS)
                        .map(PcrComparison::pcr)
                        .collect(Collectors.toSet()));
        assertTrue(replayed.comparisons().stream().allMatch(c -> c.pcr() > 15 || c.quoted()));
        assertFalse(replayed.isProved(HashAlgorithm.SHA256, 1));
    }

    @Test
    void assertedValuesDoNotReplaceQuotedOnes() throws Exception {
        CapturedQuote captured = CapturedQuote.of("uki-direct", "ecc");
        QuotedPcrs quoted = QuoteVerifier.verify(
                captured.quote(), captured.key(), captured.nonce(), captured.values(), captured.selection());
        PcrValues invented = new PcrValues(List.of(
                PcrBank.of(HashAlgorithm.SHA256, Map.of(0, Bytes.wrap(new byte[32]), 16, Bytes.wrap(new byte[32])))));
        ReplayedLog replayed = replay(captured).compareWith(quoted, invented);
        assertTrue(replayed.isProved(HashAlgorithm.SHA256, 0));
        assertTrue(replayed.isReproduced(HashAlgorithm.SHA256, 16));
        assertFalse(replayed.isProved(HashAlgorithm.SHA256, 16));
    }

    @Test
    void banksAreComparedWithEachOther() throws Exception {
        Bytes data = Bytes.parseHex("01020304");
        EventLogBuilder builder = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA1, HashAlgorithm.SHA256)
                .measure(0, EventType.EV_IPL, data)
                .event(
                        0,
                        EventType.EV_IPL,
                        List.of(
                                new Digest(HashAlgorithm.SHA1, sha1(data)),
                                new Digest(HashAlgorithm.SHA256, Bytes.wrap(new byte[32]))),
                        data)
                .event(4, EventType.EV_IPL, List.of(new Digest(HashAlgorithm.SHA1, sha1(data))), data);
        EventLogBuilder truth = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA1, HashAlgorithm.SHA256)
                .measure(0, EventType.EV_IPL, data)
                .measure(0, EventType.EV_IPL, data)
                .measure(4, EventType.EV_IPL, data);
        PcrValues values = Replay.of(EventLog.wrap(truth.build())).expectedValues();
        ReplayedLog replayed = Replay.of(EventLog.wrap(builder.build())).compareWith(values);
        assertTrue(replayed.isReproduced(HashAlgorithm.SHA1, 0));
        assertFalse(replayed.isReproduced(HashAlgorithm.SHA256, 0), "SHA-1 does not vouch for SHA-256");
        assertEquals(
                List.of(
                        new BankFinding(HashAlgorithm.SHA256, BankFinding.Kind.DIGESTS_MISSING, List.of(3)),
                        new BankFinding(HashAlgorithm.SHA256, BankFinding.Kind.FEWER_EXTENDS, List.of(4)),
                        new BankFinding(HashAlgorithm.SHA256, BankFinding.Kind.CONTRADICTS_OTHER_BANK, List.of(0))),
                replayed.bankFindings());
    }

    private static Bytes sha1(Bytes data) {
        var digest = HashAlgorithm.SHA1.newMessageDigest().orElseThrow();
        data.update(digest);
        return Bytes.wrap(digest.digest());
    }

    @Test
    void banksThatAreAbsentEmptyOrNotActiveAreSaid() throws Exception {
        EventLog log = EventLog.wrap(
                EventLogBuilder.cryptoAgile(HashAlgorithm.SHA1, HashAlgorithm.SHA256, HashAlgorithm.SHA384)
                        .measure(0, EventType.EV_IPL, NONCE)
                        .build());
        Replay replay = Replay.of(log);
        Map<Integer, Bytes> zeros = new TreeMap<>();
        for (int pcr = 0; pcr < 8; pcr++) {
            zeros.put(pcr, Bytes.wrap(new byte[20]));
        }
        PcrValues values = new PcrValues(List.of(
                PcrBank.of(HashAlgorithm.SHA1, zeros),
                replay.expectedValues().bank(HashAlgorithm.SHA256).orElseThrow(),
                PcrBank.of(HashAlgorithm.SHA384, Map.of()),
                PcrBank.of(HashAlgorithm.SHA512, Map.of())));
        SoftwareTpm tpm = SoftwareTpm.p256();
        PcrSelection selection = PcrSelection.parse("sha256:0-7");
        QuotedPcrs quoted = QuoteVerifier.verify(
                tpm.quote(selection, values, NONCE), tpm.key(), Nonce.of(NONCE), values, selection);
        ReplayedLog replayed = replay.compareWith(quoted, values);
        assertEquals(
                List.of(
                        new BankFinding(HashAlgorithm.SHA1, BankFinding.Kind.NOT_QUOTED, List.of()),
                        new BankFinding(HashAlgorithm.SHA1, BankFinding.Kind.NOT_ACTIVE, List.of()),
                        new BankFinding(HashAlgorithm.SHA384, BankFinding.Kind.NO_VALUES, List.of()),
                        new BankFinding(HashAlgorithm.SHA384, BankFinding.Kind.NOT_QUOTED, List.of()),
                        new BankFinding(HashAlgorithm.SHA512, BankFinding.Kind.NOT_IN_LOG, List.of()),
                        new BankFinding(HashAlgorithm.SHA512, BankFinding.Kind.NOT_QUOTED, List.of())),
                replayed.bankFindings());
        assertTrue(replayed.provesAll(selection));
    }
}
