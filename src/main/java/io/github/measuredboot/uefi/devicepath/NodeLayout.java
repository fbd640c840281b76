package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The layouts of the node types that are known: what a node of the type must have, and the record that reads it. */
@SuppressWarnings("ImmutableEnumChecker") // method references have no state
enum NodeLayout {
    PCI(1, 1, "PCI", 6, HardwareNode.Pci::new),
    PCCARD(1, 2, "PCCARD", 5, HardwareNode.PcCard::new),
    MEMORY_MAPPED(1, 3, "Memory Mapped", 24, HardwareNode.MemoryMapped::new),
    HARDWARE_VENDOR(1, 4, "Vendor-Defined Hardware", 20, HardwareNode.Vendor::new),
    CONTROLLER(1, 5, "Controller", 8, HardwareNode.Controller::new),
    BMC(1, 6, "BMC", 13, HardwareNode.Bmc::new),

    ACPI(2, 1, "ACPI", 12, AcpiNode.Acpi::new),
    ACPI_EXPANDED(
            2,
            2,
            "Expanded ACPI",
            16,
            AcpiNode.AcpiExpanded::new,
            AcpiNode.AcpiExpanded::hasUnterminatedString,
            "a string has no NUL"),
    ADR(2, 3, "ACPI _ADR", 8, AcpiNode.Adr::new),
    NVDIMM(2, 4, "NVDIMM", 8, AcpiNode.Nvdimm::new),

    ATAPI(3, 1, "ATAPI", 8, StorageNode.Atapi::new),
    SCSI(3, 2, "SCSI", 8, StorageNode.Scsi::new),
    FIBRE_CHANNEL(3, 3, "Fibre Channel", 24, StorageNode.FibreChannel::new),
    IEEE_1394(3, 4, "1394", 16, PeripheralNode.Ieee1394::new),
    USB(3, 5, "USB", 6, PeripheralNode.Usb::new),
    I2O(3, 6, "I2O", 8, StorageNode.I2o::new),
    INFINIBAND(3, 9, "InfiniBand", 48, StorageNode.Infiniband::new),
    MESSAGING_VENDOR(3, 10, "Vendor-Defined Messaging", 20, PeripheralNode.VendorMessaging::new),
    MAC_ADDRESS(3, 11, "MAC Address", 37, NetworkNode.MacAddress::new),
    IPV4(3, 12, "IPv4", 19, NetworkNode.Ipv4::new),
    IPV6(3, 13, "IPv6", 43, NetworkNode.Ipv6::new),
    UART(3, 14, "UART", 19, PeripheralNode.Uart::new),
    USB_CLASS(3, 15, "USB Class", 11, PeripheralNode.UsbClass::new),
    USB_WWID(3, 16, "USB WWID", 12, PeripheralNode.UsbWwid::new),
    LOGICAL_UNIT(3, 17, "Device Logical Unit", 5, StorageNode.LogicalUnit::new),
    SATA(3, 18, "SATA", 10, StorageNode.Sata::new),
    ISCSI(3, 19, "iSCSI", 18, StorageNode.Iscsi::new, lacksNul(18), "the target name has no NUL"),
    VLAN(3, 20, "VLAN", 6, NetworkNode.Vlan::new),
    FIBRE_CHANNEL_EX(3, 21, "Fibre Channel Ex", 24, StorageNode.FibreChannelEx::new),
    SAS_EX(3, 22, "SAS Ex", 24, StorageNode.SasEx::new),
    NVME_NAMESPACE(3, 23, "NVM Express Namespace", 16, StorageNode.NvmeNamespace::new),
    URI(3, 24, "URI", 4, NetworkNode.Uri::new),
    UFS(3, 25, "UFS", 6, StorageNode.Ufs::new),
    SD(3, 26, "SD", 5, StorageNode.Sd::new),
    BLUETOOTH(3, 27, "Bluetooth", 10, NetworkNode.Bluetooth::new),
    WIFI(3, 28, "Wireless", 36, NetworkNode.WiFi::new),
    EMMC(3, 29, "eMMC", 5, StorageNode.Emmc::new),
    BLUETOOTH_LE(3, 30, "BluetoothLE", 11, NetworkNode.BluetoothLe::new),
    DNS(3, 31, "DNS", 5, NetworkNode.Dns::new),
    NVDIMM_NAMESPACE(3, 32, "NVDIMM Namespace", 20, StorageNode.NvdimmNamespace::new),
    REST_SERVICE(3, 33, "REST Service", 6, NetworkNode.RestService::new),
    NVME_OVER_FABRICS(3, 34, "NVMe-oF Namespace", 21, StorageNode.NvmeOverFabrics::new),

