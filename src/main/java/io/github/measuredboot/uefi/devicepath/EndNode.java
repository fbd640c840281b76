package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;

/**
 * The end of a path or of one of its instances (UEFI 10.3.1). It is recognized by its type and subtype alone; firmware does not look at
 * its length.
 */
public record EndNode(Bytes encoded) implements DevicePathNode {
    static final int TYPE = 0x7f;
    static final int ENTIRE_SUBTYPE = 0xff;
    static final int INSTANCE_SUBTYPE = 0x01;

    /** The end of the path. */
    public static final EndNode ENTIRE = new EndNode(NodeLayout.encode(TYPE, ENTIRE_SUBTYPE, Bytes.EMPTY));

    /** The end of one instance, after which another begins. */
    public static final EndNode INSTANCE = new EndNode(NodeLayout.encode(TYPE, INSTANCE_SUBTYPE, Bytes.EMPTY));

    /** @throws IllegalArgumentException if {@code encoded} is not an End node */
    public EndNode {
        if (!isEnd(encoded)) {
            throw new IllegalArgumentException("not an End node: " + encoded);
        }
    }

    static boolean isEnd(Bytes encoded) {
        return encoded.length() >= 2
                && encoded.u8(0) == TYPE
                && (encoded.u8(1) == ENTIRE_SUBTYPE || encoded.u8(1) == INSTANCE_SUBTYPE);
    }

    /** {@return whether the path ends here, not just an instance of it} */
    public boolean isEntire() {
        return subtype() == ENTIRE_SUBTYPE;
    }

    /** {@return whether it has the 4 bytes that it should have} */
    public boolean isRegular() {
        return encoded.length() == HEADER_SIZE && encoded.u16(2) == HEADER_SIZE;
    }
}
