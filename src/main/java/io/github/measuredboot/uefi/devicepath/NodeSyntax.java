package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the parameters of each named node become its bytes (UEFI 10.6.1, as EDK2 reads them). */
final class NodeSyntax {
    /** Makes a whole node; EDK2 makes some that this library considers malformed. */
    @FunctionalInterface
    interface Encoder {
        Bytes encode(NodeParameters parameters) throws MalformedDataException;
    }

    @FunctionalInterface
    private interface Body {
        ByteWriter write(NodeParameters parameters, ByteWriter body) throws MalformedDataException;
    }

    private static final List<String> PRIMARY_SECONDARY = List.of("Primary", "Secondary");
    private static final List<String> MASTER_SLAVE = List.of("Master", "Slave");
    private static final int SSID_SIZE = 32;
    private static final List<String> DIGESTS = List.of("None", "CRC32C");
    private static final Map<String, Integer> BBS_TYPES = NodeNames.BBS_TYPES.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ANY_USB_ID = 0xffff;
    private static final int ANY_USB_CLASS = 0xff;

    private final Map<String, Encoder> byName = new HashMap<>();

    private static final Map<String, Encoder> ALL = new NodeSyntax().fill();

    private Map<String, Encoder> fill() {
        byName.put("Path", p -> generic((int) p.number(8), p));
        List<String> genericNames = List.of("HardwarePath", "AcpiPath", "Msg", "MediaPath", "BbsPath");
        for (int i = 0; i < genericNames.size(); i++) {
            int type = i + 1;
            byName.put(genericNames.get(i), p -> generic(type, p));
        }
        hardware();
        acpi();
        storage();
        peripherals();
        usbClasses();
        network();
        media();
        return Map.copyOf(byName);
    }

    private static Bytes generic(int type, NodeParameters p) throws MalformedDataException {
        int subtype = (int) p.number(8);
        return NodeLayout.encode(type & 0xff, subtype & 0xff, p.fitting(p.hexDump()));
    }

    private void on(String name, NodeLayout layout, Body body) {
        byName.put(name, p -> {
            Bytes content = body.write(p, new ByteWriter()).toBytes();
            return content.isEmpty() && layout == NodeLayout.DNS ? content : layout.encode(p.fitting(content));
        });
    }

    private void hardware() {
        on("Pci", NodeLayout.PCI, (p, body) -> {
            int device = (int) p.number(8);
            return body.u8((int) p.number(8)).u8(device);
        });
        on("PcCard", NodeLayout.PCCARD, (p, body) -> body.u8((int) p.number(8)));
        on(
                "MemoryMapped",
                NodeLayout.MEMORY_MAPPED,
                (p, body) -> body.u32(p.number(32)).u64(p.number(64)).u64(p.number(64)));
        on("VenHw", NodeLayout.HARDWARE_VENDOR, NodeSyntax::vendor);
        on("Ctrl", NodeLayout.CONTROLLER, (p, body) -> body.u32(p.number(32)));
        on("BMC", NodeLayout.BMC, (p, body) -> body.u8((int) p.number(8)).u64(p.hexNumber(64)));
    }

    private static ByteWriter vendor(NodeParameters p, ByteWriter body) throws MalformedDataException {
        return body.bytes(p.guid().toBytes()).bytes(p.hexDumpOrZeros());
    }