    HARD_DRIVE(4, 1, "Hard Drive", 42, MediaNode.HardDrive::new),
    CD_ROM(4, 2, "CD-ROM", 24, MediaNode.CdRom::new),
    MEDIA_VENDOR(4, 3, "Vendor-Defined Media", 20, MediaNode.Vendor::new),
    FILE_PATH(
            4,
            4,
            "File Path",
            4,
            MediaNode.FilePath::new,
            node -> !NodeStrings.hasChar16Nul(node.from(DevicePathNode.HEADER_SIZE)),
            "the path name has no NUL"),
    MEDIA_PROTOCOL(4, 5, "Media Protocol", 20, MediaNode.Protocol::new),
    FIRMWARE_FILE(4, 6, "PIWG Firmware File", 20, MediaNode.FirmwareFile::new),
    FIRMWARE_VOLUME(4, 7, "PIWG Firmware Volume", 20, MediaNode.FirmwareVolume::new),
    RELATIVE_OFFSET_RANGE(4, 8, "Relative Offset Range", 24, MediaNode.RelativeOffsetRange::new),
    RAM_DISK(4, 9, "RAM Disk", 38, MediaNode.RamDisk::new),

    BIOS_BOOT(5, 1, "BIOS Boot Specification", 8, BiosBootNode::new, lacksNul(8), "the description has no NUL");

    /** As firmware of the time of TPM 1.2 writes it. */
    private static final int OFFSET_RANGE_WITHOUT_RESERVED = 20;

    static final int MAX_BODY = 0xffff - DevicePathNode.HEADER_SIZE;
    private static final Map<Integer, NodeLayout> BY_TYPE = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(layout -> key(layout.type, layout.subtype), Function.identity()));

    private final int type;
    private final int subtype;
    private final String title;
    private final int minLength;
    private final Function<Bytes, DevicePathNode> reader;
    private final Predicate<Bytes> defect;
    private final String defectReason;

    NodeLayout(int type, int subtype, String title, int minLength, Function<Bytes, DevicePathNode> reader) {
        this(type, subtype, title, minLength, reader, node -> false, "");
    }

    NodeLayout(
            int type,
            int subtype,
            String title,
            int minLength,
            Function<Bytes, DevicePathNode> reader,
            Predicate<Bytes> defect,
            String defectReason) {
        this.type = type;
        this.subtype = subtype;
        this.title = title;
        this.minLength = minLength;
        this.reader = reader;
        this.defect = defect;
        this.defectReason = defectReason;
    }

    /** The node of a whole number of bytes, whose header has been checked against them. */
    static DevicePathNode decode(Bytes encoded, long offset) {
        NodeLayout layout = find(encoded.u8(0), encoded.u8(1));
        if (layout == null) {
            return new UnknownNode(encoded);
        }
        Fault fault = layout.faultOf(encoded, offset);
        return fault == null ? layout.reader.apply(encoded) : new MalformedNode(encoded, fault);
    }

    static Bytes encode(int type, int subtype, Bytes body) {
        if (body.length() > MAX_BODY) {
            throw new IllegalArgumentException(
                    "the body of a node has at most " + MAX_BODY + " bytes, not " + body.length());
        }
        return new ByteWriter()
                .u8(type)
                .u8(subtype)
                .u16(DevicePathNode.HEADER_SIZE + body.length())
                .bytes(body)
                .toBytes();
    }

    static void requireHeader(Bytes encoded) {
        if (encoded.length() < DevicePathNode.HEADER_SIZE || encoded.u16(2) != encoded.length()) {
            throw new IllegalArgumentException("the header of the node does not give its length: " + encoded);
        }
    }

    Bytes encode(Bytes body) {
        return encode(type, subtype, body);
    }

    Bytes encode(ByteWriter body) {
        return encode(body.toBytes());
    }

    void require(Bytes encoded) {
        requireHeader(encoded);
        if (encoded.u8(0) != type || encoded.u8(1) != subtype) {
            throw new IllegalArgumentException("not a node of type " + type + ", subtype " + subtype + ": " + encoded);
        }
        Fault fault = faultOf(encoded, 0);
        if (fault != null) {
            throw new IllegalArgumentException(fault.message());
        }
    }

    private @Nullable Fault faultOf(Bytes encoded, long offset) {
        boolean isOldForm = this == RELATIVE_OFFSET_RANGE && encoded.length() == OFFSET_RANGE_WITHOUT_RESERVED;
        if (encoded.length() < minLength && !isOldForm) {
            String reason = encoded.length() + " bytes are fewer than the " + minLength + " of this type";
            return new Fault(offset + 2, title + " Device Path", "Length", reason);
        }
        return defect.test(encoded)
                ? new Fault(offset + DevicePathNode.HEADER_SIZE, title + " Device Path", "string", defectReason)
                : null;
    }

    private static @Nullable NodeLayout find(int type, int subtype) {
        return BY_TYPE.get(key(type, subtype));
    }

    private static int key(int type, int subtype) {
        return type << Byte.SIZE | subtype;
    }

    private static Predicate<Bytes> lacksNul(int stringOffset) {
        return node -> NodeStrings.indexOfNul(node.from(stringOffset)) < 0;
    }
}
