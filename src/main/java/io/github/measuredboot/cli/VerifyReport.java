package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.PcrStatus;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.QuotedPcrs;
import java.util.List;
import java.util.Optional;

/** What PCR values and a quote prove of a log. */
record VerifyReport(
        String log, ReplayedLog replayed, Explanation explanation, Optional<PcrSelection> required, ChosenPcrs chosen)
        implements Report {
    VerifyReport(String log, ReplayedLog replayed, Optional<PcrSelection> required, ChosenPcrs chosen) {
        this(log, replayed, Explanation.of(replayed), required, chosen);
    }

    @Override
    public void lines(TextOutput out) {
        VerifyText.print(this, out);
    }

    private boolean hasQuote() {
        return replayed.quoted().isPresent();
    }

    /** Every required PCR is proved or, without a quote, reproduced; if none is required, nothing fails and something is shown. */
    boolean holds() {
        return required.isPresent()
                ? hasQuote()
                        ? replayed.provesAll(required.get())
                        : replayed.comparisons().stream().allMatch(PcrComparison::isReproduced)
                : replayed.comparisons().stream().noneMatch(ComparisonText::isFailure) && !shown().isEmpty();
    }

    /** Whether the quote is of now, too. */
    boolean isProved() {
        return holds() && replayed.quoted().filter(QuotedPcrs::isFresh).isPresent();
    }

    /** Of a choice it does not begin like the answer for all. */
    String word() {
        String word = hasQuote()
                ? !holds() ? "NOT PROVED" : isProved() ? "PROVED" : "PROVED IF THE QUOTE IS OF NOW"
                : holds() ? "REPRODUCED IF THE PCR VALUES ARE TRUE" : "NOT REPRODUCED";
        return chosen.isGiven() ? "OF " + chosen + " ALONE: " + word : word;
    }

    /** What is wrong elsewhere. */
    private String leftOut() {
        List<PcrComparison> wrong = chosen.isGiven()
                ? replayed.unrestricted().comparisons().stream()
                        .filter(comparison -> ComparisonText.isFailure(comparison) && !chosen.includes(comparison))
                        .toList()
                : List.of();
        return wrong.isEmpty()
                ? ""
                : "; left out, and the log does not give the value: PCR " + ComparisonText.pcrs(wrong);
    }

    /** The PCRs with events whose values are given by the log and, with a quote, proved. */
    private List<PcrComparison> shown() {
        return replayed.comparisons().stream()
                .filter(comparison ->
                        comparison.status() == PcrStatus.MATCHES && (!hasQuote() || comparison.isProved()))
                .toList();
    }

    ComparisonText text() {
        return new ComparisonText(replayed.comparisons(), explanation, hasQuote());
    }

    String reason() {
        return because() + leftOut();
    }

    private String because() {
        if (!holds()) {
            String wrong = text().wrong();
            List<PcrComparison> missing = replayed.comparisons().stream()
                    .filter(comparison -> hasQuote() ? !comparison.isProved() : !comparison.isReproduced())
                    .toList();
            return !wrong.isEmpty()
                    ? wrong
                    : required.isPresent() && !missing.isEmpty()
                            ? "PCR " + ComparisonText.pcrs(missing)
                                    + (hasQuote() ? " is required, and the quote does not prove it" : " has no value")
                            : "no PCR that the log extends was " + (hasQuote() ? "quoted" : "given a value");
        }
        String pcrs = "PCR " + ComparisonText.pcrs(shown());
        return !hasQuote()
                ? "the log gives the values of " + pcrs + "; no quote proves them"
                : "the log gives the values of " + pcrs + ", which the quote proves"
                        + (isProved() ? "" : "; no nonce was checked, and it may be the quote of an earlier boot");
    }

    /** {@code log, holds, message}, the replay, {@code quote, pcrs, banks} (each {@code bank, kind, numbers, message}), {@code diagnostics, explanation}. */
    @Override
    public void members(DataWriter out) {
        out.put("log", log).put("holds", holds()).put("message", word() + ": " + reason());
        chosen.members(out);
        EvidenceMembers.replay(out, replayed.replay());
        EvidenceMembers.quote(out, replayed);
        EvidenceMembers.pcrs(out, replayed.comparisons());
        LaunchStarts.of(replayed).members(out);
        out.objects(
                "banks",
                replayed.bankFindings(),
                finding -> out.put("bank", finding.algorithm().name())
                        .put("kind", finding.kind().id())
                        .numbers("numbers", finding.numbers())
                        .put("message", finding.kind().message()));
        EvidenceMembers.diagnostics(out, replayed.replay());
        EvidenceMembers.explanation(out, explanation.pcrs());
    }
}
