package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.replay.BankFinding;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.PcrStatus;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.QuotedPcrs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** The table of {@code measuredboot verify}. */
final class VerifyText {
    private static final int MAX_NUMBERS = 24;

    private VerifyText() {}

    static List<String> lines(String name, ReplayedLog replayed, Explanation explanation) {
        List<String> lines = new ArrayList<>();
        if (replayed.quoted().isPresent() && !replayed.quoted().get().isFresh()) {
            lines.add(Ansi.AUTO.string("@|bold,yellow NOT PROVED TO BE FRESH|@")
                    + ": no nonce was checked, and the quote may be that of an earlier boot");
        }
        lines.addAll(ReplayText.heading(name, replayed.replay()));
        replayed.quoted()
                .ifPresentOrElse(
                        quoted -> addQuote(lines, quoted),
                        () -> lines.add("no quote: the values are asserted, nothing is proved"));
        for (HashAlgorithm bank : EvidenceMembers.banks(replayed.comparisons())) {
            lines.add(bank.name());
            EvidenceMembers.of(bank, replayed.comparisons())
                    .forEach(comparison ->
                            addLines(lines, comparison, replayed.quoted().isPresent()));
        }
        replayed.bankFindings().forEach(finding -> lines.add(line(finding)));
        lines.addAll(ExplanationText.lines(explanation));
        return lines;
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

    private static void addLines(List<String> lines, PcrComparison comparison, boolean hasQuote) {
        String shown =
                comparison.replayed().or(comparison::given).map(Bytes::toHex).orElse("-");
        lines.add(String.format("  %2d  %s  %s", comparison.pcr(), shown, mark(comparison, hasQuote)));
        if (comparison.status().isFailure() && comparison.replayed().isPresent()) {
            comparison
                    .given()
                    .ifPresent(given -> lines.add(
                            "      " + given.toHex() + (comparison.quoted() ? "  was quoted" : "  was given")));
        }
    }

    private static String mark(PcrComparison comparison, boolean hasQuote) {
        PcrStatus status = comparison.status();
        String text = status
                + (comparison.isProved()
                        ? ", proved"
                        : comparison.quoted() ? ", quoted" : hasQuote ? ", not quoted" : "");
        String colour = status.isFailure() ? "red" : comparison.isProved() ? "green" : "yellow";
        return Ansi.AUTO.string("@|" + colour + " " + text + "|@");
    }

    private static String line(BankFinding finding) {
        List<Integer> numbers = finding.numbers();
        String shown = numbers.stream().limit(MAX_NUMBERS).map(String::valueOf).collect(Collectors.joining(", "));
        String more = numbers.size() > MAX_NUMBERS ? " and " + (numbers.size() - MAX_NUMBERS) + " more" : "";
        return "note: " + finding.kind().id() + " " + finding.algorithm() + ": "
                + finding.kind().message() + (numbers.isEmpty() ? "" : " (" + shown + more + ")");
    }
}
