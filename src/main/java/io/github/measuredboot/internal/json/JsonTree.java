package io.github.measuredboot.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A small document in memory, whose members are all asked for by name: {@link Value#requireOnly} refuses others. */
public final class JsonTree {
    private static final int MAX_DEPTH = 32;

    private JsonTree() {}

    /** A value and where it is; objects are maps, arrays lists, all numbers of type Long. */
    public record Value(Object value, Bytes text, String structure, Place place) {
        /** {@return where in the file it begins} */
        public int offset() {
            return place.offset;
        }

        public Value member(String name) throws MalformedDataException {
            if (!(value instanceof Map<?, ?> map) || !(map.get(name) instanceof Value member)) {
                throw fault("has no member " + name);
            }
            return member;
        }

        public boolean has(String name) {
            return value instanceof Map<?, ?> map && map.containsKey(name);
        }

        public Value requireOnly(String... names) throws MalformedDataException {
            if (!(value instanceof Map<?, ?> map)) {
                throw fault("is not an object");
            }
            Set<String> known = Set.of(names);
            for (Object name : map.keySet()) {
                if (!known.contains((String) name)) {
                    throw fault("has the unknown member " + name);
                }
            }
            return this;
        }

        public List<Value> elements() throws MalformedDataException {
            if (!(value instanceof List<?> list)) {
                throw fault("is not an array");
            }
            return list.stream().map(Value.class::cast).toList();
        }

        public String string() throws MalformedDataException {
            if (!(value instanceof String string)) {
                throw fault("is not a string");
            }
            return string;
        }

        public long number() throws MalformedDataException {
            if (!(value instanceof Long number)) {
                throw fault("is not a whole number of 64 bits");
            }
            return number;
        }

        public long number(long max) throws MalformedDataException {
            long number = number();
            if (number < 0 || number > max) {
                throw fault("is not 0 to " + max);
            }
            return number;
        }

        public Bytes hex() throws MalformedDataException {
            try {
                return Bytes.parseHex(string());
            } catch (IllegalArgumentException e) {
                throw fault("is not hexadecimal digits");
            }
        }

        public MalformedDataException fault(String reason) {
            return new MalformedDataException(new Fault(place.offset, structure, place.pointer(), reason));
        }
    }

    /** Where a value is: its offset, and its name or index in what it is part of. */
    static final class Place {
        private static final int MAX_POINTER = 200;

        private final @Nullable Place parent;
        private final String name;
        private final int offset;

        private Place(@Nullable Place parent, String name, int offset) {
            this.parent = parent;
            this.name = name;
            this.offset = offset;
        }

        private String pointer() {
            StringBuilder pointer = new StringBuilder();
            for (Place place = this; place.parent != null && pointer.length() < MAX_POINTER; place = place.parent) {
                String part = place.name.substring(0, Math.min(place.name.length(), MAX_POINTER));
                pointer.insert(0, "/" + part.replace("~", "~0").replace("/", "~1"));
            }
            return pointer.toString();
        }
    }

    /** The text has to be one value, and no name may be in an object twice. */
    public static Value parse(Bytes text, String structure) throws MalformedDataException {
        return parse(text, 0, structure);
    }

    /** The same for a text that begins at an offset of a file, from which faults count. */
    public static Value parse(Bytes text, int offset, String structure) throws MalformedDataException {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .build();
        try (JsonParser parser = factory.createParser(text.toByteArray())) {
            parser.nextToken();
            Value value = new Reading(parser, text, offset, structure).value(null, "");
            if (parser.nextToken() != null) {
                throw value.fault("is followed by something");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new MalformedDataException(new Fault(
                    offset
                            + Math.max(
                                    0,
                                    e.getLocation() == null
                                            ? 0
                                            : e.getLocation().getByteOffset()),
                    structure,
                    "JSON",
                    String.valueOf(e.getOriginalMessage())));
        } catch (IOException e) {
            throw new MalformedDataException(new Fault(offset, structure, "JSON", String.valueOf(e.getMessage())));
        }
    }

    private record Reading(JsonParser parser, Bytes text, int offset, String structure) {
        private Value value(@Nullable Place parent, String name) throws IOException, MalformedDataException {
            int start = (int) parser.currentTokenLocation().getByteOffset();
            JsonToken token = parser.currentToken();
            if (token == null || start < 0) {
                throw new MalformedDataException(
                        new Fault(offset, structure, "JSON", token == null ? "there is no value" : "is not UTF-8"));
            }
            Place place = new Place(parent, name, offset + start);
            Object content = switch (token) {
                case START_OBJECT -> {
                    Map<String, Value> members = new TreeMap<>();
                    while (parser.nextToken() != JsonToken.END_OBJECT) {
                        String member = parser.currentName();
                        parser.nextToken();
                        members.put(member, value(place, member));
                    }
                    yield members;
                }
                case START_ARRAY -> {
                    List<Value> elements = new ArrayList<>();
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        elements.add(value(place, String.valueOf(elements.size())));
                    }
                    yield elements;
                }
                case VALUE_STRING -> parser.getText();
                case VALUE_NUMBER_INT -> integer(parser);
                case VALUE_NUMBER_FLOAT -> Double.NaN;
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                default -> JsonToken.VALUE_NULL;
            };
            int end = (int) parser.currentLocation().getByteOffset();
            return new Value(content, text.slice(start, end - start), structure, place);
        }
    }

    /** With a sign or without, as 64 bits. */
    private static Object integer(JsonParser parser) throws IOException {
        BigInteger number = parser.getBigIntegerValue();
        return number.bitLength() <= Long.SIZE && (number.signum() >= 0 || number.bitLength() < Long.SIZE)
                ? (Object) number.longValue()
                : Double.valueOf(Double.NaN);
    }
}
