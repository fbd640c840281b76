package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;

/** A node of a type or subtype that this library does not know. Its length is all that is known of its layout. */
public record UnknownNode(Bytes encoded) implements DevicePathNode {
    /** @throws IllegalArgumentException if {@code encoded} is shorter than a header or its length is not the one that the header gives */
    public UnknownNode {
        NodeLayout.requireHeader(encoded);
    }

    /**
     * Makes a node of any type.
     *
     * @param type 0 to 255
     * @param subtype 0 to 255
     * @param body what follows the header, at most 65,531 bytes
     * @return the node
     */
    public static UnknownNode of(int type, int subtype, Bytes body) {
        return new UnknownNode(NodeLayout.encode(type, subtype, body));
    }
}
