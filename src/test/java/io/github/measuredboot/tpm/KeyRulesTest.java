package io.github.measuredboot.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.testing.WeakQuote;
import io.github.measuredboot.tpm.TpmSignature.Scheme;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a key has to be to sign quotes, what a weak one is refused for, and what statements of one key have in common. */
class KeyRulesTest {
    private static final Bytes NONCE = Bytes.parseHex("000102030405060708090a0b0c0d0e0f");
    private static final SoftwareTpm TPM = SoftwareTpm.p256();
    private static final PcrValues VALUES =
            new PcrValues(List.of(PcrBank.of(HashAlgorithm.SHA256, Map.of(7, Bytes.wrap(new byte[32])))));
    private static final PcrSelection SELECTION =
            new PcrSelection(List.of(new PcrSelection.Bank(HashAlgorithm.SHA256, List.of(7))));

    static List<WeakQuote> weakQuotes() {
        return WeakQuote.all();
    }

    @ParameterizedTest
    @MethodSource("weakQuotes")
    void eachWeaknessIsFoundAndRefusedUnlessTolerated(WeakQuote weak) throws Exception {
        Set<QuoteFinding> ofKey = weak.weakness() == QuoteFinding.SHORT_NONCE ? Set.of() : EnumSet.of(weak.weakness());
        assertEquals(ofKey, weak.key().weaknesses());
        Quote quote = weak.quote(SELECTION, VALUES);
        QuoteRefusedException refused = assertThrows(
                QuoteRefusedException.class,
                () -> QuoteVerifier.verify(quote, weak.key(), weak.nonce(), VALUES, SELECTION));
        assertEquals(QuoteRefusal.TOO_WEAK, refused.reason());
        assertEquals(List.of(weak.weakness()), refused.weaknesses());
        assertEquals(
                weak.weakness().id() + ": " + weak.weakness().message() + " (refused unless tolerated)",
                refused.getMessage());
        QuotedPcrs quoted =
                QuoteVerifier.verify(quote, weak.key(), weak.nonce(), VALUES, SELECTION, Set.of(weak.weakness()));
        assertEquals(List.of(weak.weakness()), quoted.findings());
        assertSame(quoted, quoted.requireNone(EnumSet.complementOf(EnumSet.of(weak.weakness()))));
        assertThrows(QuoteRefusedException.class, () -> quoted.requireNone(Set.of(weak.weakness())));
    }

    @ParameterizedTest
    @MethodSource("weakQuotes")
    void otherStatementsAreHeldToTheSameRules(WeakQuote weak) throws Exception {
        Quote.Tpm20 quote = weak.quote(SELECTION, VALUES);
        QuoteRefusedException refused = assertThrows(
                QuoteRefusedException.class,
                () -> AttestVerifier.verify(
                        quote.attest(), quote.signature(), Attested.Quote.class, weak.key(), weak.nonce()));
        assertEquals(List.of(weak.weakness()), refused.weaknesses());
        assertEquals(
                List.of(weak.weakness()),
                AttestVerifier.verify(
                                quote.attest(),
                                quote.signature(),
                                Attested.Quote.class,
                                weak.key(),
                                weak.nonce(),
                                Set.of(weak.weakness()))
                        .findings());
    }

    @Test
    void aGoodKeyHasNoWeakness() {
        assertEquals(Set.of(), TPM.key().weaknesses());
        assertEquals(
                Set.of(),
                SoftwareTpm.rsa(2048, Scheme.RSAPSS, HashAlgorithm.SHA256).key().weaknesses());
    }

    @Test
    void aNameOfAnUnknownAlgorithmIsWeakAndAnUnrestrictedKeyNeedsNoScheme() throws Exception {
        PublicArea area = TPM.publicArea();
        PublicArea unknown = new PublicArea(0x00b2, area.objectAttributes(), area.authPolicy(), area.parameters());
        assertEquals(
                Set.of(QuoteFinding.KEY_NAME_WEAK), AttestationKey.of(unknown).weaknesses());
        assertEquals(Optional.empty(), AttestationKey.of(unknown).name());
        assertEquals(
                Set.of(QuoteFinding.KEY_NOT_RESTRICTED),
                TPM.withoutScheme()
                        .withAttributes(SoftwareTpm.ATTRIBUTES & ~(1 << 16))
                        .key()
                        .weaknesses());
        assertEquals(
                Set.of(QuoteFinding.KEY_WITHOUT_SCHEME),
                TPM.withParameters(SoftwareTpm.boundTo(Scheme.RSASSA, HashAlgorithm.SHA256))
                        .key()
                        .weaknesses(),
                "a scheme of the other kind of key");
    }

