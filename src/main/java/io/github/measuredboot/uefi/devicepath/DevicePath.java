package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A device path (UEFI 2.11 chapter 10): the way from the root of a machine to a device, a file or an image, node by node.
 *
 * <p>Decoding never fails. What cannot be decoded is a {@link MalformedNode} with its bytes and its fault, and {@link
 * #fault()} reports the first one; bytes after the path are its {@link #trailing()}.
 *
 * <p>Two paths are equal when their nodes are; what trails them does not count.
 */
public final class DevicePath {
    /** The most bytes of a path; anything beyond them is one malformed node. */
    public static final int MAX_SIZE = 1 << 16;

    /** The most nodes of a path; anything beyond them is one malformed node. */
    public static final int MAX_NODES = 4096;

    static final String LIMITS = MAX_NODES + " nodes or " + MAX_SIZE + " bytes";
    static final String STRUCTURE = "EFI_DEVICE_PATH_PROTOCOL";

    private final List<DevicePathNode> nodes;
    private final Bytes trailing;

    private DevicePath(List<DevicePathNode> nodes, Bytes trailing) {
        this.nodes = List.copyOf(nodes);
        this.trailing = trailing;
    }

    /** {@return the same as {@link #decode(Bytes)} of these bytes, which are not copied} */
    public static DevicePath decode(byte[] bytes) {
        return decode(Bytes.wrap(bytes));
    }

    /**
     * Decodes one path.
     *
     * @param bytes the path, and perhaps something after its end
     * @return the path
     */
    public static DevicePath decode(Bytes bytes) {
        DevicePathDecoder decoder = new DevicePathDecoder(bytes);
        return new DevicePath(decoder.nextPath(), decoder.rest());
    }

    /**
     * Decodes paths that are packed one after the other, as in the FilePathList of a load option. The limits hold for all of
     * them together.
     *
     * @param bytes the paths
     * @return the paths, of which only the last one can lack its end
     */
    public static List<DevicePath> decodeList(Bytes bytes) {
        List<DevicePath> paths = new ArrayList<>();
        DevicePathDecoder decoder = new DevicePathDecoder(bytes);
        while (decoder.hasMore()) {
            paths.add(new DevicePath(decoder.nextPath(), Bytes.EMPTY));
        }
        return List.copyOf(paths);
    }

    /**
     * Makes a path.
     *
     * @param nodes the nodes without the End node, which is added
     * @return the path
     * @throws IllegalArgumentException if one of the nodes is the end of a whole path or does not have the length that its header gives,
     *     or if the path exceeds {@link #MAX_SIZE} or {@link #MAX_NODES}
     */
    public static DevicePath of(DevicePathNode... nodes) {
        List<DevicePathNode> all = new ArrayList<>(List.of(nodes));
        all.add(EndNode.ENTIRE);
        return checked(all);
    }

    /**
     * Parses a text as the reference firmware does (EDK2's ConvertTextToDevicePath), which accepts nearly everything: an unknown node is
     * a file, a number ends where its digits end, and what is missing is zero. For texts that a person has written, {@link
     * #parseStrictly} is the better choice.
     *
     * @param text the text, see {@link DevicePathTextForm#UEFI}
     * @return the path
     * @throws MalformedDataException if EDK2 would read beyond the text, or the path exceeds {@link #MAX_SIZE} or {@link
     *     #MAX_NODES}; the offset is the position in the text
     */
    public static DevicePath parse(String text) throws MalformedDataException {
        return new DevicePathParser(text, false).parse();
    }

    /**
     * Parses a text strictly: nothing is guessed, dropped or replaced by a default.
     *
     * @param text the text, see {@link DevicePathTextForm#UEFI}
     * @return the path
     * @throws MalformedDataException as {@link #parse} does, and at the first thing that {@link #parse} would have to make
     *     up or leave out; the offset is the position in the text
     */
    public static DevicePath parseStrictly(String text) throws MalformedDataException {
        return new DevicePathParser(text, true).parse();
    }

    /** {@return the nodes in their order, End nodes included} */
    public List<DevicePathNode> nodes() {
        return nodes;
    }

    /** {@return the bytes after the path} */
    public Bytes trailing() {
        return trailing;
    }

    /** {@return whether the path has its End node} */
    public boolean isTerminated() {
        return !nodes.isEmpty() && DevicePathDecoder.isEntireEnd(nodes.get(nodes.size() - 1));
    }

    /** {@return the fault of the first malformed node, or that the End node is missing; empty if the path is well-formed} */
    public Optional<Fault> fault() {
        for (DevicePathNode node : nodes) {
            if (node instanceof MalformedNode malformed) {
                return Optional.of(malformed.fault());
            }
        }
        return isTerminated()
                ? Optional.empty()
                : Optional.of(new Fault(size(), STRUCTURE, "End", "the path has no End node"));
    }

    /** {@return the path as it is stored, without what trails it} */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter();
        nodes.forEach(node -> writer.bytes(node.encoded()));
        return writer.toBytes();
    }

    /** {@return the size of the path in bytes, without what trails it} */
    public int size() {
        return nodes.stream().mapToInt(node -> node.encoded().length()).sum();
    }

    /** {@return whether the path has several instances, as the path of a console on several devices has} */
    public boolean isMultiInstance() {
        return nodes.stream().anyMatch(node -> node instanceof EndNode end && !end.isEntire());
    }

    /** {@return the instances, each a path of its own; one if there is only one} */
    public List<DevicePath> instances() {
        List<DevicePath> instances = new ArrayList<>();
        List<DevicePathNode> instance = new ArrayList<>();
        for (DevicePathNode node : nodes) {
            if (node instanceof EndNode end && !end.isEntire()) {
                instance.add(EndNode.ENTIRE);
                instances.add(new DevicePath(instance, Bytes.EMPTY));
                instance.clear();
            } else {
                instance.add(node);
            }
        }
        instances.add(new DevicePath(instance, Bytes.EMPTY));
        return List.copyOf(instances);
    }

    /**
     * A path that continues from the end of this one.
     *
     * @param more the nodes to put in front of the End node
     * @return the longer path
     * @throws IllegalArgumentException as {@link #of}, and if this path ends in bytes from which no node could be cut
     */
    public DevicePath append(DevicePathNode... more) {
        List<DevicePathNode> all = new ArrayList<>(withoutEnd());
        all.addAll(List.of(more));
        all.add(EndNode.ENTIRE);
        return checked(all);
    }

    /**
     * Whether this path begins as another one does.
     *
     * @param prefix a path, whose End node does not count
     * @return true if its nodes are the first of this path
     */
    public boolean startsWith(DevicePath prefix) {
        List<DevicePathNode> first = prefix.withoutEnd();
        return first.size() <= nodes.size() && nodes.subList(0, first.size()).equals(first);
    }

    /**
     * {@return whether this is the path of a file in the firmware itself, {@code Fv(...)/FvFile(...)} and nothing else} No
     * digest covers a path.
     */
    public boolean isFirmwareResident() {
        return nodes.size() == 3
                && nodes.get(0) instanceof MediaNode.FirmwareVolume
                && nodes.get(1) instanceof MediaNode.FirmwareFile
                && isTerminated();
    }

    /**
     * The text of the path. A malformed node is shown by its type and its bytes in hexadecimal; see {@link #fault()}.
     *
     * @param form which form of text
     * @return the text, in which the characters of file names are as they are in the path, control characters included
     */
    public String toText(DevicePathTextForm form) {
        return form.format(this);
    }

    private List<DevicePathNode> withoutEnd() {
        return isTerminated() ? nodes.subList(0, nodes.size() - 1) : nodes;
    }

    private static DevicePath checked(List<DevicePathNode> nodes) {
        DevicePath path = new DevicePath(nodes, Bytes.EMPTY);
        for (int i = 0; i < nodes.size(); i++) {
            NodeLayout.requireHeader(nodes.get(i).encoded());
            if (i < nodes.size() - 1 && DevicePathDecoder.isEntireEnd(nodes.get(i))) {
                throw new IllegalArgumentException("node " + i + " is the end of the whole path");
            }
        }
        if (nodes.size() > MAX_NODES || path.size() > MAX_SIZE) {
            throw new IllegalArgumentException("more than " + LIMITS);
        }
        return path;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DevicePath that && nodes.equals(that.nodes);
    }

    @Override
    public int hashCode() {
        return nodes.hashCode();
    }

    @Override
    public String toString() {
        return toText(DevicePathTextForm.UEFI);
    }
}
