package io.github.measuredboot.diagnosis;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.diagnosis.LogChange.Detail;
import io.github.measuredboot.internal.diff.SequenceDiff;
import io.github.measuredboot.internal.diff.SequenceDiff.Edit;
import io.github.measuredboot.internal.diff.SequenceDiff.Kind;
import io.github.measuredboot.internal.diff.SequenceDiff.Placed;
import io.github.measuredboot.internal.text.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares decoded data field by field. */
final class FieldComparison {
    private static final int LONGEST_BINARY = 32;
    private static final int MAX_ITEMS_IN_LINE = 64;
    private static final Set<String> IDENTITIES = Set.of("uniquePartitionGuid");

    /** Checksums and flags that follow from other fields, and what differs from boot to boot and from log to log. */
    private static final Set<String> WITHOUT_MEANING = Set.of(
            "headerCrc32",
            "partitionEntryArrayCrc32",
            "active",
            "kind",
            "imageLocationInMemory",
            "imageLinkTimeAddress");

    /** A field of one side or both. */
    private record Pair(Optional<Field> before, Optional<Field> after) {
        static Pair of(Edit<Field> edit) {
            return new Pair(edit.before().map(Placed::element), edit.after().map(Placed::element));
        }

        Field any() {
            return after.or(() -> before).orElseThrow();
        }

        boolean are(Class<? extends FieldValue> type) {
            return Stream.of(before, after).flatMap(Optional::stream).allMatch(field -> type.isInstance(field.value()));
        }

        boolean isSame() {
            return before.map(Field::value).equals(after.map(Field::value));
        }
    }

    private final Predicate<Field> coveredBefore;
    private final Predicate<Field> coveredAfter;
    private final Set<String> leftOut;
    private final List<Detail> details = new ArrayList<>();

    private FieldComparison(Predicate<Field> coveredBefore, Predicate<Field> coveredAfter, Set<String> leftOut) {
        this.coveredBefore = coveredBefore;
        this.coveredAfter = coveredAfter;
        this.leftOut = leftOut;
    }

    static List<Detail> changed(ClaimedContent before, ClaimedContent after) {
        return new FieldComparison(before::covers, after::covers, Set.of()).details(before.fields(), after.fields());
    }

    static List<Detail> removed(ClaimedContent before) {
        return oneSided(before).details(before.fields(), List.of());
    }

    static List<Detail> added(ClaimedContent after) {
        return oneSided(after).details(List.of(), after.fields());
    }

    private static FieldComparison oneSided(ClaimedContent side) {
        return new FieldComparison(side::covers, side::covers, side.subject().namedBy());
    }

    private List<Detail> details(List<Field> before, List<Field> after) {
        compare("", before, after);
        return List.copyOf(details);
    }

    private void compare(String prefix, List<Field> before, List<Field> after) {
        SequenceDiff.between(before, after, Comparator.comparing(Field::name))
                .edits()
                .forEach(edit -> compare(prefix, Pair.of(edit)));
    }

    private void compare(String prefix, Pair pair) {
        String name = pair.any().name();
        if (leftOut.contains(name) || WITHOUT_MEANING.contains(name)) {
            return;
        }
        String path = prefix + name;
        if (pair.are(FieldValue.Items.class)) {
            items(path, pair);
        } else if (pair.are(FieldValue.Structure.class)) {
            compare(path + ".", inner(pair.before()), inner(pair.after()));
        } else if (!pair.isSame()) {
            leaf(path, pair);
        }
    }

    private static List<Field> inner(Optional<Field> field) {
        return field.map(Field::value)
                .map(value -> value instanceof FieldValue.Structure structure
                        ? structure.fields()
                        : value instanceof FieldValue.Items items ? items.items() : List.<Field>of())
                .orElse(List.of());
    }

    private void items(String path, Pair pair) {
        List<Field> old = inner(pair.before());
        List<Field> now = inner(pair.after());
        if (isShortList(old) && isShortList(now)) {
            if (!texts(old).equals(texts(now))) {
                add(
                        path,
                        pair,
                        pair.before().map(field -> line(old)),
                        pair.after().map(field -> line(now)));
            }
            return;
        }
        SequenceDiff<Field> diff = SequenceDiff.between(old, now, Comparator.comparing(FieldComparison::text))
                .pairAnywhere(FieldComparison::identity)
                .pairInPlace(item -> Optional.of(item.name()).filter(name -> !name.equals(SignatureEntries.ENTRY)));
        diff.edits().forEach(this::item);
    }

    private void item(Edit<Field> edit) {
        Pair pair = Pair.of(edit);
        Field any = pair.any();
        if (edit.kind() == Kind.CHANGED) {
            compare(identity(any).map(id -> id + " ").orElse(""), pair);
        } else if (edit.kind() == Kind.MOVED) {
            add(
                    any.name() + " " + text(any),
                    pair,
                    edit.before().map(FieldComparison::place),
                    edit.after().map(FieldComparison::place));
        } else if (edit.kind() != Kind.KEPT) {
            addTexts(any.name(), pair);
        }
    }

    private static String place(Placed<Field> placed) {
        return "place " + (placed.index() + 1);
    }

    private static Optional<String> identity(Field item) {
        return inner(Optional.of(item)).stream()
                .filter(field -> item.value() instanceof FieldValue.Structure && IDENTITIES.contains(field.name()))
                .map(FieldComparison::text)
                .findFirst();
    }

    private static boolean isShortList(List<Field> items) {
        return items.size() <= MAX_ITEMS_IN_LINE
                && items.stream()
                        .noneMatch(item -> item.value() instanceof FieldValue.Structure
                                || item.value() instanceof FieldValue.Items);
    }

    private static List<String> texts(List<Field> items) {
        return items.stream().map(FieldComparison::text).toList();
    }

    private static String line(List<Field> items) {
        return String.join(", ", texts(items));
    }

    private void leaf(String path, Pair pair) {
        if (pair.before().map(Field::value).orElse(null) instanceof FieldValue.Binary old
                && pair.after().map(Field::value).orElse(null) instanceof FieldValue.Binary now
                && (old.bytes().length() > LONGEST_BINARY || now.bytes().length() > LONGEST_BINARY)) {
            int same = samePrefix(old.bytes(), now.bytes());
            add(path, pair, Optional.of(from(old.bytes(), same)), Optional.of(from(now.bytes(), same)));
        } else {
            addTexts(path, pair);
        }
    }

    private void addTexts(String path, Pair pair) {
        add(path, pair, pair.before().map(FieldComparison::text), pair.after().map(FieldComparison::text));
    }

    private void add(String path, Pair pair, Optional<String> before, Optional<String> after) {
        boolean covered = pair.before().stream().allMatch(coveredBefore)
                && pair.after().stream().allMatch(coveredAfter);
        details.add(new Detail(Printable.of(path), before, after, !covered));
    }

    private static int samePrefix(Bytes before, Bytes after) {
        int shorter = Math.min(before.length(), after.length());
        int same = 0;
        while (same < shorter && before.u8(same) == after.u8(same)) {
            same++;
        }
        return same;
    }

    private static String from(Bytes bytes, int start) {
        int end = Math.min(bytes.length(), start + LONGEST_BINARY);
        return bytes.length() + " bytes with " + bytes.slice(start, end - start).toHex() + " at " + start;
    }

    private static String text(Field field) {
        return field.value()
                .displayText()
                .orElseGet(() -> inner(Optional.of(field)).stream()
                        .map(one -> one.name() + " " + text(one))
                        .collect(Collectors.joining(", ")));
    }
}
