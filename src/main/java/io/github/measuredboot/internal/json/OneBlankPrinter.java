package io.github.measuredboot.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;

/** Each member and item on a line of its own, by what Jackson 2.15 has: separators that can be set came with 2.16. */
final class OneBlankPrinter extends DefaultPrettyPrinter {
    private static final long serialVersionUID = 1;
    private static final DefaultIndenter ONE_BLANK = new DefaultIndenter(" ", "\n");

    OneBlankPrinter() {
        indentObjectsWith(ONE_BLANK);
        indentArraysWith(ONE_BLANK);
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
        return new OneBlankPrinter();
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
        out.writeRaw(": ");
    }

    @Override
    public void writeEndObject(JsonGenerator out, int members) throws IOException {
        writeEnd(out, members, '}');
    }

    @Override
    public void writeEndArray(JsonGenerator out, int items) throws IOException {
        writeEnd(out, items, ']');
    }

    private void writeEnd(JsonGenerator out, int entries, char bracket) throws IOException {
        _nesting--;
        if (entries > 0) {
            ONE_BLANK.writeIndentation(out, _nesting);
        }
        out.writeRaw(bracket);
    }
}
