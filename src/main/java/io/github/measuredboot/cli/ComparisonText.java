package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.diagnosis.Explanation.PcrExplanation;
import io.github.measuredboot.diagnosis.Hypothesis;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.PcrStatus;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How PCR values compare with a log, for a person: what is wrong in half a line, and the PCRs by their status. */
final class ComparisonText {
    private static final int SHOWN = 3;

    private final List<PcrComparison> comparisons;
    private final Explanation explanation;
    private final boolean hasQuote;

    ComparisonText(List<PcrComparison> comparisons, Explanation explanation, boolean hasQuote) {
        this.comparisons = comparisons;
        this.explanation = explanation;
        this.hasQuote = hasQuote;
    }

    static boolean isFailure(PcrComparison comparison) {
        return comparison.status().isFailure() && comparison.pcr() != Explanation.IMA_PCR;
    }

    /** Which PCRs the log does not account for, and why; empty if there is none. */
    String wrong() {
        Map<String, List<PcrComparison>> byKind = comparisons.stream()
                .filter(ComparisonText::isFailure)
                .collect(Collectors.groupingBy(
                        comparison -> comparison.status() + " "
                                + hypothesis(comparison)
                                        .map(hypothesis -> hypothesis.kind().id())
                                        .orElse(""),
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<String> texts = new ArrayList<>();
        byKind.values().forEach(wrong -> texts.add(place(wrong) + ": " + cause(wrong)));
        return TextOutput.firstOf(texts, SHOWN);
    }

    private String place(List<PcrComparison> wrong) {
        String pcrs =
                "PCR " + PcrRanges.of(wrong.stream().map(PcrComparison::pcr).toList());
        List<HashAlgorithm> banks = EvidenceMembers.banks(wrong);
        return banks.equals(EvidenceMembers.banks(comparisons)) ? pcrs : pcrs + " of " + names(banks);
    }

    /** Of one kind: what is said of the first PCR stands for all. */
    private String cause(List<PcrComparison> wrong) {
        PcrComparison first = wrong.get(0);
        String status = switch (first.status()) {
            case DIFFERS -> "the log gives another value";
            case NO_EVENTS -> "extended by something that the log does not have";
            case BANK_NOT_ACTIVE -> "the TPM does not extend this bank, its values are all zeros or all ones";
            case NOT_REPLAYABLE -> "the algorithm of this bank cannot be computed";
            case MATCHES, NO_VALUE, INITIAL_VALUE -> first.status().id();
        };
        String which = EvidenceMembers.of(first.algorithm(), wrong).size() > 1 ? " (PCR " + first.pcr() + ")" : "";
        return hypothesis(first)
                .map(hypothesis -> status + ", probably because" + which + ": "
                        + hypothesis.message().replaceFirst("\\.$", ""))
                .orElse(status);
    }

    private Optional<Hypothesis> hypothesis(PcrComparison comparison) {
        return explanation.pcrs().stream()
                .filter(pcr -> pcr.pcr() == comparison.pcr() && pcr.algorithm().equals(comparison.algorithm()))
                .flatMap(pcr -> pcr.hypotheses().stream())
                .findFirst();
    }

    /** The PCRs that a condition holds for, as {@code 0-7, 11 (sha256)}. */
    static String pcrs(List<PcrComparison> chosen) {
        Map<List<Integer>, List<HashAlgorithm>> banksByPcrs = new LinkedHashMap<>();
        for (HashAlgorithm bank : sha256First(EvidenceMembers.banks(chosen))) {
            banksByPcrs
                    .computeIfAbsent(
                            EvidenceMembers.of(bank, chosen).stream()
                                    .map(PcrComparison::pcr)
                                    .toList(),
                            pcrs -> new ArrayList<>())
                    .add(bank);
        }
        return banksByPcrs.entrySet().stream()
                .map(entry -> PcrRanges.of(entry.getKey()) + " (" + names(entry.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }

    /** The PCRs by status, banks that are alike once; those that differ with their values. */
    void table(TextOutput out) {
        Map<String, List<HashAlgorithm>> banksByStatus = new LinkedHashMap<>();
        for (HashAlgorithm bank : sha256First(EvidenceMembers.banks(comparisons))) {
            String statuses = EvidenceMembers.of(bank, comparisons).stream()
                    .map(comparison -> comparison.pcr() + mark(comparison))
                    .collect(Collectors.joining(" "));
            banksByStatus.computeIfAbsent(statuses, key -> new ArrayList<>()).add(bank);
        }
        for (List<HashAlgorithm> alike : banksByStatus.values()) {
            out.accept(names(alike) + (alike.size() > 1 ? " (the values are those of " + alike.get(0) + ")" : ""));
            Map<String, List<PcrComparison>> rows = EvidenceMembers.of(alike.get(0), comparisons).stream()
                    .collect(Collectors.groupingBy(
                            comparison ->
                                    isShownAlone(comparison) ? comparison.pcr() + mark(comparison) : mark(comparison),
                            LinkedHashMap::new,
                            Collectors.toList()));
            rows.values().forEach(row -> out.accept(row(out, row)));
        }
        if (comparisons.stream()
                .anyMatch(comparison -> comparison.pcr() == Explanation.IMA_PCR
                        && comparison.status().isFailure())) {
            out.accept("note: PCR 10 is extended by Linux's IMA, which has a log of its own");
        }
    }

    private static boolean isShownAlone(PcrComparison comparison) {
        return comparison.status() == PcrStatus.DIFFERS || comparison.status() == PcrStatus.NO_EVENTS;
    }

    private String row(TextOutput out, List<PcrComparison> row) {
        PcrComparison first = row.get(0);
        String values = isShownAlone(first)
                ? first.replayed().map(value -> "  log " + out.hex(value)).orElse("")
                        + first.given().map(value -> "  TPM " + out.hex(value)).orElse("")
                : "";
        String mark = mark(first);
        String coloured = isFailure(first)
                ? out.bad(mark)
                : first.isProved() || (!hasQuote && first.isReproduced()) ? out.good(mark) : out.doubtful(mark);
        return "  " + coloured + " ".repeat(Math.max(1, 28 - mark.length())) + "PCR "
                + PcrRanges.of(row.stream().map(PcrComparison::pcr).toList()) + values;
    }

    private String mark(PcrComparison comparison) {
        return mark(comparison, hasQuote);
    }

    static String mark(PcrComparison comparison, boolean hasQuote) {
        return comparison.status()
                + (comparison.isProved()
                        ? ", proved"
                        : comparison.quoted() ? ", quoted" : hasQuote ? ", not quoted" : "");
    }

    /** Of PCR 10 nothing is wrong. */
    static List<PcrExplanation> relevant(Explanation explanation) {
        return explanation.pcrs().stream()
                .filter(pcr -> pcr.pcr() != Explanation.IMA_PCR)
                .toList();
    }

    static List<HashAlgorithm> sha256First(List<HashAlgorithm> banks) {
        List<HashAlgorithm> sorted = new ArrayList<>(banks);
        if (sorted.remove(HashAlgorithm.SHA256)) {
            sorted.add(0, HashAlgorithm.SHA256);
        }
        return sorted;
    }

    private static String names(List<HashAlgorithm> banks) {
        return banks.stream().map(HashAlgorithm::name).collect(Collectors.joining(", "));
    }
}