    private void acpi() {
        on("Acpi", NodeLayout.ACPI, (p, body) -> body.u32(p.eisaId()).u32(p.number(32)));
        NodeNames.ACPI.forEach((number, name) -> on(
                name, NodeLayout.ACPI, (p, body) -> body.u32(EisaId.pnp(number)).u32(p.number(32))));
        on("AcpiEx", NodeLayout.ACPI_EXPANDED, (p, body) -> {
            long hid = p.eisaId();
            long cid = p.eisaId();
            body.u32(hid).u32(p.number(32)).u32(cid);
            Bytes hidString = p.optionalLatin1();
            Bytes cidString = p.optionalLatin1();
            Bytes uidString = p.optionalLatin1();
            return body.bytes(hidString)
                    .u8(0)
                    .bytes(uidString)
                    .u8(0)
                    .bytes(cidString)
                    .u8(0);
        });
        on("AcpiExp", NodeLayout.ACPI_EXPANDED, (p, body) -> {
            long hid = p.eisaId();
            long cid = p.eisaIdOrZero();
            return body.u32(hid)
                    .u32(0)
                    .u32(cid)
                    .u8(0)
                    .bytes(p.optionalLatin1())
                    .u8(0)
                    .u8(0);
        });
        on("AcpiAdr", NodeLayout.ADR, (p, body) -> {
            String address = p.text();
            do {
                body.u32(p.checked(NumberText.parse(address), 32));
                address = address.isEmpty() || !p.hasMore() ? "" : p.text();
            } while (!address.isEmpty());
            return body;
        });
    }

    private void storage() {
        on(
                "Ata",
                NodeLayout.ATAPI,
                (p, body) -> body.u8((int) p.wordOrNumber(8, PRIMARY_SECONDARY))
                        .u8((int) p.wordOrNumber(8, MASTER_SLAVE))
                        .u16((int) p.number(16)));
        on("Scsi", NodeLayout.SCSI, (p, body) -> body.u16((int) p.number(16)).u16((int) p.number(16)));
        on(
                "Fibre",
                NodeLayout.FIBRE_CHANNEL,
                (p, body) -> body.u32(0).u64(p.number(64)).u64(p.number(64)));
        on(
                "FibreEx",
                NodeLayout.FIBRE_CHANNEL_EX,
                (p, body) -> body.u32(0).u64(bigEndian(p)).u64(bigEndian(p)));
        on("I2O", NodeLayout.I2O, (p, body) -> body.u32(p.number(32)));
        on(
                "Infiniband",
                NodeLayout.INFINIBAND,
                (p, body) -> body.u32(p.number(32))
                        .bytes(p.guid().toBytes())
                        .u64(p.number(64))
                        .u64(p.number(64))
                        .u64(p.number(64)));
        on("Unit", NodeLayout.LOGICAL_UNIT, (p, body) -> body.u8((int) p.number(8)));
        on(
                "Sata",
                NodeLayout.SATA,
                (p, body) -> body.u16((int) p.number(16))
                        .u16((int) p.number(16, 0xffff))
                        .u16((int) p.number(16)));
        on("SasEx", NodeLayout.SAS_EX, (p, body) -> {
            body.u64(bigEndian(p)).u64(bigEndian(p));
            int relativeTargetPort = (int) p.number(16);
            return body.u16(sasTopology(p)).u16(relativeTargetPort);
        });
        on("SAS", NodeLayout.MESSAGING_VENDOR, (p, body) -> {
            body.bytes(VendorTypes.SAS.toBytes());
            long address = p.number(64);
            long logicalUnit = p.number(64);
            int relativeTargetPort = (int) p.number(16);
            int topology = sasTopology(p);
            return body.u32(p.number(32))
                    .u64(address)
                    .u64(logicalUnit)
                    .u16(topology)
                    .u16(relativeTargetPort);
        });
        on("iSCSI", NodeLayout.ISCSI, NodeSyntax::iscsi);
        on(
                "NVMe",
                NodeLayout.NVME_NAMESPACE,
                (p, body) -> body.u32(p.number(32)).bytes(p.eui64()));
        on("UFS", NodeLayout.UFS, (p, body) -> body.u8((int) p.number(8)).u8((int) p.number(8)));
        on("SD", NodeLayout.SD, (p, body) -> body.u8((int) p.number(8)));
        on("eMMC", NodeLayout.EMMC, (p, body) -> body.u8((int) p.number(8)));
    }

    private static long bigEndian(NodeParameters p) throws MalformedDataException {
        return Long.reverseBytes(p.number(64));
    }

