package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.EventReference;
import io.github.measuredboot.diagnosis.Hint;
import io.github.measuredboot.diagnosis.StateChange;
import io.github.measuredboot.diagnosis.StateDifference;
import java.util.ArrayList;
import java.util.List;

/** What differs between two reference states: the answer first, then each change with its values in full. */
final class StateDifferenceText {
    private static final int SHOWN_ITEMS = 20;
    private static final int SHOWN_CHANGES = 50;
    private static final int CHANGES = 26;
    private static final int HINTS = 10;

    private final String before;
    private final String after;

    private StateDifferenceText(String before, String after) {
        this.before = String.format("    %-10s", before + ":");
        this.after = String.format("    %-10s", after + ":");
    }

    static StateDifferenceText ofStateAndLog() {
        return new StateDifferenceText("expected", "found");
    }

    static void print(StateDifference difference, TextOutput out) {
        out.accept(out.shortened(difference.message()));
        List<String> lines = new ArrayList<>();
        if (!difference.isSame()) {
            lines.add("categories: "
                    + String.join(
                            ", ",
                            difference.categories().stream()
                                    .map(StateChange.Category::id)
                                    .toList()));
        }
        new StateDifferenceText("old", "new").addChanges(lines, difference.changes(), "");
        out.section(lines, CHANGES);
        out.section(hints(difference.hints()), HINTS);
    }

    void addChanges(List<String> lines, List<StateChange> changes, String indent) {
        changes.stream().limit(SHOWN_CHANGES).forEach(change -> addChange(lines, change, indent));
        if (changes.size() > SHOWN_CHANGES) {
            lines.add(indent + "and " + (changes.size() - SHOWN_CHANGES) + " more, which --json lists");
        }
    }

    private void addChange(List<String> lines, StateChange change, String indent) {
        List<String> places = change.places();
        lines.add(indent + (places.isEmpty() ? "" : String.join(", ", places) + ": ") + change.headline());
        if (change.items().isEmpty()) {
            change.expected().ifPresent(event -> lines.add(indent + before + text(event)));
            change.found().ifPresent(event -> lines.add(indent + after + text(event)));
        }
        change.items().stream().limit(SHOWN_ITEMS).forEach(item -> lines.add(indent + "    " + item));
        if (change.items().size() > SHOWN_ITEMS) {
            lines.add(indent + "    and " + (change.items().size() - SHOWN_ITEMS) + " more, which --json lists");
        }
    }

    private static String text(EventReference event) {
        String description = event.description().isEmpty()
                ? ""
                : ", " + (event.isDescriptionClaimed() ? "claimed to be " : "") + "\"" + event.description() + "\"";
        return event.digests() + description;
    }

    static List<String> hints(List<Hint> hints) {
        List<String> lines = new ArrayList<>();
        if (!hints.isEmpty()) {
            lines.add("what to do:");
            hints.forEach(hint -> lines.add("  - " + hint.message()));
        }
        return lines;
    }
}
