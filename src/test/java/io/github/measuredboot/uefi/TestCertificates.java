package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/** Certificates whose signatures and keys are nothing: enough for code that verifies neither. */
public final class TestCertificates {
    static final Instant NOT_BEFORE = Instant.parse("2020-01-02T03:04:05Z");
    static final Instant NOT_AFTER = Instant.parse("2060-01-02T03:04:05Z");

    private TestCertificates() {}

    static Bytes of(String subject) {
        return of(new X500Name(subject));
    }

    public static Bytes of(X500Name subject) {
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption);
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(BigInteger.valueOf(0xabc123)));
        generator.setSignature(algorithm);
        generator.setIssuer(new X500Name("C=DE,O=Issuer\\, Ltd.,CN=The Issuer"));
        generator.setSubject(subject);
        generator.setStartDate(new Time(Date.from(NOT_BEFORE)));
        generator.setEndDate(new Time(Date.from(NOT_AFTER)));
        generator.setSubjectPublicKeyInfo(new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption), new byte[] {1, 2, 3}));
        ASN1EncodableVector certificate = new ASN1EncodableVector();
        certificate.add(generator.generateTBSCertificate());
        certificate.add(algorithm);
        certificate.add(new DERBitString(new byte[] {4, 5, 6}));
        try {
            return Bytes.wrap(new DERSequence(certificate).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
