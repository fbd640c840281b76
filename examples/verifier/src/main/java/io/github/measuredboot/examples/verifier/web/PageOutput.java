package io.github.measuredboot.examples.verifier.web;

import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;

/** Where templates write to: every text is cut, its control characters are made visible, and it is escaped for its place in the page. */
final class PageOutput implements HtmlTemplateOutput {
    private static final int LONGEST_TEXT = 2000;

    private final StringOutput text = new StringOutput();
    private final HtmlTemplateOutput out = new OwaspHtmlTemplateOutput(text);
    private boolean inAttribute;

    @Override
    public void writeUserContent(String value) {
        if (value != null) {
            out.writeUserContent(inAttribute ? value : harmless(value));
        }
    }

    private static String harmless(String value) {
        StringBuilder shown = new StringBuilder();
        value.codePoints().limit(LONGEST_TEXT).forEach(codePoint -> {
            if (isVisible(codePoint)) {
                shown.appendCodePoint(codePoint);
            } else {
                shown.append(String.format("\\u{%x}", codePoint));
            }
        });
        return value.codePointCount(0, value.length()) <= LONGEST_TEXT ? shown.toString() : shown + "…";
    }

    /** Others break lines, or turn the direction of what follows. */
    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    @Override
    public void setContext(String tag, String attribute) {
        inAttribute = attribute != null;
        out.setContext(tag, attribute);
    }

    @Override
    public void writeContent(String html) {
        out.writeContent(html);
    }

    @Override
    public void writeContent(String html, int begin, int end) {
        out.writeContent(html, begin, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
