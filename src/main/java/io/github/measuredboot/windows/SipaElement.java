package io.github.measuredboot.windows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An element of the tree: type and size of 32 bits each ({@code TCG_PCClientTaggedEventStruct}), then the data. Offsets
 * count from the start of the event data.
 */
public sealed interface SipaElement {
    /** The size of the type and the size field together, in bytes. */
    int HEADER_SIZE = 8;

    /** Flag of types that Windows says it did not measure. */
    long NON_MEASURED = 0x8000_0000L;

    /** Flag of types whose data are elements. */
    long AGGREGATION = 0x4000_0000L;

    /** The bits of a type that hold its category. */
    long CATEGORY_MASK = 0x00ff_0000L;

    /** The category of containers. */
    long CONTAINER_CATEGORY = 0x0001_0000L;

    /** {@return the offset in bytes from the start of the event data} */
    int offset();

    /** {@return the number of bytes, type and size included} */
    int length();

    /** {@return the element as a field, for display} */
    Field field();

    /** {@return the element and all that are in it, in the order of their bytes} */
    default Stream<SipaElement> walk() {
        return Stream.of(this);
    }

    /** An element that could be cut from the bytes, by its type. */
    sealed interface Typed extends SipaElement {
        /** {@return the type, 32 bits, unsigned, flags included} */
        long type();

        /** {@return the type, or empty if it is not known} */
        default Optional<SipaEventType> knownType() {
            return SipaEventType.byValue(type());
        }

        /** {@return the {@link SipaEventType#fieldName()}, or the number in hexadecimal} */
        default String name() {
            return knownType().map(SipaEventType::fieldName).orElseGet(() -> String.format("0x%08x", type()));
        }

        /**
         * {@return whether the flag {@link #NON_MEASURED} is not set} Nothing else says whether Windows measured the element.
         */
        default boolean isSaidToBeMeasured() {
            return (type() & NON_MEASURED) == 0;
        }
    }

    /**
     * An element that holds others.
     *
     * @param type the type, with the flag {@link #AGGREGATION}
     * @param offset where it begins
     * @param children the elements in their order
     */
    record Container(long type, int offset, List<SipaElement> children) implements Typed {
        public Container {
            children = List.copyOf(children);
        }

        @Override
        public int length() {
            return HEADER_SIZE + children.stream().mapToInt(SipaElement::length).sum();
        }

        @Override
        public Field field() {
            return Field.items(name(), children.stream().map(SipaElement::field).toList(), offset, length());
        }

        @Override
        public Stream<SipaElement> walk() {
            return Stream.concat(Stream.of(this), children.stream().flatMap(SipaElement::walk));
        }

        /**
         * The values of one type directly in this container.
         *
         * @param wanted the type
         * @return the elements in their order
         */
        public List<Leaf> leaves(SipaEventType wanted) {
            return children.stream()
                    .filter(child -> child instanceof Leaf leaf && leaf.type == wanted.value())
                    .map(Leaf.class::cast)
                    .toList();
        }

        /** The value of the only element of a type, unless that is malformed. */
        <V extends FieldValue> Optional<V> only(SipaEventType wanted, Class<V> kind) {
            List<Leaf> leaves = leaves(wanted);
            return leaves.size() == 1 && leaves.get(0).fault().isEmpty()
                    ? Optional.of(leaves.get(0).value())
                            .filter(kind::isInstance)
                            .map(kind::cast)
                    : Optional.empty();
        }

        static boolean isContainer(long type) {
            return (type & ~NON_MEASURED & ~0xffffL) == (AGGREGATION | CONTAINER_CATEGORY);
        }
    }

    /** An element that holds a value. */
    final class Leaf implements Typed {
        private final long type;
        private final int offset;
        private final Bytes data;
        private SipaLayout.@Nullable Decoded decoded; // a race decodes twice

        Leaf(long type, int offset, Bytes data) {
            this.type = type;
            this.offset = offset;
            this.data = data;
        }

        @Override
        public long type() {
            return type;
        }

        @Override
        public int offset() {
            return offset;
        }

        /** {@return the data after type and size} */
        public Bytes data() {
            return data;
        }

        @Override
        public int length() {
            return HEADER_SIZE + data.length();
        }

        /** {@return the decoded data; bytes if the type is not known, or if there is a {@link #fault()}} */
        public FieldValue value() {
            return decoded().value();
        }

        /** {@return how the data break the layout of their type, at an offset from the start of the event data} */
        public Optional<Fault> fault() {
            return decoded().fault();
        }

        /** {@return what a number means, in a few words; empty if the value is not a number, or its meaning is not known} */
        public Optional<String> meaning() {
            return knownType().flatMap(known -> SipaMeanings.of(known, value()));
        }

        @Override
        public Field field() {
            FieldValue shown = meaning().<FieldValue>map(FieldValue.Text::new).orElseGet(this::value);
            return new Field(name(), shown, offset, length());
        }

        private SipaLayout.Decoded decoded() {
            SipaLayout.Decoded known = decoded;
            if (known == null) {
                known = SipaLayout.decode(this);
                decoded = known;
            }
            return known;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Leaf that && type == that.type && offset == that.offset && data.equals(that.data);
        }

        @Override
        public int hashCode() {
            return data.hashCode();
        }

        @Override
        public String toString() {
            return name() + " at " + offset + ": " + value();
        }
    }

    /**
     * Bytes from which no element could be cut: the last of a container, or of the whole tree.
     *
     * @param bytes the bytes
     * @param offset where they begin
     * @param fault what is wrong
     */
    record Malformed(Bytes bytes, int offset, Fault fault) implements SipaElement {
        @Override
        public int length() {
            return bytes.length();
        }

        @Override
        public Field field() {
            List<Field> fields = List.of(
                    Field.text("fault", fault.message(), offset, length()), Field.binary("bytes", bytes, offset));
            return Field.structure("malformed", fields, offset, length());
        }
    }
}
