package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;

/**
 * One node of a device path (EFI_DEVICE_PATH_PROTOCOL, UEFI 2.11 section 10.2): a view of its bytes. Every node keeps all of
 * them, reserved fields and surplus bytes included, and two nodes of one type are equal when their bytes are.
 *
 * <p>All integers are little-endian and unsigned unless an accessor says otherwise; those of 64 bits are returned as a {@code long}, to
 * be printed unsigned.
 */
public sealed interface DevicePathNode
        permits HardwareNode,
                AcpiNode,
                StorageNode,
                NetworkNode,
                PeripheralNode,
                MediaNode,
                BiosBootNode,
                EndNode,
                UnknownNode,
                MalformedNode {
    /** The size of the header that each node begins with: type, subtype and length. */
    int HEADER_SIZE = 4;

    /** {@return the node as it is stored, header included} */
    Bytes encoded();

    /** {@return the type, 0 to 255, or -1 in a malformed node that has none} */
    default int type() {
        return encoded().u8(0);
    }

    /** {@return the subtype, 0 to 255, or -1 in a malformed node that has none} */
    default int subtype() {
        return encoded().u8(1);
    }

    /** {@return what follows the header} */
    default Bytes body() {
        return encoded().from(Math.min(HEADER_SIZE, encoded().length()));
    }
}
