package io.github.measuredboot.cli.html;

import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.WriterOutput;
import io.github.measuredboot.internal.text.Printable;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Where templates write to: every text is cut, then made printable, then escaped for its place in the page. Attributes, which hold
 * nothing that evidence controls, are only escaped.
 */
public final class PageOutput implements HtmlTemplateOutput {
    static final int LONGEST_TEXT = 1000;

    private final HtmlTemplateOutput out;
    private boolean inAttribute;

    /**
     * Starts a page.
     *
     * @param writer where it is written to
     */
    public PageOutput(Writer writer) {
        this.out = new OwaspHtmlTemplateOutput(new WriterOutput(writer));
    }

    @Override
    public void writeUserContent(String text) {
        out.writeUserContent(inAttribute ? text : harmless(text));
    }

    private static String harmless(String text) {
        int end = text.offsetByCodePoints(0, Math.min(LONGEST_TEXT, text.codePointCount(0, text.length())));
        int more = text.codePointCount(end, text.length());
        String shown = Printable.of(text.substring(0, end));
        return more == 0 ? shown : shown + "… (" + more + " more characters)";
    }

    @Override
    public void setContext(String tag, @Nullable String attribute) {
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
}
