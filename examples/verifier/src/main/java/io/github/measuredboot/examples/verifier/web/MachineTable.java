package io.github.measuredboot.examples.verifier.web;

import io.github.measuredboot.examples.verifier.domain.Fleet;
import io.github.measuredboot.examples.verifier.web.View.Count;
import io.github.measuredboot.examples.verifier.web.View.MachineRow;
import io.github.measuredboot.policy.AttestationRecord.Status;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The machines, all or those of a group or of a status, a hundred at once. */
final class MachineTable {
    private static final int PAGE_SIZE = 100;

    private MachineTable() {}

    /** Which machines. Texts are as they are in the address of the page. */
    record Choice(String group, String status, int page) {
        private boolean isOfGroup(Fleet.Machine machine) {
            return group.isEmpty() || machine.group().equals(group);
        }

        private boolean isOfStatus(Fleet.Machine machine) {
            return status.isEmpty() || machine.status().name().equals(status);
        }

        private Choice withStatus(String other) {
            return new Choice(group, other, 1);
        }

        private Choice withPage(int other) {
            return new Choice(group, status, other);
        }

        private String link() {
            List<String> parts = new ArrayList<>();
            add(parts, "group", group);
            add(parts, "status", status);
            add(parts, "page", page == 1 ? "" : Integer.toString(page));
            return parts.isEmpty() ? "/" : "/?" + String.join("&", parts);
        }

        private static void add(List<String> parts, String name, String value) {
            if (!value.isEmpty()) {
                parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
    }

    static View.Machines of(List<Fleet.Machine> all, Choice choice, Instant now) {
        List<Fleet.Machine> ofGroup = all.stream().filter(choice::isOfGroup).toList();
        List<Fleet.Machine> chosen = ofGroup.stream().filter(choice::isOfStatus).toList();
        int first = (int) Math.min(chosen.size(), (choice.page - 1L) * PAGE_SIZE);
        int end = Math.min(chosen.size(), first + PAGE_SIZE);
        return new View.Machines(
                counts(ofGroup, choice),
                choice.group,
                chosen.subList(first, end).stream()
                        .map(machine -> row(machine, now))
                        .toList(),
                chosen.size() <= PAGE_SIZE ? "" : (first + 1) + " to " + end + " of " + chosen.size(),
                link(choice, choice.page - 1, choice.page > 1),
                link(choice, choice.page + 1, end < chosen.size()));
    }

    private static Optional<String> link(Choice choice, int page, boolean isThere) {
        return isThere ? Optional.of(choice.withPage(page).link()) : Optional.empty();
    }

    private static List<Count> counts(List<Fleet.Machine> machines, Choice choice) {
        return Stream.concat(
                        Stream.of(new Count(
                                "All",
                                Optional.empty(),
                                machines.size(),
                                choice.withStatus("").link(),
                                choice.status.isEmpty())),
                        ofEachStatus(machines, choice))
                .toList();
    }

    /** Those to look at first. */
    static Stream<Count> ofEachStatus(List<Fleet.Machine> machines, Choice choice) {
        return Stream.of(Status.FAIL, Status.TIMEOUT, Status.PENDING, Status.PASS)
                .map(status -> count(machines, status, choice));
    }

    private static Count count(List<Fleet.Machine> machines, Status status, Choice choice) {
        return new Count(
                status.name(),
                Optional.of(status),
                machines.stream().filter(machine -> machine.status() == status).count(),
                choice.withStatus(status.name()).link(),
                choice.status.equals(status.name()));
    }

    static MachineRow row(Fleet.Machine machine, Instant now) {
        return new MachineRow(
                machine.id(),
                machine.name(),
                machine.group(),
                machine.status(),
                note(machine),
                machine.lastSuccess().map(at -> Words.when(at, now)),
                machine.lastReport().map(at -> Words.when(at, now)));
    }

    private static String note(Fleet.Machine machine) {
        return switch (machine.status()) {
            case FAIL -> Words.counted(machine.consecutiveFailures(), "failure") + " in a row";
            case TIMEOUT -> machine.missedIntervals() + " or more reports are missing";
            case PENDING -> "no report yet";
            case PASS ->
                machine.missedIntervals() == 0 ? "" : Words.counted(machine.missedIntervals(), "report") + " missing";
        };
    }
}
