package io.github.measuredboot.diagnosis;

import io.github.measuredboot.diagnosis.StateChange.Kind;
import io.github.measuredboot.internal.diff.SequenceDiff;
import io.github.measuredboot.internal.diff.SequenceDiff.Edit;
import io.github.measuredboot.internal.diff.SequenceDiff.Placed;
import io.github.measuredboot.refstate.PinnedEvent.Role;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares the events of a PCR, of which each side may have alternatives: the expected ones with those of another state or of a
 * log. Everything that is reported about a difference of events comes from here.
 */
final class EventComparison {
    private final EventWords words;
    private final Sides sides;
    private final List<HashAlgorithm> banks;
    private final Comparator<EventReference> order;

    private EventComparison(EventWords words, Sides sides, List<HashAlgorithm> banks) {
        this.words = words;
        this.sides = sides;
        this.banks = banks;
        this.order = EventReference.order(banks);
    }

    /** Every alternative of the new side that the old one does not have, as its difference from the nearest old one. */
    static List<StateChange> compare(
            EventWords words, Sides sides, List<List<EventReference>> before, List<List<EventReference>> after) {
        if (isEmpty(before) && isEmpty(after)) {
            return List.of();
        }
        List<HashAlgorithm> banks = sharedBanks(before, after);
        if (banks.isEmpty() && !isEmpty(before) && !isEmpty(after)) {
            return List.of(StateChange.of(
                    Kind.NOT_COMPARABLE,
                    StateChange.Category.OTHER_COVERAGE,
                    OptionalInt.of(words.pcr()),
                    "PCR " + words.pcr(),
                    "cannot be compared: there is no bank that both have"));
        }
        return new EventComparison(words, sides, banks).alternatives(before, after);
    }

    private static boolean isEmpty(List<List<EventReference>> alternatives) {
        return alternatives.stream().allMatch(List::isEmpty);
    }

    private static List<HashAlgorithm> sharedBanks(
            List<List<EventReference>> before, List<List<EventReference>> after) {
        Set<HashAlgorithm> shared = banks(before);
        shared.retainAll(banks(after));
        return List.copyOf(shared);
    }

    private static Set<HashAlgorithm> banks(List<List<EventReference>> alternatives) {
        return alternatives.stream()
                .flatMap(List::stream)
                .flatMap(event -> event.digests().algorithms().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<StateChange> alternatives(List<List<EventReference>> before, List<List<EventReference>> after) {
        List<List<EventReference>> old = without(before, after);
        List<List<EventReference>> now = without(after, before);
        List<StateChange> changes = new ArrayList<>();
        List<List<EventReference>> explained = new ArrayList<>();
        for (List<EventReference> alternative : now) {
            List<EventReference> nearest = nearest(old.isEmpty() ? before : old, alternative);
            explained.add(nearest);
            changes.addAll(difference(nearest, alternative));
        }
        for (List<EventReference> alternative : old) {
            boolean isExplained = explained.stream().anyMatch(one -> one == alternative);
            if (!isExplained && now.isEmpty() && before.size() == 1) {
                changes.addAll(difference(alternative, nearest(after, alternative)));
            } else if (!isExplained) {
                changes.add(StateChange.of(
                        Kind.REMOVED,
                        category(alternative, nearest(after, alternative)),
                        OptionalInt.of(words.pcr()),
                        "an alternative of " + alternative.size() + " events",
                        sides.predicate(Kind.REMOVED),
                        difference(nearest(after, alternative), alternative).stream()
                                .map(StateChange::message)
                                .toList()));
            }
        }
        return changes;
    }

    private StateChange.Category category(List<EventReference> removed, List<EventReference> nearest) {
        return difference(removed, nearest).stream()
                .map(StateChange::category)
                .findFirst()
                .orElse(StateChange.Category.OTHER_COVERAGE);
    }

    private List<List<EventReference>> without(
            List<List<EventReference>> alternatives, List<List<EventReference>> others) {
        Set<List<EventReference>> known = new TreeSet<>(this::compareLists);
        known.addAll(others);
        return alternatives.stream().filter(known::add).toList();
    }

    private int compareLists(List<EventReference> one, List<EventReference> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int byElement = order.compare(one.get(i), other.get(i));
            if (byElement != 0) {
                return byElement;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    /** The one that has the most in common at its ends, as the policy chooses it. */
    private List<EventReference> nearest(List<List<EventReference>> alternatives, List<EventReference> events) {
        List<EventReference> nearest = List.of();
        int best = -1;
        for (List<EventReference> alternative : alternatives) {
            int ends = commonEnds(alternative, events);
            if (ends > best) {
                best = ends;
                nearest = alternative;
            }
        }
        return nearest;
    }

    private int commonEnds(List<EventReference> one, List<EventReference> other) {
        int length = Math.min(one.size(), other.size());
        int prefix = 0;
        while (prefix < length && order.compare(one.get(prefix), other.get(prefix)) == 0) {
            prefix++;
        }
        int suffix = 0;
        while (suffix < length - prefix
                && order.compare(one.get(one.size() - 1 - suffix), other.get(other.size() - 1 - suffix)) == 0) {
            suffix++;
        }
        return prefix + suffix;
    }

    private List<StateChange> difference(List<EventReference> before, List<EventReference> after) {
        SequenceDiff<EventReference> diff = SequenceDiff.between(before, after, order)
                .pairAnywhere(EventComparison::singleRole)
                .pairAnywhere(EventComparison::name)
                .pairInPlace(EventComparison::type)
                .pairInPlace(event -> Optional.of(event.isConstant()));
        return diff.changes().stream().map(this::change).toList();
    }

    private static Optional<Role> singleRole(EventReference event) {
        return event.role().filter(role -> role == Role.UKI || role == Role.KERNEL);
    }

    private static Optional<String> name(EventReference event) {
        return event.isConstant() || event.description().isEmpty()
                ? Optional.empty()
                : Optional.of(event.claimedType() + " " + event.description());
    }

    private static Optional<String> type(EventReference event) {
        return event.isConstant()
                ? Optional.empty()
                : Optional.of(event.claimedType().toString());
    }

    private StateChange change(Edit<EventReference> edit) {
        Optional<EventReference> before = edit.before().map(Placed::element);
        Optional<EventReference> after = edit.after().map(Placed::element);
        Kind kind = switch (edit.kind()) {
            case ADDED -> Kind.ADDED;
            case REMOVED -> Kind.REMOVED;
            case MOVED -> Kind.MOVED;
            case CHANGED, KEPT -> Kind.CHANGED;
        };
        return StateChange.ofEvent(
                kind,
                words,
                sides,
                before.map(event -> event.inBanks(banks)),
                after.map(event -> event.inBanks(banks)));
    }
}
