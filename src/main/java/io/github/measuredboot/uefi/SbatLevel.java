package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.MalformedDataException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * SBAT text: comma-separated lines of a component, its generation and perhaps more. It is the content of shim's SbatLevel variable
 * and of the {@code .sbat} section of an image.
 */
public final class SbatLevel {
    private final String text;
    private final List<Row> rows;

    private SbatLevel(String text, List<Row> rows) {
        this.text = text;
        this.rows = List.copyOf(rows);
    }

    /**
     * A line.
     *
     * @param component the name of the component
     * @param generation its generation, at least 0
     * @param further the rest of the line, such as the date of {@code sbat} or a vendor's name and version
     */
    public record Row(String component, long generation, List<String> further) {
        public Row {
            further = List.copyOf(further);
        }
    }

    /**
     * Decodes SBAT text.
     *
     * @throws MalformedDataException if a line that is not empty has no component or no generation
     */
    public static SbatLevel decode(Bytes data, long offset) throws MalformedDataException {
        String text = data.decode(StandardCharsets.ISO_8859_1);
        List<Row> rows = new ArrayList<>();
        int start = 0;
        int end = withoutNuls(text);
        while (start < end) {
            int newline = text.indexOf('\n', start);
            int lineEnd = newline < 0 || newline > end ? end : newline;
            String line = text.substring(start, lineEnd).strip();
            if (!line.isEmpty()) {
                rows.add(row(line, offset + start));
            }
            start = lineEnd + 1;
        }
        return new SbatLevel(text, rows);
    }

    private static int withoutNuls(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\0') {
            end--;
        }
        return end;
    }

    private static Row row(String line, long offset) throws MalformedDataException {
        List<String> fields = List.of(line.split(",", -1));
        if (fields.size() < 2 || fields.get(0).isEmpty() || !fields.get(1).matches("[0-9]{1,18}")) {
            throw new MalformedDataException(
                    new Fault(offset, "SBAT", "row", "is '" + line + "', not component,generation"));
        }
        return new Row(fields.get(0), Long.parseLong(fields.get(1)), fields.subList(2, fields.size()));
    }

    /** {@return the lines that are not empty} */
    public List<Row> rows() {
        return rows;
    }

    /** {@return the text, with one character for each byte} */
    public String text() {
        return text;
    }

    /** {@return the text for display} */
    public List<Field> fields(int offset) {
        return List.of(Field.text("sbatLevel", text, offset, text.length()));
    }

    /** {@return the text as it is stored} */
    public Bytes encode() {
        return Bytes.encode(text, StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SbatLevel that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return rows.toString();
    }
}
