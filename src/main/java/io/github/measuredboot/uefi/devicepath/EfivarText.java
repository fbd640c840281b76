package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.uefi.guid.Guid;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The text that libefivar 39 prints. */
final class EfivarText {
    private static final int ISCSI_NAME_MAX = 223;
    private static final int NVDIMM_ROOT_HID = 0x0012_8e09;
    private static final Map<Integer, String> USB_CLASSES = usbClassNames();

    static final NodeFormats FORMATS = UefiText.FORMATS
            .copyWith(EfivarText::generic)
            .on(
                    HardwareNode.MemoryMapped.class,
                    "MemoryMapped",
                    (node, text) -> text.decimal(node.memoryType()).hex(node.startAddress(), node.endAddress()))
            .on(HardwareNode.Vendor.class, EfivarText::hardwareVendor)
            .on(
                    HardwareNode.Bmc.class,
                    "BMC",
                    (node, text) -> text.decimal(node.interfaceType()).hex(node.baseAddress()))
            .on(AcpiNode.Acpi.class, EfivarText::acpi)
            .on(AcpiNode.AcpiExpanded.class, EfivarText::acpiExpanded)
            .on(
                    StorageNode.Atapi.class,
                    "Ata",
                    (node, text) -> text.decimal(node.channel(), node.drive(), node.logicalUnit()))
            .on(StorageNode.Scsi.class, "SCSI", (node, text) -> text.decimal(node.target(), node.logicalUnit()))
            .on(
                    StorageNode.FibreChannel.class,
                    "Fibre",
                    (node, text) -> text.bareHex(node.worldWideName(), node.logicalUnit()))
            .on(
                    StorageNode.FibreChannelEx.class,
                    "Fibre",
                    (node, text) ->
                            text.bareHex(bigEndian(node.worldWideName())).bareHex(bigEndian(node.logicalUnit())))
            .on(
                    StorageNode.Sata.class,
                    "Sata",
                    (node, text) -> text.decimal(node.hbaPort(), node.portMultiplierPort(), node.logicalUnit()))
            .on(StorageNode.LogicalUnit.class, "Unit", (node, text) -> text.decimal(node.logicalUnit()))
            .on(StorageNode.I2o.class, "I2O", (node, text) -> text.signed(node.targetId()))
            .on(
                    StorageNode.Infiniband.class,
                    "Infiniband",
                    (node, text) -> text.paddedBareHex(node.resourceFlags(), 8)
                            .bareHex(node.portGid().u64(8))
                            .append(Long.toHexString(node.portGid().u64(0)))
                            .bareHex(node.serviceId())
                            .decimal(node.targetPortId(), node.deviceId()))
            .on(StorageNode.Iscsi.class, EfivarText::iscsi)
            .on(
                    StorageNode.NvmeNamespace.class,
                    "NVMe",
                    (node, text) -> text.hex(node.namespaceId()).separatedUpperCase(node.extendedUniqueId(), '-'))
            .on(
                    StorageNode.Ufs.class,
                    "UFS",
                    (node, text) -> text.decimal(node.target()).paddedHex(node.logicalUnit(), 2))
            .on(StorageNode.Sd.class, "SD", (node, text) -> text.decimal(node.slot()))
            .on(StorageNode.Emmc.class, "eMMC", (node, text) -> text.decimal(node.slot()))
            .on(StorageNode.NvdimmNamespace.class, "NVDIMM", (node, text) -> text.guid(node.uuid()))
            .on(PeripheralNode.Ieee1394.class, "I1394", (node, text) -> text.hex(node.eui64()))
            .on(
                    PeripheralNode.Usb.class,
                    "USB",
                    (node, text) -> text.decimal(node.parentPort(), node.interfaceNumber()))
            .on(PeripheralNode.UsbWwid.class, EfivarText::usbWwid)
            .on(PeripheralNode.UsbClass.class, EfivarText::usbClass)
            .on(
                    PeripheralNode.Uart.class,
                    "Uart",
                    (node, text) -> text.decimal(node.baudRate() == 0 ? 115_200 : node.baudRate())
                            .decimal(node.dataBits() == 0 ? 8 : node.dataBits())
                            .text(NodeNames.orElse(NodeNames.PARITIES, node.parity(), Integer.toString(node.parity())))
                            .text(NodeNames.orElse(
                                    NodeNames.STOP_BITS, node.stopBits(), Integer.toString(node.stopBits()))))
            .on(PeripheralNode.VendorMessaging.class, EfivarText::vendorMessaging)
            .on(
                    NetworkNode.MacAddress.class,
                    "MAC",
                    (node, text) -> text.dump(node.usedAddress()).decimal(node.interfaceType()))
            .on(NetworkNode.Ipv4.class, EfivarText::ipv4)
            .on(NetworkNode.Ipv6.class, EfivarText::ipv6)
            .on(NetworkNode.Uri.class, "Uri", (node, text) -> text.text(utf8UpToNul(node.uri())))
            .on(NetworkNode.Bluetooth.class, "Bluetooth", (node, text) -> text.separated(node.address(), ':'))
            .on(NetworkNode.WiFi.class, "Wi-Fi", (node, text) -> text.separated(node.ssid(), ':'))
            .on(
                    NetworkNode.BluetoothLe.class,
                    "BluetoothLE",
                    (node, text) -> text.separated(node.address(), ':').decimal(node.addressType()))
            .on(NetworkNode.Dns.class, EfivarText::dns)
            .on(MediaNode.HardDrive.class, EfivarText::hardDrive)
            .on(
                    MediaNode.CdRom.class,
                    "CDROM",
                    (node, text) -> text.signed(node.bootEntry()).hex(node.partitionStart(), node.partitionSize()))
            .on(MediaNode.FirmwareVolume.class, "FvVol", (node, text) -> text.guid(node.name()))
            .on(MediaNode.RamDisk.class, (node, text) -> UefiText.ramDisk("Ramdisk", node, text))
            .on(BiosBootNode.class, EfivarText::biosBoot);

