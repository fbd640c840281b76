package io.github.measuredboot.internal.text;

import java.util.HexFormat;

/** Text that a terminal, a log or a line-oriented reader can be given, whoever wrote it. */
public final class Printable {
    private static final HexFormat HEX = HexFormat.of();

    private Printable() {}

    /** Control and format characters, line separators and unpaired surrogates become {@code \}{@code uXXXX}. */
    public static String of(String text) {
        return isPrintableAscii(text) ? text : escaped(text);
    }

    private static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static String escaped(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            if (isPrintable(codePoint)) {
                printable.appendCodePoint(codePoint);
            } else {
                for (char unit : Character.toChars(codePoint)) {
                    printable.append("\\u").append(HEX.toHexDigits(unit));
                }
            }
            i += Character.charCount(codePoint);
        }
        return printable.toString();
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
