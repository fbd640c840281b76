package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;

/** A boot option for an operating system that is not aware of UEFI (BIOS Boot Specification, UEFI 10.3.6). */
public record BiosBootNode(Bytes encoded) implements DevicePathNode {
    public BiosBootNode {
        NodeLayout.BIOS_BOOT.require(encoded);
    }

    /** {@return 1 floppy, 2 hard disk, 3 CD-ROM, 4 PCMCIA, 5 USB, 6 network, 0x80 BEV device, 0xff unknown} */
    public int deviceType() {
        return encoded.u16(4);
    }

    /** {@return the status flags of the BIOS Boot Specification} */
    public int statusFlag() {
        return encoded.u16(6);
    }

    /** {@return the description, each byte a character} */
    public String description() {
        return NodeStrings.latin1UpToNul(encoded.from(8));
    }
}
