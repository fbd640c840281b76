package io.github.measuredboot.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.recognition.ByteOrderMark;
import io.github.measuredboot.internal.recognition.InputFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text that is read front to back: each method reads the value that the one before, or {@link Members} and {@link Item},
 * stopped at. Faults name a value by its JSON pointer and the offset of a byte.
 */
public final class JsonInput {
    private static final int MAX_NAME = 1000;
    private static final int MAX_DECIMAL_DIGITS = 18;

    /** Without a table of names, which one input could fill for all others. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxNumberLength(100)
                    .maxStringLength(16 << 20)
                    .build())
            .build();

    private final String structure;
    private final Bytes input;
    private final long inputOffset;
    private final String inputPointer;
    private final String text;
    private final JsonParser parser;
    private int charsCounted;
    private long bytesCounted;

    private JsonInput(String structure, Bytes input, long inputOffset, String inputPointer)
            throws MalformedDataException {
        this.structure = structure;
        this.input = ByteOrderMark.skip(input);
        this.inputOffset = inputOffset + input.length() - this.input.length();
        this.inputPointer = inputPointer;
        ByteBuffer buffer = this.input.asByteBuffer();
        try {
            this.text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
            this.parser = FACTORY.createParser(text);
        } catch (CharacterCodingException e) {
            throw faultAt(this.inputOffset + buffer.position(), "encoding", "is not UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public interface Body<T> {
        T read(JsonInput in) throws MalformedDataException;
    }

    public interface Members {
        void read(String name) throws MalformedDataException;
    }

    public interface Item<T> {
        T read() throws MalformedDataException;
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    /** Reads one value, after which nothing may follow. */
    public static <T> T read(String structure, Bytes json, int maxSize, Body<T> body) throws MalformedDataException {
        if (json.length() > maxSize) {
            throw new MalformedDataException(
                    new Fault(0, structure, "size", json.length() + " bytes, more than " + maxSize));
        }
        try {
            return read(structure, json, 0, "", body);
        } catch (MalformedDataException e) {
            boolean isReadable =
                    !e.fault().field().equals("syntax") && !e.fault().field().equals("encoding");
            throw isReadable
                    ? e
                    : InputFormat.explained(
                            e, structure, json, InputFormat.JSON, InputFormat.CEL_JSON, InputFormat.TEXT);
        }
    }

