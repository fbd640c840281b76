package io.github.measuredboot.cli;

import io.github.measuredboot.policy.Finding;
import io.github.measuredboot.policy.Rule;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.replay.ReplayedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What {@code measuredboot check} prints after the verdict unless all is asked for: what rejects, and what is proved. */
final class CheckText {
    private static final int HEADING = 4;
    private static final int FINDINGS = 24;

    private CheckText() {}

    static void print(CheckReport report, TextOutput out) {
        Verdict verdict = report.verdict();
        ReplayedLog replayed = report.replayed();
        out.section(ReplayText.heading(report.log(), replayed), HEADING);
        out.accept("against the reference state " + report.state());
        out.section(report.digests().in(findings(verdict, report.shown())), FINDINGS);
        quoteNotes(replayed).forEach(note -> out.accept(out.shortened(note)));
        proofs(verdict, report.shown()).forEach(out);
        otherValues(verdict, replayed, out);
        if (verdict.outcome() == Verdict.Outcome.REJECTED) {
            out.accept("What changed, and what to do: diagnose, with the same arguments. All rules: -v.");
        }
    }

    static List<String> quoteNotes(ReplayedLog replayed) {
        return replayed.quoted().stream()
                .flatMap(quoted -> quoted.findings().stream())
                .map(finding -> "note: " + finding.id() + ": " + finding.message())
                .toList();
    }

    private static List<String> findings(Verdict verdict, ShownPcrs shown) {
        List<String> lines = new ArrayList<>();
        List<Finding> replays = verdict.rejections().stream()
                .filter(finding -> finding.isOf(Rule.REPLAYED))
                .toList();
        List<Finding> consequences = new ArrayList<>();
        int hidden = 0;
        for (Finding finding : verdict.rejections()) {
            if (finding.isOf(Rule.REPLAYED)) {
                continue;
            }
            if (!shown.includes(finding.pcrs())) {
                hidden++;
                continue;
            }
            if (finding.outcome() == Finding.Outcome.NOT_EVALUATED && !replays.isEmpty()) {
                consequences.add(finding);
                continue;
            }
            String place = Culprits.place(finding);
            lines.add("  FAILED  " + finding.rule() + (place.isEmpty() ? "" : ", " + place));
            lines.add("            expected: " + finding.expected());
            lines.add("            found:    " + Culprits.withoutJavaNames(finding.found()));
        }
        if (!replays.isEmpty()) {
            lines.add("  FAILED  replayed: the log does not give the value of "
                    + replays.stream()
                            .map(finding -> "PCR " + PcrRanges.of(finding.pcrs()) + " (" + finding.found() + ")")
                            .collect(Collectors.joining(", ")));
        }
        if (!consequences.isEmpty()) {
            lines.add("  UNKNOWN without these values: "
                    + consequences.stream().map(Finding::rule).distinct().collect(Collectors.joining(", ")));
        }
        if (hidden > 0) {
            lines.add("  FAILED  " + hidden + (hidden == 1 ? " rule" : " rules") + " about other PCRs");
        }
        long passed = verdict.findings().stream()
                .filter(finding -> finding.required() && finding.outcome() == Finding.Outcome.PASSED)
                .map(Finding::rule)
                .distinct()
                .count();
        lines.add("  ok      " + passed + (passed == 1 ? " other rule" : lines.isEmpty() ? " rules" : " other rules"));
        return lines;
    }

    private static List<String> proofs(Verdict verdict, ShownPcrs shown) {
        Map<PcrProof, List<Integer>> pcrs = new TreeMap<>();
        verdict.coverage().pcrs().stream()
                .filter(pcr -> pcr.required() && shown.includes(pcr.pcr()))
                .forEach(pcr -> pcrs.computeIfAbsent(pcr.proof(), proof -> new ArrayList<>())
                        .add(pcr.pcr()));
        return pcrs.isEmpty()
                ? List.of()
                : List.of("PCRs with events that this needs: "
                        + pcrs.entrySet().stream()
                                .map(entry -> PcrRanges.of(entry.getValue()) + " " + entry.getKey())
                                .collect(Collectors.joining("; ")));
    }

    /** Values that the policy does not need, so that nothing is rejected for them. */
    private static void otherValues(Verdict verdict, ReplayedLog replayed, TextOutput out) {
        List<Integer> judged = verdict.findings().stream()
                .filter(finding -> finding.isOf(Rule.REPLAYED))
                .flatMap(finding -> finding.pcrs().stream())
                .toList();
        List<Integer> others = replayed.comparisons().stream()
                .filter(comparison -> comparison.algorithm().equals(verdict.bank())
                        && ComparisonText.isFailure(comparison)
                        && !judged.contains(comparison.pcr()))
                .map(comparison -> comparison.pcr())
                .toList();
        if (!others.isEmpty()) {
            out.accept("note: the log does not give the value of PCR " + PcrRanges.of(others)
                    + " either, which this does not need");
        }
    }
}
