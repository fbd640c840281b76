package io.github.measuredboot.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.crypto.Sm2Key;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.tpm.TpmSignature.Scheme;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;

/** SM2, and the quotes of TPM 1.2. */
class OtherQuotesTest {
    private static final Bytes NONCE = Bytes.parseHex("000102030405060708090a0b0c0d0e0f10111213");
    private static final PcrValues VALUES =
            new PcrValues(List.of(PcrBank.of(HashAlgorithm.SHA1, Map.of(0, NONCE, 7, NONCE, 8, NONCE))));
    private static final PcrSelection REQUIRED =
            new PcrSelection(List.of(new PcrSelection.Bank(HashAlgorithm.SHA1, List.of(0, 7))));
    private static final X9ECParameters SM2 = GMNamedCurves.getByName("sm2p256v1");
    private static final BigInteger SM2_PRIVATE = new BigInteger("1234567890abcdef1234567890abcdef", 16);

    /** The example of GB/T 32918.5, appendix A.2: e, the public key, r and s. */
    @Test
    void sm2VerifiesTheExampleOfTheStandard() throws Exception {
        byte[] e = Bytes.parseHex("f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640")
                .toByteArray();
        Sm2Key key = Sm2Key.of(
                new BigInteger("09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020", 16),
                new BigInteger("ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13", 16));
        BigInteger r = new BigInteger("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3", 16);
        BigInteger s = new BigInteger("b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa", 16);
        assertTrue(key.verify(e, r, s));
        assertFalse(key.verify(e, r, s.add(BigInteger.ONE)));
        assertFalse(key.verify(e, BigInteger.ZERO, s));
        assertFalse(key.verify(e, r.add(SM2.getN()), s));
    }

    @Test
    void sm2QuoteSignsTheDigestAsItIs() throws Exception {
        ECPoint point = SM2.getG().multiply(SM2_PRIVATE).normalize();
        PublicArea.Symmetric none = new PublicArea.Symmetric(PublicArea.Scheme.NULL, Bytes.EMPTY);
        PublicArea area = new PublicArea(
                HashAlgorithm.SM3_256.id(),
                SoftwareTpm.ATTRIBUTES,
                Bytes.EMPTY,
                new PublicArea.Ecc(
                        none,
                        SoftwareTpm.boundTo(Scheme.SM2, HashAlgorithm.SM3_256),
                        0x20,
                        new PublicArea.Scheme(PublicArea.Scheme.NULL, Bytes.EMPTY),
                        Bytes.wrap(point.getAffineXCoord().getEncoded()),
                        Bytes.wrap(point.getAffineYCoord().getEncoded())));
        Attest attest = new Attest(
                area.qualifiedName(Bytes.parseHex("4000000b")).orElseThrow(),
                NONCE,
                new Attest.ClockInfo(1, 2, 3, true),
                4,
                new Attested.Quote(
                        List.of(new Attest.BankSelection(HashAlgorithm.SHA1.id(), Bytes.parseHex("810000"))),
                        sm3(Bytes.parseHex(NONCE.toHex().repeat(2)))));
        Quote quote = new Quote.Tpm20(attest, sm2Sign(sm3(attest.encode())));
        QuotedPcrs quoted = QuoteVerifier.verify(quote, AttestationKey.of(area), Nonce.of(NONCE), VALUES, REQUIRED);
        assertEquals(List.of(QuoteFinding.SHA1_BANK), quoted.findings());
        Quote wrong = new Quote.Tpm20(attest, sm2Sign(sm3(NONCE)));
        assertEquals(
                QuoteRefusal.SIGNATURE_WRONG,
                assertThrows(
                                QuoteRefusedException.class,
                                () -> QuoteVerifier.verify(
                                        wrong, AttestationKey.of(area), Nonce.of(NONCE), VALUES, REQUIRED))
                        .reason());
    }

    private static Bytes sm3(Bytes message) {
        var digest = HashAlgorithm.SM3_256.newMessageDigest().orElseThrow();
        message.update(digest);
        return Bytes.wrap(digest.digest());
    }

    private static TpmSignature sm2Sign(Bytes e) {
        BigInteger k = new BigInteger("fedcba0987654321", 16);
        BigInteger n = SM2.getN();
        BigInteger x = SM2.getG().multiply(k).normalize().getAffineXCoord().toBigInteger();
        BigInteger r = new BigInteger(1, e.toByteArray()).add(x).mod(n);
        BigInteger s = SM2_PRIVATE
                .add(BigInteger.ONE)
                .modInverse(n)
                .multiply(k.subtract(r.multiply(SM2_PRIVATE)))
                .mod(n);
        return new TpmSignature.Ecc(
                Scheme.SM2, HashAlgorithm.SM3_256, SoftwareTpm.bytes(r, 32), SoftwareTpm.bytes(s, 32));
    }

