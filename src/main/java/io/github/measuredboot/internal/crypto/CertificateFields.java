package io.github.measuredboot.internal.crypto;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The fields of an X.509 certificate that its summary shows. What breaks the standard without hiding them is a remark, for vendors
 * have shipped it: names, dates and extensions need not be well formed, and the certificate may be cut off after its subject.
 */
public record CertificateFields(
        String subject,
        String issuer,
        BigInteger serialNumber,
        Optional<Instant> notBefore,
        Optional<Instant> notAfter,
        List<String> remarks) {
    private static final int VERSION = 0xa0;
    private static final int ISSUER_ID = 0x81;
    private static final int SUBJECT_ID = 0x82;
    private static final int EXTENSIONS = 0xa3;
    private static final int MAX_SERIAL = 20;
    private static final int MAX_REMARKS = 16;

    public static CertificateFields read(byte[] der) throws CertificateSyntaxException {
        Optional<CertificateSyntaxException> framing = framing(der);
        try {
            return new Reader(framing).read(der);
        } catch (CertificateSyntaxException e) {
            throw framing.orElse(new CertificateSyntaxException(
                    "TBSCertificate", "not an X.509 certificate: " + e.field() + " " + e.reason()));
        }
    }

    /** Whether there is one value and nothing after it. */
    public static boolean isWhole(byte[] der) {
        return framing(der).isEmpty();
    }

    private static Optional<CertificateSyntaxException> framing(byte[] der) {
        try {
            DerFraming.check(der);
            return Optional.empty();
        } catch (CertificateSyntaxException e) {
            return Optional.of(e);
        }
    }

    private static final class Reader {
        private final List<String> remarks = new ArrayList<>();

        Reader(Optional<CertificateSyntaxException> framing) {
            framing.ifPresent(fault -> remark(fault.reason()));
        }

        CertificateFields read(byte[] der) throws CertificateSyntaxException {
            Der.Value whole = new Der(der).nextOrRest(Der.SEQUENCE, "Certificate");
            Der certificate = whole.open();
            Der.Value tbsCertificate = certificate.nextOrRest(Der.SEQUENCE, "tbsCertificate");
            Der fields = tbsCertificate.open();
            if (fields.nextIs(VERSION)) {
                fields.next("version");
            }
            BigInteger serial = serial(fields.next(Der.INTEGER, "serialNumber"));
            byte[] algorithm = fields.next(Der.SEQUENCE, "signature").encoded();
            String issuer = name(fields.next(Der.SEQUENCE, "issuer"), "issuer");
            Der validity = fields.next(Der.SEQUENCE, "validity").open();
            Optional<Instant> notBefore = time(validity, "notBefore");
            Optional<Instant> notAfter = time(validity, "notAfter");
            String subject = name(fields.next(Der.SEQUENCE, "subject"), "subject");
            rest(fields, tbsCertificate.isWhole());
            if (tbsCertificate.isWhole()) {
                signature(certificate, whole.isWhole(), algorithm);
            }
            return new CertificateFields(subject, issuer, serial, notBefore, notAfter, List.copyOf(remarks));
        }

        private void remark(String text) {
            if (remarks.size() < MAX_REMARKS) {
                remarks.add(text);
            }
        }

        private BigInteger serial(Der.Value value) {
            BigInteger serial = value.size() == 0 ? BigInteger.ZERO : new BigInteger(value.content());
            if (value.size() == 0) {
                remark("the serial number is empty");
            } else if (serial.signum() < 0) {
                remark("the serial number is negative");
            } else if (value.size() > MAX_SERIAL + 1) {
                remark("the serial number has " + value.size() + " bytes");
            }
            return serial;
        }

        private String name(Der.Value value, String field) {
            if (value.size() == 0) {
                remark("the " + field + " is empty");
                return "";
            }
            Optional<String> text = DistinguishedName.text(value.encoded());
            if (text.isEmpty()) {
                remark("the " + field + " is not a well-formed name");
            }
            return text.orElseGet(() -> DistinguishedName.lenientText(value));
        }

        private Optional<Instant> time(Der validity, String field) throws CertificateSyntaxException {
            Der.Value value = validity.next(field);
            try {
                return Optional.of(X509.time(value, field));
            } catch (CertificateSyntaxException e) {
                Optional<Instant> odd = OddTime.read(value);
                remark(field + " " + e.reason());
                return odd;
            }
        }

        private void rest(Der fields, boolean isWhole) {
            try {
                fields.next(Der.SEQUENCE, "subjectPublicKeyInfo");
                for (int unique : new int[] {ISSUER_ID, SUBJECT_ID}) {
                    if (fields.nextIs(unique)) {
                        fields.next("uniqueID");
                    }
                }
                if (fields.nextIs(EXTENSIONS)) {
                    extensions(fields.next("extensions")
                            .open()
                            .next(Der.SEQUENCE, "extensions")
                            .open());
                }
                if (isWhole) {
                    fields.requireEnd("tbsCertificate");
                }
            } catch (CertificateSyntaxException e) {
                remark(e.field() + " " + e.reason());
            }
        }

        private void extensions(Der list) throws CertificateSyntaxException {
            TreeSet<String> seen = new TreeSet<>();
            while (list.hasMore()) {
                Der extension = list.next(Der.SEQUENCE, "extension").open();
                String oid = Der.oid(extension.next(Der.OID, "extnID"), "extnID");
                if (!seen.add(oid)) {
                    remark("the extension " + oid + " is there twice");
                }
                if (extension.nextIs(Der.BOOLEAN)) {
                    byte[] critical = extension.next("critical").content();
                    if (critical.length != 1 || (critical[0] != 0 && critical[0] != (byte) 0xff)) {
                        remark("the extension " + oid + " has a BOOLEAN that is neither 00 nor ff");
                    }
                }
                extension.next(Der.OCTET_STRING, "extnValue");
                extension.requireEnd("extension");
            }
        }

        private void signature(Der certificate, boolean isWhole, byte[] algorithm) {
            try {
                byte[] outer =
                        certificate.next(Der.SEQUENCE, "signatureAlgorithm").encoded();
                if (!Arrays.equals(outer, algorithm)) {
                    remark("the two algorithms of the signature differ");
                }
                certificate.next(Der.BIT_STRING, "signatureValue");
                if (isWhole) {
                    certificate.requireEnd("Certificate");
                }
            } catch (CertificateSyntaxException e) {
                remark(e.field() + " " + e.reason());
            }
        }
    }
}
