package io.github.measuredboot.cli.html;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.cli.html.View.Label;
import io.github.measuredboot.cli.html.View.PcrRow;
import io.github.measuredboot.cli.html.View.PcrTable;
import io.github.measuredboot.cli.html.View.Shown;
import io.github.measuredboot.cli.html.View.Value;
import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.ReplayedBank;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The registers of each bank: how the log compares with the values, and what proves them. */
final class PcrTables {
    private static final int MAX_BANKS = 8;
    private static final int LAST_FIRMWARE_PCR = 7;
    private static final int MAX_CAUSES = 8;
    private static final Label NOT_COMPARED = new Label("claimed", "not compared");

    private final ReplayedLog evidence;
    private final RegisterNames names;
    private final String id;
    private final Explanation explanation;
    private final Rejected rejected;

    private PcrTables(
            ReplayedLog evidence, RegisterNames names, String id, Explanation explanation, Rejected rejected) {
        this.rejected = rejected;
        this.evidence = evidence;
        this.names = names;
        this.id = id;
        this.explanation = explanation;
    }

    static List<PcrTable> of(
            String id, BootSummary summary, ReplayedLog evidence, Explanation explanation, Rejected rejected) {
        PcrTables tables = new PcrTables(evidence, RegisterNames.of(summary), id, explanation, rejected);
        List<HashAlgorithm> banks = new ArrayList<>(List.of(summary.bank()));
        evidence.comparisons().stream()
                .map(PcrComparison::algorithm)
                .distinct()
                .filter(bank -> !bank.equals(summary.bank()))
                .limit(MAX_BANKS)
                .forEach(banks::add);
        return banks.stream()
                .map(bank -> tables.table(bank, bank.equals(summary.bank())))
                .filter(table -> !table.rows().isEmpty())
                .toList();
    }

    static Label state(Optional<PcrComparison> comparison) {
        if (comparison.isEmpty()) {
            return NOT_COMPARED;
        }
        return switch (comparison.get().status()) {
            case MATCHES, INITIAL_VALUE -> comparison.get().quoted() ? Marks.PROVED : Marks.REPRODUCED;
            case NO_VALUE -> NOT_COMPARED;
            case DIFFERS -> new Label("refuted", "differs");
            case NO_EVENTS ->
                new Label(comparison.get().pcr() > LAST_FIRMWARE_PCR ? "late" : "refuted", "no event explains it");
            case BANK_NOT_ACTIVE -> new Label("late", "bank not active");
            case NOT_REPLAYABLE -> new Label("late", "not replayable");
        };
    }

    private PcrTable table(HashAlgorithm bank, boolean open) {
        List<PcrRow> rows = evidence.comparisons(bank).stream().map(this::row).toList();
        return new PcrTable(bank.name(), summary(evidence.comparisons(bank)), open, rows);
    }

    static String summary(List<PcrComparison> comparisons) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        comparisons.forEach(
                comparison -> counts.merge(state(Optional.of(comparison)).text(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }

    private PcrRow row(PcrComparison comparison) {
        int pcr = comparison.pcr();
        int events = evidence.replay()
                .bank(comparison.algorithm())
                .map((ReplayedBank bank) -> bank.extendCount(pcr))
                .orElse(0);
        return new PcrRow(
                id + "-" + comparison.algorithm().id() + "-" + pcr,
                names.name(pcr),
                names.meaning(pcr),
                events == 0 ? "none" : String.valueOf(events),
                rejected.has(comparison.algorithm(), pcr),
                state(Optional.of(comparison)),
                proof(comparison),
                values(comparison),
                causes(comparison));
    }

    private static String proof(PcrComparison comparison) {
        if (comparison.given().isEmpty()) {
            return "no value was given";
        }
        return comparison.quoted() ? "quote" : "value given, not signed";
    }

    private static List<Value> values(PcrComparison comparison) {
        List<Value> values = new ArrayList<>();
        if (comparison.isReproduced()) {
            comparison.given().ifPresent(value -> values.add(new Value("both", text(value))));
            return values;
        }
        comparison.replayed().ifPresent(value -> values.add(new Value("log", text(value))));
        comparison.given().ifPresent(value -> values.add(new Value("TPM", text(value))));
        return values;
    }

    private static String text(Bytes value) {
        String hex = value.toHex();
        return hex.matches("0+") ? "zeros" : hex.matches("f+") ? "ones" : hex;
    }

    private Shown<String> causes(PcrComparison comparison) {
        List<String> causes = explanation.pcrs().stream()
                .filter(pcr -> pcr.algorithm().equals(comparison.algorithm()) && pcr.pcr() == comparison.pcr())
                .flatMap(pcr -> pcr.messages().stream())
                .toList();
        return Shown.of(causes, MAX_CAUSES);
    }
}
