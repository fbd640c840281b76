package io.github.measuredboot.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.testing.CapturedQuote;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The quotes of the captured boots, as tpm2-tools made them. */
class CapturedQuotesTest {
    static List<CapturedQuote> quotes() {
        return CapturedQuote.all();
    }

    @ParameterizedTest
    @MethodSource("quotes")
    void provesJustTheSelectedValues(CapturedQuote captured) throws Exception {
        QuotedPcrs quoted = QuoteVerifier.verify(
                captured.quote(), captured.key(), captured.nonce(), captured.values(), captured.selection());
        assertEquals(PcrValues.parsePcrreadBinary(captured.file("pcrs.bin"), captured.selection()), quoted.values());
        boolean quotesSha1 = captured.scheme().equals("ecc-multibank");
        assertEquals(quotesSha1 ? List.of(QuoteFinding.SHA1_BANK) : List.of(), quoted.findings());
    }

    @ParameterizedTest
    @MethodSource("quotes")
    void takesTheKeyInPemAsWellButDoesNotKnowItsAttributesThen(CapturedQuote captured) throws Exception {
        AttestationKey key = AttestationKey.decode(captured.file("ak.pem"));
        assertEquals(Optional.empty(), key.name());
        QuotedPcrs quoted =
                QuoteVerifier.verify(captured.quote(), key, captured.nonce(), captured.values(), captured.selection());
        assertTrue(quoted.findings().contains(QuoteFinding.KEY_ATTRIBUTES_UNKNOWN));
        QuoteRefusedException refused = assertThrows(
                QuoteRefusedException.class, () -> quoted.requireNone(Set.of(QuoteFinding.KEY_ATTRIBUTES_UNKNOWN)));
        assertEquals(QuoteRefusal.TOO_WEAK, refused.reason());
    }

    @ParameterizedTest
    @MethodSource("quotes")
    void computesTheNameOfTheKey(CapturedQuote captured) throws Exception {
        AttestationKey key = captured.key().requireName(captured.file("ak.name"));
        Bytes other = captured.file("ak.name").slice(0, 33);
        assertEquals(
                QuoteRefusal.SIGNER_DIFFERS,
                assertThrows(QuoteRefusedException.class, () -> key.requireName(other))
                        .reason());
        PublicArea area = PublicArea.decode(captured.file("ak-public.bin"));
        assertEquals(area, PublicArea.decode(area.encode()), "without the size of the TPM2B");
        assertEquals(captured.file("ak-public.bin").from(2), area.encode());
    }

    @ParameterizedTest
    @MethodSource("quotes")
    void encodesWhatItDecoded(CapturedQuote captured) throws Exception {
        assertEquals(
                captured.file("attest.bin"),
                Attest.decode(captured.file("attest.bin")).encode());
        assertEquals(
                captured.file("signature.bin"),
                TpmSignature.decode(captured.file("signature.bin")).encode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "rsapss", "ecc", "ecc-multibank"})
    void noChangedBitPasses(String scheme) throws Exception {
        CapturedQuote captured = CapturedQuote.of("uki-direct", scheme);
        Set<QuoteRefusal> reasons = EnumSet.noneOf(QuoteRefusal.class);
        Bytes attest = captured.file("attest.bin");
        Bytes signature = captured.file("signature.bin");
        for (int i = 0; i < attest.length(); i++) {
            refuse(flip(attest, i), signature, captured, reasons);
        }
        for (int i = 0; i < signature.length(); i += signature.length() > 100 ? 8 : 1) {
            refuse(attest, flip(signature, i), captured, reasons);
        }
        assertTrue(reasons.contains(QuoteRefusal.SIGNATURE_WRONG), reasons.toString());
    }

    private static Bytes flip(Bytes bytes, int index) {
        byte[] flipped = bytes.toByteArray();
        flipped[index] ^= (byte) (1 << (index % 8));
        return Bytes.wrap(flipped);
    }

    private static void refuse(Bytes attest, Bytes signature, CapturedQuote captured, Set<QuoteRefusal> reasons)
            throws MalformedDataException {
        Quote quote;
        try {
            quote = Quote.decode(attest, signature);
        } catch (MalformedDataException e) {
            return;
        }
        try {
            QuoteVerifier.verify(quote, captured.key(), captured.nonce(), captured.values(), captured.selection());
            fail("passes: " + quote);
        } catch (QuoteRefusedException e) {
            reasons.add(e.reason());
        }
    }
}
