package io.github.measuredboot.policy;

import io.github.measuredboot.policy.ReferenceState.Firmware;
import io.github.measuredboot.policy.ReferenceState.Signature;
import io.github.measuredboot.policy.ReferenceState.UkiSection;
import io.github.measuredboot.policy.ReferenceState.UserspaceDigest;
import io.github.measuredboot.policy.ReferenceStateDiff.Category;
import io.github.measuredboot.policy.ReferenceStateDiff.Change;
import io.github.measuredboot.policy.ReferenceStateDiff.Kind;
import io.github.measuredboot.policy.ReferenceStateDiff.Part;
import io.github.measuredboot.policy.SequenceDiff.Pair;
import io.github.measuredboot.policy.SequenceDiff.Placed;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Collects the changes between two states, part by part. */
final class StateComparison {
    private final List<Change> changes = new ArrayList<>();

    private StateComparison() {}

    static List<Change> changes(ReferenceState before, ReferenceState after) {
        StateComparison comparison = new StateComparison();
        comparison.firmware(before.firmware(), after.firmware());
        comparison.signatures(
                Part.PK, before.secureBoot().pk(), after.secureBoot().pk());
        comparison.signatures(
                Part.KEK, before.secureBoot().kek(), after.secureBoot().kek());
        comparison.signatures(
                Part.DB, before.secureBoot().db(), after.secureBoot().db());
        comparison.signatures(
                Part.DBX, before.secureBoot().dbx(), after.secureBoot().dbx());
        comparison.digests(
                Part.IMAGES_BEFORE_UKI, before.uki().imagesBefore(), after.uki().imagesBefore());
        comparison.digest(Part.UKI_DIGEST, before.uki().image(), after.uki().image());
        comparison.digest(Part.KERNEL, before.uki().kernel(), after.uki().kernel());
        comparison.sections(before.uki().sections(), after.uki().sections());
        comparison.userspace(before.userspaceDigests(), after.userspaceDigests());
        return comparison.changes;
    }

    private void add(Part part, Kind kind, List<String> items) {
        if (!items.isEmpty()) {
            Category category = ChangeText.category(part, kind);
            changes.add(new Change(part, kind, category, items, ChangeText.sentence(part, kind, items.size())));
        }
    }

    private void coverage(Part part, Kind kind, List<String> items) {
        changes.add(new Change(part, kind, Category.OTHER_COVERAGE, items, ChangeText.coverageSentence(part, kind)));
    }

    private void firmware(List<Firmware> before, List<Firmware> after) {
        SequenceDiff<Firmware> diff = SequenceDiff.between(before, after, StateComparison::same);
        for (Pair<Firmware> pair : diff.kept()) {
            firmware(pair.before().element(), pair.after().element());
        }
        if (diff.removed().size() == 1 && diff.added().size() == 1) {
            firmware(diff.removed().get(0).element(), diff.added().get(0).element());
        } else {
            add(Part.FIRMWARE, Kind.REMOVED, texts(diff.removed(), StateComparison::text));
            add(Part.FIRMWARE, Kind.ADDED, texts(diff.added(), StateComparison::text));
        }
    }

    private void firmware(Firmware before, Firmware after) {
        digest(Part.SCRTM, before.scrtm(), after.scrtm());
        digests(Part.PLATFORM_FIRMWARE, before.platformFirmware(), after.platformFirmware());
    }

    private static String text(Firmware firmware) {
        return "SCRTM " + firmware.scrtm() + ", " + firmware.platformFirmware().size() + " firmware blobs";
    }

    private static boolean same(Firmware before, Firmware after) {
        int blobs = before.platformFirmware().size();
        boolean isSame = same(before.scrtm(), after.scrtm())
                && blobs == after.platformFirmware().size();
        for (int i = 0; isSame && i < blobs; i++) {
            isSame = same(
                    before.platformFirmware().get(i), after.platformFirmware().get(i));
        }
        return isSame;
    }

    private static boolean same(DigestSet before, DigestSet after) {
        return before.equals(after) || before.compareWith(after) == DigestSet.Match.EQUAL;
    }