    /** Reads a part of a larger input, which is at this offset and pointer of it. */
    public static <T> T read(String structure, Bytes part, long offset, String pointer, Body<T> body)
            throws MalformedDataException {
        JsonInput in = new JsonInput(structure, part, offset, pointer);
        JsonParser parser = in.parser;
        try (parser) {
            in.next();
            T value = body.read(in);
            if (in.next() != null) {
                throw in.faultAt(in.offset(), "end", "something follows");
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T parsed(Step<T> step) throws MalformedDataException {
        try {
            return step.run();
        } catch (JsonProcessingException e) {
            String reason = String.valueOf(e.getOriginalMessage());
            int detail = reason.indexOf(" (start marker at ");
            throw faultAt(offset(e.getLocation()), "syntax", detail < 0 ? reason : reason.substring(0, detail));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable JsonToken next() throws MalformedDataException {
        return parsed(parser::nextToken);
    }

    /** Reads an object and returns the names of its members. */
    public Set<String> object(Members members) throws MalformedDataException {
        expect(JsonToken.START_OBJECT, "an object");
        Set<String> names = new HashSet<>();
        while (next() != JsonToken.END_OBJECT) {
            String name = parsed(parser::currentName);
            if (name.length() > MAX_NAME) {
                throw faultAt(offset(), "syntax", "name length " + name.length() + " is more than " + MAX_NAME);
            }
            names.add(name);
            next();
            members.read(name);
        }
        return names;
    }

    public <T> List<T> array(int maxItems, Item<T> item) throws MalformedDataException {
        expect(JsonToken.START_ARRAY, "an array");
        List<T> items = new ArrayList<>();
        while (next() != JsonToken.END_ARRAY) {
            if (items.size() == maxItems) {
                throw fault("more than " + maxItems + " items");
            }
            items.add(item.read());
        }
        return items;
    }

    private void expect(JsonToken token, String what) throws MalformedDataException {
        if (parser.currentToken() != token) {
            throw fault("is not " + what);
        }
    }

    public boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    public boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    public boolean isInteger() {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
    }

    public String text() throws MalformedDataException {
        expect(JsonToken.VALUE_STRING, "a string");
        String value = parsed(parser::getText);
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw fault("has an unpaired surrogate");
        }
        return value;
    }

    public boolean flag() throws MalformedDataException {
        if (parser.currentToken() != JsonToken.VALUE_TRUE) {
            expect(JsonToken.VALUE_FALSE, "true or false");
        }
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    /** An integer of 0 to {@code max}; a fraction is refused. */
    public int integer(int max) throws MalformedDataException {
        return (int) number(max);
    }

    public long number(long max) throws MalformedDataException {
        expect(JsonToken.VALUE_NUMBER_INT, "an integer");
        return decimal(parsed(parser::getText), max);
    }

    /** Any integer of 64 bits. */
    public long signed() throws MalformedDataException {
        expect(JsonToken.VALUE_NUMBER_INT, "an integer");
        String digits = parsed(parser::getText);
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw fault(digits + " has more than 64 bits");
        }
    }

    /** What is neither an object nor an array: a String, a Boolean, a Long for an integer of 64 bits with or without a sign, or the token. */
    Object scalar() throws MalformedDataException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return text();
        } else if (isInteger()) {
            BigInteger number = parsed(parser::getBigIntegerValue);
            int bits = number.signum() < 0 ? Long.SIZE - 1 : Long.SIZE;
            return number.bitLength() <= bits ? (Object) number.longValue() : token;
        }
        return token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE ? (Object) flag() : token;
    }

    public Instant time() throws MalformedDataException {
        try {
            return Instant.parse(text());
        } catch (DateTimeException e) {
            throw fault("is not a time such as 2026-01-31T12:00:00Z");
        }
    }

    /** What the values that were read make, which refuses some. */
    public <T> T made(Supplier<T> value) throws MalformedDataException {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw fault(String.valueOf(e.getMessage()));
        }
    }

    public long decimal(String digits, long max) throws MalformedDataException {
        long value = isDecimal(digits) ? Long.parseLong(digits) : -1;
        if (value < 0 || value > max) {
            throw fault(digits + " is not 0 to " + max);
        }
        return value;
    }

    public static boolean isDecimal(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_DECIMAL_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    public Bytes hex() throws MalformedDataException {
        return hex(text());
    }

    public Bytes hex(String digits) throws MalformedDataException {
        try {
            return Bytes.parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw fault("is not hexadecimal digits, two for a byte");
        }
    }

    public void version(int known) throws MalformedDataException {
        int version = integer(Integer.MAX_VALUE);
        if (version != known) {
            throw fault("version " + version + " is unknown, this release reads version " + known);
        }
    }

    public void skipValue() throws MalformedDataException {
        parsed(parser::skipChildren);
    }

    /** The input from an offset to where it has been read. */
    public Bytes readFrom(long offset) {
        long end = offset(parser.currentLocation());
        return input.slice((int) (offset - inputOffset), (int) (end - offset));
    }

    public void require(Set<String> present, List<String> required) throws MalformedDataException {
        for (String name : required) {
            if (!present.contains(name)) {
                throw fault("has no member \"" + name + "\"");
            }
        }
    }

    /** Where the value is in the whole input, as a JSON pointer; empty for the whole. */
    public String pointer() {
        return inputPointer + parser.getParsingContext().pathAsPointer();
    }

    /** Where the value begins in the whole input, in bytes. */
    public long offset() {
        return offset(parser.currentTokenLocation());
    }

    public MalformedDataException fault(String reason) {
        String pointer = pointer();
        return faultAt(offset(), pointer.isEmpty() ? "value" : pointer, reason);
    }

    public MalformedDataException faultAt(long offset, String field, String reason) {
        return new MalformedDataException(new Fault(offset, structure, field, reason));
    }

    private long offset(@Nullable JsonLocation location) {
        int chars = location == null ? 0 : (int) Math.max(0, Math.min(location.getCharOffset(), text.length()));
        if (chars < charsCounted) {
            charsCounted = 0;
            bytesCounted = 0;
        }
        for (; charsCounted < chars; charsCounted++) {
            char c = text.charAt(charsCounted);
            bytesCounted += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return inputOffset + bytesCounted;
    }
}
