package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.Optional;

/** The text form of UEFI 10.6.1 as EDK2 prints it. */
final class UefiText {
    static final NodeFormats FORMATS = new NodeFormats(UefiText::generic)
            .on(HardwareNode.Pci.class, "Pci", (node, text) -> text.hex(node.device(), node.function()))
            .on(HardwareNode.PcCard.class, "PcCard", (node, text) -> text.hex(node.function()))
            .on(
                    HardwareNode.MemoryMapped.class,
                    "MemoryMapped",
                    (node, text) -> text.hex(node.memoryType(), node.startAddress(), node.endAddress()))
            .on(HardwareNode.Vendor.class, (node, text) -> vendor("VenHw", node.vendor(), node.data(), text))
            .on(HardwareNode.Controller.class, "Ctrl", (node, text) -> text.hex(node.number()))
            .on(HardwareNode.Bmc.class, "BMC", (node, text) -> text.hex(node.interfaceType(), node.baseAddress()))
            .on(AcpiNode.Acpi.class, UefiText::acpi)
            .on(AcpiNode.AcpiExpanded.class, UefiText::acpiExpanded)
            .on(AcpiNode.Adr.class, UefiText::adr)
            .on(
                    StorageNode.Atapi.class,
                    "Ata",
                    (node, text) -> text.text(node.channel() == 1 ? "Secondary" : "Primary")
                            .text(node.drive() == 1 ? "Slave" : "Master")
                            .hex(node.logicalUnit()))
            .on(StorageNode.Scsi.class, "Scsi", (node, text) -> text.hex(node.target(), node.logicalUnit()))
            .on(
                    StorageNode.FibreChannel.class,
                    "Fibre",
                    (node, text) -> text.hex(node.worldWideName(), node.logicalUnit()))
            .on(
                    StorageNode.FibreChannelEx.class,
                    "FibreEx",
                    (node, text) -> text.prefixedDump(node.worldWideName()).prefixedDump(node.logicalUnit()))
            .on(
                    StorageNode.Sata.class,
                    "Sata",
                    (node, text) -> text.hex(node.hbaPort(), node.portMultiplierPort(), node.logicalUnit()))
            .on(StorageNode.LogicalUnit.class, "Unit", (node, text) -> text.hex(node.logicalUnit()))
            .on(StorageNode.I2o.class, "I2O", (node, text) -> text.hex(node.targetId()))
            .on(
                    StorageNode.Infiniband.class,
                    "Infiniband",
                    (node, text) -> text.hex(node.resourceFlags())
                            .guid(Guid.of(node.portGid()))
                            .hex(node.serviceId(), node.targetPortId(), node.deviceId()))
            .on(StorageNode.SasEx.class, (node, text) -> {
                text.open("SasEx")
                        .prefixedDump(node.address())
                        .prefixedDump(node.logicalUnit())
                        .hex(node.relativeTargetPort());
                sasTopology(new SasTopology(node.topology()), text);
                text.close();
            })
            .on(
                    StorageNode.Iscsi.class,
                    "iSCSI",
                    (node, text) -> text.text(node.targetName())
                            .hex(node.targetPortalGroup())
                            .prefixedDump(node.logicalUnit())
                            .text((node.loginOptions() & 0x0002) == 0 ? "None" : "CRC32C")
                            .text((node.loginOptions() & 0x0008) == 0 ? "None" : "CRC32C")
                            .text(NodeNames.iscsiAuthentication(node.loginOptions()))
                            .text(node.protocol() == 0 ? "TCP" : "reserved"))
            .on(
                    StorageNode.NvmeNamespace.class,
                    "NVMe",
                    (node, text) -> text.hex(node.namespaceId()).separated(reversed(node.extendedUniqueId()), '-'))
            .on(StorageNode.Ufs.class, "UFS", (node, text) -> text.hex(node.target(), node.logicalUnit()))
            .on(StorageNode.Sd.class, "SD", (node, text) -> text.hex(node.slot()))
            .on(StorageNode.Emmc.class, "eMMC", (node, text) -> text.hex(node.slot()))
            .on(PeripheralNode.Ieee1394.class, "I1394", (node, text) -> text.paddedBareHex(node.eui64(), 16))
            .on(PeripheralNode.Usb.class, "USB", (node, text) -> text.hex(node.parentPort(), node.interfaceNumber()))
            .on(
                    PeripheralNode.UsbWwid.class,
                    "UsbWwid",
                    (node, text) -> text.hex(node.vendorId(), node.productId(), node.interfaceNumber())
                            .text('"' + NodeStrings.char16UpToNul(node.serialNumber()) + '"'))
            .on(PeripheralNode.UsbClass.class, UefiText::usbClass)
            .on(
                    PeripheralNode.Uart.class,
                    "Uart",
                    (node, text) -> text.text(node.baudRate() == 0 ? "DEFAULT" : Long.toString(node.baudRate()))
                            .text(node.dataBits() == 0 ? "DEFAULT" : Integer.toString(node.dataBits()))
                            .text(NodeNames.orElse(NodeNames.PARITIES, node.parity(), "x"))
                            .text(NodeNames.orElse(NodeNames.STOP_BITS, node.stopBits(), "x")))
            .on(
                    PeripheralNode.VendorMessaging.class,
                    (node, text) -> vendor("VenMsg", node.vendor(), node.data(), text))
            .on(
                    NetworkNode.MacAddress.class,
                    "MAC",
                    (node, text) -> text.dump(node.usedAddress()).hex(node.interfaceType()))
            .on(NetworkNode.Ipv4.class, UefiText::ipv4)
            .on(NetworkNode.Ipv6.class, UefiText::ipv6)
            .on(NetworkNode.Vlan.class, "Vlan", (node, text) -> text.decimal(node.vlanId()))
            .on(NetworkNode.Uri.class, "Uri", (node, text) -> text.text(NodeStrings.latin1UpToNul(node.uri())))
            .on(NetworkNode.Bluetooth.class, "Bluetooth", (node, text) -> text.dump(node.address()))
            .on(NetworkNode.WiFi.class, "Wi-Fi", (node, text) -> text.text(NodeStrings.latin1UpToNul(node.ssid())))
            .on(
                    NetworkNode.BluetoothLe.class,
                    "BluetoothLE",
                    (node, text) -> text.dump(node.address()).paddedHex(node.addressType(), 2))
            .on(NetworkNode.Dns.class, UefiText::dns)
            .on(
                    MediaNode.HardDrive.class,
                    (node, text) -> hardDrive(node, text)
                            .hex(node.partitionStart(), node.partitionSize())
                            .close())
            .on(
                    MediaNode.CdRom.class,
                    "CDROM",
                    (node, text) -> text.hex(node.bootEntry(), node.partitionStart(), node.partitionSize()))
            .on(MediaNode.Vendor.class, (node, text) -> vendor("VenMedia", node.vendor(), node.data(), text))
            .on(MediaNode.FilePath.class, (node, text) -> text.append(node.pathName()))
            .on(MediaNode.Protocol.class, "Media", (node, text) -> text.guid(node.protocol()))
            .on(MediaNode.FirmwareFile.class, "FvFile", (node, text) -> text.guid(node.name()))
            .on(MediaNode.FirmwareVolume.class, "Fv", (node, text) -> text.guid(node.name()))
            .on(
                    MediaNode.RelativeOffsetRange.class,
                    "Offset",
                    (node, text) -> text.hex(node.startingOffset(), node.endingOffset()))
            .on(MediaNode.RamDisk.class, (node, text) -> ramDisk("RamDisk", node, text))
            .on(
                    BiosBootNode.class,
                    (node, text) -> biosBoot(node, text).hex(node.statusFlag()).close());