    private static QuoteRefusal refusal(Quote quote, AttestationKey key, PcrValues values) {
        return assertThrows(
                        QuoteRefusedException.class,
                        () -> QuoteVerifier.verify(quote, key, Nonce.of(NONCE), values, REQUIRED))
                .reason();
    }

    @Test
    void tpm12QuoteProvesItsPcrs() throws Exception {
        SoftwareTpm tpm = SoftwareTpm.rsa(2048, Scheme.RSASSA, HashAlgorithm.SHA1);
        AttestationKey key =
                AttestationKey.decode(Bytes.wrap(tpm.keyPair().getPublic().getEncoded()));
        Tpm12PcrComposite composite = new Tpm12PcrComposite(Bytes.parseHex("8100"), List.of(NONCE, NONCE));
        Quote.Tpm12 quote = tpm12Quote(tpm, composite, NONCE);
        QuotedPcrs quoted = QuoteVerifier.verify(quote, key, Nonce.of(NONCE), VALUES, REQUIRED);
        assertEquals(
                Set.of(0, 7),
                quoted.values().bank(HashAlgorithm.SHA1).orElseThrow().values().keySet());
        assertEquals(
                List.of(QuoteFinding.KEY_ATTRIBUTES_UNKNOWN, QuoteFinding.TPM12_SIGNATURE, QuoteFinding.SHA1_BANK),
                quoted.findings());
        assertEquals(quote, Quote.decodeTpm12(quote.quoteInfo().encode(), composite.encode(), quote.signature()));

        assertEquals(QuoteRefusal.KEY_OF_TPM_2, refusal(quote, tpm.key(), VALUES));
        Bytes other = Bytes.parseHex("00".repeat(20));
        assertEquals(QuoteRefusal.NONCE_DIFFERS, refusal(tpm12Quote(tpm, composite, other), key, VALUES));
        PcrValues otherValues = new PcrValues(List.of(PcrBank.of(HashAlgorithm.SHA1, Map.of(0, other, 7, NONCE))));
        assertEquals(QuoteRefusal.PCR_DIGEST_DIFFERS, refusal(quote, key, otherValues));
        Quote.Tpm12 otherComposite = new Quote.Tpm12(
                quote.quoteInfo(),
                new Tpm12PcrComposite(Bytes.parseHex("8100"), List.of(other, NONCE)),
                quote.signature());
        assertEquals(QuoteRefusal.PCR_DIGEST_DIFFERS, refusal(otherComposite, key, otherValues));
        Tpm12PcrComposite pcr0 = new Tpm12PcrComposite(Bytes.parseHex("0100"), List.of(NONCE));
        assertEquals(QuoteRefusal.REQUIRED_PCR_NOT_QUOTED, refusal(tpm12Quote(tpm, pcr0, NONCE), key, VALUES));
        Tpm12PcrComposite none = new Tpm12PcrComposite(Bytes.parseHex("0000"), List.of());
        assertEquals(QuoteRefusal.NO_PCRS, refusal(tpm12Quote(tpm, none, NONCE), key, VALUES));
        SoftwareTpm stranger = SoftwareTpm.rsa(2048, Scheme.RSASSA, HashAlgorithm.SHA1);
        assertEquals(QuoteRefusal.SIGNATURE_WRONG, refusal(tpm12Quote(stranger, composite, NONCE), key, VALUES));
    }

    @Test
    void aTpm12SignsByRsassaAlone() throws Exception {
        SoftwareTpm tpm = SoftwareTpm.rsa(2048, Scheme.RSASSA, HashAlgorithm.SHA1);
        Tpm12PcrComposite composite = new Tpm12PcrComposite(Bytes.parseHex("8100"), List.of(NONCE, NONCE));
        Quote.Tpm12 quote = tpm12Quote(tpm, composite, NONCE);
        AttestationKey key =
                AttestationKey.decode(Bytes.wrap(tpm.keyPair().getPublic().getEncoded()));
        AttestationKey p256 = AttestationKey.decode(
                Bytes.wrap(SoftwareTpm.p256().keyPair().getPublic().getEncoded()));
        assertEquals(
                "the signature is RSASSA with sha1, the key is for [ECDSA]",
                refused(quote, p256).getMessage());
        for (int size : List.of(TpmSignature.Rsa.MAX_SIZE, TpmSignature.Rsa.MAX_SIZE + 1)) {
            Quote.Tpm12 other = new Quote.Tpm12(quote.quoteInfo(), composite, Bytes.wrap(new byte[size]));
            assertEquals(
                    size > TpmSignature.Rsa.MAX_SIZE
                            ? "the signature has " + size + " bytes"
                            : "the key did not sign this quote",
                    refused(other, key).getMessage());
        }
    }