    private static int sasTopology(NodeParameters p) throws MalformedDataException {
        String protocol = p.text();
        boolean known = protocol.equals("SAS") || protocol.equals("SATA");
        long location = p.wordOrNumber(1, List.of("Internal", "External"));
        long connection = p.wordOrNumber(2, List.of("Direct", "Expanded"));
        long driveBay = p.number(16) & 0xffff;
        if (!known) {
            return protocol.equals("NoTopology") ? 0 : (int) p.checked(NumberText.parse(protocol), 16);
        }
        long topology = driveBay == 0 ? 1 : 2 | ((driveBay - 1) << Byte.SIZE);
        topology |= protocol.equals("SATA") ? 0x10 : 0;
        return (int) (topology | ((location & 1) << 5) | ((connection & 3) << 6));
    }

    private static ByteWriter iscsi(NodeParameters p, ByteWriter body) throws MalformedDataException {
        Bytes name = p.optionalLatin1();
        int targetPortalGroup = (int) p.number(16);
        long logicalUnit = bigEndian(p);
        int options = p.word(DIGESTS) == 1 ? 0x0002 : 0;
        options |= p.word(DIGESTS) == 1 ? 0x0008 : 0;
        int authentication = p.word(List.of("CHAP_BI", "None", "CHAP_UNI"));
        options |= new int[] {0, 0x0800, 0x1000}[Math.max(0, authentication)];
        return body.u16(iscsiProtocol(p))
                .u16(options)
                .u64(logicalUnit)
                .u16(targetPortalGroup)
                .bytes(name)
                .u8(0);
    }

    private static int iscsiProtocol(NodeParameters p) throws MalformedDataException {
        boolean hasProtocol = p.hasMore();
        int protocol = p.word(List.of("TCP", "reserved"));
        return hasProtocol && protocol != 0 ? 1 : 0;
    }

    private void peripherals() {
        on("I1394", NodeLayout.IEEE_1394, (p, body) -> body.u32(0).u64(p.hexNumber(64)));
        on("USB", NodeLayout.USB, (p, body) -> body.u8((int) p.number(8)).u8((int) p.number(8)));
        on("UsbWwid", NodeLayout.USB_WWID, (p, body) -> {
            int vendor = (int) p.number(16);
            int product = (int) p.number(16);
            body.u16((int) p.number(16)).u16(vendor).u16(product);
            String serial = p.optionalText();
            boolean quoted = serial.length() >= 2 && serial.startsWith("\"") && serial.endsWith("\"");
            serial.substring(quoted ? 1 : 0, serial.length() - (quoted ? 1 : 0))
                    .chars()
                    .forEach(body::u16);
            return body;
        });
        on("Uart", NodeLayout.UART, (p, body) -> {
            String baudRate = p.text();
            body.u32(0).u64(baudRate.equals("DEFAULT") ? 115_200 : p.checked(NumberText.parse(baudRate), 64));
            String dataBits = p.text();
            body.u8(dataBits.equals("DEFAULT") ? 8 : (int) p.checked(NumberText.parse(dataBits), 8));
            String parity = p.text();
            int parityIndex = parity.isEmpty() ? -1 : NodeNames.PARITIES.indexOf(parity.substring(0, 1));
            if (parityIndex >= 0 && parity.length() > 1) {
                p.depart("is not one of " + String.join(", ", NodeNames.PARITIES));
            }
            body.u8(parityIndex >= 0 ? parityIndex : (int) p.checked(NumberText.parse(parity), 8));
            return body.u8((int) p.wordOrNumber(8, NodeNames.STOP_BITS));
        });
        on("VenMsg", NodeLayout.MESSAGING_VENDOR, NodeSyntax::vendor);
        NodeNames.TERMINALS.forEach(
                (guid, name) -> on(name, NodeLayout.MESSAGING_VENDOR, (p, body) -> body.bytes(guid.toBytes())));
        on(
                "UartFlowCtrl",
                NodeLayout.MESSAGING_VENDOR,
                (p, body) -> body.bytes(VendorTypes.UART_FLOW_CONTROL.toBytes())
                        .u32(Math.max(0, p.word(NodeNames.FLOW_CONTROLS))));
    }

