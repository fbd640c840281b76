package io.github.measuredboot.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.testing.Tpm12Keys;
import io.github.measuredboot.tpm.TpmSignature.Scheme;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms in which tools and cloud SDKs keep signatures, keys and PCR values. */
class QuoteFormsTest {
    private static final Bytes NONCE = Bytes.parseHex("000102030405060708090a0b0c0d0e0f10111213");
    private static final PcrValues VALUES =
            new PcrValues(List.of(PcrBank.of(HashAlgorithm.SHA1, Map.of(0, NONCE, 7, NONCE))));
    private static final PcrSelection SELECTION =
            new PcrSelection(List.of(new PcrSelection.Bank(HashAlgorithm.SHA1, List.of(0, 7))));
    private static final SoftwareTpm P256 = SoftwareTpm.p256();

    static Stream<Arguments> tpms() {
        return Stream.of(
                Arguments.of(SoftwareTpm.rsa(2048, Scheme.RSASSA, HashAlgorithm.SHA256), 256),
                Arguments.of(SoftwareTpm.rsa(2048, Scheme.RSASSA, HashAlgorithm.SHA384), 256),
                Arguments.of(SoftwareTpm.rsa(3072, Scheme.RSAPSS, HashAlgorithm.SHA256), 384),
                Arguments.of(SoftwareTpm.rsa(3072, Scheme.RSASSA, HashAlgorithm.SHA512), 384),
                Arguments.of(P256, 64),
                Arguments.of(SoftwareTpm.ecdsa(0x0004, "secp384r1", HashAlgorithm.SHA384), 96),
                Arguments.of(SoftwareTpm.ecdsa(0x0005, "secp521r1", HashAlgorithm.SHA512), 132));
    }

    private static Bytes bare(TpmSignature signature, int size) {
        return signature instanceof TpmSignature.Rsa rsa
                ? rsa.sig()
                : join(
                        padded(((TpmSignature.Ecc) signature).signatureR(), size / 2),
                        padded(((TpmSignature.Ecc) signature).signatureS(), size / 2));
    }

    private static Bytes padded(Bytes number, int size) {
        return new ByteWriter().zeros(size - number.length()).bytes(number).toBytes();
    }

    private static Bytes join(Bytes one, Bytes two) {
        return new ByteWriter().bytes(one).bytes(two).toBytes();
    }

    private static Bytes der(TpmSignature.Ecc signature) throws Exception {
        ASN1EncodableVector numbers = new ASN1EncodableVector();
        numbers.add(new ASN1Integer(KeyMaterial.number(signature.signatureR())));
        numbers.add(new ASN1Integer(KeyMaterial.number(signature.signatureS())));
        return Bytes.wrap(new DERSequence(numbers).getEncoded());
    }

    private static void assertProves(Quote quote, AttestationKey key) throws Exception {
        assertTrue(QuoteVerifier.verify(quote, key, Nonce.of(NONCE), VALUES, SELECTION)
                .isQuoted(HashAlgorithm.SHA1, 7));
    }

    @ParameterizedTest
    @MethodSource("tpms")
    void bareSignaturesVerifyWithTheKeyInEitherForm(SoftwareTpm tpm, int size) throws Exception {
        Attest attest = tpm.attest(SELECTION, VALUES, NONCE);
        TpmSignature signature = tpm.sign(attest.encode());
        AttestationKey bound = tpm.key();
        AttestationKey spki =
                AttestationKey.decode(Bytes.wrap(tpm.keyPair().getPublic().getEncoded()));
        for (AttestationKey key : List.of(bound, spki)) {
            assertProves(Quote.decode(attest.encode(), signature.encode(), key), key);
            Bytes bare = bare(signature, size);
            assertEquals(size, bare.length());
            assertProves(Quote.decode(attest.encode(), bare, key), key);
            byte[] wrong = bare.toByteArray();
            wrong[size - 1] ^= 1;
            Quote forged = Quote.decode(attest.encode(), Bytes.wrap(wrong), key);
            QuoteRefusedException refused = assertThrows(QuoteRefusedException.class, () -> assertProves(forged, key));
            assertEquals(QuoteRefusal.SIGNATURE_WRONG, refused.reason());
            assertThrows(
                    MalformedDataException.class, () -> Quote.decode(attest.encode(), bare.slice(0, size - 1), key));
            if (signature instanceof TpmSignature.Ecc ecc) {
                assertProves(Quote.decode(attest.encode(), der(ecc), key), key);
            }
        }
    }

