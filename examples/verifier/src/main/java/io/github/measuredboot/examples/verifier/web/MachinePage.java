package io.github.measuredboot.examples.verifier.web;

import io.github.measuredboot.diagnosis.Diagnosis;
import io.github.measuredboot.diagnosis.EventReference;
import io.github.measuredboot.diagnosis.Reason;
import io.github.measuredboot.diagnosis.StateChange;
import io.github.measuredboot.examples.verifier.domain.BootReport;
import io.github.measuredboot.examples.verifier.domain.Fleet;
import io.github.measuredboot.examples.verifier.domain.Inspection.Examination;
import io.github.measuredboot.examples.verifier.domain.KnownState;
import io.github.measuredboot.examples.verifier.store.Attestations;
import io.github.measuredboot.examples.verifier.web.View.Difference;
import io.github.measuredboot.examples.verifier.web.View.HistoryRow;
import io.github.measuredboot.examples.verifier.web.View.Shown;
import io.github.measuredboot.examples.verifier.web.View.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One machine. */
final class MachinePage {
    private static final int MAX = 40;
    private static final int MAX_ITEMS = 20;
    private static final int MAX_HISTORY = 100;
    private static final int MAX_IN_A_SENTENCE = 3;

    private final Fleet.Machine machine;
    private final Optional<Examination> newest;
    private final Instant now;
    private final LongFunction<String> stateName;

    /** @param stateName what a reference state is called */
    MachinePage(Fleet.Machine machine, Optional<Examination> newest, Instant now, LongFunction<String> stateName) {
        this.machine = machine;
        this.newest = newest;
        this.now = now;
        this.stateName = stateName;
    }

    View.Machine view(List<Attestations.Row> history) {
        Optional<Diagnosis> diagnosis = newest.flatMap(Examination::diagnosis);
        boolean isAccepted = newest.filter(MachinePage::isAccepted).isPresent();
        return new View.Machine(
                MachineTable.row(machine, now),
                Words.identity(machine.identity()),
                machine.ekName(),
                Words.when(machine.enrolledAt(), now),
                machine.attestations(),
                machine.consecutiveFailures(),
                answer(),
                isAccepted ? new Shown<>(List.of(), 0) : reasons(diagnosis),
                isAccepted ? List.of() : hints(diagnosis),
                newest.flatMap(Examination::state)
                        .map(KnownState::id)
                        .map(stateName::apply)
                        .orElse(""),
                diagnosis.isPresent(),
                differences(diagnosis),
                newest.flatMap(Examination::evidence).flatMap(BootReport::of),
                Shown.of(history.stream().map(this::row).toList(), MAX_HISTORY));
    }

    private static boolean isAccepted(Examination examination) {
        return examination.attestation().outcome().equals("accepted");
    }

    private String answer() {
        if (newest.isEmpty()) {
            return "It is enrolled, and has not reported yet.";
        }
        Attestations.Row row = newest.get().attestation();
        String number = "Attestation " + row.number() + " ";
        return switch (row.outcome()) {
            case "accepted" ->
                number + "was accepted: a fresh quote proves that the machine booted what the reference state has.";
            case "rejected" -> number + "was rejected: " + why(newest.get()) + ".";
            default -> number + "was refused, for it proves nothing: " + row.message();
        };
    }

    private static String why(Examination rejected) {
        return rejected.diagnosis()
                .filter(diagnosis -> !diagnosis.reasons().isEmpty())
                .map(diagnosis -> diagnosis.causes().stream()
                        .limit(MAX_IN_A_SENTENCE)
                        .map(Reason::headline)
                        .collect(Collectors.joining("; ")))
                .filter(text -> !text.isEmpty())
                .orElse(rejected.attestation().message());
    }

    private static Shown<View.Reason> reasons(Optional<Diagnosis> diagnosis) {
        List<Reason> reasons = new ArrayList<>(diagnosis.map(Diagnosis::causes).orElse(List.of()));
        diagnosis.map(Diagnosis::reasons).orElse(List.of()).stream()
                .filter(reason -> !reasons.contains(reason))
                .forEach(reasons::add);
        return Shown.of(
                reasons.stream()
                        .map(reason -> new View.Reason(Words.capital(reason.headline()), reason.explanation()))
                        .toList(),
                MAX);
    }

    /** {@return hints, each cut where a command begins or ends} */
    private static List<List<String>> hints(Optional<Diagnosis> diagnosis) {
        return diagnosis.map(Diagnosis::hints).orElse(List.of()).stream()
                .map(hint -> List.of(hint.message().split("`")))
                .toList();
    }

    private static Shown<Difference> differences(Optional<Diagnosis> diagnosis) {
        List<StateChange> changes = diagnosis.stream()
                .flatMap(found -> Stream.concat(
                        found.reasons().stream().flatMap(reason -> reason.changes().stream()),
                        found.acceptedChanges().stream()))
                .distinct()
                .toList();
        return Shown.of(changes.stream().map(MachinePage::difference).toList(), MAX);
    }

    private static Difference difference(StateChange change) {
        return new Difference(
                Words.capital(change.headline()),
                String.join(", ", change.places()),
                change.expected().map(MachinePage::text),
                change.found().map(MachinePage::text),
                Shown.of(change.items(), MAX_ITEMS));
    }

    private static Text text(EventReference event) {
        boolean isClaimed = event.isDescriptionClaimed() && !event.description().isEmpty();
        return new Text(
                (isClaimed ? "claimed to be " : "") + event.description(),
                event.digests().toString());
    }

    private HistoryRow row(Attestations.Row row) {
        return new HistoryRow(row.number(), Words.when(row.at(), now), row.outcome(), row.stateId(), row.message());
    }
}