    private void usbClasses() {
        on(
                "UsbClass",
                NodeLayout.USB_CLASS,
                (p, body) -> usbIds(p, body)
                        .u8((int) p.number(8, ANY_USB_CLASS))
                        .u8((int) p.number(8, ANY_USB_CLASS))
                        .u8((int) p.number(8, ANY_USB_CLASS)));
        NodeNames.USB_CLASSES.forEach((number, name) -> on(
                name,
                NodeLayout.USB_CLASS,
                (p, body) -> usbIds(p, body)
                        .u8(number)
                        .u8((int) p.number(8, ANY_USB_CLASS))
                        .u8((int) p.number(8, ANY_USB_CLASS))));
        NodeNames.USB_APPLICATIONS.forEach((subclass, name) -> on(
                name,
                NodeLayout.USB_CLASS,
                (p, body) -> usbIds(p, body)
                        .u8(NodeNames.USB_APPLICATION_CLASS)
                        .u8(subclass)
                        .u8((int) p.number(8, ANY_USB_CLASS))));
    }

    private static ByteWriter usbIds(NodeParameters p, ByteWriter body) throws MalformedDataException {
        return body.u16((int) p.number(16, ANY_USB_ID)).u16((int) p.number(16, ANY_USB_ID));
    }

    private void network() {
        on("MAC", NodeLayout.MAC_ADDRESS, (p, body) -> {
            String address = p.text();
            int interfaceType = (int) p.number(8);
            Bytes used = p.hexBytes(address, interfaceType <= 1 ? 6 : 32);
            return body.bytes(used).zeros(32 - used.length()).u8(interfaceType);
        });
        on("IPv4", NodeLayout.IPV4, (p, body) -> {
            Bytes remote = p.ipv4();
            int protocol = protocol(p);
            boolean isStatic = p.word(List.of("DHCP", "Static")) == 1;
            body.bytes(p.ipv4()).bytes(remote).u32(0).u16(protocol).u8(isStatic ? 1 : 0);
            return p.nextTwoAreGiven()
                    ? body.bytes(p.ipv4()).bytes(p.ipv4())
                    : skipTwo(p, body).zeros(8);
        });
        on("IPv6", NodeLayout.IPV6, (p, body) -> {
            Bytes remote = p.ipv6();
            int protocol = protocol(p);
            int origin = p.word(NodeNames.ADDRESS_ORIGINS);
            Bytes local = p.ipv6();
            body.bytes(local).bytes(remote).u32(0).u16(protocol).u8(origin < 0 ? 2 : origin);
            return p.nextTwoAreGiven()
                    ? body.u8((int) p.number(8)).bytes(p.ipv6())
                    : skipTwo(p, body).zeros(17);
        });
        on("Vlan", NodeLayout.VLAN, (p, body) -> body.u16((int) p.number(16)));
        on("Uri", NodeLayout.URI, (p, body) -> body.bytes(p.optionalLatin1()));
        on("Bluetooth", NodeLayout.BLUETOOTH, (p, body) -> body.bytes(p.hexBytes(p.text(), 6)));
        on(
                "BluetoothLE",
                NodeLayout.BLUETOOTH_LE,
                (p, body) -> body.bytes(p.hexBytes(p.text(), 6)).u8((int) p.number(8)));
        on("Wi-Fi", NodeLayout.WIFI, (p, body) -> {
            Bytes ssid = p.optionalLatin1();
            if (ssid.length() > SSID_SIZE) {
                p.depart("has " + ssid.length() + " bytes, of which only " + SSID_SIZE + " fit");
            }
            Bytes used = ssid.slice(0, Math.min(ssid.length(), SSID_SIZE));
            return body.bytes(used).zeros(SSID_SIZE - used.length());
        });
        on("Dns", NodeLayout.DNS, (p, body) -> {
            if (!p.hasMore()) {
                p.requireNext();
                return body; // EDK2 makes no node
            }
            boolean isIpv6 = p.nextIsIpv6();
            body.u8(isIpv6 ? 1 : 0);
            do {
                p.requireNext();
                body.bytes(isIpv6 ? p.ipv6() : p.ipv4()).zeros(isIpv6 ? 0 : 12);
            } while (p.hasMore());
            return body;
        });
    }

