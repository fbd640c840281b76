package io.github.measuredboot.cli;

import io.github.measuredboot.attest.AttestationRefusedException;
import io.github.measuredboot.attest.CertificateFinding;
import io.github.measuredboot.internal.json.DataWriter;

/** A certificate, a key, a credential or a report that does not prove what it was given for. */
record IdentityRefusalReport(String inputMember, String input, AttestationRefusedException refused) implements Report {
    @Override
    public void lines(TextOutput out) {
        out.accept(headline(out, refused));
    }

    static String headline(TextOutput out, AttestationRefusedException refused) {
        return out.bad("REFUSED") + ", " + refused.reason().id() + ": " + refused.getMessage()
                + (refused.findings().isEmpty() ? "" : ": see --allow-finding");
    }

    /** The name of the input, and {@code identity}: {@code refused, message, findings}. */
    @Override
    public void members(DataWriter out) {
        out.put(inputMember, input).object("identity", () -> members(out, refused));
    }

    static void members(DataWriter out, AttestationRefusedException refused) {
        out.put("refused", refused.reason().id())
                .put("message", String.valueOf(refused.getMessage()))
                .texts(
                        "refusedFindings",
                        refused.findings().stream().map(CertificateFinding::id).toList());
    }
}
