package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;

/**
 * A node that breaks the layout of its type, or, as the last of a path, the bytes from which no node could be cut.
 *
 * @param fault what is wrong; its offset counts from the start of the device path
 */
public record MalformedNode(Bytes encoded, Fault fault) implements DevicePathNode {
    @Override
    public int type() {
        return encoded.isEmpty() ? -1 : encoded.u8(0);
    }

    @Override
    public int subtype() {
        return encoded.length() < 2 ? -1 : encoded.u8(1);
    }
}