    @Property(tries = 1000)
    void anySignatureIsReadOrRefused(@ForAll @Size(max = 140) byte[] bytes) {
        Attest attest = P256.attest(SELECTION, VALUES, NONCE);
        try {
            Quote.decode(attest.encode(), Bytes.wrap(bytes), P256.key());
        } catch (MalformedDataException e) {
            assertFalse(e.fault().message().isEmpty());
        }
    }

    /** A TPM2B_ATTEST, as ESYS and the answer of TPM2_Quote have it; what is signed is without the size. */
    @Test
    void aStatementMayHaveItsSizeBeforeIt() throws Exception {
        Attest attest = P256.attest(SELECTION, VALUES, NONCE);
        Bytes plain = attest.encode();
        Bytes sized = sized(plain.length(), plain);
        assertEquals(attest, Attest.decode(sized));
        assertEquals(plain, Attest.decodeQuote(sized).encode());
        Bytes signature = P256.sign(plain).encode();
        assertProves(Quote.decode(sized, signature), P256.key());
        assertProves(Quote.decode(sized, signature, P256.key()), P256.key());
        Quote overSize = Quote.decode(sized, P256.sign(sized).encode());
        assertThrows(QuoteRefusedException.class, () -> assertProves(overSize, P256.key()));
        for (int size : new int[] {0, plain.length() - 1, plain.length() + 1, 0xffff}) {
            String message = message(() -> Attest.decode(sized(size, plain)));
            assertTrue(message.contains(size + " bytes where " + plain.length() + " follow"), message);
        }
        assertThrows(MalformedDataException.class, () -> Attest.decode(sized(sized.length(), sized)));
    }

    private static Bytes sized(int size, Bytes bytes) {
        return new ByteWriter().u16be(size).bytes(bytes).toBytes();
    }

    private static String message(Executable executable) {
        return assertThrows(MalformedDataException.class, executable).fault().message();
    }

    private static Map<String, Bytes> asText(Bytes bytes) {
        return Map.of(
                "hexadecimal digits", Bytes.encode(bytes.toHex() + "\n", StandardCharsets.US_ASCII),
                "base64",
                        Bytes.encode(
                                Base64.getMimeEncoder().encodeToString(bytes.toByteArray()), StandardCharsets.US_ASCII),
                "text in UTF-16", Bytes.encode("\ufeff" + bytes.toHex(), StandardCharsets.UTF_16LE));
    }

    @Test
    void partsInAnotherFormAreRecognized() throws Exception {
        Attest attest = P256.attest(SELECTION, VALUES, NONCE);
        TpmSignature signature = P256.sign(attest.encode());
        asText(attest.encode()).forEach((form, text) -> {
            String message = message(() -> Attest.decodeQuote(text));
            assertTrue(message.contains("looks like " + form) && !message.contains("no TPM made"), message);
        });
        for (Bytes encoded : List.of(signature.encode(), bare(signature, 64), der((TpmSignature.Ecc) signature))) {
            asText(encoded).forEach((form, text) -> {
                String bare = message(() -> Quote.decode(attest.encode(), text, P256.key()));
                assertTrue(bare.contains("looks like " + form), bare);
                String framed = message(() -> TpmSignature.decode(text));
                assertTrue(framed.contains("looks like " + form), framed);
            });
        }
        asText(P256.publicArea().encode()).forEach((form, text) -> {
            String message = message(() -> AttestationKey.decode(text));
            assertTrue(message.contains("looks like " + form), message);
        });
        String quoteAsKey = message(() -> AttestationKey.decode(attest.encode()));
        assertTrue(quoteAsKey.contains("looks like a TPMS_ATTEST"), quoteAsKey);
    }

    @Test
    void aStatementOfATpm12IsNamed() {
        for (Tpm12Statement statement : List.of(
                new Tpm12QuoteInfo(NONCE, NONCE),
                new Tpm12QuoteInfo2(NONCE, Bytes.parseHex("ff0000"), 1, NONCE, Optional.empty()))) {
            String message = message(() -> Attest.decode(statement.encode()));
            assertTrue(message.contains("a quote of a TPM 1.2"), message);
            assertFalse(message.contains("no TPM made"), message);
        }
        String unknown = message(() -> Attest.decode(Bytes.parseHex("8abbccdd" + "0102".repeat(40))));
        assertTrue(unknown.contains("no TPM made this"), unknown);
    }

