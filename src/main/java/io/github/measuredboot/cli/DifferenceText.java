package io.github.measuredboot.cli;

import io.github.measuredboot.policy.ReferenceStateDiff;
import io.github.measuredboot.policy.ReferenceStateDiff.Category;
import io.github.measuredboot.policy.ReferenceStateDiff.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What differs between two reference states. */
final class DifferenceText {
    private static final int SHOWN_ITEMS = 20;

    private DifferenceText() {}

    static List<String> lines(ReferenceStateDiff diff) {
        if (diff.isEmpty()) {
            return List.of("same");
        }
        List<String> lines = new ArrayList<>();
        lines.add(diff.categories().stream()
                .map(DifferenceText::words)
                .collect(Collectors.joining(", ", "different: ", "")));
        for (Change change : diff.changes()) {
            lines.add(change.sentence());
            change.items().stream().limit(SHOWN_ITEMS).forEach(item -> lines.add("  " + item));
            if (change.items().size() > SHOWN_ITEMS) {
                lines.add("  and " + (change.items().size() - SHOWN_ITEMS) + " more, which --json lists");
            }
        }
        return lines;
    }

    private static String words(Category category) {
        return category.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
