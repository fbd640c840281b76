package io.github.measuredboot.diagnosis;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.diagnosis.Change.Detail;
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

/** Compares decoded data field by field. */
final class FieldComparison {
    private static final int LONGEST_BINARY = 32;
    private static final int MAX_ITEMS_IN_LINE = 64;
    private static final Set<String> IDENTITIES = Set.of("uniquePartitionGuid");

    /** Checksums and flags that follow from other fields, and what is another one at each boot or in each log. */
    private static final Set<String> WITHOUT_MEANING = Set.of(
            "headerCrc32",
            "partitionEntryArrayCrc32",
            "active",
            "kind",
            "imageLocationInMemory",
            "imageLinkTimeAddress");

    private final Predicate<Field> coveredBefore;
    private final Predicate<Field> coveredAfter;
    private final Set<String> leftOut;
    private final List<Detail> details = new ArrayList<>();

    private FieldComparison(Predicate<Field> coveredBefore, Predicate<Field> coveredAfter, Set<String> leftOut) {
        this.coveredBefore = coveredBefore;
        this.coveredAfter = coveredAfter;
        this.leftOut = leftOut;
    }

    static List<Detail> changed(Said before, Said after) {
        FieldComparison comparison = new FieldComparison(before::covers, after::covers, Set.of());
        comparison.compare("", before.fields(), after.fields());
        return List.copyOf(comparison.details);
    }

    static List<Detail> removed(Said before) {
        FieldComparison comparison = new FieldComparison(
                before::covers, before::covers, before.subject().namedBy());
        comparison.compare("", before.fields(), List.of());
        return List.copyOf(comparison.details);
    }

    static List<Detail> added(Said after) {
        FieldComparison comparison = new FieldComparison(
                after::covers, after::covers, after.subject().namedBy());
        comparison.compare("", List.of(), after.fields());
        return List.copyOf(comparison.details);
    }

    private void compare(String prefix, List<Field> before, List<Field> after) {
        SequenceDiff<Field> diff = SequenceDiff.between(before, after, Comparator.comparing(Field::name));
        for (Edit<Field> edit : diff.edits()) {
            edit(prefix, edit.before().map(Placed::element), edit.after().map(Placed::element));
        }
    }

    private void edit(String prefix, Optional<Field> before, Optional<Field> after) {
        String name = before.or(() -> after).map(Field::name).orElse("");
        if (leftOut.contains(name) || WITHOUT_MEANING.contains(name)) {
            return;
        }
        String path = prefix + name;
        Optional<FieldValue> old = before.map(Field::value);
        Optional<FieldValue> now = after.map(Field::value);
        if (isItems(old) && isItems(now)) {
            items(path, before, after);
        } else if (isStructure(old) && isStructure(now)) {
            compare(path + ".", structure(old), structure(now));
        } else if (!old.equals(now)) {
            leaf(path, before, after);
        }
    }

    private static boolean isItems(Optional<FieldValue> value) {
        return value.isEmpty() || value.get() instanceof FieldValue.Items;
    }

    private static boolean isStructure(Optional<FieldValue> value) {
        return value.isEmpty() || value.get() instanceof FieldValue.Structure;
    }

    private static List<Field> structure(Optional<FieldValue> value) {
        return value.filter(FieldValue.Structure.class::isInstance)
                .map(structure -> ((FieldValue.Structure) structure).fields())
                .orElse(List.of());
    }

    private static List<Field> itemsOf(Optional<Field> field) {
        return field.map(Field::value)
                .filter(FieldValue.Items.class::isInstance)
                .map(items -> ((FieldValue.Items) items).items())
                .orElse(List.of());
    }

    private void items(String path, Optional<Field> before, Optional<Field> after) {
        List<Field> old = itemsOf(before);
        List<Field> now = itemsOf(after);
        if (isShortList(old) && isShortList(now)) {
            if (!texts(old).equals(texts(now))) {
                add(path, before.map(field -> line(old)), after.map(field -> line(now)), before, after);
            }
            return;
        }
        SequenceDiff<Field> diff = SequenceDiff.between(old, now, Comparator.comparing(FieldComparison::text))
                .pairAnywhere(FieldComparison::identity)
                .pairInPlace(item -> Optional.of(item.name()).filter(name -> !name.equals(SignatureEntries.ENTRY)));
        for (Edit<Field> edit : diff.edits()) {
            Optional<Field> oldItem = edit.before().map(Placed::element);
            Optional<Field> newItem = edit.after().map(Placed::element);
            if (edit.kind() == Kind.CHANGED) {
                edit(identityPrefix(newItem), oldItem, newItem);
            } else if (edit.kind() == Kind.MOVED) {
                add(
                        name(newItem) + " " + text(newItem.orElseThrow()),
                        edit.before().map(placed -> "place " + (placed.index() + 1)),
                        edit.after().map(placed -> "place " + (placed.index() + 1)),
                        oldItem,
                        newItem);
            } else if (edit.kind() != Kind.KEPT) {
                add(
                        name(oldItem.or(() -> newItem)),
                        oldItem.map(FieldComparison::text),
                        newItem.map(FieldComparison::text),
                        oldItem,
                        newItem);
            }
        }
    }

    private static String name(Optional<Field> field) {
        return field.map(Field::name).orElse("");
    }

    private static String identityPrefix(Optional<Field> item) {
        return item.flatMap(FieldComparison::identity).map(id -> id + " ").orElse("");
    }

    private static Optional<String> identity(Field item) {
        return item.value() instanceof FieldValue.Structure structure
                ? structure.fields().stream()
                        .filter(field -> IDENTITIES.contains(field.name()))
                        .map(FieldComparison::text)
                        .findFirst()
                : Optional.empty();
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

    private void leaf(String path, Optional<Field> before, Optional<Field> after) {
        if (before.map(Field::value).orElse(null) instanceof FieldValue.Binary old
                && after.map(Field::value).orElse(null) instanceof FieldValue.Binary now
                && (old.bytes().length() > LONGEST_BINARY || now.bytes().length() > LONGEST_BINARY)) {
            int same = samePrefix(old.bytes(), now.bytes());
            add(path, Optional.of(from(old.bytes(), same)), Optional.of(from(now.bytes(), same)), before, after);
        } else {
            add(path, before.map(FieldComparison::text), after.map(FieldComparison::text), before, after);
        }
    }

    private void add(
            String path,
            Optional<String> before,
            Optional<String> after,
            Optional<Field> fieldBefore,
            Optional<Field> fieldAfter) {
        boolean covered = fieldBefore.map(coveredBefore::test).orElse(true)
                && fieldAfter.map(coveredAfter::test).orElse(true);
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
        FieldValue value = field.value();
        return value.displayText().orElseGet(() -> innerText(field, value));
    }

    private static String innerText(Field field, FieldValue value) {
        List<Field> inner =
                value instanceof FieldValue.Structure structure ? structure.fields() : itemsOf(Optional.of(field));
        return inner.stream().map(one -> one.name() + " " + text(one)).collect(Collectors.joining(", "));
    }
}
