package io.github.measuredboot.internal.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Certificate;

/** The fields of an X.509 certificate that its summary shows. */
public record CertificateFields(
        String subject, String issuer, BigInteger serialNumber, Instant notBefore, Instant notAfter) {
    public static CertificateFields read(byte[] der) throws CertificateSyntaxException {
        DerFraming.check(der);
        try {
            Certificate certificate = Certificate.getInstance(ASN1Primitive.fromByteArray(der));
            Objects.requireNonNull(certificate);
            return new CertificateFields(
                    name(certificate.getSubject()),
                    name(certificate.getIssuer()),
                    certificate.getSerialNumber().getValue(),
                    certificate.getStartDate().getDate().toInstant(),
                    certificate.getEndDate().getDate().toInstant());
        } catch (IOException | RuntimeException e) {
            throw new CertificateSyntaxException("TBSCertificate", "not an X.509 certificate: " + e.getMessage());
        }
    }

    private static String name(X500Name name) {
        RDN[] inOrder = name.getRDNs();
        RDN[] reversed = new RDN[inOrder.length];
        for (int i = 0; i < inOrder.length; i++) {
            reversed[i] = inOrder[inOrder.length - 1 - i];
        }
        return BCStyle.INSTANCE.toString(new X500Name(reversed));
    }
}
