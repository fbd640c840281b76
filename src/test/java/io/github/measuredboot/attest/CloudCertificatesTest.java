package io.github.measuredboot.attest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.testing.TestAuthority;
import io.github.measuredboot.testing.TestAuthority.Spec;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.junit.jupiter.api.Test;

/** Certificates of attestation keys as clouds make them, by their published form. */
class CloudCertificatesTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final TestAuthority ROOT = TestAuthority.root("CN=cloud");
    private static final SoftwareTpm AK = SoftwareTpm.p256();
    private static final TpmCertificate.Purpose PURPOSE = TpmCertificate.Purpose.ATTESTATION_KEY;

    private static ASN1Encodable instance(BigInteger id, ASN1Encodable... more) {
        ASN1EncodableVector fields = new ASN1EncodableVector();
        fields.add(new DERUTF8String("europe-west4-a"));
        fields.add(new ASN1Integer(123456789012L));
        fields.add(new DERUTF8String("project"));
        fields.add(new ASN1Integer(id));
        fields.add(new DERUTF8String("name"));
        for (ASN1Encodable one : more) {
            fields.add(one);
        }
        return new DERSequence(fields);
    }

    private static ASN1Encodable properties(boolean isProduction) {
        return new DERTaggedObject(true, 0, new DERSequence(new ASN1Encodable[] {
            new DERTaggedObject(true, 0, new ASN1Integer(1)),
            new DERTaggedObject(true, 1, ASN1Boolean.getInstance(isProduction))
        }));
    }

    private static TpmCertificate certificate(ASN1Encodable instance) throws MalformedDataException {
        return TpmCertificate.decode(
                ROOT.issue(new Spec().usage(0x80).with(GoogleInstance.EXTENSION, false, instance), AK.keyPair()));
    }

    private static CertificateVerifier verifier() throws MalformedDataException {
        return CertificateVerifier.trusting(List.of(TpmCertificate.decode(ROOT.certificate())));
    }

    @Test
    void googleNamesTheInstance() throws Exception {
        BigInteger id = new BigInteger("16234567890123456789");
        for (boolean isProduction : new boolean[] {true, false}) {
            GoogleInstance named = certificate(instance(id, properties(isProduction)))
                    .googleInstance()
                    .orElseThrow();
            assertEquals(
                    new GoogleInstance(
                            "europe-west4-a",
                            BigInteger.valueOf(123456789012L),
                            "project",
                            id,
                            "name",
                            Optional.of(isProduction)),
                    named);
        }
        assertEquals(
                id,
                certificate(instance(id.subtract(BigInteger.ONE.shiftLeft(64))))
                        .googleInstance()
                        .orElseThrow()
                        .instanceId(),
                "with a sign");
        assertEquals(
                Optional.empty(),
                certificate(instance(id)).googleInstance().orElseThrow().production());
        for (ASN1Encodable broken : List.of(
                new DERSequence(),
                instance(id.shiftLeft(1)),
                instance(id, properties(true), new ASN1Integer(1)),
                new ASN1Integer(1))) {
            assertThrows(MalformedDataException.class, () -> certificate(broken));
        }
    }

    @Test
    void certificatesWithoutAPurposeOfTheTcgAreTakenByName() throws Exception {
        TpmCertificate none = certificate(instance(BigInteger.ONE));
        TpmCertificate other =
                TpmCertificate.decode(ROOT.issue(new Spec().usage(0x80).purpose("1.3.6.1.5.5.7.3.2"), AK.keyPair()));
        TpmCertificate ek =
                TpmCertificate.decode(ROOT.issue(new Spec().usage(0x80).purpose(TestAuthority.EK), AK.keyPair()));
        assertEquals(List.of(CertificateFinding.NO_EXTENDED_KEY_USAGE), refused(verifier(), none));
        assertEquals(List.of(CertificateFinding.OTHER_EXTENDED_KEY_USAGE), refused(verifier(), other));
        CertificateVerifier tolerant = verifier()
                .tolerating(
                        Set.of(CertificateFinding.NO_EXTENDED_KEY_USAGE, CertificateFinding.OTHER_EXTENDED_KEY_USAGE));
        for (TpmCertificate certificate : List.of(none, other)) {
            KeyIdentity identity = KeyIdentity.byCertificate(AK.key(), tolerant.verify(certificate, PURPOSE, NOW));
            assertEquals(IdentityLevel.PROVED_BY_CERTIFICATE, identity.level());
        }
        assertEquals(
                AttestationRefusal.PURPOSE_DIFFERS,
                assertThrows(AttestationRefusedException.class, () -> tolerant.verify(ek, PURPOSE, NOW))
                        .reason());
    }

    private static List<CertificateFinding> refused(CertificateVerifier verifier, TpmCertificate certificate) {
        return assertThrows(AttestationRefusedException.class, () -> verifier.verify(certificate, PURPOSE, NOW))
                .findings();
    }

    @Test
    void theIndexesAreThoseOfTheClouds() throws Exception {
        assertEquals(0x01c10000, CloudKey.GOOGLE_RSA.certificateIndex());
        assertEquals(0x01c10002, CloudKey.GOOGLE_ECC.certificateIndex());
        assertEquals(0x01c101d0, CloudKey.AZURE.certificateIndex());
        Bytes certificate = ROOT.issue(new Spec().usage(0x80).purpose(TestAuthority.AK), AK.keyPair());
        Bytes padded = TestAuthority.concatenated(List.of(certificate, Bytes.wrap(new byte[2000])));
        verifier().verify(CertificateFiles.readNv(padded).get(0), PURPOSE, NOW);
    }
}
