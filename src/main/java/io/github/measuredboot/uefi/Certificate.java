package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.internal.crypto.CertificateFields;
import io.github.measuredboot.internal.crypto.CertificateSyntaxException;
import io.github.measuredboot.internal.crypto.Digests;
import io.github.measuredboot.internal.text.Printable;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/** An X.509 certificate, read for display and comparison. Nothing about it is verified. */
public sealed interface Certificate {
    /** The most bytes of a certificate; a larger one is broken. */
    int MAX_SIZE = 1 << 16;

    /** {@return the certificate as it is stored} */
    Bytes encoded();

    /**
     * The fields for display.
     *
     * @param offset where the certificate begins
     * @return the fields, each read from all of the certificate
     */
    List<Field> fields(int offset);

    /** Reads a certificate. This never fails. */
    static Certificate decode(Bytes encoded, long offset) {
        if (encoded.length() > MAX_SIZE) {
            return new Broken(
                    encoded,
                    new Fault(offset, "Certificate", "size", encoded.length() + " bytes, at most " + MAX_SIZE));
        }
        try {
            CertificateFields fields = CertificateFields.read(encoded.toByteArray());
            return new Summary(
                    encoded,
                    fields.subject(),
                    fields.issuer(),
                    fields.serialNumber(),
                    fields.notBefore(),
                    fields.notAfter(),
                    sha256(encoded));
        } catch (CertificateSyntaxException e) {
            return new Broken(encoded, new Fault(offset, "Certificate", e.field(), e.reason()));
        }
    }

    private static Bytes sha256(Bytes encoded) {
        return encoded.hash(Digests.find("SHA-256").orElseThrow());
    }

    /**
     * What distinguishes one certificate from another. Only {@link #sha256Fingerprint()} and the certificate itself do so reliably; names are
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
    record Summary(
            Bytes encoded,
            String subject,
            String issuer,
            BigInteger serialNumber,
            Instant notBefore,
            Instant notAfter,
            Bytes sha256Fingerprint)
            implements Certificate {
        public Summary {
            subject = Printable.of(subject);
            issuer = Printable.of(issuer);
        }

        @Override
        public List<Field> fields(int offset) {
            int length = encoded.length();
            return List.of(
                    Field.text("subject", subject, offset, length),
                    Field.text("issuer", issuer, offset, length),
                    Field.text("serialNumber", serialNumber.toString(16), offset, length),
                    Field.text("notBefore", notBefore.toString(), offset, length),
                    Field.text("notAfter", notAfter.toString(), offset, length),
                    new Field("sha256Fingerprint", new FieldValue.Binary(sha256Fingerprint), offset, length));
        }
    }

    /**
     * Bytes that should be a certificate and are none.
     *
     * @param encoded the bytes
     * @param fault what is wrong
     */
    record Broken(Bytes encoded, Fault fault) implements Certificate {
        @Override
        public List<Field> fields(int offset) {
            return List.of(
                    Field.text("fault", fault.message(), offset, encoded.length()),
                    Field.binary("signatureData", encoded, offset));
        }
    }
}
