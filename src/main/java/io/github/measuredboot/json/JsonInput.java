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
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text that is read front to back: each method reads the value that the one before, or {@link Members} and {@link Item},
 * stopped at. Faults name a value by its JSON pointer and the offset of a character.
 */
final class JsonInput {
    private static final int MAX_DEPTH = 16;
    private static final int MAX_NAME = 200;
    private static final int MAX_NUMBER = 20;

    private final String structure;
    private final JsonParser parser;

    private JsonInput(String structure, JsonParser parser) {
        this.structure = structure;
        this.parser = parser;
    }

    interface Body<T> {
        T read(JsonInput in) throws IOException, MalformedDataException;
    }

    interface Members {
        void read(String name) throws IOException, MalformedDataException;
    }

    interface Item<T> {
        T read() throws IOException, MalformedDataException;
    }

    static <T> T read(String structure, Bytes json, int maxSize, Body<T> body) throws MalformedDataException {
        if (json.length() > maxSize) {
            throw fault(structure, 0, "size", json.length() + " bytes, more than " + maxSize);
        }
        String text = decode(structure, json);
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER)
                        .maxStringLength(maxSize)
                        .build())
                .build();
        try (JsonParser parser = factory.createParser(text)) {
            parser.nextToken();
            return body.read(new JsonInput(structure, parser));
        } catch (JsonProcessingException e) {
            throw fault(structure, offset(e.getLocation()), "syntax", String.valueOf(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String decode(String structure, Bytes json) throws MalformedDataException {
        ByteBuffer buffer = json.asByteBuffer();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
        } catch (CharacterCodingException e) {
            throw fault(structure, buffer.position(), "encoding", "is not UTF-8");
        }
    }

    /** Reads an object and returns the names of its members. */
    Set<String> object(Members members) throws IOException, MalformedDataException {
        expect(JsonToken.START_OBJECT, "an object");
        Set<String> names = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (name.length() > MAX_NAME) {
                throw fault(
                        structure,
                        offset(parser.currentTokenLocation()),
                        "syntax",
                        "name length " + name.length() + " is more than " + MAX_NAME);
            }
            names.add(name);
            parser.nextToken();
            members.read(name);
        }
        return names;
    }

    <T> List<T> array(int maxItems, Item<T> item) throws IOException, MalformedDataException {
        expect(JsonToken.START_ARRAY, "an array");
        List<T> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (items.size() == maxItems) {
                throw fault("more than " + maxItems + " items");
            }
            items.add(item.read());
        }
        return items;
    }

    private void expect(JsonToken token, String what) throws IOException, MalformedDataException {
        if (parser.currentToken() != token) {
            throw fault("is not " + what);
        }
    }

    String text() throws IOException, MalformedDataException {
        expect(JsonToken.VALUE_STRING, "a string");
        return parser.getText();
    }

    /** An integer of at most {@code max}; a negative one and a fraction are refused. */
    int integer(int max) throws IOException, MalformedDataException {
        expect(JsonToken.VALUE_NUMBER_INT, "an integer");
        String digits = parser.getText();
        try {
            int value = Integer.parseInt(digits);
            if (value >= 0 && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw fault(digits + " is not 0 to " + max);
        }
        throw fault(digits + " is not 0 to " + max);
    }

    void skipValue() throws IOException {
        parser.skipChildren();
    }

    void end() throws IOException, MalformedDataException {
        if (parser.nextToken() != null) {
            throw fault("something follows the object");
        }
    }

    void require(Set<String> present, List<String> required) throws MalformedDataException {
        for (String name : required) {
            if (!present.contains(name)) {
                throw fault("has no member \"" + name + "\"");
            }
        }
    }

    String pointer() {
        return parser.getParsingContext().pathAsPointer().toString();
    }

    MalformedDataException fault(String reason) {
        String pointer = pointer();
        return fault(structure, offset(parser.currentTokenLocation()), pointer.isEmpty() ? "object" : pointer, reason);
    }

    private static MalformedDataException fault(String structure, long offset, String field, String reason) {
        return new MalformedDataException(new Fault(offset, structure, field, reason));
    }

    private static long offset(@Nullable JsonLocation location) {
        return location == null ? 0 : Math.max(0, location.getCharOffset());
    }
}
