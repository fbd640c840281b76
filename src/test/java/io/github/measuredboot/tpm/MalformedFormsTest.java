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
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys, signatures and values that are nearly in one of the forms that are read: what is wrong with each is named. */
class MalformedFormsTest {
    private static final SoftwareTpm P256 = SoftwareTpm.p256();
    private static final SoftwareTpm RSA = SoftwareTpm.rsa(2048, Scheme.RSASSA, HashAlgorithm.SHA256);
    private static final String SPKI =
            Bytes.wrap(P256.keyPair().getPublic().getEncoded()).toHex();
    private static final Bytes NONCE = Bytes.parseHex("000102030405060708090a0b0c0d0e0f10111213");
    private static final PcrValues VALUES =
            new PcrValues(List.of(PcrBank.of(HashAlgorithm.SHA1, Map.of(0, NONCE, 7, NONCE))));
    private static final PcrSelection SELECTION =
            new PcrSelection(List.of(new PcrSelection.Bank(HashAlgorithm.SHA1, List.of(0, 7))));

    /** The key is SEQUENCE { SEQUENCE { id-ecPublicKey, prime256v1 }, BIT STRING { 0, 4, x, y } }. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "034200 | 034201 | unusedBits",
                "03420004 | 03420002 | begins with 2, only uncompressed points (4) are read",
                "06082a8648ce3d030107 | 06082a8648ce3d030108 | is not NIST P-256, P-384, P-521 or SM2 P-256",
                "06072a8648ce3d0201 | 06072a8648ce3d0202 | is neither rsaEncryption nor id-ecPublicKey",
                "06072a8648ce3d0201 | 05072a8648ce3d0201 | has the tag 0x05 instead of 0x06",
                "3059301306 | 3080301306 | 0x80 is not the length of a key's part",
                "3059301306 | 3083301306 | 0x83 is not the length of a key's part",
                "034200 | 044200 | signatureValue",
            })
    void aKeyInDer(String right, String wrong, String reason) {
        String key = SPKI.replaceFirst(right, wrong);
        assertFalse(key.equals(SPKI));
        assertTrue(message(() -> AttestationKey.decode(Bytes.parseHex(key))).contains(reason));
    }

    @Test
    void aKeyInDerWithALengthInTwoBytes() throws Exception {
        Bytes longer = Bytes.parseHex("308159" + SPKI.substring(4));
        assertEquals(
                Optional.of(P256.keyPair().getPublic()),
                AttestationKey.decode(longer).publicKey());
    }

    @Test
    void anRsaKeyInDerHasPositiveNumbersThatAreAKeys() throws Exception {
        RSAPublicKey key = (RSAPublicKey) RSA.keyPair().getPublic();
        assertEquals(
                Optional.of(key),
                AttestationKey.decode(pkcs1(key.getModulus(), key.getPublicExponent()))
                        .publicKey());
        assertTrue(message(() -> AttestationKey.decode(pkcs1(key.getModulus().negate(), key.getPublicExponent())))
                .contains("is not a positive integer"));
        assertTrue(message(() -> AttestationKey.decode(pkcs1(key.getModulus().clearBit(0), key.getPublicExponent())))
                .contains("is not an odd one"));
        assertTrue(message(() -> AttestationKey.decode(Bytes.parseHex("3006" + "0200" + "02020101")))
                .contains("is not a positive integer"));
        Bytes withThird = pkcs1(key.getModulus(), key.getPublicExponent(), BigInteger.ONE);
        assertTrue(message(() -> AttestationKey.decode(withThird)).contains("3 bytes are left over"));
    }

    private static Bytes pkcs1(BigInteger... numbers) throws IOException {
        ASN1EncodableVector elements = new ASN1EncodableVector();
        for (BigInteger number : numbers) {
            elements.add(new ASN1Integer(number));
        }
        return Bytes.wrap(new DERSequence(elements).getEncoded());
    }

    @Test
    void aKeyOfATpm12() {
        Bytes modulus = SoftwareTpm.bytes(((RSAPublicKey) RSA.keyPair().getPublic()).getModulus(), 256);
        assertEquals("accepted", tpm12(1, 2048, 2, modulus));
        assertTrue(tpm12(1, 2048, 3, modulus).contains("numPrimes"));
        assertTrue(tpm12(1, 2047, 2, modulus).contains("has 2048 bits, keyLength says 2047"));
        byte[] even = modulus.toByteArray();
        even[255] &= (byte) 0xfe;
        assertTrue(tpm12(1, 2048, 2, Bytes.wrap(even)).contains("is not an odd one"));
        Bytes ofTpm12 =
                new ByteWriter().u32be(0x01010000).zeros(7).u32be(2).zeros(300).toBytes();
        assertTrue(message(() -> AttestationKey.decode(ofTpm12)).contains("is not TPM_ALG_RSA"));
    }

    private static String tpm12(int algorithm, int bits, int primes, Bytes modulus) {
        Bytes key = Tpm12Keys.encode(algorithm, Tpm12Keys.parameters(bits, primes, Bytes.EMPTY), modulus);
        try {
            AttestationKey.decode(key);
            return "accepted";
        } catch (MalformedDataException e) {
            return e.fault().message();
        }
    }

    @Test
    void aPublicAreaThatIsNoKeyAndAnIndexThatIsNone() {
        assertTrue(message(() ->
                        PublicArea.decode(new ByteWriter().u16be(8).zeros(40).toBytes()))
                .contains("0x0008 is neither TPM_ALG_RSA nor TPM_ALG_ECC"));
        assertTrue(message(() -> PublicArea.decode(Bytes.parseHex("00020001"))).contains("nameAlg"));
        assertTrue(message(() -> PublicArea.decode(Bytes.parseHex("0004ff010000")))
                .contains("0x0004 is neither TPM_ALG_RSA nor TPM_ALG_ECC"));
        Bytes key = P256.key().publicArea().orElseThrow().encode();
        assertTrue(message(() -> PublicArea.decode(Bytes.parseHex(key.toHex() + "00")))
                .contains("1 bytes are left over"));
        assertTrue(message(() -> NvPublic.decode(
                        new ByteWriter().u32be(0x81000000L).zeros(10).toBytes()))
                .contains("0x81000000 is not the handle of an NV index"));
    }

    @Test
    void aBareSignatureInDer() throws Exception {
        String number = "01".repeat(32);
        TpmSignature.Ecc read = (TpmSignature.Ecc) signature("3044" + "0220" + number + "0220" + number);
        assertEquals(number, read.signatureR().toHex());
        assertEquals(number, read.signatureS().toHex());
        TpmSignature.Ecc padded =
                (TpmSignature.Ecc) signature("308146" + "022100" + "ff".repeat(32) + "022100" + "ee".repeat(32));
        assertEquals("ff".repeat(32), padded.signatureR().toHex());
        TpmSignature.Ecc zero = (TpmSignature.Ecc) signature("3006" + "020100" + "020101");
        assertEquals("00", zero.signatureR().toHex());
        assertEquals(
                "66", hexLength((TpmSignature.Ecc) signature("3081" + "47" + "0242" + "01".repeat(66) + "020101")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3044 0220 N 0320 N | s: is not an INTEGER",
                "3043 021f 81O 0220 N | r: is not a positive number",
                "3043 021f 80O 0220 N | r: is not a positive number",
                "3024 0220 N 0200 | s: is not a positive number",
                "308148 0243 NN010101 020101 | r: has 67 bytes",
                "3007 020101 020101 00 | 1 bytes are left over",
                "3045 0220 N 0220 N | is neither DER nor two numbers of 32 bytes",
                "30060101000201 01 | is neither DER nor two numbers of 32 bytes",
                "3005 0201000200 | is neither DER nor two numbers of 32 bytes",
                "0018000b | signatureR",
                "00180004 00 | signatureR",
                "0018ffff 00 | is neither DER nor two numbers of 32 bytes",
                "0018010b 00 | is neither DER nor two numbers of 32 bytes",
                "0118000b 00 | is neither DER nor two numbers of 32 bytes",
                "0099000b 00 | is neither DER nor two numbers of 32 bytes",
            })
    void aBareSignatureInDerThatIsNone(String hex, String reason) {
        String bytes =
                hex.replace("N", "01".repeat(32)).replace("O", "01".repeat(30)).replace(" ", "");
        String message = message(() -> signature(bytes));
        for (String part : reason.split(": ", -1)) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void aBareSignatureHasTheSchemeThatItsKeyIsBoundTo() throws Exception {
        SoftwareTpm bound = SoftwareTpm.rsa(2048, Scheme.RSAPSS, HashAlgorithm.SHA256);
        Attest attest = bound.attest(SELECTION, VALUES, NONCE);
        Signature pkcs1 = Signature.getInstance("SHA256withRSA");
        pkcs1.initSign(bound.keyPair().getPrivate());
        pkcs1.update(attest.encode().toByteArray());
        Bytes otherScheme = Bytes.wrap(pkcs1.sign());
        Quote.Tpm20 read = (Quote.Tpm20) Quote.decode(attest.encode(), otherScheme, bound.key());
        assertEquals(Scheme.RSAPSS, read.signature().scheme());
    }

    private static String hexLength(TpmSignature.Ecc signature) {
        return String.valueOf(signature.signatureR().length());
    }

    private static TpmSignature signature(String hex) throws MalformedDataException {
        Attest attest = P256.attest(SELECTION, VALUES, NONCE);
        return ((Quote.Tpm20) Quote.decode(attest.encode(), Bytes.parseHex(hex), P256.key())).signature();
    }

    @Test
    void aBareSignatureOfAnRsaKeyHasTheSizeOfItsModulus() throws Exception {
        Attest attest = RSA.attest(SELECTION, VALUES, NONCE);
        Bytes signature = ((TpmSignature.Rsa) RSA.sign(attest.encode())).sig();
        Quote read = Quote.decode(attest.encode(), signature, RSA.key());
        assertEquals(
                new TpmSignature.Rsa(Scheme.RSASSA, HashAlgorithm.SHA256, signature), ((Quote.Tpm20) read).signature());
        assertTrue(message(() -> Quote.decode(attest.encode(), signature.from(1), RSA.key()))
                .contains("these 255 bytes are no TPMT_SIGNATURE and no bare signature: an RSA signature of this key"
                        + " has 256 bytes"));
    }

    @Test
    void aBareSignatureWhoseHashNothingTells() {
        Attest attest = P256.attest(SELECTION, VALUES, NONCE);
        Attest other = new Attest(
                attest.qualifiedSigner(),
                attest.extraData(),
                attest.clockInfo(),
                attest.firmwareVersion(),
                new Attested.Quote(SoftwareTpm.quoted(attest).pcrSelect(), Bytes.wrap(new byte[21])));
        assertTrue(message(() -> Quote.decode(
                        other.encode(), Bytes.wrap(new byte[64]), AttestationKey.decode(Bytes.parseHex(SPKI))))
                .contains("no hash algorithm has the 21 bytes of the quote's digest"));
    }

    @Test
    void aStatementThatIsNoQuote() {
        Attest attest = P256.attest(SELECTION, VALUES, NONCE);
        Attest time = new Attest(
                attest.qualifiedSigner(),
                attest.extraData(),
                attest.clockInfo(),
                attest.firmwareVersion(),
                new Attested.Time(0, attest.clockInfo(), 0));
        TpmSignature signature = P256.sign(time.encode());
        assertThrows(IllegalArgumentException.class, () -> new Quote.Tpm20(time, signature));
        assertTrue(
                message(() -> Attest.decodeQuote(time.encode())).contains("0x8019 is not TPM_ST_ATTEST_QUOTE 0x8018"));
    }

    @Test
    void aCompositeOfATpm12WithOtherValuesThanItSelects() {
        for (List<Bytes> values : List.of(List.of(NONCE), List.of(NONCE, NONCE, NONCE))) {
            assertThrows(IllegalArgumentException.class, () -> new Tpm12PcrComposite(Bytes.parseHex("810000"), values));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new Tpm12PcrComposite(Bytes.parseHex("01"), List.of(NONCE.from(1))));
        PcrBank high = PcrBank.of(HashAlgorithm.SHA1, Map.of(24, NONCE));
        Tpm12PcrComposite four = new Tpm12PcrComposite(Bytes.parseHex("00000001"), List.of(NONCE));
        assertEquals(
                Optional.of(four),
                Tpm12PcrComposite.of(
                        high, HashAlgorithm.SHA1.hash(four.encode()).orElseThrow()));
    }

    @Test
    void aQuoteOfATpm12IsKnownByItsBeginning() {
        Bytes info = new Tpm12QuoteInfo(NONCE, NONCE).encode();
        assertTrue(Tpm12QuoteInfo.isQuoteInfo(info));
        assertTrue(Tpm12QuoteInfo.isQuoteInfo(info.slice(0, 8)));
        assertFalse(Tpm12QuoteInfo.isQuoteInfo(info.slice(0, 7)));
        assertFalse(Tpm12QuoteInfo.isQuoteInfo(info.from(1)));
    }

    @Test
    void aFolderOfTheKernelHasAFileForEachPcr(@TempDir Path folder) throws Exception {
        Path sha256 = Files.createDirectory(folder.resolve("pcr-sha256"));
        Path sha1 = Files.createDirectory(folder.resolve("pcr-sha1"));
        Files.createDirectory(folder.resolve("power"));
        Files.writeString(folder.resolve("pcr-note"), "no folder");
        Files.writeString(sha256.resolve("0"), "AB".repeat(32) + "\n");
        Files.writeString(sha256.resolve("23"), "00".repeat(32) + "\n");
        Files.createDirectory(sha256.resolve("folder"));
        Files.writeString(sha1.resolve("0"), "CD".repeat(20));
        PcrValues both = PcrValues.readSysfs(folder);
        assertEquals(
                Map.of(0, Bytes.parseHex("ab".repeat(32)), 23, Bytes.wrap(new byte[32])),
                both.bank(HashAlgorithm.SHA256).orElseThrow().values());
        assertEquals(Optional.of(Bytes.parseHex("cd".repeat(20))), both.value(HashAlgorithm.SHA1, 0));
        PcrValues one = PcrValues.readSysfs(sha256);
        assertEquals(List.of(both.bank(HashAlgorithm.SHA256).orElseThrow()), one.banks());
        Files.writeString(sha1.resolve("1"), "CD".repeat(19));
        assertTrue(message(() -> PcrValues.readSysfs(folder)).contains("has 38 hexadecimal digits instead of 40"));
        Files.writeString(sha1.resolve("1"), "CX".repeat(20));
        assertTrue(message(() -> PcrValues.readSysfs(folder)).contains("is not hexadecimal"));
        Files.writeString(sha1.resolve("1"), "CD".repeat(20));
        Files.writeString(sha1.resolve("32"), "CD".repeat(20));
        assertTrue(message(() -> PcrValues.readSysfs(folder)).contains("the highest PCR index is 31"));
        Files.delete(sha1.resolve("32"));
        Files.writeString(sha1.resolve("x"), "CD".repeat(20));
        assertTrue(message(() -> PcrValues.readSysfs(folder)).contains("not a PCR index"));
    }

    @Test
    void valuesThatABuilderIsGiven() throws Exception {
        PcrValuesBuilder builder = new PcrValuesBuilder("test");
        assertTrue(message(builder::build).contains("there is none"));
        assertTrue(message(() -> builder.bank("sha9", 7)).contains("'sha9' is not a known hash algorithm"));
        HashAlgorithm sha1 = builder.bank("sha1", 0);
        assertTrue(message(() -> builder.bank("sha1", 0)).contains("sha1 is given twice"));
        builder.add(sha1, "0", "0x" + "11".repeat(20), 0);
        builder.add(sha1, "01", "0X" + "11".repeat(20), 0);
        builder.add(sha1, "31", "11".repeat(20), 0);
        assertTrue(message(() -> builder.add(sha1, "00", "11".repeat(20), 0)).contains("is given twice"));
        assertTrue(message(() -> builder.add(sha1, 2, Bytes.EMPTY, 0)).contains("has 0 bytes instead of 20"));
        builder.add(HashAlgorithm.SHA256, 3, Bytes.wrap(new byte[32]), 0);
        assertEquals("PcrValues[sha1:[0, 1, 31]+sha256:[3]]", builder.build().toString());
    }

    @Test
    void whatThisJvmCanCompute() {
        assertTrue(HashAlgorithm.SHA256.isComputable());
        assertTrue(HashAlgorithm.SHA256.isComputable(), "found out once");
        assertFalse(HashAlgorithm.of(0x00b2, 32).isComputable());
        assertTrue(HashAlgorithm.SHA3_256.isStandard());
        assertFalse(HashAlgorithm.of(0x00b2, 32).isStandard());
    }

    private static String message(Executable reading) {
        return assertThrows(MalformedDataException.class, reading).fault().message();
    }
}