    private static QuoteRefusedException refused(Quote quote, AttestationKey key) {
        return assertThrows(
                QuoteRefusedException.class, () -> QuoteVerifier.verify(quote, key, Nonce.of(NONCE), VALUES, REQUIRED));
    }

    /** A TPM could list a bank twice, each time with other PCRs. */
    @Test
    void aBankMayBeSelectedTwice() throws Exception {
        SoftwareTpm tpm = SoftwareTpm.p256();
        Attest once = tpm.attest(REQUIRED, VALUES, NONCE);
        List<Attest.BankSelection> twice = List.of(
                new Attest.BankSelection(HashAlgorithm.SHA1.id(), Bytes.parseHex("010000")),
                new Attest.BankSelection(HashAlgorithm.SHA1.id(), Bytes.parseHex("800000")));
        Attest attest = new Attest(
                once.qualifiedSigner(),
                once.extraData(),
                once.clockInfo(),
                once.firmwareVersion(),
                new Attested.Quote(twice, SoftwareTpm.quoted(once).pcrDigest()));
        Quote quote = new Quote.Tpm20(attest, tpm.sign(attest.encode()));
        QuotedPcrs quoted = QuoteVerifier.verify(quote, tpm.key(), Nonce.of(NONCE), VALUES, REQUIRED);
        assertEquals(
                Set.of(0, 7),
                quoted.values().bank(HashAlgorithm.SHA1).orElseThrow().values().keySet());
    }

    private static Quote.Tpm12 tpm12Quote(SoftwareTpm tpm, Tpm12PcrComposite composite, Bytes nonce) {
        var digest = HashAlgorithm.SHA1.newMessageDigest().orElseThrow();
        composite.encode().update(digest);
        Tpm12QuoteInfo quoteInfo = new Tpm12QuoteInfo(Bytes.wrap(digest.digest()), nonce);
        return new Quote.Tpm12(quoteInfo, composite, ((TpmSignature.Rsa) tpm.sign(quoteInfo.encode())).sig());
    }

    @Test
    void tpm12StructuresOfAnotherSizeAreMalformed() throws Exception {
        Bytes info = new Tpm12QuoteInfo(NONCE, NONCE).encode();
        assertEquals("0101000051554f54" + NONCE.toHex().repeat(2), info.toHex());
        assertThrows(MalformedDataException.class, () -> Tpm12QuoteInfo.decode(info.slice(0, 47)));
        assertThrows(MalformedDataException.class, () -> Tpm12QuoteInfo.decode(Bytes.parseHex(info.toHex() + "00")));
        assertThrows(
                MalformedDataException.class,
                () -> Tpm12QuoteInfo.decode(Bytes.parseHex("02" + info.toHex().substring(2))));
        Bytes composite = new Tpm12PcrComposite(Bytes.parseHex("010000"), List.of(NONCE)).encode();
        assertEquals("000301000000000014" + NONCE.toHex(), composite.toHex());
        assertThrows(
                MalformedDataException.class,
                () -> Tpm12PcrComposite.decode(Bytes.parseHex(composite.toHex().replace("00000014", "00000028"))));
    }

    private static final Bytes VERSION_INFO = Bytes.parseHex("00300102252600020349465800000501020304ff");

    private static Tpm12QuoteInfo2 info2(Tpm12PcrComposite composite, Bytes nonce, Optional<Bytes> version) {
        Bytes digest = HashAlgorithm.SHA1.hash(composite.encode()).orElseThrow();
        return new Tpm12QuoteInfo2(nonce, composite.pcrSelect(), 1, digest, version);
    }

    private static Quote.Tpm12 quote2(SoftwareTpm tpm, Tpm12Statement statement, Tpm12PcrComposite composite) {
        return new Quote.Tpm12(statement, composite, ((TpmSignature.Rsa) tpm.sign(statement.encode())).sig());
    }

