package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.windows.SipaElement;
import io.github.measuredboot.windows.SipaField;
import io.github.measuredboot.windows.SipaStructure;
import io.github.measuredboot.windows.SipaTree;
import io.github.measuredboot.windows.SipaValue;
import java.util.ArrayList;
import java.util.List;

/** The elements of Windows' tree as fields. The depth of the tree is bounded by its decoder. */
final class WindowsFields {
    private WindowsFields() {}

    static List<Field> of(SipaTree tree) {
        return tree.elements().stream().map(WindowsFields::of).toList();
    }

    private static Field of(SipaElement element) {
        if (element instanceof SipaElement.Container container) {
            return Field.items(
                    container.name(),
                    container.children().stream().map(WindowsFields::of).toList(),
                    container.offset(),
                    container.length());
        }
        if (element instanceof SipaElement.Leaf leaf) {
            return new Field(leaf.name(), valueOf(leaf), leaf.offset(), leaf.length());
        }
        SipaElement.Malformed malformed = (SipaElement.Malformed) element;
        return new Field(
                "malformed",
                new FieldValue.Structure(List.of(
                        Field.text("fault", malformed.fault().message(), malformed.offset(), malformed.length()),
                        Field.binary("bytes", malformed.bytes(), malformed.offset()))),
                malformed.offset(),
                malformed.length());
    }

    private static FieldValue valueOf(SipaElement.Leaf leaf) {
        if (leaf.meaning().isPresent()) {
            return new FieldValue.Text(leaf.meaning().get());
        }
        return valueOf(leaf.value(), leaf.offset() + SipaElement.HEADER_SIZE);
    }

    private static FieldValue valueOf(SipaValue value, int offset) {
        if (value instanceof SipaValue.Flag flag) {
            return new FieldValue.Flag(flag.value());
        }
        if (value instanceof SipaValue.Unsigned number) {
            return number.hexadecimal()
                    ? new FieldValue.Hexadecimal(number.value())
                    : new FieldValue.Unsigned(number.value());
        }
        if (value instanceof SipaValue.Text text) {
            return new FieldValue.Text(text.text());
        }
        if (value instanceof SipaValue.Items items) {
            return new FieldValue.Items(fieldsOf(items.items(), offset));
        }
        if (value instanceof SipaStructure structure) {
            return new FieldValue.Structure(fieldsOf(structure.fields(), offset));
        }
        return new FieldValue.Binary(value.encode());
    }

    private static List<Field> fieldsOf(List<SipaField> fields, int offset) {
        List<Field> mapped = new ArrayList<>();
        for (SipaField field : fields) {
            int at = offset + field.offset();
            mapped.add(new Field(field.name(), valueOf(field.value(), at), at, field.length()));
        }
        return mapped;
    }
}
