package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import java.util.List;

/**
 * A field of decoded event data, for display, reports, and the question which bytes of the log stand behind it.
 *
 * @param name the name in the specification, in lower camel case
 * @param value what it holds
 * @param offset where the bytes begin that the value was read from, counted from the start of the event data
 * @param length how many bytes they are
 */
public record EventField(String name, FieldValue value, int offset, int length) {
    static EventField text(String name, String text, int offset, int length) {
        return new EventField(name, new FieldValue.Text(text), offset, length);
    }

    static EventField unsigned(String name, long number, int offset, int length) {
        return new EventField(name, new FieldValue.Unsigned(number), offset, length);
    }

    static EventField hexadecimal(String name, long number, int offset, int length) {
        return new EventField(name, new FieldValue.Hexadecimal(number), offset, length);
    }

    static EventField flag(String name, boolean value, int offset, int length) {
        return new EventField(name, new FieldValue.Flag(value), offset, length);
    }

    static EventField binary(String name, Bytes bytes, int offset) {
        return new EventField(name, new FieldValue.Binary(bytes), offset, bytes.length());
    }

    /** Bytes that are not those of the log but computed from them. */
    static EventField binary(String name, Bytes bytes, int offset, int length) {
        return new EventField(name, new FieldValue.Binary(bytes), offset, length);
    }

    static EventField structure(String name, List<EventField> fields, int offset, int length) {
        return new EventField(name, new FieldValue.Structure(fields), offset, length);
    }

    static EventField items(String name, List<EventField> items, int offset, int length) {
        return new EventField(name, new FieldValue.Items(items), offset, length);
    }
}
