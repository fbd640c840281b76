package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.policy.Diagnosis;
import io.github.measuredboot.policy.Diagnosis.FieldStatus;
import io.github.measuredboot.policy.Diagnosis.PinnedField;
import io.github.measuredboot.policy.Finding;
import io.github.measuredboot.policy.Hint;
import io.github.measuredboot.policy.PcrProof;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.PcrStatus;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code measuredboot diagnose} prints. Marks: = the same, ~ accepted although other, ! wrong, ? not known. */
final class DiagnosisText {
    private DiagnosisText() {}

    static List<String> lines(String log, Optional<String> state, Diagnosis diagnosis) {
        List<String> lines = ReplayText.heading(log, diagnosis.replayed().replay());
        if (diagnosis.hasValues()) {
            addPcrs(lines, diagnosis);
        }
        lines.addAll(ExplanationText.lines(diagnosis.explanation()));
        state.ifPresent(name -> lines.add("against the reference state " + name + ":"));
        diagnosis.difference().ifPresent(difference -> lines.addAll(DifferenceText.lines(difference)));
        if (!diagnosis.fields().isEmpty()) {
            lines.add("pinned fields:");
            diagnosis.fields().forEach(field -> addField(lines, field));
        }
        diagnosis.verdict().ifPresent(verdict -> addVerdict(lines, diagnosis, verdict));
        lines.addAll(hints(diagnosis.hints()));
        return lines;
    }

    static List<String> hints(List<Hint> hints) {
        List<String> lines = new ArrayList<>();
        if (!hints.isEmpty()) {
            lines.add("what to know and do:");
            hints.forEach(hint -> lines.add("  - " + hint.sentence()));
        }
        return lines;
    }

    private static void addPcrs(List<String> lines, Diagnosis diagnosis) {
        List<HashAlgorithm> banks = diagnosis.replayed().comparisons().stream()
                .map(PcrComparison::algorithm)
                .distinct()
                .toList();
        Optional<HashAlgorithm> judged = diagnosis.verdict().map(Verdict::bank);
        for (HashAlgorithm bank : banks) {
            List<PcrComparison> ofBank = diagnosis.replayed().comparisons().stream()
                    .filter(comparison -> comparison.algorithm().equals(bank))
                    .toList();
            boolean whole = judged.map(bank::equals).orElse(true);
            lines.add(whole ? bank.name() : bank + ": " + summary(ofBank));
            if (whole) {
                ofBank.forEach(comparison -> addPcr(lines, comparison));
            }
        }
    }

    private static String summary(List<PcrComparison> comparisons) {
        String wrong = comparisons.stream()
                .filter(comparison -> comparison.status().isFailure())
                .map(comparison -> String.valueOf(comparison.pcr()))
                .collect(Collectors.joining(", "));
        long reproduced =
                comparisons.stream().filter(PcrComparison::isReproduced).count();
        return reproduced + " of " + comparisons.size() + " PCRs reproduced"
                + (wrong.isEmpty() ? "" : ", not those of PCR " + wrong);
    }

    private static void addPcr(List<String> lines, PcrComparison comparison) {
        PcrStatus status = comparison.status();
        String mark = comparison.isReproduced() ? "=" : status.isFailure() ? "!" : "?";
        String value =
                comparison.replayed().or(comparison::given).map(Bytes::toHex).orElse("-");
        lines.add(String.format(
                "  %s %2d  %s  %s%s", mark, comparison.pcr(), value, status, comparison.isProved() ? ", proved" : ""));
        if (status.isFailure() && comparison.replayed().isPresent()) {
            comparison.given().ifPresent(given -> lines.add("        " + given.toHex() + "  is the TPM's"));
        }
    }

    private static void addField(List<String> lines, PinnedField field) {
        String mark = field.status() == FieldStatus.SAME ? "=" : field.status() == FieldStatus.ACCEPTED ? "~" : "!";
        String place = field.event()
                .map(event -> "event " + event.number() + " at offset " + event.offset()
                        + (field.proof() == PcrProof.UNPROVED ? ", unproved" : ""))
                .orElse("no event");
        lines.add("  " + mark + " " + Printable.of(field.name()) + " (" + place + ")"
                + (field.status() == FieldStatus.SAME
                        ? ""
                        : ": " + field.status().name().toLowerCase(Locale.ROOT)));
        if (field.status() == FieldStatus.SAME) {
            lines.add("      " + Printable.of(field.found()));
        } else {
            lines.add("      expected: " + Printable.of(field.expected()));
            lines.add("      found:    " + Printable.of(field.found()));
        }
    }

    private static void addVerdict(List<String> lines, Diagnosis diagnosis, Verdict verdict) {
        lines.add((diagnosis.hasValues() ? "verdict: " : "verdict if the log is true: ")
                + VerdictText.headline(verdict, diagnosis.replayed()));
        for (Finding finding : verdict.rejections()) {
            lines.add("  " + Printable.of(finding.message()));
        }
    }
}
