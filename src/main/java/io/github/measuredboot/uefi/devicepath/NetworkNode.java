package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.uefi.guid.Guid;
import java.nio.charset.StandardCharsets;

/** A messaging node of a network interface or protocol. */
public sealed interface NetworkNode extends DevicePathNode {
    /** A network interface (10.3.4.11). */
    record MacAddress(Bytes encoded) implements NetworkNode {
        public MacAddress {
            NodeLayout.MAC_ADDRESS.require(encoded);
        }

        /**
         * Makes a node.
         *
         * @param address at most 32 bytes
         * @param interfaceType 0 to 255
         * @return the node
         */
        public static MacAddress of(Bytes address, int interfaceType) {
            return new MacAddress(NodeLayout.MAC_ADDRESS.encode(
                    new ByteWriter().bytes(address).zeros(32 - address.length()).u8(interfaceType)));
        }

        /** {@return the address, padded with zeros to 32 bytes} */
        public Bytes address() {
            return encoded.slice(4, 32);
        }

        /** {@return the part of the address that counts: 6 bytes for the types 0 and 1, otherwise all of it} */
        public Bytes usedAddress() {
            return interfaceType() <= 1 ? encoded.slice(4, 6) : address();
        }

        /** {@return the type according to RFC 3232; 0 or 1 for an address of 6 bytes} */
        public int interfaceType() {
            return encoded.u8(36);
        }
    }

    /** An IPv4 connection (10.3.4.12). */
    record Ipv4(Bytes encoded) implements NetworkNode {
        public Ipv4 {
            NodeLayout.IPV4.require(encoded);
        }

        /** {@return 4 bytes} */
        public Bytes localAddress() {
            return encoded.slice(4, 4);
        }

        /** {@return 4 bytes} */
        public Bytes remoteAddress() {
            return encoded.slice(8, 4);
        }

        /** {@return the port} */
        public int localPort() {
            return encoded.u16(12);
        }

        /** {@return the port} */
        public int remotePort() {
            return encoded.u16(14);
        }

        /** {@return the IP protocol, 6 for TCP and 17 for UDP} */
        public int protocol() {
            return encoded.u16(16);
        }

        /** {@return false if the local address came by DHCP} */
        public boolean isStatic() {
            return encoded.u8(18) != 0;
        }

        /** {@return whether there are a gateway and a subnet mask} */
        public boolean hasGateway() {
            return encoded.length() >= 27;
        }

        /** {@return 4 bytes, or none} */
        public Bytes gateway() {
            return hasGateway() ? encoded.slice(19, 4) : Bytes.EMPTY;
        }

        /** {@return 4 bytes, or none} */
        public Bytes subnetMask() {
            return hasGateway() ? encoded.slice(23, 4) : Bytes.EMPTY;
        }
    }

    /** An IPv6 connection (10.3.4.13). */
    record Ipv6(Bytes encoded) implements NetworkNode {
        public Ipv6 {
            NodeLayout.IPV6.require(encoded);
        }

        /** {@return 16 bytes} */
        public Bytes localAddress() {
            return encoded.slice(4, 16);
        }

        /** {@return 16 bytes} */
        public Bytes remoteAddress() {
            return encoded.slice(20, 16);
        }

        /** {@return the port} */
        public int localPort() {
            return encoded.u16(36);
        }

        /** {@return the port} */
        public int remotePort() {
            return encoded.u16(38);
        }

        /** {@return the IP protocol, 6 for TCP and 17 for UDP} */
        public int protocol() {
            return encoded.u16(40);
        }

        /** {@return 0 static, 1 stateless and 2 stateful auto-configuration} */
        public int addressOrigin() {
            return encoded.u8(42);
        }

        /** {@return whether there are a gateway and a prefix length} */
        public boolean hasGateway() {
            return encoded.length() >= 60;
        }