    private static ByteWriter skipTwo(NodeParameters p, ByteWriter body) {
        p.skip();
        p.skip();
        return body;
    }

    private static int protocol(NodeParameters p) throws MalformedDataException {
        String protocol = p.optionalText();
        return switch (protocol) {
            case "TCP" -> TCP;
            case "UDP" -> UDP;
            case "" -> 0;
            default -> (int) p.checked(NumberText.parse(protocol), 16);
        };
    }

    private void media() {
        on("HD", NodeLayout.HARD_DRIVE, NodeSyntax::hardDrive);
        on(
                "CDROM",
                NodeLayout.CD_ROM,
                (p, body) -> body.u32(p.number(32)).u64(p.number(64, 0)).u64(p.number(64, 0)));
        on("VenMedia", NodeLayout.MEDIA_VENDOR, NodeSyntax::vendor);
        on("Media", NodeLayout.MEDIA_PROTOCOL, (p, body) -> body.bytes(p.guid().toBytes()));
        on("Fv", NodeLayout.FIRMWARE_VOLUME, (p, body) -> body.bytes(p.guid().toBytes()));
        on("FvFile", NodeLayout.FIRMWARE_FILE, (p, body) -> body.bytes(p.guid().toBytes()));
        on(
                "Offset",
                NodeLayout.RELATIVE_OFFSET_RANGE,
                (p, body) -> body.u32(0).u64(p.number(64)).u64(p.number(64)));
        on("RamDisk", NodeLayout.RAM_DISK, (p, body) -> ramDisk(p, body, null));
        NodeNames.RAM_DISKS.forEach((type, name) -> on(name, NodeLayout.RAM_DISK, (p, body) -> ramDisk(p, body, type)));
        on("BBS", NodeLayout.BIOS_BOOT, (p, body) -> {
            String type = p.text();
            Integer known = BBS_TYPES.get(type);
            body.u16(known != null ? known : (int) p.checked(NumberText.parse(type), 16));
            Bytes description = p.optionalLatin1();
            return body.u16((int) p.number(16, 0)).bytes(description).u8(0);
        });
    }

    private static ByteWriter hardDrive(NodeParameters p, ByteWriter body) throws MalformedDataException {
        long number = p.number(32);
        String type = p.text();
        ByteWriter signature = new ByteWriter();
        int format;
        int signatureType;
        if (type.equals("MBR")) {
            signature.u32(p.number(32)).zeros(12);
            format = MediaNode.HardDrive.MBR_SIGNATURE;
            signatureType = format;
        } else if (type.equals("GPT")) {
            signature.bytes(p.guid().toBytes());
            format = MediaNode.HardDrive.GUID_SIGNATURE;
            signatureType = format;
        } else {
            signatureType = (int) p.checked(NumberText.parse(type), 8);
            if (!p.text().equals("0")) {
                p.depart("a signature of type " + signatureType + " is dropped");
            }
            signature.zeros(16);
            format = 0;
        }
        return body.u32(number)
                .u64(p.number(64, 0))
                .u64(p.number(64, 0))
                .bytes(signature.toBytes())
                .u8(format)
                .u8(signatureType);
    }

    private static ByteWriter ramDisk(NodeParameters p, ByteWriter body, @Nullable Guid type)
            throws MalformedDataException {
        body.u64(p.number(64)).u64(p.number(64));
        int instance = (int) p.number(16);
        return body.bytes((type == null ? p.guid() : type).toBytes()).u16(instance);
    }

    static @Nullable Encoder find(String name) {
        return ALL.get(name);
    }
}
