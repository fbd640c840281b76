package io.github.measuredboot.diagnosis;

import io.github.measuredboot.diagnosis.StateChange.Category;
import io.github.measuredboot.diagnosis.StateChange.Kind;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.SecureBootKeys;
import io.github.measuredboot.refstate.Signature;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.SignatureType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares the entries of PK, KEK, db and dbx. Order and repetitions do not count. */
final class KeyComparison {
    private KeyComparison() {}

    static List<StateChange> compare(SecureBootKeys before, SecureBootKeys after) {
        return SecureBootKeys.DATABASES.stream()
                .flatMap(variable -> compare(variable, before.of(variable), after.of(variable)).stream())
                .toList();
    }

    static List<StateChange> compare(KnownVariable variable, List<Signature> before, List<Signature> after) {
        List<StateChange> changes = new ArrayList<>();
        add(changes, variable, Kind.REMOVED, without(before, after));
        add(changes, variable, Kind.ADDED, without(after, before));
        return changes;
    }

    private static void add(
            List<StateChange> changes, KnownVariable variable, Kind kind, Collection<Signature> entries) {
        if (entries.isEmpty()) {
            return;
        }
        boolean added = kind == Kind.ADDED;
        Category category = variable != KnownVariable.DBX
                ? Category.KEY_ROTATION
                : added ? Category.DBX_UPDATE : Category.DBX_ROLLBACK;
        String count = entries.size() == 1 ? "1 entry" : entries.size() + " entries";
        changes.add(StateChange.of(
                kind,
                category,
                OptionalInt.of(ReferenceState.SECURE_BOOT_PCR),
                variable.pattern(),
                (added ? "has " + count + " more" : "lost " + count),
                entries.stream().map(entry -> Printable.of(entry.description())).toList()));
    }

    /** An entry counts only in a list of its type; where a state does not know the type, any will do. */
    private static Collection<Signature> without(List<Signature> entries, List<Signature> others) {
        SortedMap<Signature, List<Optional<SignatureType>>> known = new TreeMap<>(Signature.BY_ENTRY);
        for (Signature other : others) {
            List<Optional<SignatureType>> types = known.computeIfAbsent(other, first -> new ArrayList<>());
            if (!types.contains(other.type())) {
                types.add(other.type());
            }
        }
        SortedMap<Signature, Signature> rest = new TreeMap<>();
        for (Signature entry : entries) {
            List<Optional<SignatureType>> types = known.getOrDefault(entry, List.of());
            boolean isKnown = !types.isEmpty()
                    && (entry.type().isEmpty()
                            || types.contains(entry.type())
                            || types.contains(Optional.<SignatureType>empty()));
            if (!isKnown) {
                rest.putIfAbsent(entry, entry);
            }
        }
        return rest.values();
    }
}