        /** {@return the length of the prefix in bits, or 0 if there is none} */
        public int prefixLength() {
            return hasGateway() ? encoded.u8(43) : 0;
        }

        /** {@return 16 bytes, or none} */
        public Bytes gateway() {
            return hasGateway() ? encoded.slice(44, 16) : Bytes.EMPTY;
        }
    }

    /** A virtual LAN (10.3.4.14). */
    record Vlan(Bytes encoded) implements NetworkNode {
        public Vlan {
            NodeLayout.VLAN.require(encoded);
        }

        /** {@return the VLAN id} */
        public int vlanId() {
            return encoded.u16(4);
        }
    }

    /** A resource by its URI (10.3.4.22). */
    record Uri(Bytes encoded) implements NetworkNode {
        public Uri {
            NodeLayout.URI.require(encoded);
        }

        /**
         * Makes a node.
         *
         * @param uri at most 65,531 bytes in UTF-8
         * @return the node
         */
        public static Uri of(String uri) {
            return new Uri(NodeLayout.URI.encode(new ByteWriter().bytes(Bytes.encode(uri, StandardCharsets.UTF_8))));
        }

        /** {@return the URI, perhaps with a NUL} */
        public Bytes uri() {
            return body();
        }
    }

    /** A Bluetooth device (10.3.4.25). */
    record Bluetooth(Bytes encoded) implements NetworkNode {
        public Bluetooth {
            NodeLayout.BLUETOOTH.require(encoded);
        }

        /** {@return 6 bytes} */
        public Bytes address() {
            return encoded.slice(4, 6);
        }
    }

    /** A wireless network (10.3.4.26). */
    record WiFi(Bytes encoded) implements NetworkNode {
        public WiFi {
            NodeLayout.WIFI.require(encoded);
        }

        /** {@return the SSID, padded with zeros to 32 bytes} */
        public Bytes ssid() {
            return encoded.slice(4, 32);
        }
    }

    /** A Bluetooth Low Energy device (10.3.4.28). */
    record BluetoothLe(Bytes encoded) implements NetworkNode {
        public BluetoothLe {
            NodeLayout.BLUETOOTH_LE.require(encoded);
        }

        /** {@return 6 bytes} */
        public Bytes address() {
            return encoded.slice(4, 6);
        }

        /** {@return 0 public, 1 random} */
        public int addressType() {
            return encoded.u8(10);
        }
    }

    /** Name servers (10.3.4.29). */
    record Dns(Bytes encoded) implements NetworkNode {
        public Dns {
            NodeLayout.DNS.require(encoded);
        }

        /**
         * One address.
         *
         * @param index 0 to {@link #count()} - 1
         * @return the 4 or 16 bytes of the address
         */
        public Bytes address(int index) {
            return encoded.slice(5 + index * 16, isIpv6() ? 16 : 4);
        }

        /** {@return whether the addresses are IPv6} */
        public boolean isIpv6() {
            return encoded.u8(4) != 0;
        }

        /** {@return how many addresses there are} */
        public int count() {
            return (encoded.length() - 5) / 16;
        }
    }

    /** A REST service (10.3.4.31). */
    record RestService(Bytes encoded) implements NetworkNode {
        public RestService {
            NodeLayout.REST_SERVICE.require(encoded);
        }

        /** {@return whether a vendor's GUID and data follow} */
        public boolean hasVendor() {
            return service() == 0xff && encoded.length() >= 22;
        }

        /**
         * The vendor's GUID.
         *
         * @return the GUID
         * @throws IndexOutOfBoundsException if {@link #hasVendor()} is false
         */
        public Guid vendor() {
            return Guid.at(encoded, 6);
        }

        /** {@return 1 Redfish, 2 OData, 255 what a vendor defines} */
        public int service() {
            return encoded.u8(4);
        }

        /** {@return 1 in-band, 2 out-of-band} */
        public int accessMode() {
            return encoded.u8(5);
        }
    }
}
