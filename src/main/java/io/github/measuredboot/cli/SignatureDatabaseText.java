package io.github.measuredboot.cli;

import io.github.measuredboot.uefi.Certificate;
import io.github.measuredboot.uefi.EfiTime;
import io.github.measuredboot.uefi.SignatureContent;
import io.github.measuredboot.uefi.SignatureDatabaseFile;
import io.github.measuredboot.uefi.SignatureList;
import io.github.measuredboot.uefi.SignatureType;
import java.util.ArrayList;
import java.util.List;

final class SignatureDatabaseText {
    private SignatureDatabaseText() {}

    static String of(SignatureDatabaseFile file) {
        List<String> lines = new ArrayList<>();
        lines.add(heading(file));
        long offset = file.databaseOffset();
        int number = 1;
        for (SignatureList list : file.database().lists()) {
            lines.add(String.format(
                    "list %d: %s, %d entries of %d bytes",
                    number,
                    list.type().map(SignatureType::id).orElseGet(() -> "unknown type " + list.signatureType()),
                    list.signatures().size(),
                    list.signatureSize()));
            if (!list.signatureHeader().isEmpty()) {
                lines.add("  header " + list.signatureHeader().toHex());
            }
            for (int i = 0; i < list.signatures().size(); i++) {
                lines.add(
                        "  owner " + GuidCommand.named(list.signatures().get(i).signatureOwner()));
                describe(list.content(i, offset)).forEach(line -> lines.add("    " + line));
            }
            offset += list.size();
            number++;
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String heading(SignatureDatabaseFile file) {
        return switch (file.form()) {
            case ESL -> "signature lists";
            case EFIVARFS ->
                String.format(
                        "efivarfs variable, attributes 0x%x", file.attributes().orElse(0));
            case AUTH ->
                "signed update, time stamp "
                        + file.authentication()
                                .map(header -> time(header.timeStamp()))
                                .orElse("none");
        };
    }

    private static List<String> describe(SignatureContent content) {
        if (content instanceof SignatureContent.X509 x509) {
            return describe(x509.certificate());
        }
        if (content instanceof SignatureContent.Hash hash) {
            return List.of("hash " + hash.digest().toHex());
        }
        if (content instanceof SignatureContent.CertificateHash hash) {
            return List.of(
                    "certificate hash " + hash.toBeSignedHash().toHex(), "revoked " + time(hash.timeOfRevocation()));
        }
        SignatureContent.Opaque opaque = (SignatureContent.Opaque) content;
        return List.of("data " + opaque.bytes().toHex());
    }

    private static List<String> describe(Certificate certificate) {
        if (certificate instanceof Certificate.Summary summary) {
            return List.of(
                    "subject " + summary.subject(),
                    "issuer " + summary.issuer(),
                    "serial " + summary.serialNumber().toString(16),
                    "valid " + summary.notBefore() + " to " + summary.notAfter(),
                    "sha256 " + summary.sha256Fingerprint().toHex());
        }
        Certificate.Broken broken = (Certificate.Broken) certificate;
        return List.of(
                "broken certificate: " + broken.fault().message(),
                "data " + broken.encoded().toHex());
    }

    private static String time(EfiTime time) {
        return time.isZero()
                ? "whatever the time"
                : time.toInstant()
                        .map(Object::toString)
                        .orElseGet(() -> time.encode().toHex());
    }
}
