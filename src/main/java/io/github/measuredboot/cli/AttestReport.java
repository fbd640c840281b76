package io.github.measuredboot.cli;

import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.Attested;
import io.github.measuredboot.tpm.QuoteFinding;
import io.github.measuredboot.tpm.VerifiedAttest;
import java.util.List;
import java.util.Optional;

/** A statement of a TPM. */
record AttestReport(
        String file, Attest attest, Optional<VerifiedAttest<Attested>> verified, Optional<KeyIdentity> signer)
        implements Report {
    @Override
    public void lines(TextOutput out) {
        String what = AttestedText.title(attest.attested());
        out.accept(
                verified.isPresent()
                        ? out.good("VERIFIED") + ": the key has signed " + what
                        : out.doubtful("NOT VERIFIED") + ", no --signature was given: it claims to be " + what);
        signer.ifPresent(key -> out.accept("key: " + IdentityText.describe(key)));
        AttestedText.members(attest.attested()).forEach((name, value) -> out.accept("  " + name + ": " + value));
        out.accept("qualified signer: " + attest.qualifiedSigner().toHex());
        out.accept("nonce: "
                + (attest.extraData().isEmpty() ? "none" : attest.extraData().toHex()));
        Attest.ClockInfo clock = attest.clockInfo();
        out.accept("clock: " + Long.toUnsignedString(clock.clock()) + " ms, reset " + clock.resetCount() + ", restart "
                + clock.restartCount() + (clock.safe() ? ", safe" : ", not safe"));
        out.accept(String.format("firmware version: %016x", attest.firmwareVersion()));
        findings().forEach(finding -> out.accept("note: " + finding.id() + ": " + finding.message()));
    }

    private List<QuoteFinding> findings() {
        return verified.map(VerifiedAttest::findings).orElse(List.of());
    }

    /** {@code file, verified, type, attested} (by type), {@code signer}, what every statement has, and {@code findings}. */
    @Override
    public void members(DataWriter out) {
        out.put("file", file)
                .put("verified", verified.isPresent())
                .put("type", AttestedText.id(attest.attested()))
                .object(
                        "attested",
                        () -> AttestedText.members(attest.attested()).forEach(out::put))
                .object("signer", signer, key -> IdentityText.members(out, key));
        EvidenceMembers.attest(out, attest);
        EvidenceMembers.findings(out, "findings", findings());
    }
}
