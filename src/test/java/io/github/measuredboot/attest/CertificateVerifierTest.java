package io.github.measuredboot.attest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.testing.TestAuthority;
import io.github.measuredboot.testing.TestAuthority.Spec;
import io.github.measuredboot.testing.TestLogs;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;

class CertificateVerifierTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final TestAuthority ROOT = TestAuthority.root("CN=root");
    private static final TestAuthority MIDDLE =
            ROOT.authority(new Spec().subject("CN=middle").authority(0));
    private static final KeyPair EK = TestAuthority.rsa(2048);
    private static final TpmCertificate.Purpose PURPOSE = TpmCertificate.Purpose.ENDORSEMENT_KEY;

    private static Spec good() {
        return new Spec()
                .purpose(TestAuthority.EK)
                .usage(0x20)
                .tpm(true, true, "id:49465800")
                .with("1.3.6.1.5.5.7.1.1", false, DERNull.INSTANCE);
    }

    private static CertificateVerifier verifier() throws MalformedDataException {
        return CertificateVerifier.trusting(List.of(TpmCertificate.decode(ROOT.certificate())))
                .withIntermediates(List.of(TpmCertificate.decode(MIDDLE.certificate())));
    }

    private static VerifiedCertificate verify(Bytes certificate) throws Exception {
        return verifier().verify(TpmCertificate.decode(certificate), PURPOSE, NOW);
    }

    private static AttestationRefusal refusal(Bytes certificate) {
        return assertThrows(AttestationRefusedException.class, () -> verify(certificate))
                .reason();
    }

    private static Set<CertificateFinding> refusedFor(Bytes certificate) {
        AttestationRefusedException refused =
                assertThrows(AttestationRefusedException.class, () -> verify(certificate));
        assertEquals(AttestationRefusal.CERTIFICATE_NOT_ACCEPTED, refused.reason());
        return Set.copyOf(refused.findings());
    }

    @Test
    void aChainLeadsToTheRoot() throws Exception {
        VerifiedCertificate verified = verify(MIDDLE.issue(good(), EK));
        assertEquals(3, verified.chain().size());
        assertEquals(List.of(CertificateFinding.REVOCATION_NOT_CHECKED), verified.findings());
        TpmCertificate certificate = verified.certificate();
        assertEquals("id:49465800", certificate.manufacturer().orElseThrow());
        assertEquals(
                TpmManufacturer.IFX,
                TpmManufacturer.byAttribute(certificate.manufacturer().get()).orElseThrow());
        assertEquals("model", certificate.model().orElseThrow());
        assertEquals("id:00010002", certificate.version().orElseThrow());
        verified.requireKey(EK.getPublic());
        assertEquals(
                AttestationRefusal.KEY_DIFFERS,
                assertThrows(
                                AttestationRefusedException.class,
                                () -> verified.requireKey(
                                        TestAuthority.rsa(2048).getPublic()))
                        .reason());
    }

    @Test
    void whatVendorsDoIsReadAndReported() throws Exception {
        Spec odd = good().tpm(false, false, "id:FFFFFFFF");
        odd.subject = new X500Name(new org.bouncycastle.asn1.x500.RDN[0]);
        odd.serial = BigInteger.ONE.shiftLeft(200).negate();
        odd.keyOid = "1.2.840.113549.1.1.7";
        odd.notAfter = Instant.parse("9999-12-31T23:59:59Z");
        odd.extensions.remove("1.3.6.1.5.5.7.1.1");
        VerifiedCertificate verified = verify(MIDDLE.issue(odd, EK));
        assertEquals(
                EnumSet.of(
                        CertificateFinding.UNKNOWN_MANUFACTURER,
                        CertificateFinding.EMPTY_SUBJECT,
                        CertificateFinding.SUBJECT_ALTERNATIVE_NAME_NOT_CRITICAL,
                        CertificateFinding.OAEP_KEY,
                        CertificateFinding.SERIAL_NUMBER_NOT_POSITIVE,
                        CertificateFinding.SERIAL_NUMBER_TOO_LONG,
                        CertificateFinding.NO_AUTHORITY_INFORMATION,
                        CertificateFinding.NEVER_EXPIRES,
                        CertificateFinding.REVOCATION_NOT_CHECKED),
                EnumSet.copyOf(verified.findings()));
        assertEquals("model", verified.certificate().model().orElseThrow(), "attributes in names of their own");
        verified.requireKey(EK.getPublic());
    }

    @Test
    void whatIsRefusedCanBeToleratedByName() throws Exception {
        Spec expired = good();
        expired.notAfter = NOW.minusSeconds(1);
        assertEquals(Set.of(CertificateFinding.EXPIRED), refusedFor(MIDDLE.issue(expired, EK)));
        assertTrue(verifier()
                .tolerating(Set.of(CertificateFinding.EXPIRED))
                .verify(TpmCertificate.decode(MIDDLE.issue(expired, EK)), PURPOSE, NOW)
                .findings()
                .contains(CertificateFinding.EXPIRED));
        Spec early = good();
        early.notBefore = NOW.plusSeconds(1);
        assertEquals(Set.of(CertificateFinding.NOT_YET_VALID), refusedFor(MIDDLE.issue(early, EK)));
        Spec sha1 = good();
        sha1.hash = "SHA1";
        assertEquals(Set.of(CertificateFinding.SHA1_SIGNATURE), refusedFor(MIDDLE.issue(sha1, EK)));
        assertEquals(
                Set.of(CertificateFinding.SHORT_RSA_KEY), refusedFor(MIDDLE.issue(good(), TestAuthority.rsa(1024))));
        assertEquals(
                Set.of(CertificateFinding.UNKNOWN_CRITICAL_EXTENSION),
                refusedFor(MIDDLE.issue(good().with("2.5.29.30", true, DERNull.INSTANCE), EK)));
        assertEquals(
                Set.of(CertificateFinding.CA_CERTIFICATE, CertificateFinding.KEY_USAGE_DIFFERS),
                refusedFor(MIDDLE.issue(good().authority(-1), EK)));
        assertEquals(Set.of(CertificateFinding.KEY_USAGE_DIFFERS), refusedFor(MIDDLE.issue(good().usage(0x80), EK)));
        Spec noPurpose = good();
        noPurpose.extensions.remove("2.5.29.37");
        assertEquals(Set.of(CertificateFinding.NO_EXTENDED_KEY_USAGE), refusedFor(MIDDLE.issue(noPurpose, EK)));
        assertEquals(
                Set.of(CertificateFinding.KEY_USAGE_DIFFERS),
                refusedFor(MIDDLE.issue(good(), TestAuthority.ecc("secp256r1"))));
        verify(MIDDLE.issue(good().usage(0x08), TestAuthority.ecc("secp256r1")));
    }

    @Test
    void noOtherChainIsGood() throws Exception {
        Bytes certificate = MIDDLE.issue(good(), EK);
        assertEquals(
                AttestationRefusal.NO_PATH_TO_ROOT,
                assertThrows(
                                AttestationRefusedException.class,
                                () -> CertificateVerifier.trusting(List.of())
                                        .verify(TpmCertificate.decode(certificate), PURPOSE, NOW))
                        .reason());
        TestAuthority stranger = TestAuthority.root("CN=root");
        assertEquals(AttestationRefusal.NO_PATH_TO_ROOT, refusal(stranger.issue(good(), EK)), "the name alone");
        assertEquals(
                AttestationRefusal.NO_PATH_TO_ROOT,
                refusal(MIDDLE.named("CN=other").issue(good(), EK)),
                "the key alone");
        assertEquals(AttestationRefusal.PURPOSE_DIFFERS, refusal(MIDDLE.issue(good().purpose(TestAuthority.AK), EK)));
        TestAuthority tooDeep = MIDDLE.authority(new Spec().subject("CN=deep").authority(-1));
        TestAuthority notAnAuthority =
                ROOT.authority(new Spec().subject("CN=leaf").usage(0x04));
        TestAuthority noSigner =
                ROOT.authority(new Spec().subject("CN=no").authority(-1).usage(0x20));
        for (TestAuthority bad : List.of(tooDeep, notAnAuthority, noSigner)) {
            CertificateVerifier with = CertificateVerifier.trusting(List.of(TpmCertificate.decode(ROOT.certificate())))
                    .withIntermediates(List.of(
                            TpmCertificate.decode(MIDDLE.certificate()), TpmCertificate.decode(bad.certificate())));
            TpmCertificate leaf = TpmCertificate.decode(bad.issue(good(), EK));
            assertEquals(
                    AttestationRefusal.NO_PATH_TO_ROOT,
                    assertThrows(AttestationRefusedException.class, () -> with.verify(leaf, PURPOSE, NOW))
                            .reason());
        }
    }

    @Test
    void eachFlippedBitIsRefused() throws Exception {
        Bytes certificate = MIDDLE.issue(good(), EK);
        verify(certificate);
        for (int bit = 0; bit < certificate.length() * Byte.SIZE; bit++) {
            byte[] flipped = certificate.toByteArray();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThrows(Exception.class, () -> verify(Bytes.wrap(flipped)), "bit " + bit);
        }
    }

    @Test
    void revocationListsOfTheIssuersCount() throws Exception {
        Bytes certificate = MIDDLE.issue(good(), EK);
        TpmCertificate leaf = TpmCertificate.decode(certificate);
        Instant before = NOW.minusSeconds(100);
        Instant after = NOW.plusSeconds(100);
        List<Bytes> clean = List.of(MIDDLE.revoke(before, after, 5), ROOT.revoke(before, after));
        assertEquals(
                List.of(),
                verifier().withRevocationLists(clean).verify(leaf, PURPOSE, NOW).findings());
        List<Bytes> revoked = List.of(MIDDLE.revoke(before, after, 5, 77));
        assertEquals(
                AttestationRefusal.REVOKED,
                assertThrows(
                                AttestationRefusedException.class,
                                () -> verifier().withRevocationLists(revoked).verify(leaf, PURPOSE, NOW))
                        .reason());
        List<Bytes> forged = List.of(TestAuthority.root("CN=middle").revoke(before, after, 77));
        assertTrue(verifier()
                .withRevocationLists(forged)
                .verify(leaf, PURPOSE, NOW)
                .findings()
                .contains(CertificateFinding.REVOCATION_NOT_CHECKED));
        List<Bytes> old = List.of(MIDDLE.revoke(before.minusSeconds(100), before), ROOT.revoke(before, after));
        assertEquals(
                List.of(CertificateFinding.REVOCATION_LIST_OUTDATED),
                assertThrows(
                                AttestationRefusedException.class,
                                () -> verifier().withRevocationLists(old).verify(leaf, PURPOSE, NOW))
                        .findings());
    }

    @Test
    void aListForAPartOfTheCertificatesRevokesAndVouchesForNone() throws Exception {
        TpmCertificate leaf = TpmCertificate.decode(MIDDLE.issue(good(), EK));
        Instant before = NOW.minusSeconds(100);
        Instant after = NOW.plusSeconds(100);
        Spec partial = new Spec().with("2.5.29.28", true, new DERSequence());
        List<Bytes> revoked = List.of(MIDDLE.revoke(partial, before, after, 77));
        assertEquals(
                AttestationRefusal.REVOKED,
                assertThrows(
                                AttestationRefusedException.class,
                                () -> verifier().withRevocationLists(revoked).verify(leaf, PURPOSE, NOW))
                        .reason());
        List<Bytes> clean = List.of(MIDDLE.revoke(partial, before, after, 5), ROOT.revoke(before, after));
        assertEquals(
                List.of(CertificateFinding.REVOCATION_NOT_CHECKED),
                verifier().withRevocationLists(clean).verify(leaf, PURPOSE, NOW).findings());
    }

    @Test
    void anAuthorityForOtherPurposesIssuesNoEndorsementCertificates() throws Exception {
        for (boolean isFor : new boolean[] {false, true}) {
            TestAuthority below = ROOT.authority(
                    new Spec().subject("CN=below").authority(-1).purpose(isFor ? TestAuthority.EK : TestAuthority.AK));
            CertificateVerifier with = CertificateVerifier.trusting(List.of(TpmCertificate.decode(ROOT.certificate())))
                    .withIntermediates(List.of(TpmCertificate.decode(below.certificate())));
            TpmCertificate leaf = TpmCertificate.decode(below.issue(good(), EK));
            if (isFor) {
                assertEquals(3, with.verify(leaf, PURPOSE, NOW).chain().size());
            } else {
                assertEquals(
                        AttestationRefusal.NO_PATH_TO_ROOT,
                        assertThrows(AttestationRefusedException.class, () -> with.verify(leaf, PURPOSE, NOW))
                                .reason());
            }
        }
    }

    @Test
    void manyIntermediatesOfOneNameAreNotTriedForEver() throws Exception {
        List<TpmCertificate> hostile = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Spec spec = new Spec().subject("CN=middle").authority(-1);
            spec.serial = BigInteger.valueOf(i);
            hostile.add(TpmCertificate.decode(MIDDLE.named("CN=middle").issue(spec, EK)));
        }
        TpmCertificate leaf = TpmCertificate.decode(MIDDLE.issue(good(), EK));
        assertThrows(
                AttestationRefusedException.class,
                () -> CertificateVerifier.trusting(List.of())
                        .withIntermediates(hostile)
                        .verify(leaf, PURPOSE, NOW));
    }

    @Test
    void nvIndexesAreRead() throws Exception {
        Bytes one = MIDDLE.issue(good(), EK);
        Bytes two = MIDDLE.certificate();
        TpmCertificate first = TpmCertificate.decode(one);
        Bytes zeros = Bytes.wrap(new byte[100]);
        Bytes ones = Bytes.parseHex("ff".repeat(50));
        assertEquals(List.of(first), CertificateFiles.readNv(one));
        assertEquals(List.of(first), CertificateFiles.readNv(TestAuthority.concatenated(List.of(one, zeros))));
        assertEquals(List.of(first), CertificateFiles.readNv(TestAuthority.concatenated(List.of(one, ones))));
        assertEquals(
                List.of(first, TpmCertificate.decode(two)),
                CertificateFiles.readNv(TestAuthority.concatenated(List.of(one, two, ones))));
        String size = String.format("%04x", one.length() + 2);
        Bytes header = Bytes.parseHex("100100" + size + "1002");
        assertEquals(List.of(first), CertificateFiles.readNv(TestAuthority.concatenated(List.of(header, one))));
        for (Bytes bad : List.of(
                Bytes.EMPTY,
                zeros,
                one.slice(0, one.length() - 1),
                TestAuthority.concatenated(List.of(one, Bytes.parseHex("00ff"))),
                TestAuthority.concatenated(List.of(one, Bytes.parseHex("3003020101"))))) {
            assertThrows(MalformedDataException.class, () -> CertificateFiles.readNv(bad));
        }
    }

    @Test
    void pemBundlesAreRead() throws Exception {
        String pem = pem(ROOT.certificate()) + "text\n" + pem(MIDDLE.certificate());
        assertEquals(
                List.of(TpmCertificate.decode(ROOT.certificate()), TpmCertificate.decode(MIDDLE.certificate())),
                CertificateFiles.readPem(Bytes.wrap(pem.getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
        String open = pem.substring(0, pem.length() - 40);
        assertThrows(
                MalformedDataException.class,
                () -> CertificateFiles.readPem(Bytes.wrap(open.getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
    }

    private static String pem(Bytes der) {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(der.toByteArray())
                + "\n-----END CERTIFICATE-----\n";
    }

    @Test
    void swtpmsCertificatesAreRead() throws Exception {
        for (String name : List.of("ekcert_rsa.der", "ekcert_ecc384.der")) {
            TpmCertificate certificate = TpmCertificate.decode(
                    Bytes.wrap(TestLogs.read(TestLogs.shared("attest").resolve(name))));
            assertTrue(certificate.isFor(PURPOSE));
            assertFalse(certificate.isFor(TpmCertificate.Purpose.ATTESTATION_KEY));
            assertEquals("id:00001014", certificate.manufacturer().orElseThrow());
            assertEquals("swtpm", certificate.model().orElseThrow());
            assertEquals("id:20191023", certificate.version().orElseThrow());
            assertEquals("2.0 0 164", certificate.specification().orElseThrow());
            assertEquals("CN=swtpm-localca", certificate.issuer());
            assertEquals(
                    EnumSet.of(CertificateFinding.NO_AUTHORITY_INFORMATION, CertificateFinding.NEVER_EXPIRES),
                    certificate.findings());
        }
        TpmCertificate rsa = TpmCertificate.decode(
                Bytes.wrap(TestLogs.read(TestLogs.shared("attest").resolve("ekcert_rsa.der"))));
        EndorsementKey ek = EndorsementKey.of(io.github.measuredboot.tpm.PublicArea.decode(
                Bytes.wrap(TestLogs.read(TestLogs.shared("attest").resolve("ek_rsa.pub")))));
        assertEquals(ek.publicKey(), rsa.publicKey());
        assertEquals(EkTemplate.L1, ek.template().orElseThrow());
        assertEquals(ek.publicArea(), EkTemplate.L1.publicArea(rsa.publicKey()).orElseThrow());
    }
}
