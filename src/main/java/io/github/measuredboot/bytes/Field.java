package io.github.measuredboot.bytes;

import java.util.List;

/**
 * A field of a decoded structure, for display and reports, and to find out which bytes it was read from.
 *
 * @param name the name in the specification, in lower camel case
 * @param value what it holds
 * @param offset where the bytes that the value was read from begin, counted from the start of the data that were decoded
 * @param length how many bytes there are
 */
public record Field(String name, FieldValue value, int offset, int length) {
    /** {@return a field of text} */
    public static Field text(String name, String text, int offset, int length) {
        return new Field(name, new FieldValue.Text(text), offset, length);
    }

    /** {@return a field that is a number} */
    public static Field unsigned(String name, long number, int offset, int length) {
        return new Field(name, new FieldValue.Unsigned(number), offset, length);
    }

    /** {@return a field that is a number to show in hexadecimal} */
    public static Field hexadecimal(String name, long number, int offset, int length) {
        return new Field(name, new FieldValue.Hexadecimal(number), offset, length);
    }

    /** {@return a field that is yes or no} */
    public static Field flag(String name, boolean value, int offset, int length) {
        return new Field(name, new FieldValue.Flag(value), offset, length);
    }

    /** {@return a field of bytes that were computed from others} */
    public static Field binary(String name, Bytes bytes, int offset, int length) {
        return new Field(name, new FieldValue.Binary(bytes), offset, length);
    }

    /** {@return a field that is a structure} */
    public static Field structure(String name, List<Field> fields, int offset, int length) {
        return new Field(name, new FieldValue.Structure(fields), offset, length);
    }

    /** {@return a field of several structures or values of one kind} */
    public static Field items(String name, List<Field> items, int offset, int length) {
        return new Field(name, new FieldValue.Items(items), offset, length);
    }

    /** {@return a field of bytes} */
    public static Field binary(String name, Bytes bytes, int offset) {
        return new Field(name, new FieldValue.Binary(bytes), offset, bytes.length());
    }
}