    private void digest(Part part, DigestSet before, DigestSet after) {
        if (before.equals(after)) {
            return;
        }
        if (before.isEmpty() || after.isEmpty()) {
            Kind kind = before.isEmpty() ? Kind.ADDED : Kind.REMOVED;
            coverage(part, kind, List.of((before.isEmpty() ? after : before).toString()));
            return;
        }
        List<String> items = List.of(before + " -> " + after);
        switch (before.compareWith(after)) {
            case EQUAL -> coverage(part, Kind.OTHER_ALGORITHMS, items);
            case DIFFERENT -> add(part, Kind.CHANGED, items);
            case NOT_COMPARABLE -> coverage(part, Kind.NOT_COMPARABLE, items);
        }
    }

    private void digests(Part part, List<DigestSet> before, List<DigestSet> after) {
        SequenceDiff<DigestSet> diff = SequenceDiff.between(before, after, StateComparison::same);
        sequence(part, diff, Function.identity(), DigestSet::toString);
    }

    private void sections(List<UkiSection> before, List<UkiSection> after) {
        if (isPinnedByOneOnly(Part.UKI_SECTIONS, before, after, StateComparison::text)) {
            return;
        }
        SequenceDiff<UkiSection> diff = SequenceDiff.between(
                before,
                after,
                (old, now) -> (old.name().equals(now.name())
                                || old.name().isEmpty()
                                || now.name().isEmpty())
                        && same(old.digests(), now.digests()));
        List<Placed<UkiSection>> removed = new ArrayList<>(diff.removed());
        List<Placed<UkiSection>> added = new ArrayList<>(diff.added());
        List<String> changed = new ArrayList<>();
        for (Placed<UkiSection> old : diff.removed()) {
            added.stream()
                    .filter(now -> old.element().name().isPresent()
                            && now.element().name().equals(old.element().name())
                            && now.element().digests().compareWith(old.element().digests())
                                    == DigestSet.Match.DIFFERENT)
                    .findFirst()
                    .ifPresent(now -> {
                        changed.add(text(old.element()) + " -> " + now.element().digests());
                        removed.remove(old);
                        added.remove(now);
                    });
        }
        add(Part.UKI_SECTIONS, Kind.CHANGED, changed);
        sequence(
                Part.UKI_SECTIONS,
                new SequenceDiff<>(removed, added, diff.kept(), diff.moved()),
                UkiSection::digests,
                StateComparison::text);
    }

    private static String text(UkiSection section) {
        return section.name().map(name -> name + " ").orElse("") + section.digests();
    }

    private void userspace(List<UserspaceDigest> before, List<UserspaceDigest> after) {
        if (isPinnedByOneOnly(Part.USERSPACE_DIGESTS, before, after, StateComparison::text)) {
            return;
        }
        Set<HashAlgorithm> shared = algorithms(before);
        shared.retainAll(algorithms(after));
        if (shared.isEmpty() && !before.isEmpty()) {
            List<UserspaceDigest> all = new ArrayList<>(before);
            all.addAll(after);
            coverage(Part.USERSPACE_DIGESTS, Kind.NOT_COMPARABLE, texts(all));
            return;
        }
        SequenceDiff<UserspaceDigest> diff =
                SequenceDiff.between(only(shared, before), only(shared, after), UserspaceDigest::equals);
        sequence(Part.USERSPACE_DIGESTS, diff, extended -> DigestSet.of(extended.digest()), StateComparison::text);
        List<UserspaceDigest> others = new ArrayList<>(before);
        others.addAll(after);
        others.removeIf(extended -> shared.contains(extended.digest().algorithm()));
        if (!others.isEmpty()) {
            coverage(Part.USERSPACE_DIGESTS, Kind.OTHER_ALGORITHMS, texts(others));
        }
    }

