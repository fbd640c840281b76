package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.uefi.guid.Guid;

/** What EDK2 prints differently with both DisplayOnly and AllowShortcuts. */
final class UefiDisplayText {
    static final NodeFormats FORMATS = UefiText.FORMATS
            .copy()
            .on(AcpiNode.AcpiExpanded.class, UefiDisplayText::acpiExpanded)
            .on(StorageNode.Atapi.class, "Ata", (node, text) -> text.hex(node.logicalUnit()))
            .on(PeripheralNode.VendorMessaging.class, UefiDisplayText::vendorMessaging)
            .on(NetworkNode.Ipv4.class, "IPv4", (node, text) -> text.text(AddressText.ipv4(node.remoteAddress())))
            .on(NetworkNode.Ipv6.class, "IPv6", (node, text) -> text.text(AddressText.ipv6InFull(node.remoteAddress())))
            .on(
                    MediaNode.HardDrive.class,
                    (node, text) -> UefiText.hardDrive(node, text).close())
            .on(MediaNode.CdRom.class, "CDROM", (node, text) -> text.hex(node.bootEntry()))
            .on(
                    BiosBootNode.class,
                    (node, text) -> UefiText.biosBoot(node, text).close());

    private UefiDisplayText() {}

    private static void acpiExpanded(AcpiNode.AcpiExpanded node, NodeText text) {
        int hid = EisaId.number(node.hid());
        int cid = EisaId.number(node.cid());
        if (hid == EisaId.PCI_ROOT || (cid == EisaId.PCI_ROOT && hid != EisaId.PCIE_ROOT)) {
            text.open("PciRoot");
        } else if (hid == EisaId.PCIE_ROOT || cid == EisaId.PCIE_ROOT) {
            text.open("PcieRoot");
        } else if (UefiText.hasOnlyUidString(node)) {
            UefiText.acpiExpanded(node, text);
            return;
        } else {
            text.open("AcpiEx")
                    .text(node.hidString().orElseGet(() -> EisaId.text(node.hid())))
                    .text(node.cidString().orElseGet(() -> EisaId.text(node.cid())));
        }
        node.uidString().ifPresentOrElse(text::text, () -> text.hex(node.uid()));
        text.close();
    }

    private static void vendorMessaging(PeripheralNode.VendorMessaging node, NodeText text) {
        Guid vendor = node.vendor();
        String terminal = NodeNames.TERMINALS.get(vendor);
        if (terminal != null) {
            text.open(terminal).close();
        } else if (vendor.equals(VendorTypes.UART_FLOW_CONTROL)
                && node.encoded().length() >= VendorTypes.UART_FLOW_CONTROL_LENGTH) {
            int flowControl = (int) node.data().u32(0) & 3;
            if (flowControl < NodeNames.FLOW_CONTROLS.size()) {
                text.open("UartFlowCtrl")
                        .text(NodeNames.FLOW_CONTROLS.get(flowControl))
                        .close();
            }
        } else if (vendor.equals(VendorTypes.SAS) && node.encoded().length() >= VendorTypes.SAS_LENGTH) {
            Bytes data = node.data();
            text.open("SAS").hex(data.u64(4), data.u64(12), data.u16(22));
            UefiText.sasTopology(new SasTopology(data.u16(20)), text);
            text.hex(data.u32(0)).close();
        } else {
            UefiText.vendor("VenMsg", vendor, node.data(), text);
        }
    }
}
