package io.github.measuredboot.cli;

import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.attest.VerifiedCertificate;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.json.DataWriter;

/** Who vouches for the key that signed. */
final class IdentityText {
    private IdentityText() {}

    static String line(KeyIdentity signer) {
        return "key of the quote: " + describe(signer);
    }

    static String describe(KeyIdentity signer) {
        return signer.level().id() + ": " + signer.level().message()
                + signer.certificate()
                        .map(certificate -> ", " + CertificateText.maker(certificate.certificate()))
                        .orElse("");
    }

    /** {@code identity, keyName}, and {@code certificate, findings} where a certificate vouches for the key. */
    static void members(DataWriter out, KeyIdentity signer) {
        out.put("identity", signer.level().id())
                .put("keyName", signer.key().name().map(Bytes::toHex))
                .object(
                        "certificate",
                        signer.certificate().map(VerifiedCertificate::certificate),
                        certificate -> CertificateText.members(out, certificate));
        if (signer.certificate().isPresent()) {
            CertificateText.findings(out, signer.findings());
        }
    }
}
