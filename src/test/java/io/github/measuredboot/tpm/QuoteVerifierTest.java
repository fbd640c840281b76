package io.github.measuredboot.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.tpm.TpmSignature.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each known attack on a verifier of quotes, and each scheme. */
class QuoteVerifierTest {
    private static final Bytes NONCE = Bytes.parseHex("000102030405060708090a0b0c0d0e0f");
    private static final SoftwareTpm TPM = SoftwareTpm.p256();
    private static final PcrValues VALUES = new PcrValues(
            List.of(bank(HashAlgorithm.SHA1, 1), bank(HashAlgorithm.SHA256, 2), bank(HashAlgorithm.SHA384, 3)));
    private static final PcrSelection SELECTION = selection("sha256:0,1,2,3,4,7");

    private static PcrBank bank(HashAlgorithm algorithm, int seed) {
        return PcrBank.of(
                algorithm,
                IntStream.range(0, 24)
                        .boxed()
                        .collect(Collectors.toMap(pcr -> pcr, pcr -> value(algorithm, seed + pcr))));
    }

    private static Bytes value(HashAlgorithm algorithm, int seed) {
        byte[] value = new byte[algorithm.digestSize()];
        value[0] = (byte) seed;
        return Bytes.wrap(value);
    }

    private static PcrSelection selection(String text) {
        try {
            return PcrSelection.parse(text);
        } catch (MalformedDataException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static QuotedPcrs verify(Quote quote) throws QuoteRefusedException {
        return QuoteVerifier.verify(quote, TPM.key(), Nonce.of(NONCE), VALUES, SELECTION);
    }

    private static QuoteRefusal refusal(Quote quote) {
        return assertThrows(QuoteRefusedException.class, () -> verify(quote)).reason();
    }

    private static Attest attest() {
        return TPM.attest(SELECTION, VALUES, NONCE);
    }

    private static Attest with(List<Attest.BankSelection> pcrSelect, Bytes pcrDigest) {
        Attest attest = attest();
        return new Attest(
                attest.qualifiedSigner(),
                attest.extraData(),
                attest.clockInfo(),
                attest.firmwareVersion(),
                new Attested.Quote(pcrSelect, pcrDigest));
    }

    static Stream<Arguments> keys() {
        Stream<Arguments> rsa = SoftwareTpm.hashes().stream()
                .flatMap(hash -> Stream.of(Scheme.RSASSA, Scheme.RSAPSS)
                        .map(scheme -> Arguments.of(scheme + " " + hash, SoftwareTpm.rsa(2048, scheme, hash))));
        Stream<Arguments> ecdsa = SoftwareTpm.hashes().stream()
                .flatMap(hash -> Stream.of(
                        Arguments.of("P-256 " + hash, SoftwareTpm.ecdsa(3, "secp256r1", hash)),
                        Arguments.of("P-384 " + hash, SoftwareTpm.ecdsa(4, "secp384r1", hash)),
                        Arguments.of("P-521 " + hash, SoftwareTpm.ecdsa(5, "secp521r1", hash))));
        return Stream.concat(rsa, ecdsa);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void verifiesEachSchemeAndRefusesTheKeyOfAnother(String name, SoftwareTpm tpm) throws Exception {
        Quote quote = tpm.quote(SELECTION, VALUES, NONCE);
        List<QuoteFinding> weaknesses = name.endsWith(" sha1") ? List.of(QuoteFinding.SHA1_SIGNATURE) : List.of();
        QuotedPcrs quoted =
                QuoteVerifier.verify(quote, tpm.key(), Nonce.of(NONCE), VALUES, SELECTION, Set.copyOf(weaknesses));
        assertEquals(weaknesses, quoted.findings());
        AttestationKey fromDer =
                AttestationKey.decode(Bytes.wrap(tpm.keyPair().getPublic().getEncoded()));
        assertEquals(
                quoted.values(),
                QuoteVerifier.verify(quote, fromDer, Nonce.of(NONCE), VALUES, SELECTION, Set.copyOf(weaknesses))
                        .values());
        QuoteRefusal refusal = assertThrows(
                        QuoteRefusedException.class,
                        () -> QuoteVerifier.verify(quote, TPM.key(), Nonce.of(NONCE), VALUES, SELECTION))
                .reason();
        assertEquals(name.matches("P-.* sha256") ? QuoteRefusal.SIGNATURE_WRONG : QuoteRefusal.SCHEME_DIFFERS, refusal);
    }

    @Test
    void takesTheSaltLengthsThatTpmsUseAndNoOther() throws Exception {
        SoftwareTpm tpm = SoftwareTpm.rsa(2048, Scheme.RSAPSS, HashAlgorithm.SHA256);
        Attest attest = tpm.attest(SELECTION, VALUES, NONCE);
        for (int saltLength : new int[] {32, 256 - 32 - 2}) {
            Quote quote = new Quote.Tpm20(attest, tpm.signPss(attest.encode(), saltLength));
            QuoteVerifier.verify(quote, tpm.key(), Nonce.of(NONCE), VALUES, SELECTION);
        }
        Quote unsalted = new Quote.Tpm20(attest, tpm.signPss(attest.encode(), 0));
        assertThrows(
                QuoteRefusedException.class,
                () -> QuoteVerifier.verify(unsalted, tpm.key(), Nonce.of(NONCE), VALUES, SELECTION));
    }

    @Test
    void provesWhatIsQuotedAndNothingElse() throws Exception {
        QuotedPcrs quoted = verify(TPM.quote(selection("sha256:0,1,2,3,4,7,9+sha384:5"), VALUES, NONCE));
        assertEquals(
                Map.of(5, value(HashAlgorithm.SHA384, 8)),
                quoted.values().bank(HashAlgorithm.SHA384).orElseThrow().values());
        assertTrue(quoted.isQuoted(HashAlgorithm.SHA256, 9), "more than what was required");
        assertFalse(quoted.isQuoted(HashAlgorithm.SHA256, 5));
        assertFalse(quoted.isQuoted(HashAlgorithm.SHA1, 0));
        assertEquals(Optional.empty(), quoted.values().bank(HashAlgorithm.SHA1));
    }

    @Test
    void quoteOverNoPcrIsRefused() {
        Bytes digestOfNothing =
                Bytes.wrap(HashAlgorithm.SHA256.newMessageDigest().orElseThrow().digest());
        Attest.BankSelection none = new Attest.BankSelection(HashAlgorithm.SHA256.id(), Bytes.parseHex("000000"));
        for (List<Attest.BankSelection> nothing : List.of(List.<Attest.BankSelection>of(), List.of(none))) {
            Quote quote = TPM.quote(with(nothing, digestOfNothing));
            assertEquals(QuoteRefusal.NO_PCRS, refusal(quote));
            QuoteRefusedException refused = assertThrows(
                    QuoteRefusedException.class,
                    () -> QuoteVerifier.verify(quote, TPM.key(), Nonce.of(NONCE), VALUES, new PcrSelection(List.of())));
            assertEquals(QuoteRefusal.NO_PCRS, refused.reason(), "also where the caller requires none");
        }
    }

    @Test
    void quoteOverFewerPcrsThanAskedIsRefused() {
        assertEquals(
                QuoteRefusal.REQUIRED_PCR_NOT_QUOTED, refusal(TPM.quote(selection("sha256:0,1,2,3,4"), VALUES, NONCE)));
    }

    @Test
    void quoteOverAnotherBankIsRefused() {
        assertEquals(
                QuoteRefusal.REQUIRED_PCR_NOT_QUOTED, refusal(TPM.quote(selection("sha1:0,1,2,3,4,7"), VALUES, NONCE)));
    }

    @Test
    void digestOverAnotherBankIsRefused() {
        Attest overSha384 = TPM.attest(selection("sha384:0,1,2,3,4,7"), VALUES, NONCE);
        assertEquals(
                QuoteRefusal.PCR_DIGEST_DIFFERS,
                refusal(TPM.quote(with(
                        SoftwareTpm.quoted(attest()).pcrSelect(),
                        SoftwareTpm.quoted(overSha384).pcrDigest()))));
    }

    @Test
    void reorderedSelectionIsRefused() throws Exception {
        Attest attest = TPM.attest(selection("sha256:0,1,2,3,4,7+sha384:0"), VALUES, NONCE);
        verify(TPM.quote(attest));
        List<Attest.BankSelection> reordered =
                new ArrayList<>(SoftwareTpm.quoted(attest).pcrSelect());
        reordered.add(reordered.remove(0));
        assertEquals(
                QuoteRefusal.PCR_DIGEST_DIFFERS,
                refusal(TPM.quote(with(reordered, SoftwareTpm.quoted(attest).pcrDigest()))));
        Quote unsigned =
                new Quote.Tpm20(with(reordered, SoftwareTpm.quoted(attest).pcrDigest()), TPM.sign(attest.encode()));
        assertEquals(QuoteRefusal.SIGNATURE_WRONG, refusal(unsigned));
    }

    @Test
    void otherValuesAreRefused() {
        assertEquals(
                QuoteRefusal.PCR_DIGEST_DIFFERS,
                refusal(TPM.quote(with(SoftwareTpm.quoted(attest()).pcrSelect(), NONCE))));
        QuoteRefusedException differs = assertThrows(
                QuoteRefusedException.class,
                () -> verify(TPM.quote(with(SoftwareTpm.quoted(attest()).pcrSelect(), NONCE))));
        assertTrue(String.valueOf(differs.getMessage())
                .startsWith("the quote's digest over sha256:0,1,2,3,4,7 is " + NONCE.toHex()));
        PcrValues withoutPcr7 =
                new PcrValues(List.of(PcrBank.of(HashAlgorithm.SHA256, Map.of(0, value(HashAlgorithm.SHA256, 2)))));
        QuoteRefusedException refused = assertThrows(
                QuoteRefusedException.class,
                () -> QuoteVerifier.verify(TPM.quote(attest()), TPM.key(), Nonce.of(NONCE), withoutPcr7, SELECTION));
        assertEquals(QuoteRefusal.PCR_VALUE_MISSING, refused.reason());
        assertEquals("the quote is over PCR 1 of the bank sha256, whose value was not given", refused.getMessage());
    }

    @Test
    void otherMagicTypeAndTrailingBytesAreMalformed() throws Exception {
        Bytes attest = attest().encode();
        Bytes signature = TPM.sign(attest).encode();
        Quote.decode(attest, signature);
        assertEquals("magic", fault(replace(attest, 0, "ff544348"), signature));
        assertEquals("type", fault(replace(attest, 4, "8017"), signature));
        assertEquals("end", fault(Bytes.parseHex(attest.toHex() + "00"), signature));
        assertEquals("end", fault(attest, Bytes.parseHex(signature.toHex() + "00")));
        assertEquals("qualifiedSigner.size", fault(replace(attest, 6, "ffff"), signature));
        assertEquals("sigAlg", fault(attest, replace(signature, 0, "0005")));
        assertEquals("hash", fault(attest, replace(signature, 2, "0010")));
    }

    private static String fault(Bytes attest, Bytes signature) {
        return assertThrows(MalformedDataException.class, () -> Quote.decode(attest, signature))
                .fault()
                .field();
    }

    private static Bytes replace(Bytes bytes, int offset, String hex) {
        return Bytes.parseHex(
                bytes.toHex().substring(0, 2 * offset) + hex + bytes.toHex().substring(2 * offset + hex.length()));
    }

    @Test
    void nonceOfAnotherQuoteIsRefused() throws Exception {
        Quote replayed = TPM.quote(SELECTION, VALUES, Bytes.parseHex("00"));
        assertEquals(QuoteRefusal.NONCE_DIFFERS, refusal(replayed));
        assertEquals(QuoteRefusal.NONCE_DIFFERS, refusal(TPM.quote(SELECTION, VALUES, Bytes.EMPTY)));
        QuotedPcrs quoted = QuoteVerifier.verify(replayed, TPM.key(), Nonce.insecureUnchecked(), VALUES, SELECTION);
        assertEquals(List.of(QuoteFinding.NONCE_NOT_CHECKED), quoted.findings());
        assertFalse(quoted.isFresh());
        assertTrue(verify(TPM.quote(attest())).isFresh());
        assertThrows(IllegalArgumentException.class, () -> Nonce.of(Bytes.EMPTY));
    }

    @Test
    void signatureOfAnotherKeyIsRefused() {
        SoftwareTpm other = SoftwareTpm.p256();
        assertEquals(QuoteRefusal.SIGNATURE_WRONG, refusal(new Quote.Tpm20(attest(), other.sign(attest().encode()))));
    }

    @Test
    void schemeThatTheKeyIsNotBoundToIsRefused() {
        SoftwareTpm rsassa = SoftwareTpm.rsa(2048, Scheme.RSASSA, HashAlgorithm.SHA256);
        Attest attest = rsassa.attest(SELECTION, VALUES, NONCE);
        for (SoftwareTpm other : List.of(
                rsassa.withScheme(Scheme.RSAPSS, HashAlgorithm.SHA256),
                rsassa.withScheme(Scheme.RSASSA, HashAlgorithm.SHA1))) {
            QuoteRefusedException refused = assertThrows(
                    QuoteRefusedException.class,
                    () -> QuoteVerifier.verify(other.quote(attest), rsassa.key(), Nonce.of(NONCE), VALUES, SELECTION));
            assertEquals(QuoteRefusal.SCHEME_DIFFERS, refused.reason());
        }
    }

    @Test
    void psychicSignaturesAreRefused() {
        byte[] zeros = new byte[32];
        Bytes order = Bytes.parseHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
        for (Bytes number : List.of(Bytes.wrap(zeros), Bytes.EMPTY, order)) {
            TpmSignature signature = new TpmSignature.Ecc(Scheme.ECDSA, HashAlgorithm.SHA256, number, number);
            assertEquals(QuoteRefusal.SIGNATURE_WRONG, refusal(new Quote.Tpm20(attest(), signature)));
        }
    }

    @Test
    void signerOfAnotherNameIsRefused() throws Exception {
        Bytes qualifiedName = attest().qualifiedSigner();
        QuoteVerifier.verify(
                TPM.quote(attest()), TPM.key().withQualifiedName(qualifiedName), Nonce.of(NONCE), VALUES, SELECTION);
        QuoteRefusedException refused = assertThrows(
                QuoteRefusedException.class,
                () -> QuoteVerifier.verify(
                        TPM.quote(attest()), TPM.key().withQualifiedName(NONCE), Nonce.of(NONCE), VALUES, SELECTION));
        assertEquals(QuoteRefusal.SIGNER_DIFFERS, refused.reason());
        AttestationKey otherNameAlg = AttestationKey.of(new PublicArea(
                HashAlgorithm.SHA384.id(),
                SoftwareTpm.ATTRIBUTES,
                Bytes.EMPTY,
                TPM.publicArea().parameters()));
        refused = assertThrows(
                QuoteRefusedException.class,
                () -> QuoteVerifier.verify(TPM.quote(attest()), otherNameAlg, Nonce.of(NONCE), VALUES, SELECTION));
        assertEquals(QuoteRefusal.SIGNER_DIFFERS, refused.reason());
    }

    @Test
    void whatIsNotRefusedIsAFinding() throws Exception {
        PcrSelection both = selection("sha1:0+sha256:0,1,2,3,4,7");
        Attest attest = TPM.attest(both, VALUES, NONCE);
        List<Attest.BankSelection> pcrSelect =
                new ArrayList<>(SoftwareTpm.quoted(attest).pcrSelect());
        pcrSelect.add(new Attest.BankSelection(HashAlgorithm.SHA512.id(), Bytes.parseHex("000000")));
        Attest unsafe = new Attest(
                attest.qualifiedSigner(),
                NONCE,
                new Attest.ClockInfo(1, 2, 3, false),
                0,
                new Attested.Quote(pcrSelect, SoftwareTpm.quoted(attest).pcrDigest()));
        QuotedPcrs quoted = verify(TPM.quote(unsafe));
        assertEquals(
                List.of(QuoteFinding.SHA1_BANK, QuoteFinding.EMPTY_BANK, QuoteFinding.CLOCK_NOT_SAFE),
                quoted.findings());
        assertTrue(quoted.values()
                .bank(HashAlgorithm.SHA512)
                .orElseThrow()
                .values()
                .isEmpty());
    }

    @Test
    void bankOfAnUnknownAlgorithmNeedsItsValuesLikeAnyOther() throws Exception {
        HashAlgorithm unknown = HashAlgorithm.of(0x1234, 16);
        PcrBank bank = PcrBank.of(unknown, Map.of(3, NONCE));
        PcrValues values =
                new PcrValues(List.of(bank, VALUES.bank(HashAlgorithm.SHA256).orElseThrow()));
        PcrSelection selection = new PcrSelection(List.of(new PcrSelection.Bank(unknown, List.of(3))));
        Quote quote = TPM.quote(selection, values, NONCE);
        QuotedPcrs quoted = QuoteVerifier.verify(quote, TPM.key(), Nonce.of(NONCE), values, selection);
        assertEquals(Optional.of(NONCE), quoted.values().value(unknown, 3));
        QuoteRefusedException refused = assertThrows(
                QuoteRefusedException.class,
                () -> QuoteVerifier.verify(quote, TPM.key(), Nonce.of(NONCE), VALUES, selection));
        assertEquals(QuoteRefusal.PCR_VALUE_MISSING, refused.reason());
        assertEquals("the quote is over PCR 3 of the bank 0x1234, whose value was not given", refused.getMessage());
    }
}
