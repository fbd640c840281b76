package io.github.measuredboot.eventlog.yaml;

import io.github.measuredboot.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Texts from a log as scalars. tpm2_eventlog puts them into its output as they are; so do these methods wherever a reader of
 * YAML gets the text back, and elsewhere they write it in double quotes.
 */
final class Scalars {
    private static final String INDICATORS = "-?:,[]{}#&*!|>'\"%@`";

    private Scalars() {}

    static String plain(String text) {
        return isPlain(text) ? text : doubleQuoted(text);
    }

    static String doubleQuoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> appendEscaped(quoted, c));
        return quoted.append('"').toString();
    }

    static String singleQuoted(String text) {
        return text.codePoints().allMatch(Scalars::isPrintable)
                ? "'" + text.replace("'", "''") + "'"
                : doubleQuoted(text);
    }

    /** The part of the text before its first NUL, as {@code %s} of C prints it. */
    static Bytes upToNul(Bytes text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.u8(i) == 0) {
                return text.slice(0, i);
            }
        }
        return text;
    }

    /** The bytes as UTF-8, or each byte as a character if they are not. */
    static String decode(Bytes text) {
        return isUtf8(text) ? text.decode(StandardCharsets.UTF_8) : text.decode(StandardCharsets.ISO_8859_1);
    }

    static boolean isUtf8(Bytes text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text.toByteArray()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Whether YAML allows the character unescaped within one line. */
    static boolean isPrintable(int c) {
        return (c >= 0x20 && c < 0x7f)
                || (c >= 0xa0 && c < 0xd800 && c != 0x2028 && c != 0x2029)
                || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff)
                || c >= 0x10000;
    }

    static void appendEscaped(StringBuilder out, int c) {
        switch (c) {
            case 0 -> out.append("\\0");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            default -> {
                if (isPrintable(c)) {
                    out.appendCodePoint(c);
                } else {
                    appendNumber(out, c);
                }
            }
        }
    }

    static void appendNumber(StringBuilder out, int c) {
        String digits = Integer.toHexString(c);
        int width = c <= 0xff ? 2 : c <= 0xffff ? 4 : 8;
        out.append('\\').append(width == 2 ? 'x' : width == 4 ? 'u' : 'U');
        out.append("0".repeat(width - digits.length())).append(digits);
    }

    private static boolean isPlain(String text) {
        return text.isEmpty()
                || (INDICATORS.indexOf(text.charAt(0)) < 0
                        && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)
                        && text.strip().length() == text.length()
                        && !text.contains(": ")
                        && !text.endsWith(":")
                        && !text.contains(" #"));
    }
}