    private static Set<HashAlgorithm> algorithms(List<UserspaceDigest> digests) {
        return digests.stream()
                .map(extended -> extended.digest().algorithm())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static List<UserspaceDigest> only(Set<HashAlgorithm> algorithms, List<UserspaceDigest> digests) {
        return digests.stream()
                .filter(extended -> algorithms.contains(extended.digest().algorithm()))
                .toList();
    }

    private static List<String> texts(List<UserspaceDigest> digests) {
        return digests.stream().map(StateComparison::text).toList();
    }

    private static String text(UserspaceDigest extended) {
        return "PCR " + extended.pcr() + " " + extended.digest();
    }

    private <T> boolean isPinnedByOneOnly(Part part, List<T> before, List<T> after, Function<T, String> text) {
        if (before.isEmpty() == after.isEmpty()) {
            return false;
        }
        Kind kind = before.isEmpty() ? Kind.ADDED : Kind.REMOVED;
        coverage(
                part,
                kind,
                (before.isEmpty() ? after : before).stream().map(text).toList());
        return true;
    }

    private <T> void sequence(
            Part part, SequenceDiff<T> diff, Function<T, DigestSet> digests, Function<T, String> text) {
        if (areNotComparable(diff, digests)) {
            List<String> items = new ArrayList<>(texts(diff.removed(), text));
            items.addAll(texts(diff.added(), text));
            coverage(part, Kind.NOT_COMPARABLE, items);
        } else {
            add(part, Kind.REMOVED, texts(diff.removed(), text));
            add(part, Kind.ADDED, texts(diff.added(), text));
        }
        add(
                part,
                Kind.MOVED,
                diff.moved().stream()
                        .map(pair -> text.apply(pair.before().element()) + ": from place "
                                + (pair.before().index() + 1) + " to "
                                + (pair.after().index() + 1))
                        .toList());
        List<String> inOtherAlgorithms = diff.kept().stream()
                .filter(pair -> !pair.before().element().equals(pair.after().element()))
                .map(pair -> text.apply(pair.before().element()) + " -> "
                        + text.apply(pair.after().element()))
                .toList();
        if (!inOtherAlgorithms.isEmpty()) {
            coverage(part, Kind.OTHER_ALGORITHMS, inOtherAlgorithms);
        }
    }

    private static <T> boolean areNotComparable(SequenceDiff<T> diff, Function<T, DigestSet> digests) {
        return !diff.removed().isEmpty()
                && !diff.added().isEmpty()
                && Collections.disjoint(algorithms(diff.removed(), digests), algorithms(diff.added(), digests));
    }

    private static <T> Set<HashAlgorithm> algorithms(List<Placed<T>> elements, Function<T, DigestSet> digests) {
        Set<HashAlgorithm> algorithms = new HashSet<>();
        elements.forEach(
                placed -> algorithms.addAll(digests.apply(placed.element()).algorithms()));
        return algorithms;
    }

    private static <T> List<String> texts(List<Placed<T>> elements, Function<T, String> text) {
        return elements.stream().map(placed -> text.apply(placed.element())).toList();
    }

    private void signatures(Part part, List<Signature> before, List<Signature> after) {
        List<Signature> removed = without(before, after);
        List<Signature> added = without(after, before);
        Map<Object, Signature> addedByData = new LinkedHashMap<>();
        added.forEach(signature -> addedByData.putIfAbsent(signature.data(), signature));
        List<String> otherOwner = new ArrayList<>();
        for (Signature old : List.copyOf(removed)) {
            Signature now = addedByData.remove(old.data());
            if (now != null) {
                otherOwner.add(SignatureText.of(old) + " -> owner " + now.owner());
                removed.remove(old);
                added.remove(now);
            }
        }
        add(part, Kind.REMOVED, removed.stream().map(SignatureText::of).toList());
        add(part, Kind.ADDED, added.stream().map(SignatureText::of).toList());
        add(part, Kind.CHANGED, otherOwner);
    }

    private static List<Signature> without(List<Signature> signatures, List<Signature> others) {
        Set<Signature> known = new HashSet<>(others);
        List<Signature> rest = new ArrayList<>();
        for (Signature signature : signatures) {
            if (known.add(signature)) {
                rest.add(signature);
            }
        }
        return rest;
    }
}
