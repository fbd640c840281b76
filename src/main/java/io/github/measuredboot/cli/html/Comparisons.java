package io.github.measuredboot.cli.html;

import io.github.measuredboot.cli.html.View.ChangeRow;
import io.github.measuredboot.cli.html.View.Comparison;
import io.github.measuredboot.cli.html.View.Fact;
import io.github.measuredboot.cli.html.View.Label;
import io.github.measuredboot.cli.html.View.Pair;
import io.github.measuredboot.cli.html.View.PcrChanges;
import io.github.measuredboot.cli.html.View.Shown;
import io.github.measuredboot.diagnosis.LogChange;
import io.github.measuredboot.diagnosis.LogDifference;
import io.github.measuredboot.diagnosis.Measurement;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedBank;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Two boots side by side. */
final class Comparisons {
    private static final int MAX_CHANGES = 60;
    private static final int MAX_VALUES = 20;
    private static final String NOTHING = "–";

    private Comparisons() {}

    static Comparison of(BootInput first, BootInput second, LogDifference difference) {
        RegisterNames names = RegisterNames.ofBoth(first, second);
        Optional<HashAlgorithm> bank = difference.banks().contains(HashAlgorithm.SHA256)
                ? Optional.of(HashAlgorithm.SHA256)
                : difference.banks().stream().findFirst();
        return new Comparison(
                first.name(),
                second.name(),
                Shown.of(
                        difference.pcrs(),
                        PcrBank.PCR_COUNT,
                        pcr -> new PcrChanges(
                                names.name(pcr.pcr()),
                                names.meaning(pcr.pcr()),
                                pcr.message(names.registers()),
                                Shown.of(pcr.changes(), MAX_CHANGES, Comparisons::change))),
                facts(Marks.of(first), Marks.of(second)),
                bank.map(shared -> pcrs(
                                first.evidence().replay(), second.evidence().replay(), shared, names))
                        .orElse(List.of()),
                bank.map(HashAlgorithm::name).orElse(""),
                notes(first, second, difference));
    }

    private static List<String> notes(BootInput first, BootInput second, LogDifference difference) {
        List<String> notes = new ArrayList<>();
        notes.add(
                "Nothing was compared with a TPM: both logs are taken at their word. What is marked “claimed” is not covered by a"
                        + " digest.");
        for (BootInput boot : List.of(first, second)) {
            List<HashAlgorithm> others = boot.evidence().replay().log().algorithms().stream()
                    .filter(bank -> !difference.banks().contains(bank))
                    .toList();
            if (!others.isEmpty()) {
                notes.add("Only one log has the bank(s) " + others + ": they were not compared.");
            }
        }
        return notes;
    }

    private static ChangeRow change(LogChange change) {
        return new ChangeRow(
                switch (change.kind()) {
                    case ADDED -> new Label("added", "+ added");
                    case REMOVED -> new Label("removed", "− gone");
                    case CHANGED -> new Label("changed", "≠ changed");
                    case MOVED -> new Label("moved", "↕ moved");
                },
                change.subject(),
                change.isSubjectClaimed(),
                Shown.of(
                        change.details(),
                        MAX_VALUES,
                        detail -> new Pair(
                                detail.field() + (detail.claimed() ? " (claimed)" : ""),
                                detail.before().orElse(NOTHING),
                                detail.after().orElse(NOTHING),
                                false)),
                change.before().map(Measurement::toString).orElse("not measured"),
                change.after().map(Measurement::toString).orElse("not measured"));
    }

    private static List<Pair> facts(Marks first, Marks second) {
        List<Fact> before = Facts.of(first);
        List<Fact> after = Facts.of(second);
        List<Pair> pairs = new ArrayList<>();
        for (Fact fact : before) {
            pairs.add(pair(fact.name(), text(Optional.of(fact)), text(named(after, fact.name()))));
        }
        for (Fact fact : after) {
            if (named(before, fact.name()).isEmpty()) {
                pairs.add(pair(fact.name(), NOTHING, text(Optional.of(fact))));
            }
        }
        return pairs;
    }

    private static Optional<Fact> named(List<Fact> facts, String name) {
        return facts.stream().filter(fact -> fact.name().equals(name)).findFirst();
    }

    private static String text(Optional<Fact> fact) {
        return fact.map(one -> one.statements().items().stream()
                                .map(statement -> statement.text())
                                .collect(Collectors.joining(" · "))
                        + (one.statements().more() > 0
                                ? " and " + one.statements().more() + " more"
                                : ""))
                .orElse(NOTHING);
    }

    private static Pair pair(String name, String before, String after) {
        return new Pair(name, before, after, before.equals(after));
    }

    private static List<Pair> pcrs(Replay first, Replay second, HashAlgorithm bank, RegisterNames names) {
        List<Pair> pairs = new ArrayList<>();
        for (int pcr = 0; pcr < PcrBank.PCR_COUNT; pcr++) {
            String before = value(first, bank, pcr);
            String after = value(second, bank, pcr);
            if (!before.equals(NOTHING) || !after.equals(NOTHING)) {
                pairs.add(pair(names.name(pcr) + " " + names.meaning(pcr), before, after));
            }
        }
        return pairs;
    }

    private static String value(Replay replay, HashAlgorithm bank, int pcr) {
        return replay.bank(bank)
                .filter((ReplayedBank replayed) -> replayed.extendCount(pcr) > 0)
                .flatMap(replayed -> replayed.value(pcr))
                .map(value -> value.toHex())
                .orElse(NOTHING);
    }
}