    @Test
    void theNameOfAKeyIsRequired() throws Exception {
        AttestationKey key = TPM.key();
        Bytes name = key.name().orElseThrow();
        assertEquals(HashAlgorithm.SHA256.id(), name.u8(0) << 8 | name.u8(1));
        assertEquals(HashAlgorithm.SHA256.hash(TPM.publicArea().encode()).orElseThrow(), name.from(2));
        assertSame(key, key.requireName(name));
        QuoteRefusedException refused = assertThrows(QuoteRefusedException.class, () -> key.requireName(name.from(1)));
        assertEquals(QuoteRefusal.SIGNER_DIFFERS, refused.reason());
        assertEquals(
                "the key's name is " + name.toHex() + ", expected "
                        + name.from(1).toHex(),
                refused.getMessage());
        AttestationKey encoded =
                AttestationKey.decode(Bytes.wrap(TPM.keyPair().getPublic().getEncoded()));
        assertEquals(Set.of(QuoteFinding.KEY_ATTRIBUTES_UNKNOWN), encoded.weaknesses());
        QuoteRefusedException unnamed = assertThrows(QuoteRefusedException.class, () -> encoded.requireName(name));
        assertEquals("the key's name is not known, expected " + name.toHex(), unnamed.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"15, true", "16, false"})
    void aNonceIsLongEnoughWith16Bytes(int length, boolean isShort) throws Exception {
        Set<QuoteFinding> findings = EnumSet.noneOf(QuoteFinding.class);
        Bytes value = NONCE.slice(0, length);
        Nonce.of(value).require(value, findings);
        assertEquals(isShort ? Set.of(QuoteFinding.SHORT_NONCE) : Set.of(), findings);
        QuoteRefusedException refused =
                assertThrows(QuoteRefusedException.class, () -> Nonce.of(value).require(value.from(1), findings));
        assertEquals(QuoteRefusal.NONCE_DIFFERS, refused.reason());
    }

    @Test
    void noncesAreEqualByTheirBytes() throws Exception {
        assertEquals(Nonce.of(NONCE), Nonce.of(NONCE.toByteArray()));
        assertEquals(Nonce.of(NONCE).hashCode(), Nonce.of(NONCE.toByteArray()).hashCode());
        assertNotEquals(Nonce.of(NONCE), Nonce.of(NONCE.from(1)));
        assertNotEquals(Nonce.of(NONCE), Nonce.insecureUnchecked());
        assertNotEquals(Nonce.of(NONCE), NONCE);
        assertNotEquals(0, Nonce.of(NONCE).hashCode());
        assertEquals(NONCE.toHex(), Nonce.of(NONCE).toString());
        assertEquals("not checked", Nonce.insecureUnchecked().toString());
        assertThrows(IllegalArgumentException.class, () -> Nonce.of(Bytes.EMPTY));
        Set<QuoteFinding> findings = EnumSet.noneOf(QuoteFinding.class);
        Nonce.insecureUnchecked().require(NONCE, findings);
        assertEquals(Set.of(QuoteFinding.NONCE_NOT_CHECKED), findings);
    }

    private static VerifiedAttest<Attested.Quote> statement(SoftwareTpm tpm, long reset, long restart, long clock)
            throws QuoteRefusedException {
        Attest attest = tpm.attest(SELECTION, VALUES, NONCE);
        Attest at = new Attest(
                attest.qualifiedSigner(),
                attest.extraData(),
                new Attest.ClockInfo(clock, reset, restart, true),
                attest.firmwareVersion(),
                attest.attested());
        return AttestVerifier.verify(at, tpm.sign(at.encode()), Attested.Quote.class, tpm.key(), Nonce.of(NONCE));
    }

    @Test
    void statementsOfOneBootHaveOneSignerTheSameCountersAndTimeThatGoesOn() throws Exception {
        VerifiedAttest<Attested.Quote> first = statement(TPM, 5, 6, 100);
        for (long clock : List.of(100L, 101L, -1L)) {
            VerifiedAttest<Attested.Quote> later = statement(TPM, 5, 6, clock);
            assertSame(later, later.requireSameBootAs(first));
        }
        assertEquals(QuoteRefusal.CLOCK_NOT_IN_ORDER, notSameBoot(statement(TPM, 5, 6, 99), first));
        assertEquals(QuoteRefusal.CLOCK_NOT_IN_ORDER, notSameBoot(first, statement(TPM, 5, 6, -1)));
        assertEquals(QuoteRefusal.BOOT_DIFFERS, notSameBoot(statement(TPM, 6, 6, 101), first));
        assertEquals(QuoteRefusal.BOOT_DIFFERS, notSameBoot(statement(TPM, 5, 7, 101), first));
        assertEquals(QuoteRefusal.SIGNER_DIFFERS, notSameBoot(statement(SoftwareTpm.p256(), 5, 6, 101), first));
    }

