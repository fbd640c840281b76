package io.github.measuredboot.bytes;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * What is wrong with a piece of data, and where. Its texts are safe to print even where they quote hostile input: control and format
 * characters are replaced by {@code ?}, and text longer than {@link #MAX_TEXT} characters is cut off.
 *
 * @param offset the position of the field in the whole input, in bytes from its start
 * @param structure the structure that could not be read, by its name in the specification
 * @param field the field of that structure
 * @param reason why the field is not acceptable, with the values that were found
 */
public record Fault(long offset, String structure, String field, String reason) implements Serializable {
    /** The most characters of {@code structure}, {@code field} and {@code reason}. */
    public static final int MAX_TEXT = 300;

    /** Control and format characters, unpaired surrogates, line and paragraph separators. */
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    public Fault {
        structure = printable(structure);
        field = printable(field);
        reason = printable(reason);
    }

    /** {@return one line with structure, field, offset and reason} */
    public String message() {
        return structure + "." + field + " at offset " + offset + ": " + reason;
    }

    /**
     * The same fault in a larger input.
     *
     * @param distance where the data begin in that input
     * @return a fault with another offset
     */
    public Fault shifted(long distance) {
        return new Fault(offset + distance, structure, field, reason);
    }

    private static String printable(String text) {
        String shown = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 3) + "...";
        return NOT_PRINTABLE.matcher(shown).replaceAll("?");
    }
}
