package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.EventReference;
import io.github.measuredboot.diagnosis.Hint;
import io.github.measuredboot.diagnosis.StateChange;
import io.github.measuredboot.diagnosis.StateDifference;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.json.LogMembers;
import java.util.List;

/** What several commands report of what differs from a reference state. */
final class StateChangeMembers {
    private StateChangeMembers() {}

    /** {@code same, message, categories, changes, hints}. */
    static void difference(DataWriter out, StateDifference difference) {
        out.put("same", difference.isSame())
                .put("message", difference.message())
                .texts(
                        "categories",
                        difference.categories().stream()
                                .map(StateChange.Category::id)
                                .toList());
        changes(out, "changes", difference.changes());
        hints(out, difference.hints());
    }

    static void changes(DataWriter out, String name, List<StateChange> changes) {
        out.objects(name, changes, change -> {
            out.put("kind", change.kind().id())
                    .put("category", change.category().id());
            change.pcr().ifPresent(pcr -> out.put("pcr", pcr));
            out.put("subject", change.subject())
                    .put("message", change.message())
                    .put("claimed", change.isClaimed())
                    .object("expected", change.expected(), event -> event(out, event))
                    .object("found", change.found(), event -> event(out, event))
                    .texts("items", change.items());
        });
    }

    private static void event(DataWriter out, EventReference event) {
        event.number().ifPresent(number -> out.put("number", number));
        out.put("claimedType", event.claimedType().name())
                .put("description", event.description())
                .put("descriptionClaimed", event.isDescriptionClaimed());
        LogMembers.digests(out, "digests", event.digests().digests());
    }

    /** An array of {@code id, message}. */
    static void hints(DataWriter out, List<Hint> hints) {
        out.objects("hints", hints, hint -> out.put("id", hint.id()).put("message", hint.message()));
    }
}
