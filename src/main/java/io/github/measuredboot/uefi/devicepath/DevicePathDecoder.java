package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import java.util.ArrayList;
import java.util.List;

/** Cuts bytes into the nodes of one path after the other; the limits hold for all the paths together. Used once. */
final class DevicePathDecoder {
    private final Bytes bytes;
    private int position;
    private int nodeCount;

    DevicePathDecoder(Bytes bytes) {
        this.bytes = bytes;
    }

    boolean hasMore() {
        return position < bytes.length();
    }

    Bytes rest() {
        return bytes.from(position);
    }

    List<DevicePathNode> nextPath() {
        List<DevicePathNode> nodes = new ArrayList<>();
        int start = position;
        boolean ended = false;
        while (hasMore() && !ended) {
            DevicePathNode node = nextNode(start);
            nodes.add(node);
            nodeCount++;
            position += node.encoded().length();
            ended = isEntireEnd(node);
        }
        return nodes;
    }

    static boolean isEntireEnd(DevicePathNode node) {
        return node instanceof EndNode end && end.isEntire();
    }

    private DevicePathNode nextNode(int start) {
        Bytes rest = rest();
        int offset = position - start;
        boolean isEnd = EndNode.isEnd(rest);
        if (!isEnd && rest.length() < DevicePathNode.HEADER_SIZE) {
            return malformed(rest, offset, "Length", rest.length() + " bytes are left, a node begins with 4");
        }
        int length = isEnd ? endLength(rest) : rest.u16(2);
        if (length > DevicePath.MAX_SIZE - position || nodeCount == DevicePath.MAX_NODES) {
            return malformed(rest, offset, "nodes", "more than " + DevicePath.LIMITS);
        }
        if (isEnd) {
            return new EndNode(rest.slice(0, length));
        }
        if (length < DevicePathNode.HEADER_SIZE || length > rest.length()) {
            return malformed(
                    rest, offset, "Length", "a node of " + length + " bytes where " + rest.length() + " are left");
        }
        return NodeLayout.decode(rest.slice(0, length), offset);
    }

    /** Firmware does not look at the length of an End node, so a wrong one does no harm. */
    private static int endLength(Bytes rest) {
        int length = rest.length() < DevicePathNode.HEADER_SIZE ? 0 : rest.u16(2);
        boolean usable = length >= DevicePathNode.HEADER_SIZE && length <= rest.length();
        return usable ? length : Math.min(rest.length(), DevicePathNode.HEADER_SIZE);
    }

    private static MalformedNode malformed(Bytes bytes, int offset, String field, String reason) {
        return new MalformedNode(bytes, new Fault(offset, DevicePath.STRUCTURE, field, reason));
    }
}
