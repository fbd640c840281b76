/**
 * EFI device paths (UEFI 2.11 chapter 10), from bytes to nodes, from nodes to text and back.
 *
 * <h2>Decode</h2>
 *
 * <pre>{@code
 * DevicePath path = DevicePath.decode(Bytes.parseHex("04012a00010000000008000000000000000010000000000057fa3b1dc40f4e4bb2f1"
 *         + "7f0f5be8e15f0202" + "7fff0400"));
 * path.fault().ifPresent(fault -> System.err.println(fault.message()));
 * for (DevicePathNode node : path.nodes()) {
 *     if (node instanceof MediaNode.HardDrive drive) {
 *         System.out.println(drive.partitionNumber() + " " + drive.signature().toHex());
 *     }
 * }
 * }</pre>
 *
 * <p>Decoding never fails. A node of a type that the specification does not define is an {@link
 * io.github.measuredboot.uefi.devicepath.UnknownNode}; one that breaks the layout of its type is a {@link
 * io.github.measuredboot.uefi.devicepath.MalformedNode} and hides no other; where not even a length can be read, the rest is the last
 * node. Every node keeps all of its bytes, so that {@link io.github.measuredboot.uefi.devicepath.DevicePath#encode} gives back what was
 * decoded. A load option has several paths in a row, which are decoded by {@link
 * io.github.measuredboot.uefi.devicepath.DevicePath#decodeList}.
 *
 * <h2>Print and parse</h2>
 *
 * <p>{@link io.github.measuredboot.uefi.devicepath.DevicePath#toText} prints one of the {@link
 * io.github.measuredboot.uefi.devicepath.DevicePathTextForm}s. A text is for people: no form keeps every byte of every path, a file name
 * can read like any node, and control characters in file names are printed as they are. Decide by nodes, as {@link
 * io.github.measuredboot.uefi.devicepath.DevicePath#isFirmwareResident} does. {@link
 * io.github.measuredboot.uefi.devicepath.DevicePath#parse} reads any text as EDK2 reads it: a parameter that is missing or empty is zero
 * or the default of its type, a surplus parameter is ignored, {@code Dns()} makes no node, a gateway without its mask or prefix length
 * does not count, and an IPv6 address is read up to the first character that does not belong to it. {@link
 * io.github.measuredboot.uefi.devicepath.DevicePath#parseStrictly} accepts only what it does not have to guess at: all of these are
 * faults, and IPv6 addresses are those of RFC 4291, {@code ::ffff:192.0.2.1} included.
 *
 * <h2>Build and compare</h2>
 *
 * <pre>{@code
 * DevicePath disk = DevicePath.of(AcpiNode.Acpi.pciRoot(0), HardwareNode.Pci.of(0x1f, 2), StorageNode.Sata.of(0, 0xffff, 0));
 * DevicePath loader = disk.append(MediaNode.FilePath.of("\\EFI\\BOOT\\BOOTX64.EFI"));
 * assert loader.startsWith(disk) && !loader.equals(disk);
 * }</pre>
 *
 * <p>The common nodes have factory methods; any other node is made from its bytes by the constructor of its record, which checks their
 * layout and throws an {@link java.lang.IllegalArgumentException} if it is wrong. Two paths are equal when their bytes are, reserved
 * fields included.
 *
 * <h2>Limits</h2>
 *
 * <p>A path, and a list of paths as a whole, has at most {@link io.github.measuredboot.uefi.devicepath.DevicePath#MAX_NODES} nodes and
 * {@link io.github.measuredboot.uefi.devicepath.DevicePath#MAX_SIZE} bytes. Anything beyond these limits is one malformed node when
 * decoding, a fault when parsing and an {@link java.lang.IllegalArgumentException} when building.
 *
 * <h2>Where the texts differ from those of the reference programs</h2>
 *
 * <p>Every other text is the same as that of EDK2 (of 2026) or of libefivar 39, its peculiarities included. The sections are those of
 * UEFI 2.11.
 *
 * <table>
 * <caption>Deviations that are held to be right</caption>
 * <thead>
 * <tr><th>program</th><th>for</th><th>it prints</th><th>printed here</th><th>section</th></tr>
 * </thead>
 * <tbody>
 * <tr><td>both</td><td>a node too short for its type, or with a string that has no NUL</td><td>what follows the node, or
 * nothing of what is missing</td><td>type, subtype and bytes, and there is a fault</td><td>10.3, lengths of each type</td></tr>
 * <tr><td>both</td><td>a path without its End node</td><td>EDK2: what follows the path; libefivar: the path</td><td>the path, and
 * there is a fault</td><td>10.3.1</td></tr>
 * <tr><td>both</td><td>a node of length 0 to 3</td><td>EDK2: the same node without end; libefivar: an error</td><td>the rest as a node
 * of bytes, and there is a fault</td><td>10.2</td></tr>
 * <tr><td>both</td><td>a vendor's node shorter than the type that its GUID names: UART flow control, SAS, EDD 1.0</td><td>fields from
 * after the node</td><td>the vendor's node</td><td>10.3.4.17, 10.3.4.18</td></tr>
 * <tr><td>EDK2</td><td>Expanded ACPI nodes of 256 bytes or more</td><td>no strings: only the low byte of the length counts</td><td>the
 * strings</td><td>10.3.3.2</td></tr>
 * <tr><td>libefivar</td><td>Expanded ACPI nodes that end before the _UID string</td><td>what follows the node, or
 * nothing</td><td>the number</td><td>10.3.3.2</td></tr>
 * <tr><td>libefivar</td><td>ACPI0012, the NVDIMM root</td><td>the next node twice, or an error if that is not _ADR</td><td>each node
 * once</td><td>10.3.3.3</td></tr>
 * <tr><td>libefivar</td><td>IPv4 and IPv6 nodes from before UEFI 2.3</td><td>a gateway from after the node</td><td>no
 * gateway</td><td>10.3.4.12, 10.3.4.13</td></tr>
 * <tr><td>libefivar</td><td>IPv6 addresses, also of name servers</td><td>the bytes of each group swapped, zeros left out
 * wrongly</td><td>the address (RFC 5952)</td><td>10.3.4.13, 10.3.4.29</td></tr>
 * <tr><td>libefivar</td><td>SAS Ex nodes</td><td>nothing</td><td>what EDK2 prints, in lower case</td><td>10.3.4.18</td></tr>
 * <tr><td>libefivar</td><td>file names and serial numbers that are not ASCII, or have something after their NUL</td><td>a part of them,
 * or what follows</td><td>the name</td><td>10.3.5.4, 10.3.4.7</td></tr>
 * <tr><td>libefivar</td><td>a path of nothing but a piece of an End node</td><td>an error</td><td>the empty text</td><td>10.3.1</td></tr>
 * </tbody>
 * </table>
 */
@NullMarked
package io.github.measuredboot.uefi.devicepath;

import org.jspecify.annotations.NullMarked;
