package io.github.measuredboot.internal.binary;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.bytes.MalformedDataException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one structure in their order, each by name, so that a fault names the field. A recording cursor also keeps
 * what it reads for display, except what the {@code plain} methods read: sizes, counts, and parts of other fields.
 */
public final class ByteCursor {
    /** A decoder. */
    public interface Reader {
        void read(ByteCursor cursor) throws MalformedDataException;
    }

    private final Bytes bytes;
    private final long inputOffset;
    private final String structure;
    private final int fieldOffset;
    private final @Nullable List<Field> fields;
    private int position;

    private ByteCursor(Bytes bytes, long inputOffset, String structure, int fieldOffset, @Nullable List<Field> fields) {
        this.bytes = bytes;
        this.inputOffset = inputOffset;
        this.fieldOffset = fieldOffset;
        this.structure = structure;
        this.fields = fields;
    }

    /**
     * @param bytes the structure
     * @param inputOffset where the structure begins in the whole input
     * @param structure its name in the specification
     */
    public ByteCursor(Bytes bytes, long inputOffset, String structure) {
        this(bytes, inputOffset, structure, 0, null);
    }

    /** Offsets of faults count from the start of the input, those of fields from the start of {@code bytes}. */
    public static ByteCursor recording(Bytes bytes, long inputOffset, String structure) {
        return new ByteCursor(bytes, inputOffset, structure, 0, new ArrayList<>());
    }

    /** Offsets of faults and of fields count from where {@code offset} counts from. */
    public static ByteCursor recordingAt(Bytes bytes, int offset, String structure) {
        return new ByteCursor(bytes, offset, structure, offset, new ArrayList<>());
    }

    /** The fields that a decoder finds in bytes that begin at an offset; those before the fault if there is one. */
    public static List<Field> fields(Bytes bytes, int offset, String structure, Reader decoder) {
        ByteCursor cursor = recordingAt(bytes, offset, structure);
        try {
            decoder.read(cursor);
        } catch (MalformedDataException e) {
            return cursor.fields();
        }
        return cursor.fields();
    }

    public List<Field> fields() {
        return fields == null ? List.of() : List.copyOf(fields);
    }

    public int plain8(String field) throws MalformedDataException {
        return bytes.u8(advance(1, field));
    }

    public int plain16(String field) throws MalformedDataException {
        return bytes.u16(advance(Short.BYTES, field));
    }

    public long plain32(String field) throws MalformedDataException {
        return bytes.u32(advance(Integer.BYTES, field));
    }

    /** A value of 2^63 or more comes out negative. */
    public long plain64(String field) throws MalformedDataException {
        return bytes.u64(advance(Long.BYTES, field));
    }

    /** A size of 2^63 or more may come as a negative number: it is a fault like any other that is too large. */
    public Bytes plainBytes(long size, String field) throws MalformedDataException {
        return bytes.slice(advance(size, field), (int) size);
    }

    public int u8(String field) throws MalformedDataException {
        return (int) number(field, plain8(field), Byte.BYTES);
    }

    public int u16(String field) throws MalformedDataException {
        return (int) number(field, plain16(field), Short.BYTES);
    }

    public long u32(String field) throws MalformedDataException {
        return number(field, plain32(field), Integer.BYTES);
    }

    /** A value of 2^63 or more comes out negative. */
    public long u64(String field) throws MalformedDataException {
        return number(field, plain64(field), Long.BYTES);
    }

    public int u16be(String field) throws MalformedDataException {
        return (int) number(field, Short.toUnsignedInt(Short.reverseBytes((short) plain16(field))), Short.BYTES);
    }

    public long u32be(String field) throws MalformedDataException {
        return number(field, Integer.toUnsignedLong(Integer.reverseBytes((int) plain32(field))), Integer.BYTES);
    }

    public long u64be(String field) throws MalformedDataException {
        return number(field, Long.reverseBytes(plain64(field)), Long.BYTES);
    }

    public int hex16(String field) throws MalformedDataException {
        return (int) hexadecimal(field, plain16(field), Short.BYTES);
    }

    public long hex32(String field) throws MalformedDataException {
        return hexadecimal(field, plain32(field), Integer.BYTES);
    }