    private EfivarText() {}

    private static Map<Integer, String> usbClassNames() {
        Map<Integer, String> names = new HashMap<>(NodeNames.USB_CLASSES);
        names.put(0xde, String.valueOf(names.remove(0xe0)));
        return Map.copyOf(names);
    }

    private static void generic(DevicePathNode node, NodeText text) {
        if (node.type() == EndNode.TYPE) {
            return;
        }
        boolean printsHalf = node.type() == 2 || node.type() == 4;
        Bytes body = node.body();
        UefiText.openGeneric(node, text)
                .dump(printsHalf ? body.slice(0, body.length() / 2) : body)
                .close();
    }

    private static void hardwareVendor(HardwareNode.Vendor node, NodeText text) {
        if (node.vendor().equals(VendorTypes.EDD10) && node.data().length() >= Integer.BYTES) {
            text.open("EDD10").hex(node.data().u32(0)).close();
        } else {
            text.open("VenHw").guid(node.vendor()).dumpIfAny(node.data()).close();
        }
    }

    private static void acpi(AcpiNode.Acpi node, NodeText text) {
        int number = EisaId.isPnp(node.hid()) ? EisaId.number(node.hid()) : -1;
        switch (number) {
            case 0x0a03, 0x0a08, 0x0604, 0x0301, 0x0501 ->
                text.open(String.valueOf(NodeNames.ACPI.get(number))).hex(node.uid());
            case 0x0a05, 0x0a06 -> text.open("AcpiContainer");
            case 0x0a09 -> text.open("EmbeddedController");
            default -> {
                if (node.hid() == NVDIMM_ROOT_HID) {
                    text.open("NvRoot");
                } else {
                    text.open("Acpi").paddedHex(node.hid(), 8).hex(node.uid());
                }
            }
        }
        text.close();
    }

    private static void acpiExpanded(AcpiNode.AcpiExpanded node, NodeText text) {
        String uid = node.uidString().orElseGet(() -> "0x" + Long.toHexString(node.uid()));
        int number = EisaId.isPnp(node.hid()) ? EisaId.number(node.hid()) : -1;
        switch (number) {
            case 0x0a03, 0x0a08 ->
                text.open(String.valueOf(NodeNames.ACPI.get(number))).text(uid);
            case 0x0a05, 0x0a06 -> text.open("AcpiContainer").text(uid);
            case 0x0a09 -> text.open("EmbeddedController");
            default ->
                text.open("AcpiEx")
                        .text(node.hidString().orElseGet(() -> "0x" + Long.toHexString(node.hid())))
                        .text(node.cidString().orElseGet(() -> "0x" + Long.toHexString(node.cid())))
                        .text(uid);
        }
        text.close();
    }

    private static void iscsi(StorageNode.Iscsi node, NodeText text) {
        int options = node.loginOptions();
        String name = utf8UpToNul(node.encoded().from(18));
        text.open("iSCSI")
                .text(name.substring(0, Math.min(name.length(), ISCSI_NAME_MAX)))
                .decimal(node.targetPortalGroup())
                .hex(bigEndian(node.logicalUnit()))
                .text((options & 0x0002) == 0 ? "None" : "CRC32")
                .text((options & 0x0008) == 0 ? "None" : "CRC32")
                .text(NodeNames.iscsiAuthentication(options))
                .text(node.protocol() == 0 ? "TCP" : "Unknown")
                .close();
    }

    private static void usbWwid(PeripheralNode.UsbWwid node, NodeText text) {
        Bytes serial = node.serialNumber();
        int units = serial.length() / Character.BYTES;
        text.open("UsbWwid")
                .bareHex(node.vendorId(), node.productId())
                .decimal(node.interfaceNumber())
                .text(NodeStrings.char16UpToNul(serial.slice(0, Math.max(0, units - 1) * Character.BYTES)))
                .close();
    }

    private static void usbClass(PeripheralNode.UsbClass node, NodeText text) {
        String name = USB_CLASSES.get(node.deviceClass());
        if (node.deviceClass() == NodeNames.USB_APPLICATION_CLASS) {
            String applicationName = NodeNames.USB_APPLICATIONS.get(node.deviceSubclass());
            if (applicationName != null) {
                text.open(applicationName)
                        .hex(node.vendorId(), node.productId())
                        .decimal(node.deviceProtocol())
                        .close();
            }
            return;
        }
        if (name == null) {
            text.open("UsbClass").bareHex(node.vendorId(), node.productId());
        } else {
            text.open(name).hex(node.vendorId(), node.productId());
        }
        text.decimal(node.deviceSubclass(), node.deviceProtocol()).close();
    }

