package io.github.measuredboot.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import java.util.List;

/** What holds for any bytes. */
final class SipaChecks {
    private SipaChecks() {}

    static SipaTree check(Bytes data) {
        SipaTree tree = SipaTree.decode(data, 0);
        assertEquals(data, tree.encode());
        assertEquals(tree, SipaTree.decode(tree.encode(), 0));
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
            assertEquals(data.slice(element.offset(), element.length()), element.encode());
            position += element.length();
            if (element instanceof SipaElement.Container container) {
                int end = checkElements(container.children(), data, element.offset() + SipaElement.HEADER_SIZE);
                assertEquals(position, end);
            } else if (element instanceof SipaElement.Leaf leaf) {
                assertEquals(leaf.data(), leaf.value().encode(), leaf::name);
                assertTrue(leaf.meaning().isEmpty() || leaf.value() instanceof SipaValue.Unsigned);
                checkFields(leaf.value(), leaf.data());
            }
        }
        return position;
    }

    private static void checkFields(SipaValue value, Bytes data) {
        List<SipaField> fields = value instanceof SipaStructure structure
                ? structure.fields()
                : value instanceof SipaValue.Items items ? items.items() : List.of();
        int position = 0;
        for (SipaField field : fields) {
            assertEquals(position, field.offset());
            Bytes bytes = data.slice(field.offset(), field.length());
            assertEquals(bytes, field.value().encode());
            checkFields(field.value(), bytes);
            position += field.length();
        }
        assertTrue(fields.isEmpty() || position == data.length());
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
        for (SipaEventType type : SipaEventType.values()) {
            int typed = state.flags(type).size()
                    + state.numbers(type).size()
                    + state.texts(type).size();
            assertTrue(typed <= state.values(type).size());
        }
    }
}
