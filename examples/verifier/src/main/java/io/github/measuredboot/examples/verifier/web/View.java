package io.github.measuredboot.examples.verifier.web;

import io.github.measuredboot.examples.verifier.domain.BootReport;
import io.github.measuredboot.policy.AttestationRecord.Status;
import java.util.List;
import java.util.Optional;

/** What the templates show. Texts are as they were stored: {@link io.github.measuredboot.cli.html.PageOutput} makes them harmless. */
final class View {
    private View() {}

    /** What is around each page. */
    record Frame(String title, String current, boolean isLoggedIn, When now, long refreshSeconds) {}

    record When(String iso, String text, String ago) {}

    /** The first of many, and how many more there are. */
    record Shown<T>(List<T> items, int more) {
        static <T> Shown<T> of(List<T> all, int most) {
            return all.size() <= most ? new Shown<>(all, 0) : new Shown<>(all.subList(0, most), all.size() - most);
        }
    }

    record Count(String name, Optional<Status> status, long count, String link, boolean isChosen) {}

    record MachineRow(
            String id,
            String name,
            String group,
            Status status,
            String note,
            Optional<When> lastSuccess,
            Optional<When> lastReport) {}

    record Machines(
            List<Count> counts,
            String group,
            List<MachineRow> rows,
            String range,
            Optional<String> previous,
            Optional<String> next) {}

    record Text(String text, String digest) {}

    record Difference(
            String headline, String places, Optional<Text> expected, Optional<Text> found, Shown<String> items) {}

    record Reason(String headline, List<String> details) {}

    record HistoryRow(long number, When at, String outcome, Optional<Long> state, String message) {}

    record Machine(
            MachineRow row,
            String identity,
            String ekName,
            When enrolledAt,
            long attestations,
            long failures,
            String answer,
            Shown<Reason> reasons,
            List<List<String>> hints,
            String state,
            boolean isCompared,
            Shown<Difference> differences,
            Optional<BootReport> boot,
            Shown<HistoryRow> history) {}

    record GroupRow(
            String name,
            String trust,
            String reference,
            String secureBoot,
            String bank,
            List<Count> counts,
            long states) {}

    record Member(String id, String name, Status status) {}

    record StateRow(
            long id,
            String label,
            Optional<Member> machine,
            String sha256,
            When since,
            Optional<When> retired,
            int accepted) {}

    record Group(GroupRow row, Shown<StateRow> states, Shown<String> allowedEks, Rollout rollout) {}

    record Step(long id, String label, String role, When since, Shown<Member> machines, int count) {}

    record Rollout(String group, String sentence, List<Step> steps, Shown<Member> never) {}
}
