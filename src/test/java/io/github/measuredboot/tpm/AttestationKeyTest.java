package io.github.measuredboot.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.tpm.TpmSignature.Scheme;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.junit.jupiter.api.Test;

class AttestationKeyTest {
    private static final Bytes MESSAGE = Bytes.encode("message", StandardCharsets.US_ASCII);

    private static String reason(Bytes key) {
        return assertThrows(MalformedDataException.class, () -> AttestationKey.decode(key))
                .fault()
                .message();
    }

    private static Bytes pem(String label, Bytes der) {
        return Bytes.encode(
                "-----BEGIN " + label + "-----\n"
                        + Base64.getMimeEncoder().encodeToString(der.toByteArray())
                        + "\n-----END " + label + "-----\n",
                StandardCharsets.US_ASCII);
    }

    private static Bytes certificate(SoftwareTpm tpm) throws Exception {
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption);
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(BigInteger.TEN));
        generator.setSignature(algorithm);
        generator.setIssuer(new X500Name("CN=issuer"));
        generator.setSubject(new X500Name("CN=AK"));
        generator.setStartDate(new Time(new Date(0)));
        generator.setEndDate(new Time(new Date(1)));
        generator.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(tpm.keyPair().getPublic().getEncoded()));
        TBSCertificate tbs = generator.generateTBSCertificate();
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(tpm.keyPair().getPrivate());
        signature.update(tbs.getEncoded());
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(tbs);
        parts.add(algorithm);
        parts.add(new DERBitString(signature.sign()));
        return Bytes.wrap(new DERSequence(parts).getEncoded());
    }

    @Test
    void readsTheKeyOfACertificate() throws Exception {
        SoftwareTpm tpm = SoftwareTpm.rsa(2048, Scheme.RSASSA, HashAlgorithm.SHA256);
        TpmSignature signature = tpm.sign(MESSAGE);
        Bytes der = certificate(tpm);
        for (Bytes form : new Bytes[] {
            der,
            pem("CERTIFICATE", der),
            pem("PUBLIC KEY", Bytes.wrap(tpm.keyPair().getPublic().getEncoded())),
            tpm.publicArea().encode()
        }) {
            assertTrue(AttestationKey.decode(form).material().verify(signature, MESSAGE), form.toString());
        }
        assertTrue(reason(der.slice(0, der.length() - 1)).startsWith("DER.key or certificate at offset"));
        assertTrue(reason(Bytes.parseHex(der.toHex() + "00")).contains("1 bytes are left over"));
    }

    @Test
    void inDerNothingFollowsAKeyOrOneOfItsParts() throws Exception {
        SoftwareTpm tpm = SoftwareTpm.rsa(2048, Scheme.RSASSA, HashAlgorithm.SHA256);
        Bytes spki = Bytes.wrap(tpm.keyPair().getPublic().getEncoded());
        ASN1Encodable[] key = elements(spki);
        ASN1Encodable[] certificate = elements(certificate(tpm));
        ASN1Encodable[] signed =
                elements(Bytes.wrap(certificate[0].toASN1Primitive().getEncoded()));
        int info = signed.length - 1;
        while (!signed[info].equals(new DERSequence(key))) {
            info--;
        }
        signed[info] = withNull(key);
        for (ASN1Encodable longer : List.of(withNull(key), withNull(certificate), new DERSequence(new ASN1Encodable[] {
            new DERSequence(signed), certificate[1], certificate[2]
        }))) {
            assertTrue(reason(Bytes.wrap(longer.toASN1Primitive().getEncoded())).contains("2 bytes are left over"));
        }
        assertTrue(reason(Bytes.parseHex(spki.toHex() + "00")).contains("1 bytes are left over"));
    }

    private static ASN1Encodable[] elements(Bytes sequence) throws IOException {
        return ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(sequence.toByteArray()))
                .toArray();
    }

    private static DERSequence withNull(ASN1Encodable[] elements) {
        ASN1Encodable[] more = Arrays.copyOf(elements, elements.length + 1);
        more[elements.length] = DERNull.INSTANCE;
        return new DERSequence(more);
    }

    @Test
    void saysWhatIsWrongWithATextThatIsNoKey() {
        SoftwareTpm tpm = SoftwareTpm.p256();
        Bytes key = Bytes.wrap(tpm.keyPair().getPublic().getEncoded());
        assertTrue(reason(pem("PRIVATE KEY", key)).contains("is not a complete PUBLIC KEY or CERTIFICATE"));
        Bytes chain = Bytes.parseHex(pem("PUBLIC KEY", key).toHex().repeat(2));
        assertTrue(reason(chain).contains("holds several blocks"));
        assertTrue(reason(Bytes.encode(
                        "-----BEGIN PUBLIC KEY-----\nA=A\n-----END PUBLIC KEY-----", StandardCharsets.US_ASCII))
                .contains("is not base64"));
        assertTrue(reason(Bytes.EMPTY).contains("needs 2 bytes, 0 are left"));
        assertTrue(reason(Bytes.wrap(new byte[70_000])).contains("more than 65536"));
    }

    @Test
    void refusesAPointThatIsNotOnItsCurve() {
        for (SoftwareTpm tpm : new SoftwareTpm[] {
            SoftwareTpm.p256(),
            SoftwareTpm.ecdsa(4, "secp384r1", HashAlgorithm.SHA384),
            SoftwareTpm.ecdsa(5, "secp521r1", HashAlgorithm.SHA512)
        }) {
            byte[] area = tpm.publicArea().encode().toByteArray();
            area[area.length - 1] ^= 1;
            assertTrue(reason(Bytes.wrap(area)).contains("the point is not on the curve"));
            byte[] der = tpm.keyPair().getPublic().getEncoded();
            der[der.length - 1] ^= 1;
            assertTrue(reason(Bytes.wrap(der)).contains("the point is not on the curve"));
        }
        PublicArea.Ecc p256 = (PublicArea.Ecc) SoftwareTpm.p256().publicArea().parameters();
        assertEquals(
                "TPMT_PUBLIC.unique at offset 0: the point is not on the curve",
                reason(area(
                        new PublicArea.Ecc(p256.symmetric(), p256.scheme(), 0x20, p256.kdf(), p256.x(), p256.y()))));
        assertTrue(
                reason(area(new PublicArea.Ecc(p256.symmetric(), p256.scheme(), 0x10, p256.kdf(), p256.x(), p256.y())))
                        .contains("the curve 0x0010 is not NIST P-256"));
    }

    private static Bytes area(PublicArea.Parameters parameters) {
        return new PublicArea(HashAlgorithm.SHA256.id(), SoftwareTpm.ATTRIBUTES, Bytes.EMPTY, parameters).encode();
    }

    @Test
    void refusesRsaNumbersThatNoTpmHas() {
        PublicArea.Rsa good = (PublicArea.Rsa) SoftwareTpm.rsa(2048, Scheme.RSASSA, HashAlgorithm.SHA256)
                .publicArea()
                .parameters();
        byte[] even = good.modulus().toByteArray();
        even[even.length - 1] &= (byte) 0xfe;
        assertTrue(reason(area(rsa(good, 2048, 0, Bytes.wrap(even)))).contains("is not an odd one of 1024 to 4096"));
        assertTrue(reason(area(rsa(good, 512, 0, good.modulus().slice(0, 64)))).contains("of 512 bits"));
        assertTrue(reason(area(rsa(good, 1024, 0, good.modulus()))).contains("has 2048 bits, keyBits says 1024"));
        assertTrue(reason(area(rsa(good, 2048, 1, good.modulus()))).contains("the RSA exponent is not odd, 3 or more"));
        assertTrue(reason(area(rsa(good, 2048, 4, good.modulus()))).contains("the RSA exponent is not odd, 3 or more"));
    }

    private static PublicArea.Rsa rsa(PublicArea.Rsa like, int keyBits, long exponent, Bytes modulus) {
        return new PublicArea.Rsa(like.symmetric(), like.scheme(), keyBits, exponent, modulus);
    }
}
