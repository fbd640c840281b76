package io.github.measuredboot.diagnosis;

import io.github.measuredboot.diagnosis.StateChange.Category;
import io.github.measuredboot.refstate.ReferenceState;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What differs between two reference states. Provenance does not count, nor do the order of alternatives and the order and
 * repetitions of signatures. Events are compared in the banks that both states have; if there is none, they are not comparable,
 * which is a difference.
 */
public final class StateDifference {
    private static final int MAX_NAMED = 3;

    private final List<StateChange> changes;

    private StateDifference(List<StateChange> changes) {
        this.changes = List.copyOf(changes);
    }

    /**
     * Compares two states.
     *
     * @param before the old one
     * @param after the new one
     * @return the difference, the same for the same states
     */
    public static StateDifference between(ReferenceState before, ReferenceState after) {
        return new StateDifference(new StateComparison(before, after).changes());
    }

    /** {@return the changes: what the states cover, firmware, Secure Boot keys, then PCR by PCR, then userspace} */
    public List<StateChange> changes() {
        return changes;
    }

    /** {@return whether the states expect the same of a machine} */
    public boolean isSame() {
        return changes.isEmpty();
    }

    /** {@return what happened, in short; empty if there is no difference} */
    public SortedSet<Category> categories() {
        return Collections.unmodifiableSortedSet(
                changes.stream().map(StateChange::category).collect(Collectors.toCollection(TreeSet::new)));
    }

    /** {@return what to do, in the order of the constants} */
    public List<Hint> hints() {
        return Hints.of(this);
    }

    /** {@return the answer in a printable line} */
    public String message() {
        if (changes.isEmpty()) {
            return "same";
        }
        List<String> headlines =
                changes.stream().map(StateChange::headline).distinct().toList();
        return "different: " + String.join("; ", Lines.first(MAX_NAMED, headlines));
    }

    @Override
    public String toString() {
        return message();
    }
}
