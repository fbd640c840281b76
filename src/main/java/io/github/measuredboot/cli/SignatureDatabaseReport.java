package io.github.measuredboot.cli;

import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.json.LogMembers;
import io.github.measuredboot.uefi.Certificate;
import io.github.measuredboot.uefi.EfiTime;
import io.github.measuredboot.uefi.SignatureContent;
import io.github.measuredboot.uefi.SignatureDatabaseFile;
import io.github.measuredboot.uefi.SignatureList;
import io.github.measuredboot.uefi.SignatureType;
import io.github.measuredboot.uefi.guid.Guid;
import io.github.measuredboot.uefi.guid.KnownGuids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lists of a signature database. */
record SignatureDatabaseReport(String name, SignatureDatabaseFile file) implements Report {
    @Override
    public void lines(TextOutput out) {
        out.accept(heading(file));
        long offset = file.databaseOffset();
        int number = 1;
        for (SignatureList list : file.database().lists()) {
            out.accept(String.format(
                    "list %d: %s, %d entries of %d bytes",
                    number,
                    list.type().map(SignatureType::id).orElseGet(() -> "unknown type " + list.signatureType()),
                    list.signatures().size(),
                    list.signatureSize()));
            if (!list.signatureHeader().isEmpty()) {
                out.accept("  header " + list.signatureHeader().toHex());
            }
            for (int i = 0; i < list.signatures().size(); i++) {
                out.accept(
                        "  owner " + GuidReport.named(list.signatures().get(i).signatureOwner()));
                describe(list.content(i, offset)).forEach(line -> out.accept("    " + line));
            }
            offset += list.size();
            number++;
        }
    }

    /**
     * {@code file, form} (esl, efivarfs, auth), {@code attributes} or {@code timeStamp} where the form has them, {@code lists} (each
     * {@code type, typeName, header, signatures}). A signature has {@code owner, ownerName} and one of {@code certificate}, {@code
     * brokenCertificate} ({@code data, error}), {@code hash}, {@code toBeSignedHash} with {@code timeOfRevocation}, and {@code data}.
     */
    @Override
    public void members(DataWriter out) {
        out.put("file", name).put("form", file.form().id());
        file.attributes().ifPresent(attributes -> out.put("attributes", attributes));
        out.put("timeStamp", file.authentication().map(header -> timeOrBytes(header.timeStamp())));
        out.array("lists", () -> {
            long offset = file.databaseOffset();
            for (SignatureList list : file.database().lists()) {
                long offsetOfList = offset;
                out.object(() -> list(out, list, offsetOfList));
                offset += list.size();
            }
        });
    }

    private static void list(DataWriter out, SignatureList list, long offset) {
        out.put("type", list.signatureType().toString())
                .put("typeName", list.type().map(SignatureType::id))
                .put("header", list.signatureHeader())
                .array("signatures", () -> {
                    for (int i = 0; i < list.signatures().size(); i++) {
                        Guid owner = list.signatures().get(i).signatureOwner();
                        SignatureContent content = list.content(i, offset);
                        out.object(() -> {
                            out.put("owner", owner.toString()).put("ownerName", KnownGuids.name(owner));
                            content(out, content);
                        });
                    }
                });
    }

    private static void content(DataWriter out, SignatureContent content) {
        if (content instanceof SignatureContent.X509 x509) {
            certificate(out, x509.certificate());
        } else if (content instanceof SignatureContent.Hash hash) {
            out.put("hash", hash.digest());
        } else if (content instanceof SignatureContent.CertificateHash hash) {
            out.put("toBeSignedHash", hash.toBeSignedHash())
                    .put("timeOfRevocation", timeOrBytes(hash.timeOfRevocation()));
        } else if (content instanceof SignatureContent.Opaque opaque) {
            out.put("data", opaque.bytes());
        }
    }

    private static void certificate(DataWriter out, Certificate certificate) {
        if (certificate instanceof Certificate.Summary summary) {
            out.object(
                    "certificate",
                    () -> out.put("subject", summary.subject())
                            .put("issuer", summary.issuer())
                            .put("serialNumber", summary.serialNumber().toString(16))
                            .put("notBefore", summary.notBefore().map(Instant::toString))
                            .put("notAfter", summary.notAfter().map(Instant::toString))
                            .put("sha256", summary.sha256Fingerprint())
                            .texts("remarks", summary.remarks()));
        } else if (certificate instanceof Certificate.Broken broken) {
            out.object("brokenCertificate", () -> {
                out.put("data", broken.encoded());
                LogMembers.error(out, broken.fault());
            });
        }
    }

    private static String timeOrBytes(EfiTime time) {
        return time.toInstant()
                .map(Object::toString)
                .orElseGet(() -> time.encode().toHex());
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
            List<String> lines = new ArrayList<>(List.of(
                    "subject " + (summary.subject().isEmpty() ? "(empty)" : summary.subject()),
                    "issuer " + summary.issuer(),
                    "serial " + summary.serialNumber().toString(16),
                    "valid " + text(summary.notBefore()) + " to " + text(summary.notAfter()),
                    "sha256 " + summary.sha256Fingerprint().toHex()));
            summary.remarks().forEach(remark -> lines.add("remark " + remark));
            return lines;
        }
        Certificate.Broken broken = (Certificate.Broken) certificate;
        return List.of(
                "broken certificate: " + broken.fault().message(),
                "data " + broken.encoded().toHex());
    }

    private static String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("(no time)");
    }

    private static String time(EfiTime time) {
        return time.isZero() ? "whatever the time" : timeOrBytes(time);
    }
}
