package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.uefi.guid.Guid;

/** A node of type 1: how a device is attached to the resource domain of a system (UEFI 10.3.2). */
public sealed interface HardwareNode extends DevicePathNode {
    /** A PCI device (10.3.2.1). */
    record Pci(Bytes encoded) implements HardwareNode {
        public Pci {
            NodeLayout.PCI.require(encoded);
        }

        /**
         * Makes a node.
         *
         * @param device 0 to 255
         * @param function 0 to 255
         * @return the node
         */
        public static Pci of(int device, int function) {
            return new Pci(NodeLayout.PCI.encode(new ByteWriter().u8(function).u8(device)));
        }

        /** {@return the PCI function} */
        public int function() {
            return encoded.u8(4);
        }

        /** {@return the PCI device} */
        public int device() {
            return encoded.u8(5);
        }
    }

    /** A PC Card (10.3.2.2). */
    record PcCard(Bytes encoded) implements HardwareNode {
        public PcCard {
            NodeLayout.PCCARD.require(encoded);
        }

        /** {@return the function, from 0} */
        public int function() {
            return encoded.u8(4);
        }
    }

    /** A range of memory (10.3.2.3). */
    record MemoryMapped(Bytes encoded) implements HardwareNode {
        public MemoryMapped {
            NodeLayout.MEMORY_MAPPED.require(encoded);
        }

        /** {@return the EFI_MEMORY_TYPE} */
        public long memoryType() {
            return encoded.u32(4);
        }

        /** {@return the first physical address} */
        public long startAddress() {
            return encoded.u64(8);
        }

        /** {@return the last physical address} */
        public long endAddress() {
            return encoded.u64(16);
        }
    }

    /** A device that its vendor defines (10.3.2.4). */
    record Vendor(Bytes encoded) implements HardwareNode {
        public Vendor {
            NodeLayout.HARDWARE_VENDOR.require(encoded);
        }

        /**
         * Makes a node.
         *
         * @param vendor the vendor's GUID for the layout of {@code data}
         * @param data any bytes
         * @return the node
         */
        public static Vendor of(Guid vendor, Bytes data) {
            return new Vendor(NodeLayout.HARDWARE_VENDOR.encode(
                    new ByteWriter().bytes(vendor.toBytes()).bytes(data)));
        }

        /** {@return the vendor's GUID for the layout of the data} */
        public Guid vendor() {
            return Guid.at(encoded, 4);
        }

        /** {@return the vendor's data} */
        public Bytes data() {
            return encoded.from(20);
        }
    }

    /** A controller of a device with several (10.3.2.5). */
    record Controller(Bytes encoded) implements HardwareNode {
        public Controller {
            NodeLayout.CONTROLLER.require(encoded);
        }

        /** {@return the controller number} */
        public long number() {
            return encoded.u32(4);
        }
    }

    /** The host interface of a baseboard management controller (10.3.2.6). */
    record Bmc(Bytes encoded) implements HardwareNode {
        public Bmc {
            NodeLayout.BMC.require(encoded);
        }

        /** {@return 0 unknown, 1 keyboard controller style, 2 system management interface chip, 3 block transfer} */
        public int interfaceType() {
            return encoded.u8(4);
        }

        /** {@return the base address; an odd one means I/O space} */
        public long baseAddress() {
            return encoded.u64(5);
        }
    }
}
