package io.github.measuredboot.windows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The elements of one event (EV_EVENT_TAG, or EV_NO_ACTION for trust points).
 *
 * @param elements the elements in their order; a {@link SipaElement.Malformed} can only be the last
 */
public record SipaTree(List<SipaElement> elements) {
    /** The most containers around an element; Windows nests two deep. */
    public static final int MAX_DEPTH = 8;

    /** The most elements of a tree; known ones have about a thousand. */
    public static final int MAX_ELEMENTS = 1 << 16;

    private static final String STRUCTURE = "TCG_PCClientTaggedEventStruct";

    public SipaTree {
        elements = List.copyOf(elements);
    }

    /**
     * Whether event data begin as Windows' do: with a known type, or with a container. Systemd and Linux use other numbers.
     *
     * @param data the event data
     * @return false also for fewer than 8 bytes
     */
    public static boolean isSipa(Bytes data) {
        return data.length() >= SipaElement.HEADER_SIZE
                && (SipaElement.Container.isContainer(data.u32(0))
                        || SipaEventType.byValue(data.u32(0)).isPresent());
    }

    /**
     * Decodes the tree. Never throws.
     *
     * @param data the elements
     * @param offset where {@code data} begins in the event data, normally 0; all offsets of the tree and of its faults
     *     count from the start of the event data
     * @return the tree, whose elements cover all of {@code data}
     */
    public static SipaTree decode(Bytes data, int offset) {
        return new SipaTree(new Decoder().elements(data, offset, 0));
    }

    /** {@return the elements as fields, for display} */
    public List<Field> fields() {
        return elements.stream().map(SipaElement::field).toList();
    }

    /** {@return all elements in the order of their bytes, containers before what they contain} */
    public Stream<SipaElement> walk() {
        return elements.stream().flatMap(SipaElement::walk);
    }

    /**
     * {@return what could not be decoded, in the order of the bytes: elements that could not be cut, values that break the
     * layout of their type}
     */
    public List<Fault> faults() {
        return walk().flatMap(SipaTree::faultOf).toList();
    }

    private static Stream<Fault> faultOf(SipaElement element) {
        if (element instanceof SipaElement.Malformed malformed) {
            return Stream.of(malformed.fault());
        }
        return element instanceof SipaElement.Leaf leaf ? leaf.fault().stream() : Stream.empty();
    }

    private static final class Decoder {
        private int count;

        List<SipaElement> elements(Bytes data, int offset, int depth) {
            List<SipaElement> elements = new ArrayList<>();
            int position = 0;
            while (position < data.length()) {
                Bytes rest = data.from(position);
                int restOffset = offset + position;
                try {
                    elements.add(element(rest, restOffset, depth));
                } catch (MalformedDataException e) {
                    elements.add(new SipaElement.Malformed(rest, restOffset, e.fault()));
                    break;
                }
                position += SipaElement.HEADER_SIZE + (int) rest.u32(Integer.BYTES);
            }
            return elements;
        }

        private SipaElement element(Bytes bytes, int offset, int depth) throws MalformedDataException {
            ByteCursor cursor = new ByteCursor(bytes, offset, STRUCTURE);
            if (++count > MAX_ELEMENTS) {
                throw cursor.fault("taggedEventID", "follows " + MAX_ELEMENTS + " elements, the most that are read");
            }
            long type = cursor.u32("taggedEventID");
            long size = cursor.u32("taggedEventDataSize");
            Bytes data = cursor.bytes(size, "taggedEventData");
            return SipaElement.Container.isContainer(type) && depth < MAX_DEPTH
                    ? new SipaElement.Container(
                            type, offset, elements(data, offset + SipaElement.HEADER_SIZE, depth + 1))
                    : new SipaElement.Leaf(type, offset, data);
        }
    }
}
