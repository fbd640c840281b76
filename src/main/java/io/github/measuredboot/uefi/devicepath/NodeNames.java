package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.uefi.guid.Guid;
import java.util.List;
import java.util.Map;

/** The words of UEFI 10.6.1 for values inside nodes, shared by all that write or read texts. */
final class NodeNames {
    static final Map<Integer, String> ACPI = Map.of(
            0x0a03,
            "PciRoot",
            0x0a08,
            "PcieRoot",
            0x0604,
            "Floppy",
            0x0301,
            "Keyboard",
            0x0501,
            "Serial",
            0x0401,
            "ParallelPort");
    static final Map<Integer, String> USB_CLASSES = Map.ofEntries(
            Map.entry(1, "UsbAudio"),
            Map.entry(2, "UsbCDCControl"),
            Map.entry(3, "UsbHID"),
            Map.entry(6, "UsbImage"),
            Map.entry(7, "UsbPrinter"),
            Map.entry(8, "UsbMassStorage"),
            Map.entry(9, "UsbHub"),
            Map.entry(10, "UsbCDCData"),
            Map.entry(11, "UsbSmartCard"),
            Map.entry(14, "UsbVideo"),
            Map.entry(220, "UsbDiagnostic"),
            Map.entry(224, "UsbWireless"));
    static final int USB_APPLICATION_CLASS = 254;
    static final Map<Integer, String> USB_APPLICATIONS =
            Map.of(1, "UsbDeviceFirmwareUpdate", 2, "UsbIrdaBridge", 3, "UsbTestAndMeasurement");
    static final Map<Integer, String> BBS_TYPES =
            Map.of(1, "Floppy", 2, "HD", 3, "CDROM", 4, "PCMCIA", 5, "USB", 6, "Network");
    static final Map<Guid, String> TERMINALS = Map.of(
            VendorTypes.PC_ANSI, "VenPcAnsi",
            VendorTypes.VT100, "VenVt100",
            VendorTypes.VT100_PLUS, "VenVt100Plus",
            VendorTypes.VT_UTF8, "VenUtf8",
            VendorTypes.DEBUG_PORT, "DebugPort");
    static final Map<Guid, String> RAM_DISKS = Map.of(
            VendorTypes.VIRTUAL_DISK, "VirtualDisk",
            VendorTypes.VIRTUAL_CD, "VirtualCD",
            VendorTypes.PERSISTENT_VIRTUAL_DISK, "PersistentVirtualDisk",
            VendorTypes.PERSISTENT_VIRTUAL_CD, "PersistentVirtualCD");
    static final List<String> ADDRESS_ORIGINS = List.of("Static", "StatelessAutoConfigure", "StatefulAutoConfigure");
    static final List<String> FLOW_CONTROLS = List.of("None", "Hardware", "XonXoff");
    static final List<String> PARITIES = List.of("D", "N", "E", "O", "M", "S");
    static final List<String> STOP_BITS = List.of("D", "1", "1.5", "2");

    private NodeNames() {}

    static String orElse(List<String> names, int index, String other) {
        return index >= 0 && index < names.size() ? names.get(index) : other;
    }

    static String iscsiAuthentication(int loginOptions) {
        if ((loginOptions & 0x0800) != 0) {
            return "None";
        }
        return (loginOptions & 0x1000) != 0 ? "CHAP_UNI" : "CHAP_BI";
    }
}
