package io.github.measuredboot.internal.json;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A small document in memory, for one that says late in an object how its earlier members are to be read. Members are asked for by name:
 * {@link Value#requireOnly} refuses others.
 */
public final class JsonTree {
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
        return JsonInput.read(structure, text, offset, "", in -> value(in, structure, null, ""));
    }

    private static Value value(JsonInput in, String structure, @Nullable Place parent, String name)
            throws MalformedDataException {
        Place place = new Place(parent, name, (int) in.offset());
        Object content;
        if (in.isObject()) {
            Map<String, Value> members = new TreeMap<>();
            in.object(member -> members.put(member, value(in, structure, place, member)));
            content = members;
        } else if (in.isArray()) {
            List<Value> elements = new ArrayList<>();
            in.array(
                    Integer.MAX_VALUE,
                    () -> elements.add(value(in, structure, place, String.valueOf(elements.size()))));
            content = elements;
        } else {
            content = in.scalar();
        }
        return new Value(content, in.readFrom(place.offset), structure, place);
    }
}