    private UefiText() {}

    static NodeText openGeneric(DevicePathNode node, NodeText text) {
        switch (node.type()) {
            case 1 -> text.open("HardwarePath");
            case 2 -> text.open("AcpiPath");
            case 3 -> text.open("Msg");
            case 4 -> text.open("MediaPath");
            case 5 -> text.open("BbsPath");
            default -> text.open("Path").signed(node.type());
        }
        return text.signed(node.subtype());
    }

    private static void generic(DevicePathNode node, NodeText text) {
        openGeneric(node, text).dumpIfAny(node.body()).close();
    }

    static void vendor(String name, Guid vendor, Bytes data, NodeText text) {
        text.open(name).guid(vendor).dumpIfAny(data).close();
    }

    private static void acpi(AcpiNode.Acpi node, NodeText text) {
        if (!EisaId.isPnp(node.hid())) {
            text.open("Acpi").paddedHex(node.hid(), 8).hex(node.uid()).close();
            return;
        }
        String name = NodeNames.ACPI.get(EisaId.number(node.hid()));
        if (name == null) {
            text.open("Acpi").text(EisaId.text(node.hid()));
        } else {
            text.open(name);
        }
        text.hex(node.uid()).close();
    }

    static boolean hasOnlyUidString(AcpiNode.AcpiExpanded node) {
        return node.hidString().filter(String::isEmpty).isPresent()
                && node.cidString().filter(String::isEmpty).isPresent()
                && node.uidString().filter(uid -> !uid.isEmpty()).isPresent();
    }

