package io.github.measuredboot.windows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An element of the tree: type and size of 32 bits each ({@code TCG_PCClientTaggedEventStruct}), then the data. Offsets
 * count from the start of the event data.
 */
public sealed interface SipaElement {
    /** The size of type and size. */
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

    /** {@return the {@link #length()} bytes that the element was decoded from} */
    Bytes encode();

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
        public Bytes encode() {
            ByteWriter writer = new ByteWriter().u32(type).u32(length() - HEADER_SIZE);
            children.forEach(child -> writer.bytes(child.encode()));
            return writer.toBytes();
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

        static boolean isContainer(long type) {
            return (type & ~NON_MEASURED & ~0xffffL) == (AGGREGATION | CONTAINER_CATEGORY);
        }
    }

    /**
     * An element that holds a value, decoded on demand.
     *
     * @param type the type
     * @param offset where the element begins
     * @param data the data behind type and size
     */
    record Leaf(long type, int offset, Bytes data) implements Typed {
        @Override
        public int length() {
            return HEADER_SIZE + data.length();
        }

        /**
         * {@return the decoded data: {@link SipaValue.Malformed} if they break the layout of the type, {@link SipaValue.Binary}
         * if the type is not known}
         */
        public SipaValue value() {
            return SipaLayout.decode(this);
        }

        /** {@return what a number means, in a few words; empty if the value is not a number, or its meaning is not known} */
        public Optional<String> meaning() {
            return knownType().flatMap(known -> SipaMeanings.of(known, value()));
        }

        @Override
        public Bytes encode() {
            return new ByteWriter().u32(type).u32(data.length()).bytes(data).toBytes();
        }
    }

    /**
     * Bytes from which no element could be cut: the last of a container, or of the whole tree.
     *
     * @param bytes the bytes as they stand there
     * @param offset where they begin
     * @param fault what is wrong
     */
    record Malformed(Bytes bytes, int offset, Fault fault) implements SipaElement {
        @Override
        public int length() {
            return bytes.length();
        }

        @Override
        public Bytes encode() {
            return bytes;
        }
    }
}
