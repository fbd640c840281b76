package io.github.measuredboot.uefi.devicepath;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** How the nodes of each type are written; filled in a static initializer and not changed afterwards. */
final class NodeFormats {
    private final Map<Class<? extends DevicePathNode>, BiConsumer<DevicePathNode, NodeText>> formats = new HashMap<>();
    private final BiConsumer<DevicePathNode, NodeText> others;

    NodeFormats(BiConsumer<DevicePathNode, NodeText> others) {
        this.others = others;
    }

    <N extends DevicePathNode> NodeFormats on(Class<N> type, BiConsumer<N, NodeText> format) {
        formats.put(type, (node, text) -> format.accept(type.cast(node), text));
        return this;
    }

    /** A name, and parameters in parentheses. */
    <N extends DevicePathNode> NodeFormats on(Class<N> type, String name, BiConsumer<N, NodeText> parameters) {
        return on(type, (node, text) -> {
            text.open(name);
            parameters.accept(node, text);
            text.close();
        });
    }

    NodeFormats copy() {
        return copyWith(others);
    }

    NodeFormats copyWith(BiConsumer<DevicePathNode, NodeText> formatOfOthers) {
        NodeFormats copy = new NodeFormats(formatOfOthers);
        copy.formats.putAll(formats);
        return copy;
    }

    void append(DevicePathNode node, NodeText text) {
        formats.getOrDefault(node.getClass(), others).accept(node, text);
    }
}