    private static void vendorMessaging(PeripheralNode.VendorMessaging node, NodeText text) {
        Guid vendor = node.vendor();
        Bytes data = node.data();
        String terminal = NodeNames.TERMINALS.get(vendor);
        if (terminal != null) {
            text.open(terminal).dumpIfAny(data).close();
        } else if (vendor.equals(VendorTypes.UART_FLOW_CONTROL)
                && node.encoded().length() >= VendorTypes.UART_FLOW_CONTROL_LENGTH) {
            int flowControl = (int) data.u32(0);
            text.open("UartFlowControl")
                    .text(NodeNames.orElse(NodeNames.FLOW_CONTROLS, flowControl, Integer.toString(flowControl)))
                    .close();
        } else if (vendor.equals(VendorTypes.SAS) && node.encoded().length() >= VendorTypes.SAS_LENGTH) {
            text.open("SAS").bareHex(data.u64(4), data.u64(12), data.u16(22));
            sasTopology(data.u16(20), text);
            text.close();
        } else {
            text.open("VenMsg").guid(vendor).dumpIfAny(data).close();
        }
    }

    /** As libefivar reads the field, which takes SAS or SATA from the bit for internal or external. */
    private static void sasTopology(int value, NodeText text) {
        SasTopology topology = new SasTopology(value);
        if ((value & 2) == 0) {
            text.text("NoTopology");
        } else {
            text.text((value & 0x20) == 0 ? "SAS" : "SATA")
                    .text(topology.location())
                    .text(topology.connection())
                    .decimal(topology.driveBay());
        }
    }

    private static void ipv4(NetworkNode.Ipv4 node, NodeText text) {
        text.open("IPv4")
                .text(withPort(AddressText.ipv4(node.remoteAddress()), node.remotePort()))
                .text(protocol(node.protocol()))
                .text(node.isStatic() ? "Static" : "DHCP")
                .text(withPort(AddressText.ipv4(node.localAddress()), node.localPort()));
        if (node.hasGateway()) {
            text.text(AddressText.ipv4(node.gateway())).text(AddressText.ipv4(node.subnetMask()));
        }
        text.close();
    }

    private static void ipv6(NetworkNode.Ipv6 node, NodeText text) {
        int origin = node.addressOrigin();
        text.open("IPv6")
                .text(withPort(AddressText.ipv6InBrackets(node.remoteAddress()), node.remotePort()))
                .text(protocol(node.protocol()))
                .text(NodeNames.orElse(NodeNames.ADDRESS_ORIGINS, origin, "0x" + Integer.toHexString(origin)))
                .text(withPort(AddressText.ipv6InBrackets(node.localAddress()), node.localPort()));
        if (node.hasGateway()) {
            text.text(AddressText.ipv6InBrackets(node.gateway())).decimal(node.prefixLength());
        }
        text.close();
    }

    private static void dns(NetworkNode.Dns node, NodeText text) {
        text.open("Dns");
        for (int i = 0; i < node.count(); i++) {
            Bytes address = node.address(i);
            text.text(node.isIpv6() ? AddressText.ipv6InBrackets(address) : AddressText.ipv4(address));
        }
        text.close();
    }

    private static void hardDrive(MediaNode.HardDrive node, NodeText text) {
        text.open("HD").signed(node.partitionNumber());
        switch (node.signatureType()) {
            case MediaNode.HardDrive.MBR_SIGNATURE ->
                text.text("MBR").hex(node.signature().u32(0));
            case MediaNode.HardDrive.GUID_SIGNATURE -> text.text("GPT").guid(Guid.of(node.signature()));
            default -> text.decimal(node.signatureType()).dump(node.signature());
        }
        text.hex(node.partitionStart(), node.partitionSize()).close();
    }

    private static void biosBoot(BiosBootNode node, NodeText text) {
        String type = NodeNames.BBS_TYPES.get(node.deviceType());
        text.open("BBS")
                .text(type == null ? Integer.toString(node.deviceType()) : type)
                .text(utf8UpToNul(node.encoded().from(8)))
                .hex(node.statusFlag())
                .close();
    }

    private static String withPort(String address, int port) {
        return port == 0 ? address : address + ":" + port;
    }

    private static String protocol(int protocol) {
        return switch (protocol) {
            case 6 -> "TCP";
            case 17 -> "UDP";
            default -> Integer.toString(protocol);
        };
    }

    private static long bigEndian(Bytes bytes) {
        return Long.reverseBytes(bytes.u64(0));
    }

    /** The bytes as UTF-8, or each as a character if they are not. */
    private static String utf8UpToNul(Bytes bytes) {
        Bytes used = NodeStrings.upToNul(bytes);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(used.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return used.decode(StandardCharsets.ISO_8859_1);
        }
    }
}
