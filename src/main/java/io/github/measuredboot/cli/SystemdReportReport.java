package io.github.measuredboot.cli;

import io.github.measuredboot.attest.IdentityLevel;
import io.github.measuredboot.attest.systemd.NvPcrValue;
import io.github.measuredboot.attest.systemd.VerifiedSystemdReport;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.replay.PcrComparison;
import java.util.List;
import java.util.stream.Collectors;

/** A signed report of systemd. */
record SystemdReportReport(String file, VerifiedSystemdReport verified, List<String> missing) implements Report {
    @Override
    public void lines(TextOutput out) {
        boolean isKnown = verified.signer().level() != IdentityLevel.UNKNOWN;
        if (!missing.isEmpty()) {
            out.accept(out.bad("REFUSED") + ": the log does not account for the NvPCRs " + String.join(", ", missing));
        } else if (!isKnown) {
            out.accept(
                    out.doubtful("NOT PROVED") + ": the report is whole, and nobody vouches for the key that signed it:"
                            + " give --ak or --ak-name");
        } else {
            out.accept(out.good("VERIFIED") + ": one TPM has signed the report, its PCRs and NvPCRs in one session"
                    + unexplained());
        }
        out.accept("key: " + IdentityText.describe(verified.signer()));
        verified.signer().key().name().ifPresent(name -> out.accept("key name: " + name.toHex()));
        out.accept("PCRs that the log reproduces: " + proved());
        verified.nvPcrs()
                .forEach(value -> out.accept("NvPCR " + value.name() + ": " + describe(value) + ": "
                        + out.hex(value.reading().contents())));
        out.accept("note: nonce-not-checked: a report has no nonce, it may be an old one");
    }

    private String unexplained() {
        long count = verified.nvPcrs().stream()
                .filter(value -> !value.isReproduced())
                .count();
        return count == 0
                ? ""
                : "; the log does not explain " + count + " of "
                        + verified.nvPcrs().size() + " NvPCRs";
    }

    private String proved() {
        List<PcrComparison> proved = verified.replayed().comparisons().stream()
                .filter(PcrComparison::isProved)
                .toList();
        return EvidenceMembers.banks(proved).stream()
                .map(bank -> bank + ":"
                        + EvidenceMembers.of(bank, proved).stream()
                                .map(comparison -> String.valueOf(comparison.pcr()))
                                .collect(Collectors.joining(",")))
                .collect(Collectors.joining("+"));
    }

    private static String describe(NvPcrValue value) {
        return (value.isReproduced() ? "reproduced by " : "NOT reproduced by ") + value.records() + " records, "
                + (value.isInitialized()
                        ? "the index of this boot"
                        : "not proved to be the index that this boot initialized");
    }

    /**
     * {@code file, verified} (false if nobody vouches for the key), {@code missing} (of the NvPCRs that are required), {@code nvPcrs}
     * (each {@code name, index, contents, replayed, records, reproduced, initialized}), {@code quote, pcrs}.
     */
    @Override
    public void members(DataWriter out) {
        out.put("file", file)
                .put("verified", missing.isEmpty() && verified.signer().level() != IdentityLevel.UNKNOWN)
                .texts("missing", missing)
                .objects(
                        "nvPcrs",
                        verified.nvPcrs(),
                        value -> out.put("name", value.name())
                                .put(
                                        "index",
                                        String.format(
                                                "%08x", value.reading().index().nvIndex()))
                                .put("contents", value.reading().contents())
                                .put("replayed", value.replayed())
                                .put("records", value.records())
                                .put("reproduced", value.isReproduced())
                                .put("initialized", value.isInitialized()));
        EvidenceMembers.quote(out, verified.replayed());
        EvidenceMembers.pcrs(out, verified.replayed().comparisons());
    }
}
