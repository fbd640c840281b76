package io.github.measuredboot.bytes;

import io.github.measuredboot.internal.text.Printable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a field of decoded data holds. */
public sealed interface FieldValue {
    /**
     * {@return a single value for a person, with control characters in text replaced and bytes in hexadecimal; empty for structures and
     * items}
     */
    default Optional<String> displayText() {
        if (this instanceof Text text) {
            return Optional.of(Printable.of(text.text()));
        }
        if (this instanceof Unsigned number) {
            return Optional.of(Long.toUnsignedString(number.value()));
        }
        if (this instanceof Hexadecimal number) {
            return Optional.of("0x" + Long.toHexString(number.value()));
        }
        if (this instanceof Flag flag) {
            return Optional.of(flag.value() ? "yes" : "no");
        }
        return this instanceof Binary binary ? Optional.of(binary.bytes().toHex()) : Optional.empty();
    }

    /** {@return the number that this is, unsigned 64 bits; empty if it is not a number} */
    default OptionalLong number() {
        if (this instanceof Unsigned number) {
            return OptionalLong.of(number.value());
        }
        return this instanceof Hexadecimal number ? OptionalLong.of(number.value()) : OptionalLong.empty();
    }

    /**
     * Text, a GUID or a device path.
     *
     * @param text the text as it was read, which may hold control characters
     */
    record Text(String text) implements FieldValue {}

    /**
     * A number without unit.
     *
     * @param value the number; 64-bit fields of 2<sup>63</sup> and more come out negative
     */
    record Unsigned(long value) implements FieldValue {}

    /**
     * A number that is a memory address, a mask or an identifier, and is shown in hexadecimal.
     *
     * @param value the number; 64-bit fields of 2<sup>63</sup> and more come out negative
     */
    record Hexadecimal(long value) implements FieldValue {}

    /**
     * Yes or no.
     *
     * @param value which of the two
     */
    record Flag(boolean value) implements FieldValue {}

    /** Bytes without a known structure. */
    record Binary(Bytes bytes) implements FieldValue {}

    /**
     * A structure.
     *
     * @param fields its fields in their order; names are unique
     */
    record Structure(List<Field> fields) implements FieldValue {
        /**
         * One of the fields.
         *
         * @param name its name
         * @return its value, or empty if there is no such field
         */
        public Optional<FieldValue> field(String name) {
            return fields.stream()
                    .filter(field -> field.name().equals(name))
                    .map(Field::value)
                    .findFirst();
        }

        public Structure {
            fields = List.copyOf(fields);
        }
    }

    /**
     * Any number of structures or values of one kind.
     *
     * @param items one field each, all of one name
     */
    record Items(List<Field> items) implements FieldValue {
        public Items {
            items = List.copyOf(items);
        }
    }
}
