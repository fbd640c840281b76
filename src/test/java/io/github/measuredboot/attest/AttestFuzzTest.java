package io.github.measuredboot.attest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.json.SystemdReportJson;
import java.time.Instant;
import java.util.List;

/** Nothing but the declared exceptions comes of any bytes. */
class AttestFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

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
}
