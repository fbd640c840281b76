package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.internal.crypto.CertificateFields;
import io.github.measuredboot.internal.crypto.CertificateSyntaxException;
import io.github.measuredboot.internal.crypto.Digests;
import java.security.MessageDigest;

/** An X.509 certificate, read for display and comparison. Nothing about it is verified. */
public sealed interface Certificate permits CertificateSummary, BrokenCertificate {
    /** The most bytes of a certificate; a larger one is broken. */
    int MAX_SIZE = 1 << 16;

    /** {@return the certificate as it is stored} */
    Bytes encoded();

    /**
     * Reads a certificate. This never fails.
     *
     * @param encoded the certificate in DER, with nothing behind it
     * @param offset where it begins in the whole input
     * @return its summary, or the certificate with its fault
     */
    static Certificate decode(Bytes encoded, long offset) {
        if (encoded.length() > MAX_SIZE) {
            return new BrokenCertificate(
                    encoded,
                    new Fault(offset, "Certificate", "size", encoded.length() + " bytes, at most " + MAX_SIZE));
        }
        try {
            CertificateFields fields = CertificateFields.read(encoded.toByteArray());
            return new CertificateSummary(
                    encoded,
                    fields.subject(),
                    fields.issuer(),
                    fields.serialNumber(),
                    fields.notBefore(),
                    fields.notAfter(),
                    sha256(encoded));
        } catch (CertificateSyntaxException e) {
            return new BrokenCertificate(encoded, new Fault(offset, "Certificate", e.field(), e.reason()));
        }
    }

    private static Bytes sha256(Bytes encoded) {
        MessageDigest digest = Digests.find("SHA-256").orElseThrow();
        encoded.update(digest);
        return Bytes.wrap(digest.digest());
    }
}