    @Test
    void theSecondFormOfATpm12ProvesItsPcrs() throws Exception {
        SoftwareTpm tpm = SoftwareTpm.rsa(2048, Scheme.RSASSA, HashAlgorithm.SHA1);
        AttestationKey key =
                AttestationKey.decode(Bytes.wrap(tpm.keyPair().getPublic().getEncoded()));
        Tpm12PcrComposite composite = new Tpm12PcrComposite(Bytes.parseHex("810000"), List.of(NONCE, NONCE));
        for (Optional<Bytes> version : List.of(Optional.<Bytes>empty(), Optional.of(VERSION_INFO))) {
            Tpm12QuoteInfo2 info = info2(composite, NONCE, version);
            Quote.Tpm12 quote = quote2(tpm, info, composite);
            QuotedPcrs quoted = QuoteVerifier.verify(quote, key, Nonce.of(NONCE), VALUES, REQUIRED);
            assertEquals(
                    Set.of(0, 7),
                    quoted.values()
                            .bank(HashAlgorithm.SHA1)
                            .orElseThrow()
                            .values()
                            .keySet());
            assertEquals(quote, Quote.decodeTpm12(info.encode(), composite.encode(), quote.signature()));
            assertEquals(QuoteRefusal.KEY_OF_TPM_2, refusal(quote, tpm.key(), VALUES));
            Bytes other = Bytes.parseHex("00".repeat(20));
            assertEquals(
                    QuoteRefusal.NONCE_DIFFERS,
                    refusal(quote2(tpm, info2(composite, other, version), composite), key, VALUES));
            Tpm12PcrComposite otherValue = new Tpm12PcrComposite(Bytes.parseHex("810000"), List.of(other, NONCE));
            assertEquals(QuoteRefusal.PCR_DIGEST_DIFFERS, refusal(quote2(tpm, info, otherValue), key, VALUES));
            Quote.Tpm12 withoutVersion = new Quote.Tpm12(
                    info2(composite, NONCE, version.isPresent() ? Optional.empty() : Optional.of(VERSION_INFO)),
                    composite,
                    quote.signature());
            assertEquals(QuoteRefusal.SIGNATURE_WRONG, refusal(withoutVersion, key, VALUES));
        }
    }

    /** The digest is right, and yet it is not that of the PCRs which the statement names. */
    @Test
    void theSecondFormNamesItsPcrs() throws Exception {
        SoftwareTpm tpm = SoftwareTpm.rsa(2048, Scheme.RSASSA, HashAlgorithm.SHA1);
        AttestationKey key =
                AttestationKey.decode(Bytes.wrap(tpm.keyPair().getPublic().getEncoded()));
        Tpm12PcrComposite composite = new Tpm12PcrComposite(Bytes.parseHex("810000"), List.of(NONCE, NONCE));
        Bytes digest = HashAlgorithm.SHA1.hash(composite.encode()).orElseThrow();
        Tpm12QuoteInfo2 others = new Tpm12QuoteInfo2(NONCE, Bytes.parseHex("060000"), 1, digest, Optional.empty());
        assertEquals(QuoteRefusal.PCR_DIGEST_DIFFERS, refusal(quote2(tpm, others, composite), key, VALUES));
        assertEquals(
                Optional.of(composite),
                info2(composite, NONCE, Optional.empty())
                        .composite(VALUES.bank(HashAlgorithm.SHA1).orElseThrow()));
        assertEquals(Optional.empty(), others.composite(PcrBank.of(HashAlgorithm.SHA1, Map.of(1, NONCE))));
    }

    @Test
    void theSecondFormIsReadAsTheSpecificationHasIt() throws Exception {
        String plain = "0036" + "51555432" + "11".repeat(20) + "0003ff0000" + "01" + "22".repeat(20);
        Tpm12QuoteInfo2 info = (Tpm12QuoteInfo2) Tpm12Statement.decode(Bytes.parseHex(plain));
        assertEquals(Bytes.parseHex("11".repeat(20)), info.externalData());
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), info.pcrs());
        assertEquals(1, info.localityAtRelease());
        assertEquals(Bytes.parseHex("22".repeat(20)), info.digestValue());
        assertEquals(plain, info.encode().toHex());
        Bytes whole = Bytes.parseHex(plain + VERSION_INFO.toHex());
        assertEquals(Optional.of(VERSION_INFO), Tpm12QuoteInfo2.decode(whole).versionInfo());
        assertEquals(whole, Tpm12QuoteInfo2.decode(whole).encode());
        for (int length = 0; length < whole.length(); length++) {
            Bytes cut = whole.slice(0, length);
            if (length != plain.length() / 2) {
                assertThrows(MalformedDataException.class, () -> Tpm12QuoteInfo2.decode(cut), length + " bytes");
            }
        }
        assertThrows(MalformedDataException.class, () -> Tpm12QuoteInfo2.decode(Bytes.parseHex(whole.toHex() + "00")));
        assertThrows(
                MalformedDataException.class,
                () -> Tpm12QuoteInfo2.decode(Bytes.parseHex(plain.replace("0003ff", "0005ff"))));
        assertThrows(
                MalformedDataException.class,
                () -> Tpm12QuoteInfo2.decode(Bytes.parseHex(plain.replace("0036", "0037"))));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Tpm12QuoteInfo2(NONCE, Bytes.parseHex("01"), 1, NONCE, Optional.of(Bytes.parseHex("00"))));
    }
}
