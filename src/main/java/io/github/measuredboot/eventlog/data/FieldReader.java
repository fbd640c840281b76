package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.uefi.guid.Guid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a structure field by field, and keeps each with its place. Used by one thread. */
final class FieldReader {
    interface Structure {
        void read(FieldReader reader) throws MalformedDataException;
    }

    private static final int SIGNATURE_SIZE = 16;

    private final int size;
    private final ByteCursor cursor;
    private final List<Field> fields = new ArrayList<>();

    FieldReader(Bytes data, long logOffset, String structure) {
        this.size = data.length();
        this.cursor = new ByteCursor(data, logOffset, structure);
    }

    List<Field> fields() {
        return List.copyOf(fields);
    }

    int position() {
        return size - cursor.remaining();
    }

    int u8(String name) throws MalformedDataException {
        int value = cursor.u8(name);
        add(Field.unsigned(name, value, position() - 1, 1));
        return value;
    }

    int u16(String name) throws MalformedDataException {
        int value = cursor.u16(name);
        add(Field.unsigned(name, value, position() - Short.BYTES, Short.BYTES));
        return value;
    }

    int hexU16(String name) throws MalformedDataException {
        int value = cursor.u16(name);
        add(Field.hexadecimal(name, value, position() - Short.BYTES, Short.BYTES));
        return value;
    }

    long u32(String name) throws MalformedDataException {
        long value = cursor.u32(name);
        add(Field.unsigned(name, value, position() - Integer.BYTES, Integer.BYTES));
        return value;
    }

    long hexU32(String name) throws MalformedDataException {
        long value = cursor.u32(name);
        add(Field.hexadecimal(name, value, position() - Integer.BYTES, Integer.BYTES));
        return value;
    }

    long u64(String name) throws MalformedDataException {
        long value = cursor.u64(name);
        add(Field.unsigned(name, value, position() - Long.BYTES, Long.BYTES));
        return value;
    }

    long hexU64(String name) throws MalformedDataException {
        long value = cursor.u64(name);
        add(Field.hexadecimal(name, value, position() - Long.BYTES, Long.BYTES));
        return value;
    }

    Guid guid(String name) throws MalformedDataException {
        Guid guid = Guid.of(cursor.bytes(Guid.SIZE, name));
        add(Field.text(name, guid.toString(), position() - Guid.SIZE, Guid.SIZE));
        return guid;
    }

    Bytes bytes(long length, String name) throws MalformedDataException {
        Bytes bytes = cursor.bytes(length, name);
        add(Field.binary(name, bytes, position() - bytes.length()));
        return bytes;
    }

    /** ASCII up to the first NUL of a field of fixed size. */
    String text(long length, String name) throws MalformedDataException {
        Bytes bytes = cursor.bytes(length, name);
        String text = Texts.upToNul(bytes.decode(StandardCharsets.ISO_8859_1));
        add(Field.text(name, text, position() - bytes.length(), bytes.length()));
        return text;
    }

    String signature() throws MalformedDataException {
        return text(SIGNATURE_SIZE, "signature");
    }

    /** What follows, if anything does, under a name. */
    Bytes rest(String name) {
        int start = position();
        Bytes rest = cursor.rest();
        if (!rest.isEmpty()) {
            add(Field.binary(name, rest, start));
        }
        return rest;
    }

    /** Makes a structure of its own of the fields that are read meanwhile. */
    void structure(String name, Structure structure) throws MalformedDataException {
        int start = position();
        int outer = fields.size();
        structure.read(this);
        List<Field> inner = fields.subList(outer, fields.size());
        Field field = Field.structure(name, inner, start, position() - start);
        inner.clear();
        add(field);
    }

    void add(Field field) {
        fields.add(field);
    }

    MalformedDataException fault(String field, String reason) {
        return cursor.fault(field, reason);
    }
}
