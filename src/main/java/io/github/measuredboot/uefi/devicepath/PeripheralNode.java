package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.uefi.guid.Guid;

/** A messaging node of USB, FireWire or a serial line, or one that a vendor defines. */
public sealed interface PeripheralNode extends DevicePathNode {
    /** A FireWire device (10.3.4.4). */
    record Ieee1394(Bytes encoded) implements PeripheralNode {
        public Ieee1394 {
            NodeLayout.IEEE_1394.require(encoded);
        }

        /** {@return the EUI-64} */
        public long eui64() {
            return encoded.u64(8);
        }
    }

    /** A USB port (10.3.4.5). */
    record Usb(Bytes encoded) implements PeripheralNode {
        public Usb {
            NodeLayout.USB.require(encoded);
        }

        /**
         * Makes a node.
         *
         * @param parentPort 0 to 255
         * @param interfaceNumber 0 to 255
         * @return the node
         */
        public static Usb of(int parentPort, int interfaceNumber) {
            return new Usb(NodeLayout.USB.encode(new ByteWriter().u8(parentPort).u8(interfaceNumber)));
        }

        /** {@return the port of the hub before it, from 1} */
        public int parentPort() {
            return encoded.u8(4);
        }

        /** {@return the interface} */
        public int interfaceNumber() {
            return encoded.u8(5);
        }
    }

    /** A USB device by its serial number, wherever it is plugged in (10.3.4.7). */
    record UsbWwid(Bytes encoded) implements PeripheralNode {
        public UsbWwid {
            NodeLayout.USB_WWID.require(encoded);
        }

        /** {@return the interface} */
        public int interfaceNumber() {
            return encoded.u16(4);
        }

        /** {@return the vendor} */
        public int vendorId() {
            return encoded.u16(6);
        }

        /** {@return the product} */
        public int productId() {
            return encoded.u16(8);
        }

        /** {@return the last characters of the serial number, UTF-16, with or without a NUL} */
        public Bytes serialNumber() {
            return encoded.from(10);
        }
    }

    /** USB devices by their class (10.3.4.9). */
    record UsbClass(Bytes encoded) implements PeripheralNode {
        public UsbClass {
            NodeLayout.USB_CLASS.require(encoded);
        }

        /** {@return the vendor; 0xffff for any} */
        public int vendorId() {
            return encoded.u16(4);
        }

        /** {@return the product; 0xffff for any} */
        public int productId() {
            return encoded.u16(6);
        }

        /** {@return the class; 0xff for any} */
        public int deviceClass() {
            return encoded.u8(8);
        }

        /** {@return the subclass; 0xff for any} */
        public int deviceSubclass() {
            return encoded.u8(9);
        }

        /** {@return the protocol; 0xff for any} */
        public int deviceProtocol() {
            return encoded.u8(10);
        }
    }

    /** The settings of a serial line (10.3.4.16). */
    record Uart(Bytes encoded) implements PeripheralNode {
        public Uart {
            NodeLayout.UART.require(encoded);
        }

        /** {@return bits a second; 0 for the default} */
        public long baudRate() {
            return encoded.u64(8);
        }

        /** {@return bits a character; 0 for the default} */
        public int dataBits() {
            return encoded.u8(16);
        }

        /** {@return 0 default, 1 none, 2 even, 3 odd, 4 mark, 5 space} */
        public int parity() {
            return encoded.u8(17);
        }

        /** {@return 0 default, 1 for 1, 2 for 1.5, 3 for 2} */
        public int stopBits() {
            return encoded.u8(18);
        }
    }

    /** A link that a vendor or another specification defines (10.3.4.17), such as a terminal type. */
    record VendorMessaging(Bytes encoded) implements PeripheralNode {
        public VendorMessaging {
            NodeLayout.MESSAGING_VENDOR.require(encoded);
        }

        /**
         * Makes a node.
         *
         * @param vendor the GUID for the layout of {@code data}
         * @param data any bytes
         * @return the node
         */
        public static VendorMessaging of(Guid vendor, Bytes data) {
            return new VendorMessaging(NodeLayout.MESSAGING_VENDOR.encode(
                    new ByteWriter().bytes(vendor.toBytes()).bytes(data)));
        }

        /** {@return the GUID for the layout of the data} */
        public Guid vendor() {
            return Guid.at(encoded, 4);
        }

        /** {@return the data} */
        public Bytes data() {
            return encoded.from(20);
        }
    }
}
