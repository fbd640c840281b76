package io.github.measuredboot.cli;

import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.internal.json.DataWriter;

/** A key that was enrolled. */
record IdentityReport(String answer, KeyIdentity identity) implements Report {
    @Override
    public void lines(TextOutput out) {
        out.accept(out.good("PROVED") + ": " + IdentityText.describe(identity));
        identity.key()
                .name()
                .ifPresent(name -> out.accept("keep for later quotes: --ak-name " + name.toHex() + " --ak-identity "
                        + identity.level().id()));
        identity.findings().forEach(finding -> out.accept("note: " + finding.id() + ": " + finding.message()));
    }

    /** {@code answer}, and {@code signer}: what {@code verify} has of a signer. */
    @Override
    public void members(DataWriter out) {
        out.put("answer", answer).object("signer", () -> IdentityText.members(out, identity));
    }
}
