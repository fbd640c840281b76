package io.github.measuredboot.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import java.util.List;

/** What decoders show of a structure. */
public final class ShownFields {
    private ShownFields() {}

    /** Fails unless each field, and each part of one, is within the structure. */
    public static void requireInside(List<Field> fields, int size) {
        for (Field field : fields) {
            assertTrue(field.offset() >= 0 && field.length() >= 0, field.toString());
            assertTrue(field.offset() <= size - field.length(), field.toString());
            if (field.value() instanceof FieldValue.Structure structure) {
                requireInside(structure.fields(), size);
            } else if (field.value() instanceof FieldValue.Items items) {
                requireInside(items.items(), size);
            }
        }
    }
}
