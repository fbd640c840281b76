package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.attest.CertificateFinding;
import io.github.measuredboot.attest.TpmCertificate;
import io.github.measuredboot.attest.VerifiedCertificate;
import io.github.measuredboot.internal.json.DataWriter;
import java.util.List;
import java.util.Optional;

/** Who made a TPM, and who says so. */
record EndorsementReport(
        String file,
        TpmCertificate certificate,
        Optional<VerifiedCertificate> verified,
        Optional<AttestationRefusedException> refused)
        implements Report {
    @Override
    public void lines(TextOutput out) {
        out.accept(headline(out));
        CertificateText.lines(certificate, out);
        verified.ifPresent(chain -> chain.chain().stream()
                .skip(1)
                .forEach(
                        issuer -> out.accept("issued by " + named(issuer.subject()) + ", until " + issuer.notAfter())));
        findings().forEach(finding -> out.accept("note: " + finding.id() + ": " + finding.message()));
    }

    private String headline(TextOutput out) {
        String maker = CertificateText.maker(certificate);
        if (verified.isPresent()) {
            TpmCertificate root =
                    verified.get().chain().get(verified.get().chain().size() - 1);
            return out.good("VERIFIED") + ": " + maker + ": the chain leads to the root " + named(root.subject());
        }
        return refused.map(why -> IdentityRefusalReport.headline(out, why))
                .orElseGet(() -> out.doubtful("NOT VERIFIED") + ", no --roots were given: it claims to be of " + maker);
    }

    private static String named(String name) {
        return name.isEmpty() ? "(without a name)" : name;
    }

    private List<CertificateFinding> findings() {
        return verified.map(VerifiedCertificate::findings).orElseGet(() -> List.copyOf(certificate.findings()));
    }

    /** {@code file, verified, refused, message, certificate, chain, findings}. */
    @Override
    public void members(DataWriter out) {
        out.put("file", file).put("verified", verified.isPresent());
        refused.ifPresent(why -> IdentityRefusalReport.members(out, why));
        out.put("purpose", verified.map(chain -> chain.purpose().id()));
        out.object("certificate", () -> CertificateText.members(out, certificate));
        out.objects(
                "chain",
                verified.map(chain -> chain.chain().subList(1, chain.chain().size()))
                        .orElse(List.of()),
                issuer -> out.put("subject", issuer.subject())
                        .put("serialNumber", issuer.serialNumber().toString(16))
                        .put("notAfter", issuer.notAfter().toString()));
        CertificateText.findings(out, findings());
    }
}