    private static QuoteRefusal notSameBoot(VerifiedAttest<?> later, VerifiedAttest<?> earlier) {
        return assertThrows(QuoteRefusedException.class, () -> later.requireSameBootAs(earlier))
                .reason();
    }

    @Test
    void aStatementKnowsItsKeyItsTypeAndWhetherItIsFresh() throws Exception {
        VerifiedAttest<Attested.Quote> statement = statement(TPM, 5, 6, 100);
        assertTrue(statement.isSignedBy(TPM.key()));
        assertFalse(statement.isSignedBy(SoftwareTpm.p256().key()));
        AttestationKey encoded =
                AttestationKey.decode(Bytes.wrap(TPM.keyPair().getPublic().getEncoded()));
        assertFalse(statement.isSignedBy(encoded), "its attributes are not known");
        Attest attest = statement.attest();
        VerifiedAttest<Attested.Quote> byEncoded = AttestVerifier.verify(
                attest, TPM.sign(attest.encode()), Attested.Quote.class, encoded, Nonce.insecureUnchecked());
        assertTrue(byEncoded.isSignedBy(encoded));
        assertFalse(byEncoded.isSignedBy(AttestationKey.decode(
                Bytes.wrap(SoftwareTpm.p256().keyPair().getPublic().getEncoded()))));
        assertTrue(statement.isFresh());
        assertFalse(byEncoded.isFresh());
        assertEquals(
                statement.attested(),
                statement.as(Attested.Quote.class).orElseThrow().attested());
        assertEquals(Optional.empty(), statement.as(Attested.Time.class));
        assertEquals("VerifiedAttest[" + attest + ", findings=[]]", statement.toString());
        Attest.ClockInfo clock = new Attest.ClockInfo(1, 5, 6, false);
        Attest unsafe = new Attest(
                attest.qualifiedSigner(), attest.extraData(), clock, attest.firmwareVersion(), attest.attested());
        assertEquals(
                List.of(QuoteFinding.CLOCK_NOT_SAFE),
                AttestVerifier.verify(
                                unsafe, TPM.sign(unsafe.encode()), Attested.Quote.class, TPM.key(), Nonce.of(NONCE))
                        .findings());
    }

    @Test
    void quotedPcrsAreThoseOfTheQuote() throws Exception {
        QuotedPcrs quoted = QuoteVerifier.verify(
                TPM.quote(SELECTION, VALUES, NONCE), TPM.key(), Nonce.of(NONCE), VALUES, SELECTION);
        assertTrue(quoted.isQuoted(HashAlgorithm.SHA256, 7));
        assertFalse(quoted.isQuoted(HashAlgorithm.SHA256, 8));
        assertFalse(quoted.isQuoted(HashAlgorithm.SHA384, 7));
        assertTrue(quoted.isFresh());
        assertEquals(quoted.statement().map(VerifiedAttest::attest), quoted.attest());
        assertTrue(quoted.attest().isPresent());
        assertEquals("QuotedPcrs[PcrValues[sha256:[7]], findings=[]]", quoted.toString());
        QuotedPcrs old = QuoteVerifier.verify(
                TPM.quote(SELECTION, VALUES, NONCE), TPM.key(), Nonce.insecureUnchecked(), VALUES, SELECTION);
        assertFalse(old.isFresh());
    }

    @Test
    void nvIndexesAreReadByTheirAttributes() {
        NvPublic extend = nv(4 << 4 | 1 << 3 | NvPublic.CLEAR_STCLEAR | NvPublic.WRITTEN);
        assertTrue(extend.isExtend());
        assertTrue(extend.isWrittenByPolicyAlone());
        assertTrue(extend.has(NvPublic.WRITTEN));
        assertTrue(extend.has(NvPublic.WRITTEN | NvPublic.CLEAR_STCLEAR));
        assertFalse(extend.has(NvPublic.WRITTEN | NvPublic.ORDERLY), "one of the two");
        for (int type = 0; type < 16; type++) {
            assertEquals(type == 4, nv((long) type << 4 | 0xff0f).isExtend(), "type " + type);
        }
        for (int writers = 0; writers < 16; writers++) {
            assertEquals(writers == 8, nv(writers | NvPublic.CLEAR_STCLEAR).isWrittenByPolicyAlone());
            assertFalse(nv(writers).isWrittenByPolicyAlone(), "it stays written over a reset");
        }
        assertEquals(HashAlgorithm.SHA256.hash(extend.encode()), extend.name().map(name -> name.from(2)));
    }

