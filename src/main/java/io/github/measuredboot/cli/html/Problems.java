package io.github.measuredboot.cli.html;

import io.github.measuredboot.cli.html.View.Difference;
import io.github.measuredboot.cli.html.View.Problem;
import io.github.measuredboot.cli.html.View.Shown;
import io.github.measuredboot.cli.html.View.Text;
import io.github.measuredboot.diagnosis.Diagnosis;
import io.github.measuredboot.diagnosis.EventReference;
import io.github.measuredboot.diagnosis.Reason;
import io.github.measuredboot.diagnosis.StateChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why a boot is rejected. */
final class Problems {
    private static final int MAX_PROBLEMS = 40;
    private static final int MAX_DIFFERENCES = 30;
    private static final int MAX_ITEMS = 20;
    private static final int MAX_CAUSES = 8;

    private Problems() {}

    static Shown<Problem> of(Diagnosis diagnosis) {
        List<Reason> reasons = new ArrayList<>(diagnosis.causes());
        diagnosis.reasons().stream().filter(reason -> !reasons.contains(reason)).forEach(reasons::add);
        return Shown.of(reasons, MAX_PROBLEMS, Problems::problem);
    }

    static Shown<Difference> accepted(Diagnosis diagnosis) {
        return Shown.of(diagnosis.acceptedChanges(), MAX_DIFFERENCES, Problems::difference);
    }

    private static Problem problem(Reason reason) {
        return new Problem(
                reason.id(),
                Words.capital(reason.headline()),
                Shown.of(reason.changes(), MAX_DIFFERENCES, Problems::difference),
                Shown.of(reason.explanation(), MAX_CAUSES));
    }

    private static Difference difference(StateChange change) {
        boolean events = change.items().isEmpty();
        return new Difference(
                Words.capital(change.headline()),
                change.places(),
                events ? side(change.expected(), change.kind() == StateChange.Kind.ADDED) : Optional.empty(),
                events ? side(change.found(), change.kind() == StateChange.Kind.REMOVED) : Optional.empty(),
                Shown.of(change.items(), MAX_ITEMS));
    }

    private static Optional<Text> side(Optional<EventReference> event, boolean isAbsent) {
        return event.map(Problems::text).or(() -> isAbsent ? Optional.of(new Text("nothing", "")) : Optional.empty());
    }

    private static Text text(EventReference event) {
        String claimed = event.isDescriptionClaimed() && !event.description().isEmpty() ? "claimed to be " : "";
        return new Text(claimed + event.description(), event.digests().toString());
    }
}
