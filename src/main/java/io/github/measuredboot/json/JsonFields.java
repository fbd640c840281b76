package io.github.measuredboot.json;

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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Values of JSON text that is a part of a larger input: faults have the offset in that, in bytes. */
final class JsonFields {
    private static final int MAX_NESTING_DEPTH = 32;
    private static final int MAX_STRING_LENGTH = 16 << 20;
    private static final int MAX_NUMBER_LENGTH = 100;
    private static final int MAX_DECIMAL_DIGITS = 18;
    private static final int DECODED_AT_ONCE = 8192;

    /** Of one input only: the names that its parsers have met would be in the way of another's. */
    private final JsonFactory factory;

    private final Bytes input;
    private final long inputOffset;
    private final String structure;

    /** A whole input. */
    JsonFields(Bytes input, String structure) {
        this(newFactory(), input, 0, structure);
    }

    private JsonFields(JsonFactory factory, Bytes input, long inputOffset, String structure) {
        this.factory = factory;
        this.input = input;
        this.inputOffset = inputOffset;
        this.structure = structure;
    }

    Bytes input() {
        return input;
    }

    long inputOffset() {
        return inputOffset;
    }

    /** A part of the input, which begins at {@code offset} of the whole. */
    JsonFields part(Bytes part, long offset) {
        return part(part, offset, structure);
    }

    JsonFields part(Bytes part, long offset, String name) {
        return new JsonFields(factory, part, offset, name);
    }

    private static JsonFactory newFactory() {
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING_DEPTH)
                        .maxStringLength(MAX_STRING_LENGTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .build())
                .build();
    }

    JsonParser parser() throws IOException {
        return factory.createParser(input.toByteArray());
    }

    /** The offset of the first byte that is no UTF-8, or empty. */
    static OptionalLong malformedUtf8(Bytes text) {
        ByteBuffer buffer = text.asByteBuffer();
        CharBuffer chars = CharBuffer.allocate(Math.min(text.length() + 1, DECODED_AT_ONCE));
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result;
        do {
            chars.clear();
            result = decoder.decode(buffer, chars, true);
        } while (result.isOverflow());
        return result.isError() ? OptionalLong.of(buffer.position()) : OptionalLong.empty();
    }

    MalformedDataException fault(IOException e) {
        if (e instanceof JsonProcessingException json) {
            JsonLocation location = json.getLocation();
            long offset = location == null ? 0 : Math.max(0, location.getByteOffset());
            String reason = String.valueOf(json.getOriginalMessage());
            int detail = reason.indexOf(" (start marker at ");
            return faultAt(
                    inputOffset + Math.min(offset, input.length()),
                    "syntax",
                    detail < 0 ? reason : reason.substring(0, detail));
        }
        return faultAt(inputOffset, "syntax", String.valueOf(e.getMessage()));
    }

    MalformedDataException fault(JsonParser parser, String field, String reason) {
        return faultAt(inputOffset + parser.currentTokenLocation().getByteOffset(), field, reason);
    }

    MalformedDataException faultAt(long offset, String field, String reason) {
        return new MalformedDataException(new Fault(offset, structure, field, reason));
    }

    long unsigned(JsonParser parser, String name, long max) throws IOException, MalformedDataException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw fault(parser, name, "is not an integer");
        }
        return decimal(parser, name, parser.getText(), max);
    }

    long decimal(JsonParser parser, String name, String text, long max) throws MalformedDataException {
        long value = isDecimal(text) ? Long.parseLong(text) : -1;
        if (value < 0 || value > max) {
            throw fault(parser, name, text + " is out of range");
        }
        return value;
    }

    static boolean isDecimal(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_DECIMAL_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    String text(JsonParser parser, String name) throws IOException, MalformedDataException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw fault(parser, name, "is not a string");
        }
        String text = parser.getText();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw fault(parser, name, "has an unpaired surrogate");
        }
        return text;
    }

    Bytes hex(JsonParser parser, String name) throws IOException, MalformedDataException {
        String digits = text(parser, name);
        try {
            return Bytes.parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw fault(parser, name, "is not hexadecimal: " + digits);
        }
    }
}