    private static Bytes tpmPubkey(RSAPublicKey key, boolean withExponent) {
        Bytes exponent = withExponent ? SoftwareTpm.bytes(key.getPublicExponent(), 3) : Bytes.EMPTY;
        Bytes modulus = SoftwareTpm.bytes(key.getModulus(), 256);
        return Tpm12Keys.encode(Tpm12Keys.RSA, Tpm12Keys.parameters(2048, 2, exponent), modulus);
    }

    @Test
    void keysOfATpm12AreRead() throws Exception {
        RSAPublicKey key = (RSAPublicKey) SoftwareTpm.rsa(2048, Scheme.RSASSA, HashAlgorithm.SHA1)
                .keyPair()
                .getPublic();
        Bytes plain = tpmPubkey(key, false);
        Bytes tail = plain.from(24);
        Bytes whole = new ByteWriter()
                .u32be(0x01010000)
                .u16be(0x10)
                .u32be(0)
                .u8(1)
                .bytes(plain.slice(0, 24))
                .u32be(0)
                .bytes(tail)
                .u32be(3)
                .bytes(Bytes.parseHex("aabbcc"))
                .toBytes();
        for (Bytes encoded : List.of(plain, tpmPubkey(key, true), whole)) {
            assertEquals(key, AttestationKey.decode(encoded).publicKey().orElseThrow());
            for (int length = 0; length < encoded.length(); length++) {
                Bytes cut = encoded.slice(0, length);
                assertThrows(MalformedDataException.class, () -> AttestationKey.decode(cut));
            }
        }
    }

    @Test
    void rsaKeysInPkcs1AreRead() throws Exception {
        RSAPublicKey key = (RSAPublicKey) SoftwareTpm.rsa(2048, Scheme.RSASSA, HashAlgorithm.SHA256)
                .keyPair()
                .getPublic();
        ASN1EncodableVector numbers = new ASN1EncodableVector();
        numbers.add(new ASN1Integer(key.getModulus()));
        numbers.add(new ASN1Integer(key.getPublicExponent()));
        byte[] der = new DERSequence(numbers).getEncoded();
        String pem = "-----BEGIN RSA PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(der) + "\n-----END RSA PUBLIC KEY-----\n";
        for (Bytes encoded : List.of(Bytes.wrap(der), Bytes.encode(pem, StandardCharsets.US_ASCII))) {
            assertEquals(key, AttestationKey.decode(encoded).publicKey().orElseThrow());
        }
    }

    @Test
    void theCompositeOfATpm12IsMadeOfTheValues() {
        for (String select : List.of("810000", "8100", "81000000")) {
            Tpm12PcrComposite composite = new Tpm12PcrComposite(Bytes.parseHex(select), List.of(NONCE, NONCE));
            Bytes digest = HashAlgorithm.SHA1.hash(composite.encode()).orElseThrow();
            PcrBank bank = VALUES.bank(HashAlgorithm.SHA1).orElseThrow();
            assertEquals(composite, Tpm12PcrComposite.of(bank, digest).orElseThrow());
            assertEquals(VALUES, composite.values());
            assertTrue(Tpm12PcrComposite.of(bank, NONCE).isEmpty());
        }
    }

    @Test
    void theBlockOfTpm2QuoteIsASourceOfValues() throws Exception {
        String value = "11".repeat(20);
        PcrValues expected = new PcrValues(List.of(PcrBank.of(HashAlgorithm.SHA1, Map.of(0, Bytes.parseHex(value)))));
        String block = "pcrs:\n  sha1:\n    0 : 0x" + value + "\n";
        for (String text : List.of(
                block,
                "quoted: ff544347\nsignature:\n  alg: rsassa\n  sig: 00ff\n" + block + "calcDigest: 00\n",
                "---\n" + block,
                block.replace("\n", "\r\n"),
                "\ufeff" + block)) {
            assertEquals(expected, PcrValues.parsePcrread(text), text);
        }
        assertThrows(
                MalformedDataException.class,
                () -> PcrValues.parsePcrread("version: 1\nevents:\n- EventNum: 0\n" + block));
        assertThrows(MalformedDataException.class, () -> PcrValues.parsePcrread("pcrs:\n  sha9:\n    0 : 0x00\n"));
        assertThrows(MalformedDataException.class, () -> PcrValues.parsePcrread("pcrs:\n"));
    }
}
