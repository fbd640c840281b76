package io.github.measuredboot.attest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.SystemdReportJson;
import io.github.measuredboot.testing.TestAuthority;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.CreationData;
import io.github.measuredboot.tpm.NvPublic;
import io.github.measuredboot.tpm.PublicArea;
import io.github.measuredboot.tpm.TpmSignature;
import java.time.Instant;
import java.util.List;

/** Nothing but the declared exceptions comes of any bytes. */
class AttestFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private static final TestAuthority ROOT = TestAuthority.root("CN=root");
    private static final Bytes CERTIFICATE = ROOT.issue(
            new TestAuthority.Spec().purpose(TestAuthority.EK).usage(0x20).tpm(true, true, "id:49465800"),
            TestAuthority.rsa(2048));

    @FuzzTest(maxDuration = "30m")
    void certificates(byte[] input) {
        try {
            for (TpmCertificate certificate : CertificateFiles.readNv(Bytes.wrap(input))) {
                certificate.findings();
                assertTrue(certificate.toString().length() < 4 * input.length + 200);
                CertificateVerifier.trusting(List.of(certificate))
                        .withIntermediates(List.of(certificate))
                        .verify(certificate, TpmCertificate.Purpose.ENDORSEMENT_KEY, NOW);
            }
        } catch (MalformedDataException | AttestationRefusedException e) {
            assertTrue(e.toString().length() < 100_000);
        }
    }

    @FuzzTest(maxDuration = "30m")
    void revocationLists(byte[] input) {
        try {
            CertificateVerifier.trusting(List.of()).withRevocationLists(List.of(Bytes.wrap(input)));
        } catch (MalformedDataException e) {
            assertTrue(e.fault().offset() >= 0);
        }
    }

    @FuzzTest(maxDuration = "30m")
    void credentials(byte[] input) {
        try {
            assertEquals(
                    Bytes.wrap(input),
                    input.length > 0 && input[0] == 0
                            ? CredentialChallenge.decode(Bytes.wrap(input)).encode()
                            : CredentialBlob.decode(Bytes.wrap(input)).encode());
        } catch (MalformedDataException e) {
            assertTrue(e.fault().offset() >= 0);
        }
    }

    @FuzzTest(maxDuration = "30m")
    void systemdReports(byte[] input) {
        try {
            SystemdReportJson.parse(Bytes.wrap(input));
        } catch (MalformedDataException | AttestationRefusedException e) {
            assertTrue(e.toString().length() < 100_000);
        }
    }

    /** Each structure of a TPM is read as it is written, or not at all. */
    @FuzzTest(maxDuration = "30m")
    void structures(byte[] input) {
        Bytes bytes = Bytes.wrap(input);
        sameAgain(bytes, all -> Attest.decode(all).encode());
        sameAgain(bytes, all -> TpmSignature.decode(all).encode());
        sameAgain(bytes, all -> unsized(all, PublicArea.decode(all).encode()));
        sameAgain(bytes, all -> unsized(all, NvPublic.decode(all).encode()));
        sameAgain(bytes, all -> unsized(all, CreationData.decode(all).encode()));
    }

    private interface Reading {
        Bytes again(Bytes bytes) throws MalformedDataException;
    }

    private static void sameAgain(Bytes bytes, Reading reading) {
        try {
            assertEquals(bytes, reading.again(bytes));
        } catch (MalformedDataException e) {
            assertTrue(e.fault().offset() >= 0);
        }
    }

    /** What is read after its size is written without it. */
    private static Bytes unsized(Bytes all, Bytes encoded) {
        return all.length() == encoded.length() + 2 && all.from(2).equals(encoded) ? all : encoded;
    }

    /** The certificate of an endorsement key, damaged and not: a chain that is found has its signatures. */
    @FuzzTest(maxDuration = "30m")
    void endorsementCertificates(byte[] input) {
        byte[] der = CERTIFICATE.toByteArray();
        for (int i = 0; i + 2 < input.length && i < 30; i += 3) {
            der[((input[i] & 0xff) << 8 | input[i + 1] & 0xff) % der.length] ^= input[i + 2];
        }
        try {
            VerifiedCertificate verified = CertificateVerifier.trusting(
                            List.of(TpmCertificate.decode(ROOT.certificate())))
                    .verify(TpmCertificate.decode(Bytes.wrap(der)), TpmCertificate.Purpose.ENDORSEMENT_KEY, NOW);
            assertEquals(CERTIFICATE, verified.certificate().encoded());
        } catch (MalformedDataException | AttestationRefusedException e) {
            assertTrue(e.toString().length() < 100_000);
        }
    }
}
