package io.github.measuredboot.uefi.devicepath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class DevicePathProperties {
    @Property
    void anyBytesComeBackFromTheNodes(@ForAll("anyBytes") byte[] any) {
        Bytes bytes = Bytes.wrap(any);
        DevicePath path = DevicePath.decode(bytes);
        assertEquals(bytes.slice(0, path.size()), path.encode());
        assertEquals(bytes.from(path.size()), path.trailing());
        assertEquals(path, DevicePath.decode(path.encode()));
    }

    @Property
    void pathsWhoseTextIsLosslessComeBackFromIt(@ForAll("losslessNodes") List<DevicePathNode> nodes) throws Exception {
        DevicePath path = path(nodes);
        String text = path.toText(DevicePathTextForm.UEFI);
        assertEquals(path.encode(), DevicePath.parse(text).encode(), text);
        assertEquals(path, DevicePath.parseStrictly(text), text);
        assertEquals(path, DevicePath.decode(path.encode()));
    }

    @Property
    void aPathStartsWithEachOfItsBeginnings(@ForAll("losslessNodes") List<DevicePathNode> nodes) {
        DevicePath path = path(nodes);
        for (int i = 0; i <= nodes.size(); i++) {
            DevicePath beginning = path(nodes.subList(0, i));
            assertTrue(path.startsWith(beginning));
            assertEquals(i == nodes.size(), beginning.startsWith(path));
            assertEquals(path, beginning.append(nodes.subList(i, nodes.size()).toArray(new DevicePathNode[0])));
        }
        DevicePath longer = path.append(HardwareNode.Pci.of(1, 2));
        assertNotEquals(path, longer);
        assertFalse(path.startsWith(longer));
    }

    @Property
    void instancesAreThePathsBetweenTheirEnds(@ForAll("instances") List<List<DevicePathNode>> instances) {
        List<DevicePathNode> all = new ArrayList<>();
        for (int i = 0; i < instances.size(); i++) {
            if (i > 0) {
                all.add(EndNode.INSTANCE);
            }
            all.addAll(instances.get(i));
        }
        DevicePath path = path(all);
        assertEquals(instances.size() > 1, path.isMultiInstance());
        assertEquals(
                instances.stream().map(DevicePathProperties::path).toList(),
                DevicePath.decode(path.encode()).instances());
    }

    @Property
    void packedPathsAreTakenApart(@ForAll("instances") List<List<DevicePathNode>> paths) {
        List<DevicePath> list = paths.stream().map(DevicePathProperties::path).toList();
        StringBuilder hex = new StringBuilder();
        list.forEach(path -> hex.append(path.encode().toHex()));
        assertEquals(list, DevicePath.decodeList(Bytes.parseHex(hex)));
    }

    @Property
    void equalPathsHaveEqualBytes(@ForAll("anyBytes") byte[] one, @ForAll("anyBytes") byte[] other) {
        DevicePath first = DevicePath.decode(Bytes.wrap(one));
        DevicePath second = DevicePath.decode(Bytes.wrap(other));
        assertEquals(first.encode().equals(second.encode()), first.equals(second));
        DevicePath copy = DevicePath.decode(Bytes.copyOf(one));
        assertEquals(first, copy);
        assertEquals(first.hashCode(), copy.hashCode());
    }

    private static DevicePath path(List<DevicePathNode> nodes) {
        return DevicePath.of(nodes.toArray(new DevicePathNode[0]));
    }

    /** Bytes that are often the nodes of a path, with types that are known, and sometimes just bytes. */
    @Provide
    Arbitrary<byte[]> anyBytes() {
        Arbitrary<Bytes> node = Combinators.combine(
                        Arbitraries.integers().between(0, 7).map(type -> type == 7 ? 0x7f : type),
                        Arbitraries.oneOf(Arbitraries.integers().between(0, 36), Arbitraries.of(0x01, 0xff)),
                        bytes(0, 64))
                .as((type, subtype, body) -> UnknownNode.of(type, subtype, body).encoded());
        Arbitrary<Bytes> pieces = Arbitraries.frequencyOf(Tuple.of(9, node), Tuple.of(1, bytes(0, 6)));
        return pieces.list().ofMaxSize(8).map(list -> {
            StringBuilder hex = new StringBuilder();
            list.forEach(piece -> hex.append(piece.toHex()));
            return Bytes.parseHex(hex).toByteArray();
        });
    }

    @Provide
    Arbitrary<List<List<DevicePathNode>>> instances() {
        return losslessNodes().list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<DevicePathNode>> losslessNodes() {
        Arbitrary<Integer> u8 = Arbitraries.integers().between(0, 0xff);
        Arbitrary<Integer> u16 = Arbitraries.integers().between(0, 0xffff);
        Arbitrary<Long> u32 = Arbitraries.longs().between(0, 0xffff_ffffL);
        Arbitrary<Long> u64 = Arbitraries.longs();
        Arbitrary<Guid> guid = bytes(16, 16).map(Guid::of);
        Arbitrary<DevicePathNode> node = Arbitraries.oneOf(
                Combinators.combine(u8, u8).as(HardwareNode.Pci::of),
                Combinators.combine(guid, bytes(0, 9)).as(HardwareNode.Vendor::of),
                u32.map(AcpiNode.Acpi::pciRoot),
                Combinators.combine(u16, u32).as((number, uid) -> AcpiNode.Acpi.of(EisaId.pnp(number), uid)),
                Combinators.combine(u16, u16, u16).as(StorageNode.Sata::of),
                Combinators.combine(u32, u64).as(StorageNode.NvmeNamespace::of),
                Combinators.combine(u8, u8).as(PeripheralNode.Usb::of),
                Combinators.combine(guid, bytes(0, 9)).as(PeripheralNode.VendorMessaging::of),
                bytes(6, 6).map(address -> NetworkNode.MacAddress.of(address, 1)),
                bytes(32, 32).map(address -> NetworkNode.MacAddress.of(address, 2)),
                words("http://a.b/c?d=[e]").map(NetworkNode.Uri::of),
                Combinators.combine(Arbitraries.longs().between(0, 0x7fff_ffff), guid, u64, u64)
                        .as(MediaNode.HardDrive::gpt),
                Combinators.combine(guid, bytes(0, 9)).as(MediaNode.Vendor::of),
                words("\\EFI\\b oot.é漢\ud83d").map(name -> MediaNode.FilePath.of("\\" + name + "x")),
                guid.map(MediaNode.FirmwareFile::of),
                guid.map(MediaNode.FirmwareVolume::of),
                Combinators.combine(Arbitraries.integers().between(6, 0x7e), u8, bytes(0, 9))
                        .as(UnknownNode::of),
                Combinators.combine(Arbitraries.integers().between(35, 0xff), bytes(0, 9))
                        .as((subtype, body) -> UnknownNode.of(3, subtype, body)));
        return node.list().ofMaxSize(6);
    }

    private static Arbitrary<String> words(String characters) {
        return Arbitraries.strings()
                .withChars(characters.toCharArray())
                .ofMinLength(1)
                .ofMaxLength(20);
    }

    private static Arbitrary<Bytes> bytes(int min, int max) {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(min)
                .ofMaxSize(max)
                .map(Bytes::wrap);
    }
}
