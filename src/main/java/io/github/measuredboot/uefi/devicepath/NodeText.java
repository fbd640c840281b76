package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.HexFormat;
import java.util.Locale;

/** Writes the text of nodes: a name, and parameters with commas between them, in parentheses. */
final class NodeText {
    private static final HexFormat UPPER = HexFormat.of().withUpperCase();
    private static final HexFormat LOWER = HexFormat.of();

    private final StringBuilder out = new StringBuilder();
    private final boolean upperCase;
    private final HexFormat hexFormat;
    private boolean first;

    NodeText(boolean upperCase) {
        this.upperCase = upperCase;
        this.hexFormat = upperCase ? UPPER : LOWER;
    }

    NodeText append(String text) {
        out.append(text);
        return this;
    }

    NodeText open(String name) {
        out.append(name).append('(');
        first = true;
        return this;
    }

    void close() {
        out.append(')');
    }

    NodeText text(String parameter) {
        if (!first) {
            out.append(',');
        }
        first = false;
        out.append(parameter);
        return this;
    }

    NodeText hex(long... values) {
        for (long value : values) {
            text("0x").append(digits(value));
        }
        return this;
    }

    NodeText paddedHex(long value, int width) {
        return text("0x").append(padded(value, width));
    }

    NodeText bareHex(long... values) {
        for (long value : values) {
            text(digits(value));
        }
        return this;
    }

    NodeText paddedBareHex(long value, int width) {
        return text(padded(value, width));
    }

    NodeText decimal(long... values) {
        for (long value : values) {
            text(Long.toUnsignedString(value));
        }
        return this;
    }

    /** The low 32 bits as a number with a sign, as {@code %d} of C prints them. */
    NodeText signed(long value) {
        return text(Integer.toString((int) value));
    }

    NodeText guid(Guid guid) {
        return text(upperCase ? guid.toString().toUpperCase(Locale.ROOT) : guid.toString());
    }

    NodeText dump(Bytes bytes) {
        return text(hexOf(bytes));
    }

    NodeText dumpIfAny(Bytes bytes) {
        return bytes.isEmpty() ? this : dump(bytes);
    }

    NodeText separated(Bytes bytes, char separator) {
        return separated(bytes, separator, hexFormat);
    }

    NodeText separatedUpperCase(Bytes bytes, char separator) {
        return separated(bytes, separator, UPPER);
    }

    private NodeText separated(Bytes bytes, char separator, HexFormat format) {
        return text(format.withDelimiter(String.valueOf(separator)).formatHex(bytes.toByteArray()));
    }

    NodeText prefixedDump(Bytes bytes) {
        return text("0x").append(hexOf(bytes));
    }

    String hexOf(Bytes bytes) {
        return hexFormat.formatHex(bytes.toByteArray());
    }

    private String digits(long value) {
        String digits = Long.toHexString(value);
        return upperCase ? digits.toUpperCase(Locale.ROOT) : digits;
    }

    private String padded(long value, int width) {
        String digits = digits(value);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
