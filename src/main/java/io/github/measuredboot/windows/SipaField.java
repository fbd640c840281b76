package io.github.measuredboot.windows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A field of a structure.
 *
 * @param name the name in {@code wbcl.h}, in lower camel case
 * @param value what it holds
 * @param offset where it begins, in bytes from the start of the structure or of the items it is one of
 * @param length how many bytes it has
 */
public record SipaField(String name, SipaValue value, int offset, int length) {
    static Bytes encode(List<SipaField> fields) {
        ByteWriter writer = new ByteWriter();
        fields.forEach(field -> writer.bytes(field.value.encode()));
        return writer.toBytes();
    }

    /** Lays fields out one behind the other. */
    static final class Sequence {
        private final List<SipaField> fields = new ArrayList<>();
        private int position;

        Sequence unsigned(String name, long value, int size) {
            return value(name, new SipaValue.Unsigned(value, size, false));
        }

        Sequence hexadecimal(String name, long value, int size) {
            return value(name, new SipaValue.Unsigned(value, size, true));
        }

        Sequence binary(String name, Bytes bytes) {
            return value(name, new SipaValue.Binary(bytes));
        }

        Sequence value(String name, SipaValue value) {
            int length = value.encode().length();
            fields.add(new SipaField(name, value, position, length));
            position += length;
            return this;
        }

        Sequence items(String name, String itemName, List<? extends SipaValue> values) {
            Sequence items = new Sequence();
            values.forEach(item -> items.value(itemName, item));
            return value(name, new SipaValue.Items(items.toList()));
        }

        List<SipaField> toList() {
            return List.copyOf(fields);
        }
    }
}
