package io.github.measuredboot.cli.html;

import io.github.measuredboot.cli.html.View.Expectation;
import io.github.measuredboot.cli.html.View.FindingRow;
import io.github.measuredboot.cli.html.View.Label;
import io.github.measuredboot.cli.html.View.PinnedRow;
import io.github.measuredboot.cli.html.View.Shown;
import io.github.measuredboot.cli.html.View.Text;
import io.github.measuredboot.cli.html.View.Value;
import io.github.measuredboot.policy.BootPolicy;
import io.github.measuredboot.policy.Constraint;
import io.github.measuredboot.policy.CoverageReport;
import io.github.measuredboot.policy.Finding;
import io.github.measuredboot.policy.PolicyOptions;
import io.github.measuredboot.policy.Rule;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.SecureBootKeys;
import io.github.measuredboot.refstate.Signature;
import io.github.measuredboot.uefi.KnownVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a policy pins by a reference state, and what it found. */
final class Expectations {
    private static final int MAX_FINDINGS = 200;
    private static final int MAX_PLACES = 8;
    private static final int MAX_ALTERNATIVES = 4;
    private static final int MAX_EVENTS = 40;
    private static final int MAX_SIGNATURES = 24;

    private Expectations() {}

    static Expectation of(
            String name, ReferenceState state, PolicyOptions options, Verdict verdict, RegisterNames names) {
        List<Finding> findings = new ArrayList<>(verdict.findings());
        findings.sort(Comparator.comparingInt(Expectations::rank));
        return new Expectation(
                name,
                verdict.bank().name(),
                Shown.of(findings, MAX_FINDINGS, Expectations::finding),
                pinned(state, options, names),
                keys(state.secureBoot()),
                bytes(verdict.coverage()));
    }

    private static int rank(Finding finding) {
        return finding.isRejection()
                ? 0
                : switch (finding.outcome()) {
                    case FAILED -> 1;
                    case PASSED -> 2;
                    case NOT_EVALUATED -> 3;
                };
    }

    private static FindingRow finding(Finding finding) {
        boolean bad = finding.isRejection() || finding.outcome() == Finding.Outcome.FAILED;
        return new FindingRow(
                outcome(finding),
                finding.rule(),
                Arrays.stream(Rule.values())
                        .filter(finding::isOf)
                        .map(Rule::description)
                        .findFirst()
                        .orElse(finding.rule()),
                finding.pcrs().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                events(finding.events()),
                finding.proof().toString(),
                finding.required(),
                bad ? Optional.of(finding.expected()) : Optional.empty(),
                finding.found());
    }

    private static Label outcome(Finding finding) {
        return switch (finding.outcome()) {
            case PASSED -> new Label("proved", "passed");
            case FAILED -> finding.isRejection() ? new Label("refuted", "FAILED") : new Label("late", "note");
            case NOT_EVALUATED ->
                finding.isRejection() ? new Label("refuted", "NOT KNOWN") : new Label("claimed", "nothing to judge");
        };
    }

    private static String events(List<Finding.Place> places) {
        String shown = places.stream()
                .limit(MAX_PLACES)
                .map(place -> String.valueOf(place.number()))
                .collect(Collectors.joining(", "));
        return places.size() <= MAX_PLACES ? shown : shown + " and " + (places.size() - MAX_PLACES) + " more";
    }

    private static List<PinnedRow> pinned(ReferenceState state, PolicyOptions options, RegisterNames names) {
        List<PinnedRow> rows = new ArrayList<>();
        BootPolicy.of(state, options).modes().forEach((pcr, mode) -> {
            List<List<PinnedEvent>> alternatives =
                    pcr == 0 ? state.firmware().stream().map(Firmware::pcr0).toList() : state.alternatives(pcr);
            rows.add(new PinnedRow(
                    names.name(pcr),
                    names.meaning(pcr),
                    words(mode),
                    counts(pcr == 0 && !state.isFull() ? List.of() : alternatives, mode),
                    Shown.of(
                            alternatives.stream()
                                    .filter(events -> !events.isEmpty())
                                    .toList(),
                            MAX_ALTERNATIVES,
                            events -> Shown.of(events, MAX_EVENTS, Expectations::event))));
        });
        return rows;
    }

    private static String words(PcrMode mode) {
        return switch (mode) {
            case SEQUENCE -> "exactly these events, in this order";
            case CONTENT -> "any order, but the content of each event is checked";
            case EMPTY -> "nothing may be measured";
            case FREE -> "anything: only replayed";
        };
    }

    private static String counts(List<List<PinnedEvent>> alternatives, PcrMode mode) {
        if (alternatives.isEmpty()) {
            return mode == PcrMode.EMPTY ? "separators only" : "–";
        }
        String counts = alternatives.stream()
                .limit(MAX_ALTERNATIVES)
                .map(events -> String.valueOf(events.size()))
                .distinct()
                .collect(Collectors.joining(" or "));
        String events = counts + (counts.equals("1") ? " event" : " events");
        return alternatives.size() == 1 ? events : events + ", " + alternatives.size() + " alternatives";
    }

    private static Text event(PinnedEvent event) {
        String role = event.role().map(one -> " (" + one.id() + ")").orElse("");
        String description = event.description().isEmpty() ? event.claimedType().name() : event.description();
        return new Text(
                description + role,
                event.digests().digests().stream()
                        .map(digest -> Words.shortDigest(Optional.of(digest)))
                        .limit(1)
                        .collect(Collectors.joining()));
    }

    private static Shown<View.Key> keys(SecureBootKeys keys) {
        return Shown.of(SecureBootKeys.DATABASES, SecureBootKeys.DATABASES.size(), variable -> key(variable, keys));
    }

    private static View.Key key(KnownVariable variable, SecureBootKeys keys) {
        List<Signature> entries = keys.of(variable);
        return new View.Key(
                variable.pattern(),
                entries.isEmpty() ? "empty" : Words.counted(entries.size(), "entry", "entries"),
                Shown.of(entries, MAX_SIGNATURES, entry -> Words.certificate(entry.description())),
                Marks.COVERED,
                "");
    }

    private static List<Value> bytes(CoverageReport coverage) {
        return Arrays.stream(Constraint.values())
                .filter(constraint -> coverage.logBytes().getOrDefault(constraint, 0) > 0)
                .map(constraint -> new Value(
                        constraint == Constraint.NONE ? "bound by nothing" : constraint.toString(),
                        String.valueOf(coverage.logBytes().get(constraint))))
                .toList();
    }
}
