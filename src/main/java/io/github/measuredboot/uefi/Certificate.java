package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.internal.crypto.CertificateFields;
import io.github.measuredboot.internal.crypto.CertificateSyntaxException;
import io.github.measuredboot.internal.crypto.Digests;
import io.github.measuredboot.internal.text.Printable;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An X.509 certificate, read for display and comparison. Nothing about it is verified. */
public sealed interface Certificate {
    /** The size of the largest certificate, in bytes; a larger one is broken. */
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
                    sha256(encoded),
                    fields.remarks());
        } catch (CertificateSyntaxException e) {
            return new Broken(encoded, new Fault(offset, "Certificate", e.field(), e.reason()));
        }
    }

    /**
     * The certificate as read by the JDK, which refuses some that this library summarizes.
     *
     * @return a new object; bytes that follow the certificate are not part of it
     * @throws CertificateException if the JDK refuses the certificate, or these bytes are not a certificate
     */
    default X509Certificate toX509Certificate() throws CertificateException {
        if (!(this instanceof Summary)) {
            throw new CertificateException("not an X.509 certificate");
        }
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(encoded().toByteArray()));
        } catch (RuntimeException e) {
            throw new CertificateException("the JDK refuses the certificate: " + e.getMessage(), e);
        }
    }

    /** Whether bytes are a certificate with nothing after it. */
    static boolean isAllOf(Bytes bytes) {
        return CertificateFields.isWhole(bytes.toByteArray()) && decode(bytes, 0) instanceof Summary;
    }

    private static Bytes sha256(Bytes encoded) {
        return encoded.hash(Digests.find("SHA-256").orElseThrow());
    }

    /**
     * What distinguishes one certificate from another. Only {@link #sha256Fingerprint()} and the certificate itself do so reliably; names are
     * what the issuer chose.
     */
    final class Summary implements Certificate {
        private final Bytes encoded;
        private final String subject;
        private final String issuer;
        private final BigInteger serialNumber;
        private final Optional<Instant> notBefore;
        private final Optional<Instant> notAfter;
        private final Bytes sha256Fingerprint;
        private final List<String> remarks;

        private Summary(
                Bytes encoded,
                String subject,
                String issuer,
                BigInteger serialNumber,
                Optional<Instant> notBefore,
                Optional<Instant> notAfter,
                Bytes sha256Fingerprint,
                List<String> remarks) {
            subject = Printable.of(subject);
            issuer = Printable.of(issuer);
            remarks = remarks.stream().map(Printable::of).toList();
            this.encoded = encoded;
            this.subject = subject;
            this.issuer = issuer;
            this.serialNumber = serialNumber;
            this.notBefore = notBefore;
            this.notAfter = notAfter;
            this.sha256Fingerprint = sha256Fingerprint;
            this.remarks = remarks;
        }

        /** {@return the certificate as it is stored} */
        @Override
        public Bytes encoded() {
            return encoded;
        }

        /** {@return the distinguished name, the most specific part first (RFC 4514), control characters made visible} */
        public String subject() {
            return subject;
        }

        /** {@return the distinguished name of the issuer, in the same form} */
        public String issuer() {
            return issuer;
        }

        /** {@return the serial number} */
        public BigInteger serialNumber() {
            return serialNumber;
        }

        /** {@return the first moment of validity; empty if it is not a time} */
        public Optional<Instant> notBefore() {
            return notBefore;
        }

        /** {@return the last moment of validity; empty if it is not a time} */
        public Optional<Instant> notAfter() {
            return notAfter;
        }

        /** {@return SHA-256 over the certificate} */
        public Bytes sha256Fingerprint() {
            return sha256Fingerprint;
        }

        /** {@return the ways in which the certificate breaks its standard, each a part of a sentence; usually none} */
        public List<String> remarks() {
            return remarks;
        }

        @Override
        public List<Field> fields(int offset) {
            int length = encoded.length();
            List<Field> fields = new ArrayList<>();
            fields.add(Field.text("subject", subject, offset, length));
            fields.add(Field.text("issuer", issuer, offset, length));
            fields.add(Field.text("serialNumber", serialNumber.toString(16), offset, length));
            fields.add(Field.text("notBefore", text(notBefore), offset, length));
            fields.add(Field.text("notAfter", text(notAfter), offset, length));
            fields.add(new Field("sha256Fingerprint", new FieldValue.Binary(sha256Fingerprint), offset, length));
            remarks.forEach(remark -> fields.add(Field.text("remark", remark, offset, length)));
            return fields;
        }

        private static String text(Optional<Instant> time) {
            return time.map(Instant::toString).orElse("(no time)");
        }

        private List<Object> components() {
            return List.of(encoded, subject, issuer, serialNumber, notBefore, notAfter, sha256Fingerprint, remarks);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Summary that && components().equals(that.components());
        }

        @Override
        public int hashCode() {
            return components().hashCode();
        }

        @Override
        public String toString() {
            return "Summary" + components();
        }
    }

    /**
     * Bytes that should be a certificate but are not.
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
