package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi;

/** Where the lines of a report for a person go, how much they say, and whether they have colours. */
final class TextOutput implements Consumer<String> {
    private static final int SHOWN_DIGITS = 12;
    private static final int LONGEST_LINE = 320;
    private static final Pattern LONG_NUMBER = Pattern.compile("(?<![0-9a-zA-Z])[0-9a-f]{32,}(?![0-9a-zA-Z.])");

    private final Consumer<String> lines;
    private final boolean verbose;
    private final Ansi colours;

    TextOutput(Consumer<String> lines, boolean verbose, Ansi colours) {
        this.lines = lines;
        this.verbose = verbose;
        this.colours = colours;
    }

    /** Prints a line. */
    @Override
    public void accept(String line) {
        lines.accept(line);
    }

    /** Whether all is asked for, in full. */
    boolean isVerbose() {
        return verbose;
    }

    /** A digest or another value that is compared and not read: its first digits, unless all is asked for. */
    String hex(Bytes value) {
        return hex(value.toHex());
    }

    String hex(String digits) {
        return verbose ? digits : abbreviatedHex(digits);
    }

    /** A text with long hexadecimal numbers as {@link #hex} shows them. */
    String shortened(String text) {
        return verbose ? text : abbreviated(text);
    }

    static String abbreviated(String text) {
        return LONG_NUMBER.matcher(text).replaceAll(number -> abbreviatedHex(number.group()));
    }

    private static String abbreviatedHex(String digits) {
        return digits.length() <= SHOWN_DIGITS + 1 ? digits : digits.substring(0, SHOWN_DIGITS) + "…";
    }

    /** Lines of which there may be many: the first, with numbers shortened, and how many more there are. */
    void section(List<String> many, int most) {
        int shown = verbose || many.size() <= most ? many.size() : most - 1;
        many.subList(0, shown).forEach(line -> accept(cut(shortened(line))));
        if (shown < many.size()) {
            accept("  ... " + (many.size() - shown) + " more lines with -v");
        }
    }

    private String cut(String line) {
        return verbose || line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...";
    }

    /** The first of several causes in one line, and how many more there are. */
    static String firstOf(List<String> causes, int most) {
        int rest = causes.size() - most;
        return String.join("; ", causes.subList(0, Math.min(most, causes.size())))
                + (rest > 0 ? "; " + rest + " more" : "");
    }

    String good(String text) {
        return coloured("green", text);
    }

    String doubtful(String text) {
        return coloured("yellow", text);
    }

    String bad(String text) {
        return coloured("red", text);
    }

    /** Text of the log has no part in what picocli takes for markup: the colour goes around it. */
    private String coloured(String colour, String text) {
        return colours.enabled() ? colours.string("@|bold," + colour + " \0|@").replace("\0", text) : text;
    }
}
