package io.github.measuredboot.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.measuredboot.bytes.Bytes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes an object member by member, and holds none of it: what is not yet written need not exist. A format other than JSON is
 * another {@link JsonGenerator}.
 */
public final class DataWriter {
    private static final JsonFactory FACTORY = new JsonFactory()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);

    private final JsonGenerator out;

    public DataWriter(JsonGenerator out) {
        this.out = out;
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Writes one object on one line. */
    public static void writeTo(Writer target, Consumer<DataWriter> members) {
        write(target, false, members);
    }

    /** Writes one object, each member and item on a line of its own. */
    public static void writeIndentedTo(Writer target, Consumer<DataWriter> members) {
        write(target, true, members);
    }

    /** {@return one object on one line} */
    public static String compact(Consumer<DataWriter> members) {
        StringWriter text = new StringWriter();
        write(text, false, members);
        return text.toString();
    }

    /** {@return one object, each member and item on a line of its own} */
    public static String indented(Consumer<DataWriter> members) {
        StringWriter text = new StringWriter();
        write(text, true, members);
        return text.toString();
    }

    private static void write(Writer target, boolean indented, Consumer<DataWriter> members) {
        try (JsonGenerator generator = FACTORY.createGenerator(target)) {
            if (indented) {
                generator.setPrettyPrinter(new OneBlankPrinter());
            }
            DataWriter writer = new DataWriter(generator);
            writer.object(() -> members.accept(writer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DataWriter then(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public DataWriter put(String name, String text) {
        return then(() -> out.writeStringField(name, text));
    }

    public DataWriter put(String name, long number) {
        return then(() -> out.writeNumberField(name, number));
    }

    public DataWriter put(String name, boolean flag) {
        return then(() -> out.writeBooleanField(name, flag));
    }

    /** Bytes in hexadecimal digits. */
    public DataWriter put(String name, Bytes bytes) {
        return put(name, bytes.toHex());
    }

    /** Nothing if there is no text. */
    public DataWriter put(String name, Optional<String> text) {
        return text.map(present -> put(name, present)).orElse(this);
    }

    public DataWriter object(String name, Runnable members) {
        return name(name).object(members);
    }

    /** Nothing if there is no value. */
    public <T> DataWriter object(String name, Optional<T> value, Consumer<T> members) {
        return value.map(present -> object(name, () -> members.accept(present))).orElse(this);
    }

    /** An array of objects. */
    public <T> DataWriter objects(String name, Iterable<? extends T> items, Consumer<T> members) {
        return array(name, () -> items.forEach(item -> object(() -> members.accept(item))));
    }

    public DataWriter texts(String name, Iterable<String> texts) {
        return array(name, () -> texts.forEach(this::text));
    }

    public DataWriter numbers(String name, Iterable<Integer> numbers) {
        return array(name, () -> numbers.forEach(number -> then(() -> out.writeNumber(number))));
    }

    public DataWriter array(String name, Runnable items) {
        return name(name).array(items);
    }

    /** The name of a member whose value is written next. */
    public DataWriter name(String name) {
        return then(() -> out.writeFieldName(name));
    }

    public DataWriter object(Runnable members) {
        then(out::writeStartObject);
        members.run();
        return then(out::writeEndObject);
    }

    public DataWriter array(Runnable items) {
        then(out::writeStartArray);
        items.run();
        return then(out::writeEndArray);
    }

    public DataWriter text(String text) {
        return then(() -> out.writeString(text));
    }

    public DataWriter unsigned(long number) {
        return then(() -> out.writeNumber(new BigInteger(Long.toUnsignedString(number))));
    }

    public DataWriter flag(boolean flag) {
        return then(() -> out.writeBoolean(flag));
    }
}
