package io.github.measuredboot.uefi.devicepath;

import static io.github.measuredboot.uefi.devicepath.DevicePathTextForm.EFIVAR;
import static io.github.measuredboot.uefi.devicepath.DevicePathTextForm.UEFI;
import static io.github.measuredboot.uefi.devicepath.DevicePathTextForm.UEFI_DISPLAY;

import io.github.measuredboot.bytes.Bytes;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Why a text differs from that of a reference program, as in the table of the package documentation. The numbers are those of
 * reference/device-paths.md, section 5. A rule holds for exactly the paths whose texts differ.
 */
@SuppressWarnings("ImmutableEnumChecker") // the sets are not changed and the rules have no state
enum Deviation {
    /** A node that breaks the layout of its type, where the program prints it by reading on or without reading it. */
    MALFORMED_NODE_IS_A_FAULT(EnumSet.allOf(DevicePathTextForm.class), Deviation::printsMalformedNode),

    /** E2: EDK2 takes the low byte of the length only. */
    EDK2_LOSES_STRINGS_OF_LONG_ACPI_NODES(
            EnumSet.of(UEFI, UEFI_DISPLAY),
            has(AcpiNode.AcpiExpanded.class, node -> node.encoded().length() > 0xff)),

    /** Shortcuts for messaging vendors, taken by the programs without looking at the length. */
    NO_SHORTCUT_FOR_SHORT_VENDOR_NODES(
            EnumSet.of(UEFI_DISPLAY, EFIVAR), has(PeripheralNode.VendorMessaging.class, Deviation::isShort)),

    /** V3: four bytes are read where the node has fewer. */
    NO_EDD10_FOR_SHORT_VENDOR_NODES(
            EnumSet.of(EFIVAR),
            has(
                    HardwareNode.Vendor.class,
                    node -> node.vendor().equals(VendorTypes.EDD10)
                            && node.data().length() < 4)),

    /** V3: gateways are read that the nodes before UEFI 2.3 have not. */
    NO_GATEWAY_IN_OLD_IP_NODES(
            EnumSet.of(EFIVAR),
            has(NetworkNode.Ipv4.class, node -> !node.hasGateway())
                    .or(has(NetworkNode.Ipv6.class, node -> !node.hasGateway()))),

    /** V4: as many bytes of UTF-8 are read as the node has UTF-16 units. */
    TEXT_OF_UTF_16_STRINGS(
            EnumSet.of(EFIVAR),
            has(MediaNode.FilePath.class, Deviation::isNotOneAsciiName)
                    .or(has(PeripheralNode.UsbWwid.class, node -> !isAscii(char16(node.serialNumber()))))),

    /** V6: without a _UID string, libefivar reads on or prints nothing. */
    NUMBER_WHERE_UID_STRING_IS_MISSING(
            EnumSet.of(EFIVAR),
            has(AcpiNode.AcpiExpanded.class, node -> node.uidString().isEmpty())),

    /** V7. */
    TEXT_OF_SAS_EX(EnumSet.of(EFIVAR), has(StorageNode.SasEx.class, node -> true)),

    /** V8. */
    BYTE_ORDER_OF_IPV6(
            EnumSet.of(EFIVAR),
            has(
                            NetworkNode.Ipv6.class,
                            node -> node.hasGateway()
                                    && (isLopsided(node.localAddress())
                                            || isLopsided(node.remoteAddress())
                                            || isLopsided(node.gateway())))
                    .or(has(NetworkNode.Dns.class, Deviation::isLopsided))),

    /** V11: the node behind an NVDIMM root is decoded as part of it, and its absence is an error. */
    NVDIMM_ROOT_IS_A_NODE_LIKE_OTHERS(EnumSet.of(EFIVAR), has(AcpiNode.Acpi.class, node -> node.hid() == 0x0012_8e09L)),

    /** An End node of which a part is missing is an error where it is all there is, and none elsewhere. */
    END_OF_TWO_BYTES_IS_AN_END(EnumSet.of(EFIVAR), (path, expected) -> path.size() >= 2 && path.size() < 4);

    private final Set<DevicePathTextForm> forms;
    private final BiPredicate<DevicePath, String> rule;

    Deviation(Set<DevicePathTextForm> forms, BiPredicate<DevicePath, String> rule) {
        this.forms = forms;
        this.rule = rule;
    }

    boolean holdsFor(DevicePath path, DevicePathTextForm form, String expected) {
        boolean bothReportAFault = expected.startsWith("!") && hasMalformedNode(path);
        return forms.contains(form) && !bothReportAFault && rule.test(path, expected);
    }

    static boolean hasMalformedNode(DevicePath path) {
        return path.nodes().stream().anyMatch(MalformedNode.class::isInstance);
    }

    private static boolean printsMalformedNode(DevicePath path, String expected) {
        return hasMalformedNode(path) && !expected.startsWith("!");
    }

    private static <N extends DevicePathNode> BiPredicate<DevicePath, String> has(
            Class<N> type, Predicate<N> predicate) {
        return (path, expected) ->
                path.nodes().stream().filter(type::isInstance).map(type::cast).anyMatch(predicate);
    }

    private static boolean isShort(PeripheralNode.VendorMessaging node) {
        int length = node.encoded().length();
        return (node.vendor().equals(VendorTypes.UART_FLOW_CONTROL) && length < 24)
                || (node.vendor().equals(VendorTypes.SAS) && length < 44);
    }

    private static boolean isNotOneAsciiName(MediaNode.FilePath node) {
        return !isAscii(node.pathName())
                || node.body().length() / Character.BYTES > node.pathName().length() + 1;
    }

    private static String char16(Bytes bytes) {
        return NodeStrings.char16UpToNul(bytes);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static boolean isLopsided(NetworkNode.Dns node) {
        for (int i = 0; i < node.count(); i++) {
            if (node.isIpv6() && isLopsided(node.address(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLopsided(Bytes address) {
        for (int i = 0; i < address.length(); i += 2) {
            if (address.u8(i) != address.u8(i + 1)) {
                return true;
            }
        }
        return false;
    }
}
