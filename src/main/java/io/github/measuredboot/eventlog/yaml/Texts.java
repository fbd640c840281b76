package io.github.measuredboot.eventlog.yaml;

import io.github.measuredboot.bytes.Bytes;
import java.io.IOException;

/** Texts of several lines: those of EV_IPL events and the like, whose encoding nobody knows, and those of actions. */
final class Texts {
    private Texts() {}

    static void write(Yaml out, String indent, String field, Bytes data, Tpm2ToolsRelease release) throws IOException {
        if (release != Tpm2ToolsRelease.V5_4 || !writeQuotedBlock(out, indent, field, data)) {
            writeFlow(out, indent, field, data);
        }
    }

    /** A field whose text is in double quotes, with a line of output for each line of text. */
    private static void writeFlow(Yaml out, String indent, String field, Bytes data) throws IOException {
        String text = Scalars.decode(data);
        boolean utf8 = text.length() != data.length() || Scalars.isUtf8(data);
        StringBuilder line = new StringBuilder(indent).append(field).append(": \"");
        boolean leading = true;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            boolean blank = c == ' ' || c == '\t';
            if (leading && c == ' ') {
                line.append("\\x20");
            } else if (!leading && c == '\t') {
                line.append('\t');
            } else {
                appendFlow(line, c, utf8);
            }
            leading &= blank;
            if (c == '\n' && i < text.length()) {
                out.text(line).text("\\\n");
                line.setLength(0);
                line.append(indent).append("  ");
                leading = true;
            }
        }
        out.text(line).text("\"\n");
    }

    private static void appendFlow(StringBuilder line, int c, boolean utf8) {
        switch (c) {
            case 7 -> line.append("\\a");
            case '\b' -> line.append("\\b");
            case 0xb -> line.append("\\v");
            case '\f' -> line.append("\\f");
            case 0x1b -> line.append("\\e");
            default -> {
                if (utf8 || c < 0x80) {
                    Scalars.appendEscaped(line, c);
                } else {
                    Scalars.appendNumber(line, c);
                }
            }
        }
    }

    /**
     * The same as release 5.4 writes it: a block scalar, in which its quotes and escapes are part of the text.
     *
     * @return false, and nothing is written, if a reader of YAML would not take the text
     */
    private static boolean writeQuotedBlock(Yaml out, String indent, String field, Bytes data) throws IOException {
        if (!Scalars.isUtf8(data)) {
            return false;
        }
        StringBuilder block = new StringBuilder(indent).append(field).append(": |-\n");
        String[] lines = Scalars.decode(data).split("\n", -1);
        int count = lines[lines.length - 1].isEmpty() && lines.length > 1 ? lines.length - 1 : lines.length;
        for (int i = 0; i < count; i++) {
            block.append(indent).append("  \"");
            if (!lines[i].codePoints().allMatch(c -> appendQuoted(block, c))) {
                return false;
            }
            block.append("\"\n");
        }
        out.text(block);
        return true;
    }

    private static boolean appendQuoted(StringBuilder block, int c) {
        switch (c) {
            case 0 -> block.append("\\0");
            case 7 -> block.append("\\a");
            case '\b' -> block.append("\\b");
            case '\t' -> block.append("\\t");
            case 0xb -> block.append("\\v");
            case '\f' -> block.append("\\f");
            case '\r' -> block.append("\\r");
            case 0x1b -> block.append("\\e");
            case '\'' -> block.append("\\'");
            case '\\' -> block.append("\\\\");
            default -> {
                block.appendCodePoint(c);
                return Scalars.isPrintable(c);
            }
        }
        return true;
    }

    /** The event data as text up to its first NUL: as a block if it is one line, in double quotes otherwise. */
    static void writeBlock(Yaml out, Bytes data) throws IOException {
        Bytes bytes = Scalars.upToNul(data);
        String text = Scalars.decode(bytes);
        String line = text.substring(0, text.length() - trailingNewlines(text));
        boolean isBlock = Scalars.isUtf8(bytes) && line.codePoints().allMatch(c -> c == '\t' || Scalars.isPrintable(c));
        if (isBlock) {
            out.line("  Event: |-").line("    ", text);
        } else {
            out.line("  Event: ", Scalars.doubleQuoted(text));
        }
    }

    private static int trailingNewlines(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        return text.length() - end;
    }
}