    public long hex64(String field) throws MalformedDataException {
        return hexadecimal(field, plain64(field), Long.BYTES);
    }

    public int hex16be(String field) throws MalformedDataException {
        return (int) hexadecimal(field, Short.toUnsignedInt(Short.reverseBytes((short) plain16(field))), Short.BYTES);
    }

    public long hex32be(String field) throws MalformedDataException {
        return hexadecimal(field, Integer.toUnsignedLong(Integer.reverseBytes((int) plain32(field))), Integer.BYTES);
    }

    /** A size of 2^63 or more may come as a negative number: it is a fault like any other that is too large. */
    public Bytes bytes(long size, String field) throws MalformedDataException {
        Bytes value = plainBytes(size, field);
        if (fields != null) {
            note(field, new FieldValue.Binary(value), value.length());
        }
        return value;
    }

    /** The text before the first NUL of a field, each byte a character. */
    public String latin1(long size, String field) throws MalformedDataException {
        Bytes value = plainBytes(size, field);
        String text = value.decode(StandardCharsets.ISO_8859_1);
        int nul = text.indexOf('\0');
        return text(field, nul < 0 ? text : text.substring(0, nul), value.length());
    }

    public Bytes rest() {
        Bytes rest = bytes.from(position);
        position = bytes.length();
        return rest;
    }

    /** The rest, which is no field if it is empty. */
    public Bytes rest(String field) {
        Bytes rest = rest();
        if (!rest.isEmpty()) {
            note(field, new FieldValue.Binary(rest), rest.length());
        }
        return rest;
    }

    /** Makes one structure of the fields that are read meanwhile. */
    public void structure(String name, Reader reader) throws MalformedDataException {
        group(name, reader, true);
    }

    /** Makes one list of the fields that are read meanwhile. */
    public void items(String name, Reader reader) throws MalformedDataException {
        group(name, reader, false);
    }

    /** A field of the bytes that were read last. */
    public String text(String field, String text, int length) {
        if (fields != null) {
            note(field, new FieldValue.Text(text), length);
        }
        return text;
    }

    /** A field of the bytes that were read last. */
    public void note(String field, FieldValue value, int length) {
        add(new Field(field, value, fieldOffset + position - length, length));
    }

    /** A field of any bytes. */
    public void add(Field field) {
        if (fields != null) {
            fields.add(field);
        }
    }

    public void requireEnd() throws MalformedDataException {
        if (remaining() > 0) {
            throw fault("end", remaining() + " bytes are left over");
        }
    }

    public boolean isRecording() {
        return fields != null;
    }

    /** Where the next field begins, as the offsets of fields count. */
    public int position() {
        return fieldOffset + position;
    }

    /** What follows, without going on. */
    public Bytes ahead() {
        return bytes.from(position);
    }

    public int remaining() {
        return bytes.length() - position;
    }

    public long inputPosition() {
        return inputOffset + position;
    }

    public MalformedDataException fault(String field, String reason) {
        return new MalformedDataException(new Fault(inputPosition(), structure, field, reason));
    }

    private void group(String name, Reader reader, boolean isStructure) throws MalformedDataException {
        int start = position;
        int outer = fields == null ? 0 : fields.size();
        reader.read(this);
        if (fields != null) {
            List<Field> group = fields.subList(outer, fields.size());
            FieldValue value = isStructure ? new FieldValue.Structure(group) : new FieldValue.Items(group);
            group.clear();
            note(name, value, position - start);
        }
    }

    private long number(String field, long value, int size) {
        if (fields != null) {
            note(field, new FieldValue.Unsigned(value), size);
        }
        return value;
    }

    private long hexadecimal(String field, long value, int size) {
        if (fields != null) {
            note(field, new FieldValue.Hexadecimal(value), size);
        }
        return value;
    }

    private int advance(long size, String field) throws MalformedDataException {
        if (size < 0 || size > remaining()) {
            throw fault(field, "needs " + Long.toUnsignedString(size) + " bytes, " + remaining() + " are left");
        }
        int start = position;
        position += (int) size;
        return start;
    }
}
