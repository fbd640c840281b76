package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.Diagnosis;
import io.github.measuredboot.diagnosis.Reason;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.policy.Finding;
import io.github.measuredboot.policy.Rule;
import io.github.measuredboot.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code measuredboot diagnose} prints of one log: the answer, then finding by finding what differs, then what to do. */
final class DiagnosisText {
    private static final int HEADING = 4;
    private static final int DIFFERENCES = 20;
    private static final int HINTS = 12;

    private DiagnosisText() {}

    static void print(DiagnosisReport report, TextOutput out) {
        Diagnosis diagnosis = report.diagnosis();
        String message = out.shortened(message(diagnosis));
        int end = message.indexOf(": ");
        String word = message.substring(0, end);
        boolean isBad = diagnosis.isRejected() || (diagnosis.hasValues() && !diagnosis.isGood());
        out.accept((isBad ? out.bad(word) : out.doubtful(word)) + message.substring(end));
        report.shown().note(out);
        out.section(ReplayText.heading(report.log(), diagnosis.evidence()), HEADING);
        report.state()
                .ifPresent(name -> out.accept("against the reference state " + InputFile.called(name)
                        + diagnosis.verdict().map(DiagnosisText::bank).orElse("") + ":"));
        List<String> differences = differences(report);
        out.section(
                out.isVerbose()
                        ? differences
                        : report.digests()
                                .map(digests -> digests.in(differences))
                                .orElse(differences),
                DIFFERENCES);
        out.section(StateDifferenceText.hints(diagnosis.hints()), HINTS);
    }

    /** The answer in a line, with the rules that reject. */
    static String message(Diagnosis diagnosis) {
        if (diagnosis.isRejected()) {
            return "REJECTED" + (diagnosis.hasValues() ? "" : " IF THE LOG IS TRUE") + ": " + Culprits.of(diagnosis);
        }
        return diagnosis.verdict().isPresent() ? diagnosis.message() : "NO VERDICT: " + diagnosis.message();
    }

    private static List<String> differences(DiagnosisReport report) {
        List<Reason> reasons = report.reasons();
        List<String> lines = new ArrayList<>();
        List<Reason> withoutValue =
                reasons.stream().filter(Culprits::isWithoutValue).toList();
        List<Reason> consequences =
                reasons.stream().filter(DiagnosisText::isConsequence).toList();
        reasons.stream()
                .filter(reason -> !isReplay(reason) && !withoutValue.contains(reason) && !consequences.contains(reason))
                .forEach(reason -> addReason(lines, reason));
        if (!withoutValue.isEmpty()) {
            lines.add("  replayed: no value was given for " + Culprits.pcrs(withoutValue));
        }
        if (!consequences.isEmpty()) {
            lines.add("  cannot be judged, for the log does not give the values of their PCRs: "
                    + consequences.stream().map(Reason::id).distinct().collect(Collectors.joining(", ")));
        }
        if (!report.acceptedChanges().isEmpty()) {
            lines.add("what also differs, and rejects nothing by itself:");
            StateDifferenceText.ofStateAndLog().addChanges(lines, report.acceptedChanges(), "    ");
        }
        if (reasons.stream().anyMatch(DiagnosisText::isReplay)) {
            lines.add("PCR values that the log does not give; what it says of these PCRs is claimed:");
            reasons.stream().filter(DiagnosisText::isReplay).forEach(reason -> addReplay(lines, reason));
        } else if (report.state().isEmpty()) {
            lines.addAll(ExplanationText.lines(report.shown()
                    .explanations(ComparisonText.relevant(report.diagnosis().explanation()))));
        }
        return lines;
    }

    private static String bank(Verdict verdict) {
        return ", bank " + verdict.bank();
    }

    private static boolean isConsequence(Reason reason) {
        return reason.finding().outcome() == Finding.Outcome.NOT_EVALUATED
                && reason.changes().isEmpty()
                && !Culprits.isOf(reason, Rule.REPLAYED)
                && !reason.finding().pcrs().isEmpty();
    }

    private static boolean isReplay(Reason reason) {
        return !reason.explanation().isEmpty();
    }

    private static void addReason(List<String> lines, Reason reason) {
        if (reason.changes().isEmpty()) {
            lines.add("  " + reason.id() + ": " + Printable.of(reason.message()));
        } else {
            lines.add("  " + reason.id() + ":");
            StateDifferenceText.ofStateAndLog().addChanges(lines, reason.changes(), "    ");
        }
    }

    private static void addReplay(List<String> lines, Reason reason) {
        lines.add("  " + reason.message() + ":");
        reason.explanation().forEach(sentence -> lines.add("    " + sentence));
    }
}
