package io.github.measuredboot.attest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.testing.Growth;
import io.github.measuredboot.testing.TestAuthority;
import io.github.measuredboot.testing.TestAuthority.Spec;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;

/** Several chains for one certificate, lists of several kinds, and signatures and names in unusual forms. */
class ChainsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Instant BEFORE = NOW.minusSeconds(100);
    private static final Instant AFTER = NOW.plusSeconds(100);
    private static final TestAuthority ROOT = TestAuthority.root("CN=root");
    private static final TestAuthority MIDDLE =
            ROOT.authority(new Spec().subject("CN=middle").authority(-1));
    private static final KeyPair EK = TestAuthority.ecc("secp256r1");
    private static final TpmCertificate.Purpose PURPOSE = TpmCertificate.Purpose.ENDORSEMENT_KEY;

    private static Spec good() {
        return new Spec()
                .purpose(TestAuthority.EK)
                .usage(0x08)
                .tpm(true, true, "id:49465800")
                .with("1.3.6.1.5.5.7.1.1", false, DERNull.INSTANCE);
    }

    private static Spec middle() {
        return new Spec().subject("CN=middle").authority(-1);
    }

    private static List<TpmCertificate> decode(List<Bytes> certificates) throws MalformedDataException {
        List<TpmCertificate> decoded = new ArrayList<>();
        for (Bytes certificate : certificates) {
            decoded.add(TpmCertificate.decode(certificate));
        }
        return decoded;
    }

    private static CertificateVerifier verifier(List<Bytes> intermediates) throws MalformedDataException {
        return CertificateVerifier.trusting(decode(List.of(ROOT.certificate())))
                .withIntermediates(decode(intermediates));
    }

    private static VerifiedCertificate verify(CertificateVerifier verifier) throws Exception {
        return verifier.verify(TpmCertificate.decode(MIDDLE.issue(good(), EK)), PURPOSE, NOW);
    }

    private static List<CertificateFinding> refusedFor(CertificateVerifier verifier) {
        return assertThrows(AttestationRefusedException.class, () -> verify(verifier))
                .findings();
    }

    @Test
    void theOrderOfIntermediatesDoesNotDecide() throws Exception {
        Spec expired = middle();
        expired.notAfter = BEFORE;
        Spec old = middle();
        old.hash = "SHA1";
        List<Bytes> certificates = new ArrayList<>(List.of(
                MIDDLE.certifiedBy(ROOT, expired),
                MIDDLE.certifiedBy(ROOT, old),
                MIDDLE.certificate(),
                MIDDLE.certifiedBy(ROOT, middle().with("2.5.29.30", true, DERNull.INSTANCE))));
        for (int i = 0; i < certificates.size(); i++) {
            VerifiedCertificate verified = verify(verifier(certificates));
            assertEquals(MIDDLE.certificate(), verified.chain().get(1).encoded());
            assertEquals(List.of(CertificateFinding.REVOCATION_NOT_CHECKED), verified.findings());
            Collections.rotate(certificates, 1);
        }
        certificates.remove(MIDDLE.certificate());
        assertEquals(1, refusedFor(verifier(certificates)).size(), "the least that has to be tolerated");
    }

    @Test
    void aChainThatIsNotRevokedIsTaken() throws Exception {
        Spec other = middle();
        other.serial = BigInteger.valueOf(5);
        List<Bytes> both = List.of(MIDDLE.certificate(), MIDDLE.certifiedBy(ROOT, other));
        List<Bytes> revoked = List.of(ROOT.revoke(BEFORE, AFTER, 77));
        assertEquals(
                BigInteger.valueOf(5),
                verify(verifier(both).withRevocationLists(revoked))
                        .chain()
                        .get(1)
                        .serialNumber());
        List<Bytes> bothRevoked = List.of(ROOT.revoke(BEFORE, AFTER, 77, 5));
        assertEquals(
                AttestationRefusal.REVOKED,
                assertThrows(
                                AttestationRefusedException.class,
                                () -> verify(verifier(both).withRevocationLists(bothRevoked)))
                        .reason());
    }

    /** Authorities that certify each other, and a root that can be reached through each. */
    private static CertificateVerifier mesh(int size) throws Exception {
        List<Bytes> mesh = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Spec spec = middle();
            spec.serial = BigInteger.valueOf(i);
            spec.notAfter = BEFORE;
            mesh.add(MIDDLE.certifiedBy(MIDDLE, spec));
            mesh.add(MIDDLE.certifiedBy(ROOT, spec));
        }
        return verifier(mesh);
    }

    @Test
    void aMeshOfAuthoritiesIsSearchedInBoundedTime() throws Exception {
        TpmCertificate leaf = TpmCertificate.decode(MIDDLE.issue(good(), EK));
        Growth.requireLinear(160, ChainsTest::mesh, verifier -> {
            AttestationRefusedException refused =
                    assertThrows(AttestationRefusedException.class, () -> verifier.verify(leaf, PURPOSE, NOW));
            assertEquals(List.of(CertificateFinding.EXPIRED), refused.findings());
            return refused;
        });
    }

    @Test
    void listsCountForWhatTheyProve() throws Exception {
        Bytes ofRoot = ROOT.revoke(BEFORE, AFTER);
        Spec sha1 = new Spec();
        sha1.hash = "SHA1";
        CertificateVerifier verifier = verifier(List.of(MIDDLE.certificate()));
        assertEquals(
                List.of(CertificateFinding.SHA1_REVOCATION_LIST),
                verify(verifier.withRevocationLists(List.of(ofRoot, MIDDLE.revoke(sha1, BEFORE, AFTER))))
                        .findings());
        assertEquals(
                List.of(),
                verify(verifier.withRevocationLists(
                                List.of(ofRoot, MIDDLE.revoke(sha1, BEFORE, AFTER), MIDDLE.revoke(BEFORE, AFTER))))
                        .findings());
        List<Bytes> revoked = List.of(MIDDLE.revoke(sha1, BEFORE, AFTER, 77));
        assertThrows(
                AttestationRefusedException.class,
                () -> verify(verifier.withRevocationLists(revoked)),
                "what it lists is revoked");
        CertificateVerifier noSigner = verifier(List.of(MIDDLE.certifiedBy(ROOT, middle().usage(0x04))));
        assertEquals(
                List.of(CertificateFinding.REVOCATION_NOT_CHECKED),
                verify(noSigner.withRevocationLists(List.of(ofRoot, MIDDLE.revoke(BEFORE, AFTER))))
                        .findings(),
                "an authority that may not sign lists");
        assertThrows(AttestationRefusedException.class, () -> verify(noSigner.withRevocationLists(revoked)));
        Spec another = new Spec();
        another.innerHash = "SHA1";
        assertThrows(
                MalformedDataException.class,
                () -> verifier.withRevocationLists(List.of(MIDDLE.revoke(another, BEFORE, AFTER))),
                "the signed part names another algorithm");
    }

    @Test
    void namesAreComparedByTheirAttributesInOrder() throws Exception {
        KeyPair keys = TestAuthority.rsa(2048);
        String name = "CN=Some  Authority,O=Maker";
        TestAuthority authority = ROOT.authority(new Spec().subject(name).authority(-1));
        for (boolean inOrder : new boolean[] {true, false}) {
            X500NameBuilder other = new X500NameBuilder();
            if (inOrder) {
                other.addRDN(BCStyle.CN, new DERPrintableString("some authority"))
                        .addRDN(BCStyle.O, new DERUTF8String("MAKER"));
            } else {
                other.addRDN(BCStyle.O, new DERUTF8String("Maker"))
                        .addRDN(BCStyle.CN, new DERPrintableString("Some Authority"));
            }
            TestAuthority sameKey = authority.named(other.build());
            CertificateVerifier verifier = verifier(List.of(authority.certificate()));
            TpmCertificate leaf = TpmCertificate.decode(sameKey.issue(good().usage(0x20), keys));
            if (inOrder) {
                assertTrue(verifier.verify(leaf, PURPOSE, NOW)
                        .findings()
                        .contains(CertificateFinding.NAME_ENCODING_DIFFERS));
            } else {
                assertEquals(
                        AttestationRefusal.NO_PATH_TO_ROOT,
                        assertThrows(AttestationRefusedException.class, () -> verifier.verify(leaf, PURPOSE, NOW))
                                .reason());
            }
        }
    }

    private static ASN1Encodable hash(String oid) {
        return new DERSequence(new ASN1Encodable[] {new ASN1ObjectIdentifier(oid), DERNull.INSTANCE});
    }

    private static final String SHA256 = "2.16.840.1.101.3.4.2.1";
    private static final String MGF1 = "1.2.840.113549.1.1.8";

    private static Spec pss(ASN1Encodable... parameters) {
        Spec spec = good();
        spec.pss = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
        spec.algorithm = new DERSequence(
                new ASN1Encodable[] {new ASN1ObjectIdentifier("1.2.840.113549.1.1.10"), new DERSequence(parameters)});
        return spec;
    }

    private static DERTaggedObject tagged(int tag, ASN1Encodable value) {
        return new DERTaggedObject(true, tag, value);
    }

    private static ASN1Encodable mgf(String oid) {
        return new DERSequence(new ASN1Encodable[] {new ASN1ObjectIdentifier(oid), hash(SHA256)});
    }

    @Test
    void theParametersOfPssAreReadStrictly() throws Exception {
        DERTaggedObject hash = tagged(0, hash(SHA256));
        DERTaggedObject mask = tagged(1, mgf(MGF1));
        DERTaggedObject salt = tagged(2, new ASN1Integer(32));
        DERTaggedObject trailer = tagged(3, new ASN1Integer(1));
        CertificateVerifier verifier = verifier(List.of(MIDDLE.certificate()));
        for (Spec spec : List.of(pss(hash, mask, salt), pss(hash, mask, salt, trailer))) {
            verifier.verify(TpmCertificate.decode(MIDDLE.issue(spec, EK)), PURPOSE, NOW);
        }
        for (Spec spec : List.of(
                pss(mask, hash, salt),
                pss(hash, hash, mask, salt),
                pss(hash, mask, salt, tagged(3, new ASN1Integer(2))),
                pss(hash, mask, tagged(2, new ASN1Integer(-1))),
                pss(hash, mask, tagged(2, new ASN1Integer(5000))),
                pss(hash, mask, salt, tagged(4, new ASN1Integer(1))))) {
            assertThrows(MalformedDataException.class, () -> TpmCertificate.decode(MIDDLE.issue(spec, EK)));
        }
        for (Spec spec : List.of(
                pss(hash, tagged(1, mgf("1.2.840.113549.1.1.9")), salt),
                pss(hash, mask),
                pss(hash, mask, tagged(2, new ASN1Integer(31))),
                pss(mask, salt))) {
            TpmCertificate leaf = TpmCertificate.decode(MIDDLE.issue(spec, EK));
            assertEquals(
                    AttestationRefusal.NO_PATH_TO_ROOT,
                    assertThrows(AttestationRefusedException.class, () -> verifier.verify(leaf, PURPOSE, NOW))
                            .reason());
        }
    }

    @Test
    void thereAreThreeVersions() throws Exception {
        for (int version : new int[] {4, 5, Integer.MAX_VALUE}) {
            Spec spec = good();
            spec.version = version;
            assertThrows(MalformedDataException.class, () -> TpmCertificate.decode(MIDDLE.issue(spec, EK)));
        }
    }

    private record Names(TpmCertificate leaf, CertificateVerifier verifier) {}

    /** One name in two encodings, but for the last attribute. */
    private static Names names(int attributes) throws Exception {
        X500NameBuilder one = new X500NameBuilder();
        X500NameBuilder other = new X500NameBuilder();
        for (int i = 0; i < attributes; i++) {
            one.addRDN(BCStyle.OU, new DERUTF8String("a"));
            other.addRDN(BCStyle.OU, new DERPrintableString("a"));
        }
        Spec spec = new Spec().authority(-1);
        spec.subject = other.addRDN(BCStyle.CN, new DERPrintableString("c")).build();
        TestAuthority authority =
                MIDDLE.named(one.addRDN(BCStyle.CN, new DERUTF8String("b")).build());
        return new Names(
                TpmCertificate.decode(authority.issue(good(), EK)),
                verifier(Collections.nCopies(20, MIDDLE.certifiedBy(ROOT, spec))));
    }

    @Test
    void longNamesAreComparedInLinearTime() throws Exception {
        Growth.requireLinear(
                2000,
                ChainsTest::names,
                names -> assertThrows(
                        AttestationRefusedException.class, () -> names.verifier.verify(names.leaf, PURPOSE, NOW)));
    }
}
