package io.github.measuredboot.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import java.util.List;

/** What holds for any bytes. */
final class SipaChecks {
    private SipaChecks() {}

    static SipaTree check(Bytes data) {
        SipaTree tree = SipaTree.decode(data, 0);
        assertEquals(tree, SipaTree.decode(data, 0));
        assertEquals(data.length(), checkElements(tree.elements(), data, 0));
        for (Fault fault : tree.faults()) {
            assertTrue(fault.offset() >= 0 && fault.offset() <= data.length(), fault::message);
        }
        checkState(tree);
        return tree;
    }

    private static int checkElements(List<SipaElement> elements, Bytes data, int start) {
        int position = start;
        for (SipaElement element : elements) {
            assertEquals(position, element.offset());
            position += element.length();
            if (element instanceof SipaElement.Container container) {
                int end = checkElements(container.children(), data, element.offset() + SipaElement.HEADER_SIZE);
                assertEquals(position, end);
            } else if (element instanceof SipaElement.Leaf leaf) {
                int dataOffset = leaf.offset() + SipaElement.HEADER_SIZE;
                assertEquals(data.slice(dataOffset, leaf.length() - SipaElement.HEADER_SIZE), leaf.data());
                assertTrue(leaf.meaning().isEmpty() || leaf.value().number().isPresent());
                assertSame(leaf.value(), leaf.value());
                if (leaf.fault().isPresent()) {
                    assertEquals(new FieldValue.Binary(leaf.data()), leaf.value());
                }
                checkFields(leaf.value(), data, dataOffset, leaf.data().length());
            }
        }
        return position;
    }

    /** The fields of a structure follow each other without gaps, and bytes are those of the data. */
    private static void checkFields(FieldValue value, Bytes data, int offset, int length) {
        List<Field> fields = value instanceof FieldValue.Structure structure
                ? structure.fields()
                : value instanceof FieldValue.Items items ? items.items() : List.of();
        int position = offset;
        for (Field field : fields) {
            assertEquals(position, field.offset());
            if (field.value() instanceof FieldValue.Binary binary) {
                assertEquals(data.slice(position, field.length()), binary.bytes());
            }
            checkFields(field.value(), data, position, field.length());
            position += field.length();
        }
        assertTrue(fields.isEmpty() || position == offset + length);
    }

    private static void checkState(SipaTree tree) {
        WindowsBootState state = new WindowsBootState(List.of(tree));
        assertEquals(tree.faults().size(), state.faults().size());
        long modules = tree.walk()
                .filter(element -> element instanceof SipaElement.Container container
                        && container.type() == SipaEventType.LOADEDMODULE_AGGREGATION.value())
                .count();
        assertEquals(modules, state.modules().size());
        state.modules()
                .forEach(fact -> assertTrue(fact.value().filePath().isEmpty()
                        || fact.value()
                                        .container()
                                        .leaves(SipaEventType.FILEPATH)
                                        .size()
                                == 1));
        assertTrue(state.flags(SipaEventType.CODEINTEGRITY).size()
                <= state.values(SipaEventType.CODEINTEGRITY).size());
        assertTrue(state.siPolicies().size()
                <= state.values(SipaEventType.SI_POLICY).size());
    }
}
