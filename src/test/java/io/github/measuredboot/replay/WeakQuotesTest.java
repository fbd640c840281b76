package io.github.measuredboot.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.testing.WeakQuote;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.Quote;
import io.github.measuredboot.tpm.QuoteFinding;
import io.github.measuredboot.tpm.QuoteRefusal;
import io.github.measuredboot.tpm.QuoteRefusedException;
import io.github.measuredboot.tpm.QuoteVerifier;
import io.github.measuredboot.tpm.QuotedPcrs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each weakness that is refused by default: no quote with it passes but by its own name. */
class WeakQuotesTest {
    private static final PcrSelection SELECTION =
            new PcrSelection(List.of(new PcrSelection.Bank(HashAlgorithm.SHA256, List.of(0, 4, 7))));
    private static final Replay REPLAY = replay();
    private static final PcrValues VALUES = REPLAY.expectedValues();

    private static Replay replay() {
        try {
            return Replay.of(EventLog.read(Path.of("testdata/boots/uki-direct/eventlog.bin")));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static List<WeakQuote> weakQuotes() {
        return WeakQuote.all();
    }

    @ParameterizedTest
    @MethodSource("weakQuotes")
    void isRefusedByDefault(WeakQuote weak) {
        Quote quote = weak.quote(SELECTION, VALUES);
        assertRefused(weak.weakness(), () -> QuoteVerifier.verify(quote, weak.key(), weak.nonce(), VALUES, SELECTION));
        assertRefused(weak.weakness(), Evidence.of(REPLAY).withQuote(quote, weak.key(), weak.nonce())::evaluate);
    }

    @ParameterizedTest
    @MethodSource("weakQuotes")
    void passesWithItsOwnToleranceAndNoOther(WeakQuote weak) throws Exception {
        Quote quote = weak.quote(SELECTION, VALUES);
        for (QuoteFinding tolerated : QuoteFinding.values()) {
            Evidence evidence =
                    Evidence.of(REPLAY).tolerating(Set.of(tolerated)).withQuote(quote, weak.key(), weak.nonce());
            if (tolerated == weak.weakness()) {
                assertEquals(List.of(tolerated), verify(weak, Set.of(tolerated)).findings());
                QuotedPcrs quoted = evidence.evaluate().quoted().orElseThrow();
                assertEquals(List.of(tolerated), quoted.findings());
                assertTrue(quoted.isFresh());
            } else {
                assertRefused(weak.weakness(), () -> verify(weak, Set.of(tolerated)));
                assertRefused(weak.weakness(), evidence::evaluate);
            }
        }
        Set<QuoteFinding> allOthers = EnumSet.complementOf(EnumSet.of(weak.weakness()));
        assertRefused(weak.weakness(), () -> verify(weak, allOthers));
        assertRefused(
                weak.weakness(),
                Evidence.of(REPLAY).withQuote(quote, weak.key(), weak.nonce()).tolerating(allOthers)::evaluate);
    }

    private static QuotedPcrs verify(WeakQuote weak, Set<QuoteFinding> tolerated) throws QuoteRefusedException {
        return QuoteVerifier.verify(
                weak.quote(SELECTION, VALUES), weak.key(), weak.nonce(), VALUES, SELECTION, tolerated);
    }

    private interface Verification {
        Object run() throws QuoteRefusedException;
    }

    private static void assertRefused(QuoteFinding weakness, Verification verification) {
        QuoteRefusedException refused = assertThrows(QuoteRefusedException.class, verification::run);
        assertEquals(QuoteRefusal.TOO_WEAK, refused.reason());
        assertEquals(List.of(weakness), refused.weaknesses());
        assertTrue(
                String.valueOf(refused.getMessage()).startsWith(weakness.id() + ": " + weakness.message()),
                refused.getMessage());
    }

    @Test
    void allWeaknessesOfAQuoteAreReportedAtOnce() throws Exception {
        WeakQuote weak = WeakQuote.of(QuoteFinding.SHORT_NONCE).withAttributes(0);
        Set<QuoteFinding> expected = EnumSet.of(
                QuoteFinding.SHORT_NONCE,
                QuoteFinding.KEY_NOT_RESTRICTED,
                QuoteFinding.KEY_NOT_FIXED_TO_TPM,
                QuoteFinding.KEY_NOT_FIXED_TO_PARENT,
                QuoteFinding.KEY_NOT_MADE_BY_TPM,
                QuoteFinding.KEY_NOT_SIGNING);
        QuoteRefusedException refused = assertThrows(QuoteRefusedException.class, () -> verify(weak, Set.of()));
        assertEquals(List.copyOf(expected), refused.weaknesses());
        assertEquals(List.copyOf(expected), verify(weak, expected).findings());
    }

    @ParameterizedTest
    @MethodSource("weakQuotes")
    void toleranceDoesNotMakeAForgedQuoteRight(WeakQuote weak) {
        Quote.Tpm20 quote = weak.quote(SELECTION, VALUES);
        Quote forged = new Quote.Tpm20(quote.attest(), weak.signatureOfAnotherKey(quote.attest()));
        QuoteRefusedException refused = assertThrows(
                QuoteRefusedException.class,
                () -> QuoteVerifier.verify(
                        forged, weak.key(), weak.nonce(), VALUES, SELECTION, EnumSet.allOf(QuoteFinding.class)));
        assertEquals(QuoteRefusal.SIGNATURE_WRONG, refused.reason());
    }

    @Test
    void nonceOfSixteenBytesIsEnough() throws Exception {
        WeakQuote weak = WeakQuote.of(QuoteFinding.SHORT_NONCE);
        assertEquals(15, weak.nonceBytes().length());
        WeakQuote enough = weak.withNonce(Bytes.parseHex("11".repeat(16)));
        assertEquals(List.of(), verify(enough, Set.of()).findings());
    }

    /** A real one: the nonce is a word, and the key is a PEM file. */
    @Test
    void quoteOfACloudIsRefusedForItsShortNonce() throws Exception {
        Path folder = TestLogs.shared("tee");
        Quote quote = Quote.decode(file(folder, "azure-vtpm-msg"), file(folder, "azure-vtpm-sig"));
        AttestationKey key = AttestationKey.decode(file(folder, "azure-vtpm-akpub.pem"));
        PcrValues values = PcrValuesJson.parse(file(folder, "azure-vtpm-pcrs.json"));
        Nonce nonce = Nonce.of(Bytes.encode("challenge", StandardCharsets.US_ASCII));
        PcrSelection all = PcrSelection.allOf(List.of(HashAlgorithm.SHA256));
        assertRefused(QuoteFinding.SHORT_NONCE, () -> QuoteVerifier.verify(quote, key, nonce, values, all));
        assertEquals(
                List.of(QuoteFinding.SHORT_NONCE, QuoteFinding.KEY_ATTRIBUTES_UNKNOWN),
                QuoteVerifier.verify(quote, key, nonce, values, all, Set.of(QuoteFinding.SHORT_NONCE))
                        .findings());
    }

    private static Bytes file(Path folder, String name) {
        return Bytes.wrap(TestLogs.read(folder.resolve(name)));
    }
}
