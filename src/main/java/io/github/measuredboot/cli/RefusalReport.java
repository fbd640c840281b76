package io.github.measuredboot.cli;

import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.tpm.QuoteRefusedException;

/** A quote that is refused. */
record RefusalReport(String inputMember, String log, QuoteRefusedException refused) implements Report {
    @Override
    public void lines(TextOutput out) {
        out.accept(out.bad("REFUSED") + ": the quote is refused, "
                + refused.reason().id() + ": " + out.shortened(String.valueOf(refused.getMessage())));
        out.accept(log
                + (refused.weaknesses().isEmpty()
                        ? ""
                        : ": to take the quote all the same, give " + WeaknessOptions.optionFor(refused.weaknesses())));
    }

    @Override
    public void members(DataWriter out) {
        out.put(inputMember, log).object("quote", () -> {
            out.put("refused", refused.reason().id()).put("message", String.valueOf(refused.getMessage()));
            EvidenceMembers.findings(out, "weaknesses", refused.weaknesses());
        });
    }
}
