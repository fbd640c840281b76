package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import java.util.ArrayList;
import java.util.List;

/** Fields of event data as indented lines. */
final class FieldLines {
    private static final int LONGEST_BINARY = 64;
    private static final String STEP = "  ";

    private final List<String> lines = new ArrayList<>();

    private FieldLines() {}

    static List<String> of(List<Field> fields, String indent) {
        FieldLines lines = new FieldLines();
        fields.forEach(field -> lines.add(field, indent));
        return lines.lines;
    }

    private void add(Field field, String indent) {
        if (field.value() instanceof FieldValue.Structure structure) {
            lines.add(indent + field.name() + ":");
            structure.fields().forEach(inner -> add(inner, indent + STEP));
        } else if (field.value() instanceof FieldValue.Items items) {
            lines.add(indent + field.name() + ": " + items.items().size());
            items.items().forEach(item -> add(item, indent + STEP));
        } else {
            lines.add(indent + field.name() + ": " + text(field.value()));
        }
    }

    static String text(FieldValue value) {
        return value instanceof FieldValue.Binary binary
                ? shortened(binary.bytes())
                : value.displayText().orElse("");
    }

    private static String shortened(Bytes bytes) {
        return bytes.length() <= LONGEST_BINARY
                ? bytes.toHex()
                : bytes.slice(0, LONGEST_BINARY).toHex() + "... (" + bytes.length() + " bytes)";
    }
}
