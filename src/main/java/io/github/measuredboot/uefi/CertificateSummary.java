package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.text.Printable;
import java.math.BigInteger;
import java.time.Instant;

/**
 * What tells one certificate from another. Only {@link #sha256Fingerprint()} and the certificate itself do so reliably; names are
 * what the issuer chose.
 *
 * @param encoded the certificate as it is stored
 * @param subject the distinguished name, the most specific part first (RFC 4514), control characters made visible
 * @param issuer the same of the issuer
 * @param serialNumber the serial number
 * @param notBefore the first moment of validity
 * @param notAfter the last moment of validity
 * @param sha256Fingerprint SHA-256 over the certificate
 */
public record CertificateSummary(
        Bytes encoded,
        String subject,
        String issuer,
        BigInteger serialNumber,
        Instant notBefore,
        Instant notAfter,
        Bytes sha256Fingerprint)
        implements Certificate {
    /** Makes the names printable. */
    public CertificateSummary {
        subject = Printable.of(subject);
        issuer = Printable.of(issuer);
    }
}