    static void acpiExpanded(AcpiNode.AcpiExpanded node, NodeText text) {
        Optional<String> uid = node.uidString();
        if (hasOnlyUidString(node)) {
            text.open("AcpiExp")
                    .text(EisaId.text(node.hid()))
                    .text(node.cid() == 0 ? "0" : EisaId.text(node.cid()))
                    .text(uid.orElse(""))
                    .close();
        } else {
            String none = "<null string>";
            text.open("AcpiEx")
                    .text(EisaId.text(node.hid()))
                    .text(EisaId.text(node.cid()))
                    .hex(node.uid())
                    .text(node.hidString().orElse(none))
                    .text(node.cidString().orElse(none))
                    .text(uid.orElse(none))
                    .close();
        }
    }

    private static void adr(AcpiNode.Adr node, NodeText text) {
        text.open("AcpiAdr");
        for (int i = 0; i < node.count(); i++) {
            text.hex(node.adr(i));
        }
        text.close();
    }

    private static Bytes reversed(Bytes bytes) {
        byte[] reversed = new byte[bytes.length()];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = (byte) bytes.u8(reversed.length - 1 - i);
        }
        return Bytes.wrap(reversed);
    }

    static void sasTopology(SasTopology topology, NodeText text) {
        if (topology.isDefined()) {
            text.text(topology.protocol()).text(topology.location()).text(topology.connection());
            if (topology.hasDriveBay()) {
                text.hex(topology.driveBay());
            } else {
                text.text("0");
            }
        } else {
            (topology.isAbsent() ? text.text("NoTopology") : text.hex(topology.value())).text("0,0,0");
        }
    }

    private static void usbClass(PeripheralNode.UsbClass node, NodeText text) {
        String name = NodeNames.USB_CLASSES.get(node.deviceClass());
        String applicationName = node.deviceClass() == NodeNames.USB_APPLICATION_CLASS
                ? NodeNames.USB_APPLICATIONS.get(node.deviceSubclass())
                : null;
        if (applicationName != null) {
            text.open(applicationName).hex(node.vendorId(), node.productId());
        } else if (name != null) {
            text.open(name).hex(node.vendorId(), node.productId(), node.deviceSubclass());
        } else {
            text.open("UsbClass").hex(node.vendorId(), node.productId()).hex(node.deviceClass(), node.deviceSubclass());
        }
        text.hex(node.deviceProtocol()).close();
    }

    private static NodeText protocol(int protocol, NodeText text) {
        return switch (protocol) {
            case 6 -> text.text("TCP");
            case 17 -> text.text("UDP");
            default -> text.hex(protocol);
        };
    }

    private static void ipv4(NetworkNode.Ipv4 node, NodeText text) {
        text.open("IPv4").text(AddressText.ipv4(node.remoteAddress()));
        protocol(node.protocol(), text)
                .text(node.isStatic() ? "Static" : "DHCP")
                .text(AddressText.ipv4(node.localAddress()));
        if (node.hasGateway()) {
            text.text(AddressText.ipv4(node.gateway())).text(AddressText.ipv4(node.subnetMask()));
        }
        text.close();
    }

    private static void ipv6(NetworkNode.Ipv6 node, NodeText text) {
        text.open("IPv6").text(AddressText.ipv6InFull(node.remoteAddress()));
        protocol(node.protocol(), text)
                .text(NodeNames.ADDRESS_ORIGINS.get(Math.min(node.addressOrigin(), 2)))
                .text(AddressText.ipv6InFull(node.localAddress()));
        if (node.hasGateway()) {
            text.hex(node.prefixLength()).text(AddressText.ipv6InFull(node.gateway()));
        }
        text.close();
    }

    private static void dns(NetworkNode.Dns node, NodeText text) {
        text.open("Dns");
        for (int i = 0; i < node.count(); i++) {
            Bytes address = node.address(i);
            text.text(node.isIpv6() ? AddressText.ipv6InFull(address) : AddressText.ipv4(address));
        }
        text.close();
    }

    static NodeText hardDrive(MediaNode.HardDrive node, NodeText text) {
        text.open("HD").signed(node.partitionNumber());
        return switch (node.signatureType()) {
            case MediaNode.HardDrive.MBR_SIGNATURE ->
                text.text("MBR").paddedHex(node.signature().u32(0), 8);
            case MediaNode.HardDrive.GUID_SIGNATURE -> text.text("GPT").guid(Guid.of(node.signature()));
            default -> text.decimal(node.signatureType()).text("0");
        };
    }

    static void ramDisk(String otherName, MediaNode.RamDisk node, NodeText text) {
        String name = NodeNames.RAM_DISKS.get(node.diskType());
        text.open(name == null ? otherName : name)
                .hex(node.startingAddress(), node.endingAddress())
                .decimal(node.instance());
        if (name == null) {
            text.guid(node.diskType());
        }
        text.close();
    }

    static NodeText biosBoot(BiosBootNode node, NodeText text) {
        text.open("BBS");
        String type = NodeNames.BBS_TYPES.get(node.deviceType());
        return (type == null ? text.hex(node.deviceType()) : text.text(type)).text(node.description());
    }
}