    private static NvPublic nv(long attributes) {
        return new NvPublic(0x01d10200, HashAlgorithm.SHA256.id(), attributes, Bytes.EMPTY, 32);
    }

    @Test
    void algorithmsAndDigestsAreOrdered() {
        HashAlgorithm small = HashAlgorithm.of(0x00b2, 20);
        HashAlgorithm large = HashAlgorithm.of(0x00b2, 32);
        assertTrue(small.compareTo(large) < 0);
        assertTrue(large.compareTo(small) > 0);
        assertEquals(0, small.compareTo(HashAlgorithm.of(0x00b2, 20)));
        assertTrue(HashAlgorithm.SHA256.compareTo(small) < 0);
        assertEquals(small, HashAlgorithm.of(0x00b2, 20));
        assertNotEquals(small, large);
        assertNotEquals(small, HashAlgorithm.of(0x00b3, 20));
        assertNotEquals(small, "0x00b2");
        assertEquals(0x00b2, small.hashCode());
        assertEquals("0x00b2", small.toString());
        assertEquals(Bytes.wrap(new byte[20]), small.zeroDigest());
        assertEquals(Optional.of(HashAlgorithm.SM3_256), HashAlgorithm.byName("sm3_256"));
        assertEquals(Optional.empty(), HashAlgorithm.byName("SHA256"));
        assertEquals(Optional.of(HashAlgorithm.SHA1), HashAlgorithm.byId(4));
        assertEquals(Optional.empty(), HashAlgorithm.byId(5));

        Digest low = new Digest(small, Bytes.wrap(new byte[20]));
        Digest high = new Digest(small, Bytes.parseHex("01".repeat(20)));
        assertTrue(low.compareTo(high) < 0);
        assertTrue(high.compareTo(new Digest(large, Bytes.wrap(new byte[32]))) < 0, "the algorithm comes first");
        assertEquals("0x00b2:" + "01".repeat(20), high.toString());
    }

    @Test
    void selectionsHoldPcrsOfTheirBanks() {
        PcrSelection both = new PcrSelection(List.of(
                new PcrSelection.Bank(HashAlgorithm.SHA1, List.of(3, 1, 3)),
                new PcrSelection.Bank(HashAlgorithm.SHA256, List.of(2))));
        assertEquals(List.of(1, 3), both.banks().get(0).pcrs());
        assertTrue(both.contains(HashAlgorithm.SHA1, 3));
        assertFalse(both.contains(HashAlgorithm.SHA1, 2));
        assertFalse(both.contains(HashAlgorithm.SHA256, 3));
        assertFalse(both.contains(HashAlgorithm.SHA384, 2));
        assertEquals(2 * 20 + 32, both.valuesSize());
        assertEquals("sha1:1,3+sha256:2", both.toString());
        assertEquals(
                24,
                PcrSelection.allOf(List.of(HashAlgorithm.SHA256))
                        .banks()
                        .get(0)
                        .pcrs()
                        .size());
        PcrBank bank = PcrBank.of(HashAlgorithm.SHA256, Map.of());
        assertThrows(IllegalArgumentException.class, () -> new PcrValues(List.of(bank, bank)));
        assertEquals(Optional.of(Bytes.wrap(new byte[32])), VALUES.value(HashAlgorithm.SHA256, 7));
        assertEquals(Optional.empty(), VALUES.value(HashAlgorithm.SHA1, 7));
    }

    @Test
    void reportsWriteTheseNames() {
        assertEquals(
                List.of(
                        "scheme-differs",
                        "scheme-not-supported",
                        "signature-wrong",
                        "type-differs",
                        "signer-differs",
                        "nonce-differs",
                        "no-pcrs",
                        "required-pcr-not-quoted",
                        "pcr-value-missing",
                        "pcr-digest-differs",
                        "boot-differs",
                        "clock-not-in-order",
                        "key-of-tpm-2",
                        "too-weak"),
                Stream.of(QuoteRefusal.values()).map(QuoteRefusal::id).toList());
        assertEquals(
                "the nonce has fewer than 16 bytes: it may have been guessed or used before",
                QuoteFinding.SHORT_NONCE.message());
        assertEquals("a SHA-1 bank is quoted", QuoteFinding.SHA1_BANK.message());
        assertEquals(
                List.of(
                        "nonce-not-checked",
                        "key-attributes-unknown",
                        "tpm12-signature",
                        "sha1-bank",
                        "empty-bank",
                        "clock-not-safe"),
                Stream.of(QuoteFinding.values())
                        .filter(finding -> !finding.isRefusedByDefault())
                        .map(QuoteFinding::id)
                        .toList());
    }
}
