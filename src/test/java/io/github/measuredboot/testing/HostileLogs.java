package io.github.measuredboot.testing;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.internal.binary.Utf16;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.SignatureType;
import io.github.measuredboot.uefi.VariableData;
import io.github.measuredboot.uefi.guid.Guid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Logs of any size that an attacker makes to keep a verifier busy. */
public final class HostileLogs {
    public static final Guid GLOBAL_VARIABLE = Guid.of("8be4df61-93ca-11d2-aa0d-00e098032b8c");
    public static final Guid IMAGE_SECURITY = Guid.of("d719b2cb-3d3a-4596-a3bc-dad00e67656f");
    private static final int SHA256_SIZE = 32;
    private static final int NODES_OF_PATH = 1000;

    /** A kind of log; {@code largest} is the size for which quadratic work is unmistakable. */
    public record Shape(String name, int largest, IntFunction<byte[]> log) {
        @Override
        public String toString() {
            return name;
        }
    }

    private HostileLogs() {}

    public static List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>();
        shapes.add(
                new Shape("events without data", 16_000, n -> events(n, i -> 0, EventType.EV_IPL, i -> Bytes.EMPTY)));
        shapes.add(new Shape(
                "events of all PCRs",
                16_000,
                n -> events(n, i -> i % 24, EventType.EV_POST_CODE, i -> ascii("POST CODE"))));
        shapes.add(new Shape("digests in another order", 16_000, HostileLogs::reversedDigests));
        shapes.add(new Shape(
                "separators of registers that share a bucket",
                16_000,
                n -> events(n, i -> 0x10001L * i, EventType.EV_SEPARATOR, i -> word(0))));
        shapes.add(new Shape(
                "actions", 16_000, n -> events(n, i -> 4, EventType.EV_EFI_ACTION, i -> ascii("action " + i))));
        shapes.add(new Shape("signatures that collide", 16_000, n -> database("db", oneList(n))));
        shapes.add(new Shape("signature lists", 16_000, n -> database("dbx", manyLists(n, 1))));
        shapes.add(new Shape("empty signature lists", 16_000, n -> database("dbx", manyLists(n, 0))));
        shapes.add(new Shape(
                "variable names that collide",
                16_000,
                n -> variables(
                        n, i -> new VariableData(IMAGE_SECURITY, Collisions.text(i, 10), Bytes.EMPTY, Bytes.EMPTY))));
        shapes.add(new Shape(
                "variable GUIDs that collide",
                16_000,
                n -> variables(n, i -> new VariableData(Collisions.guid(i), "db", Bytes.EMPTY, Bytes.EMPTY))));
        shapes.add(new Shape("authorities and images", 16_000, HostileLogs::authoritiesAndImages));
        shapes.add(new Shape("boot options", 4_000, HostileLogs::bootOptions));
        shapes.add(
                new Shape("a long boot order", 16_000, n -> oneEvent(1, EventType.EV_EFI_VARIABLE_BOOT, bootOrder(n))));
        shapes.add(new Shape(
                "device paths of many nodes",
                64,
                n -> events(n, i -> 2, EventType.EV_EFI_BOOT_SERVICES_DRIVER, i -> imageLoad(nodes(NODES_OF_PATH)))));
        shapes.add(new Shape("tags", 16_000, n -> oneEvent(9, EventType.EV_EVENT_TAG, repeat(n, tag(0x8f3b22edL, 0)))));
        shapes.add(new Shape(
                "known tags", 16_000, n -> oneEvent(9, EventType.EV_EVENT_TAG, repeat(n, tag(0xf4fe3a2bL, 4)))));
        shapes.add(new Shape(
                "Windows settings", 16_000, n -> oneEvent(12, EventType.EV_EVENT_TAG, repeat(n, tag(0x00050002L, 1)))));
        shapes.add(new Shape(
                "Windows modules",
                16_000,
                n -> oneEvent(
                        12,
                        EventType.EV_EVENT_TAG,
                        sipa(0x40010001L, repeat(n, sipa(0x40010003L, tag(0x00070001L, 2)))))));
        shapes.add(new Shape(
                "Windows containers in containers", 16_000, n -> oneEvent(12, EventType.EV_EVENT_TAG, nested(n))));
        shapes.add(new Shape(
                "Windows events", 16_000, n -> events(n, i -> 12, EventType.EV_EVENT_TAG, i -> tag(0x00050002L, 1))));
        shapes.add(new Shape(
                "a long command line",
                1 << 18,
                n -> oneEvent(8, EventType.EV_IPL, ascii("kernel_cmdline: " + "x ".repeat(n)))));
        shapes.add(new Shape(
                "a long UTF-16 text", 1 << 18, n -> oneEvent(12, EventType.EV_IPL, Utf16.encode("x".repeat(n)))));
        shapes.add(new Shape(
                "a text of NULs", 1 << 18, n -> oneEvent(5, EventType.EV_EFI_ACTION, Bytes.wrap(new byte[n]))));
        shapes.add(new Shape(
                "names of sections", 16_000, n -> events(n, i -> 11, EventType.EV_IPL, i -> Utf16.encode(".linux\0"))));
        shapes.add(new Shape(
                "revocation levels",
                16_000,
                n -> oneEvent(
                        7,
                        EventType.EV_EFI_VARIABLE_AUTHORITY,
                        new VariableData(
                                        Guid.of("605dab50-e046-4300-abb6-3dd810dd8b23"),
                                        "SbatLevel",
                                        ascii("sbat,1,2024010100\n" + "shim,4\n".repeat(n)),
                                        Bytes.EMPTY)
                                .encode())));
        shapes.add(new Shape(
                "handoff tables",
                16_000,
                n -> oneEvent(
                        1,
                        EventType.EV_EFI_HANDOFF_TABLES,
                        new ByteWriter()
                                .u64(n)
                                .bytes(repeat(n, Bytes.wrap(new byte[24])))
                                .toBytes())));
        shapes.add(new Shape(
                "partitions",
                16_000,
                n -> oneEvent(
                        5,
                        EventType.EV_EFI_GPT_EVENT,
                        new ByteWriter()
                                .bytes(ascii("EFI PART"))
                                .u32(0x10000)
                                .u32(92)
                                .zeros(64)
                                .u32(n)
                                .u32(128)
                                .u32(0)
                                .u64(n)
                                .bytes(repeat(n, Bytes.wrap(new byte[128])))
                                .toBytes())));
        shapes.add(new Shape("padding", 1 << 20, HostileLogs::padding));
        return shapes;
    }

    private static EventLogBuilder sha256() {
        return EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256);
    }

    private interface Register {
        long of(int index);
    }

    private static byte[] events(int count, Register register, EventType type, IntFunction<Bytes> data) {
        EventLogBuilder log = sha256();
        List<Digest> digests = List.of(new Digest(HashAlgorithm.SHA256, Bytes.parseHex("ab".repeat(SHA256_SIZE))));
        for (int i = 0; i < count; i++) {
            log.event(register.of(i) & 0xffff_ffffL, type, digests, data.apply(i));
        }
        return log.raw(Bytes.EMPTY).build();
    }

    private static byte[] oneEvent(int pcr, EventType type, Bytes data) {
        return sha256().measure(pcr, type, data).build();
    }

    private static byte[] reversedDigests(int count) {
        EventLogBuilder log = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA1, HashAlgorithm.SHA256);
        List<Digest> digests = List.of(
                new Digest(HashAlgorithm.SHA256, Bytes.wrap(new byte[SHA256_SIZE])),
                new Digest(HashAlgorithm.SHA1, Bytes.wrap(new byte[20])));
        for (int i = 0; i < count; i++) {
            log.event(i % 24, EventType.EV_POST_CODE, digests, ascii("POST CODE"));
        }
        return log.build();
    }

    private static byte[] variables(int count, IntFunction<VariableData> variable) {
        return events(
                count,
                i -> 7,
                EventType.EV_EFI_VARIABLE_DRIVER_CONFIG,
                i -> variable.apply(i).encode());
    }

    private static byte[] database(String name, Bytes lists) {
        return oneEvent(
                7,
                EventType.EV_EFI_VARIABLE_DRIVER_CONFIG,
                new VariableData(IMAGE_SECURITY, name, lists, Bytes.EMPTY).encode());
    }

    /** A list of entries whose owners collide, and whose digests do. */
    public static Bytes oneList(int count) {
        ByteWriter body = new ByteWriter();
        for (int i = 0; i < count; i++) {
            body.bytes(Collisions.guid(i).toBytes()).bytes(Collisions.bytes(i, SHA256_SIZE / 2));
        }
        return list(body.toBytes());
    }

    public static Bytes manyLists(int count, int entries) {
        return repeat(count, list(repeat(entries, Bytes.wrap(new byte[Guid.SIZE + SHA256_SIZE]))));
    }

    private static Bytes list(Bytes body) {
        return new ByteWriter()
                .bytes(SignatureType.SHA256.guid().toBytes())
                .u32(28 + body.length())
                .u32(0)
                .u32(Guid.SIZE + SHA256_SIZE)
                .bytes(body)
                .toBytes();
    }

    private static byte[] authoritiesAndImages(int count) {
        Bytes authority = new VariableData(
                        IMAGE_SECURITY,
                        "db",
                        new ByteWriter().zeros(Guid.SIZE).zeros(SHA256_SIZE).toBytes(),
                        Bytes.EMPTY)
                .encode();
        EventLogBuilder log = sha256();
        List<Digest> digests = List.of(new Digest(HashAlgorithm.SHA256, Bytes.wrap(new byte[SHA256_SIZE])));
        for (int i = 0; i < count; i += 2) {
            log.event(7, EventType.EV_EFI_VARIABLE_AUTHORITY, digests, authority);
            log.event(4, EventType.EV_EFI_BOOT_SERVICES_APPLICATION, digests, imageLoad(nodes(3)));
        }
        return log.build();
    }

    private static byte[] bootOptions(int count) {
        EventLogBuilder log = sha256();
        List<Digest> digests = List.of(new Digest(HashAlgorithm.SHA256, Bytes.wrap(new byte[SHA256_SIZE])));
        Bytes path = nodes(60);
        Bytes option = new ByteWriter()
                .u32(1)
                .u16(path.length())
                .bytes(Utf16.encode("option\0"))
                .bytes(path)
                .toBytes();
        log.event(1, EventType.EV_EFI_VARIABLE_BOOT, digests, bootOrder(count));
        for (int i = 0; i < count; i++) {
            String name = String.format("Boot%04X", i);
            log.event(
                    1,
                    EventType.EV_EFI_VARIABLE_BOOT,
                    digests,
                    new VariableData(GLOBAL_VARIABLE, name, option, Bytes.EMPTY).encode());
        }
        log.event(4, EventType.EV_SEPARATOR, digests, word(0));
        return log.event(4, EventType.EV_EFI_BOOT_SERVICES_APPLICATION, digests, imageLoad(nodes(61)))
                .build();
    }

    private static Bytes bootOrder(int count) {
        ByteWriter order = new ByteWriter();
        for (int i = 0; i < count; i++) {
            order.u16(i & 0xffff);
        }
        return new VariableData(GLOBAL_VARIABLE, "BootOrder", order.toBytes(), Bytes.EMPTY).encode();
    }

    private static Bytes imageLoad(Bytes path) {
        return new ByteWriter()
                .u64(0x1000)
                .u64(0x1000)
                .u64(0)
                .u64(path.length())
                .bytes(path)
                .toBytes();
    }

    /** A device path of file names, which is short-form. */
    public static Bytes nodes(int count) {
        Bytes name = Utf16.encode("x\0");
        Bytes node =
                new ByteWriter().u8(4).u8(4).u16(4 + name.length()).bytes(name).toBytes();
        return new ByteWriter()
                .bytes(repeat(count, node))
                .u8(0x7f)
                .u8(0xff)
                .u16(4)
                .toBytes();
    }

    private static Bytes tag(long type, int size) {
        return sipa(type, Bytes.wrap(new byte[size]));
    }

    private static Bytes sipa(long type, Bytes data) {
        return new ByteWriter().u32(type).u32(data.length()).bytes(data).toBytes();
    }

    private static Bytes nested(int count) {
        ByteWriter nested = new ByteWriter();
        for (int i = count - 1; i >= 0; i--) {
            nested.u32(0x40010001L).u32(8L * i);
        }
        return nested.toBytes();
    }

    private static byte[] padding(int size) {
        byte[] log = sha256().measure(0, EventType.EV_IPL, word(1)).build();
        byte[] padded = new byte[size];
        System.arraycopy(log, 0, padded, 0, log.length);
        return padded;
    }

    public static Bytes repeat(int count, Bytes part) {
        byte[] all = new byte[count * part.length()];
        for (int i = 0; i < count; i++) {
            part.copyTo(all, i * part.length());
        }
        return Bytes.wrap(all);
    }

    private static Bytes word(long value) {
        return new ByteWriter().u32(value).toBytes();
    }

    private static Bytes ascii(String text) {
        return Bytes.encode(text, StandardCharsets.US_ASCII);
    }
}
