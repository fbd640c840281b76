package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.replay.BankFinding;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.QuotedPcrs;
import java.util.List;
import java.util.stream.Collectors;

/** The table of {@code measuredboot verify}. */
final class VerifyText {
    private static final int MAX_NUMBERS = 24;
    private static final int HEADING = 8;
    private static final int NOTES = 5;
    private static final int EXPLANATION = 10;

    private VerifyText() {}

    static void print(VerifyReport report, TextOutput out) {
        ReplayedLog replayed = report.replayed();
        String word = report.word();
        out.accept((!report.holds() ? out.bad(word) : report.isProved() ? out.good(word) : out.doubtful(word)) + ": "
                + report.reason());
        List<String> heading = ReplayText.heading(report.log(), replayed);
        replayed.quoted()
                .ifPresentOrElse(
                        quoted -> {
                            addQuote(heading, quoted);
                            replayed.signer().map(IdentityText::line).ifPresent(heading::add);
                        },
                        () -> heading.add("no quote: the values are asserted, nothing is proved"));
        out.section(heading, HEADING);
        if (out.isVerbose()) {
            table(replayed, out);
        } else {
            report.text().table(out);
        }
        out.section(
                replayed.bankFindings().stream()
                        .filter(finding -> !LaunchStarts.says(finding.kind()))
                        .map(VerifyText::line)
                        .toList(),
                NOTES);
        out.section(
                ExplanationText.lines(
                        out.isVerbose() ? report.explanation().pcrs() : ComparisonText.relevant(report.explanation())),
                EXPLANATION);
    }

    private static void table(ReplayedLog replayed, TextOutput out) {
        for (HashAlgorithm bank : EvidenceMembers.banks(replayed.comparisons())) {
            out.accept(bank.name());
            EvidenceMembers.of(bank, replayed.comparisons())
                    .forEach(comparison ->
                            addLines(out, comparison, replayed.quoted().isPresent()));
        }
    }

    private static void addQuote(List<String> lines, QuotedPcrs quoted) {
        lines.add("quote: verified, over "
                + quoted.values().banks().stream().map(VerifyText::selection).collect(Collectors.joining("+")));
        quoted.findings().forEach(finding -> lines.add("note: " + finding.id() + ": " + finding.message()));
    }

    private static String selection(PcrBank bank) {
        return bank.algorithm() + ":"
                + bank.values().keySet().stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static void addLines(TextOutput out, PcrComparison comparison, boolean hasQuote) {
        String shown =
                comparison.replayed().or(comparison::given).map(Bytes::toHex).orElse("-");
        out.accept(String.format("  %2d  %s  %s", comparison.pcr(), shown, mark(out, comparison, hasQuote)));
        if (comparison.status().isFailure() && comparison.replayed().isPresent()) {
            comparison
                    .given()
                    .ifPresent(given -> out.accept(
                            "      " + given.toHex() + (comparison.quoted() ? "  was quoted" : "  was given")));
        }
    }

    private static String mark(TextOutput out, PcrComparison comparison, boolean hasQuote) {
        String text = ComparisonText.mark(comparison, hasQuote);
        return comparison.status().isFailure()
                ? out.bad(text)
                : comparison.isProved() ? out.good(text) : out.doubtful(text);
    }

    private static String line(BankFinding finding) {
        List<Integer> numbers = finding.numbers();
        String shown = numbers.stream().limit(MAX_NUMBERS).map(String::valueOf).collect(Collectors.joining(", "));
        String more = numbers.size() > MAX_NUMBERS ? " and " + (numbers.size() - MAX_NUMBERS) + " more" : "";
        return "note: " + finding.kind().id() + " " + finding.algorithm() + ": "
                + finding.kind().message() + (numbers.isEmpty() ? "" : " (" + shown + more + ")");
    }
}
