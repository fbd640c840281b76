package io.github.measuredboot.uefi.devicepath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One row for each node type, and one node type for each row. */
class NodeLayoutTest {
    private static final Set<Class<?>> WITHOUT_ROW = Set.of(EndNode.class, UnknownNode.class, MalformedNode.class);

    @Test
    void everyRowMakesANodeOfItsOwnAndEveryNodeHasARow() {
        Set<Class<?>> made = new HashSet<>();
        for (NodeLayout layout : NodeLayout.values()) {
            DevicePathNode node = NodeLayout.decode(layout.encode(Bytes.wrap(new byte[64])), 0);
            assertTrue(made.add(node.getClass()), layout::name);
        }
        Set<Class<?>> all = new HashSet<>();
        addLeaves(DevicePathNode.class, all);
        all.removeAll(WITHOUT_ROW);
        assertEquals(all, made);
    }

    @Test
    void noTypeAndSubtypeIsOutOfTheTable() {
        for (int type = 0; type < 0x7f; type++) {
            for (int subtype = 0; subtype <= 0xff; subtype++) {
                DevicePathNode node = NodeLayout.decode(NodeLayout.encode(type, subtype, Bytes.wrap(new byte[64])), 0);
                assertEquals(type, node.type());
                assertEquals(subtype, node.subtype());
            }
        }
    }

    private static void addLeaves(Class<?> type, Set<Class<?>> leaves) {
        if (type.isSealed()) {
            Arrays.stream(type.getPermittedSubclasses()).forEach(permitted -> addLeaves(permitted, leaves));
        } else {
            leaves.add(type);
        }
    }
}
