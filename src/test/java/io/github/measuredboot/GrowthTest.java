package io.github.measuredboot;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.cli.ReportJson;
import io.github.measuredboot.diagnosis.LogDifference;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.json.CanonicalEventLogJson;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.json.UserspaceLogJson;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.testing.Collisions;
import io.github.measuredboot.testing.Growth;
import io.github.measuredboot.testing.HostileLogs;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.uefi.Certificate;
import io.github.measuredboot.uefi.SignatureData;
import io.github.measuredboot.uefi.SignatureDatabase;
import io.github.measuredboot.uefi.SignatureDatabaseFile;
import io.github.measuredboot.uefi.TestCertificates;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import io.github.measuredboot.uefi.guid.Guid;
import io.github.measuredboot.uefi.image.PeImage;
import io.github.measuredboot.uefi.image.UnifiedKernelImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever the input, the work is linear in its size: every public way in, with what an attacker would give it. */
class GrowthTest {
    private interface LogWork {
        Object on(EventLog log) throws Exception;
    }

    private static final Map<String, LogWork> WORK = work();

    private static Map<String, LogWork> work() {
        Map<String, LogWork> work = new LinkedHashMap<>();
        work.put("replayed", GrowthTest::verificationWithWrongValues);
        work.put("told", log -> {
            BootSummary summary = BootSummary.of(CheckedLog.of(log), HashAlgorithm.SHA256);
            return ReportJson.summary(log, summary, Optional.empty()).length();
        });
        work.put(
                "listed",
                log -> ReportJson.events(CheckedLog.of(log), Optional.empty()).length());
        return work;
    }

    private static String verificationWithWrongValues(EventLog log) throws Exception {
        Replay replay = Replay.of(log);
        ReplayedLog replayed = Evidence.of(replay).withValues(WRONG_VALUES).evaluate();
        LogDifference difference = LogDifference.between(replay, SMALL_REPLAY);
        return ReportJson.verification(replayed) + difference.message();
    }

    private static final PcrValues WRONG_VALUES = wrongValues();
    private static final Replay SMALL_REPLAY = Replay.of(parse(EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
            .measure(0, EventType.EV_IPL, Bytes.EMPTY)
            .build()));

    private static PcrValues wrongValues() {
        String pcrs = IntStream.range(0, 24)
                .mapToObj(pcr -> "\"" + pcr + "\":\"" + "17".repeat(32) + "\"")
                .collect(Collectors.joining(","));
        try {
            return PcrValuesJson.parse(utf8("{\"sha256\":{" + pcrs + "}}"));
        } catch (MalformedDataException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EventLog parse(byte[] log) {
        try {
            return EventLog.parse(Bytes.wrap(log), ParseLimits.DEFAULT);
        } catch (MalformedDataException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Bytes utf8(String text) {
        return Bytes.encode(text, StandardCharsets.UTF_8);
    }

    @TestFactory
    Stream<DynamicTest> logs() {
        return HostileLogs.shapes().stream()
                .flatMap(shape -> WORK.entrySet().stream()
                        .map(work -> linear(
                                shape + ", " + work.getKey(),
                                shape.largest(),
                                shape.log()::apply,
                                log -> work.getValue().on(parse(log)))));
    }

    @TestFactory
    Stream<DynamicTest> textsAndStructures() {
        return Stream.of(
                linear("records", 8_000, n -> records(n), UserspaceLogJson::parse),
                linear("records of NULs", 16_000, n -> utf8("\u001e\0".repeat(n)), UserspaceLogJson::parse),
                linear("empty records", 1 << 18, n -> utf8("\u001e".repeat(n)), UserspaceLogJson::parse),
                linear(
                        "record members that collide",
                        128_000,
                        n -> utf8("\u001e{\"pcr\":1,\"digests\":[],\"x\":{" + members(n) + "}}"),
                        UserspaceLogJson::parse),
                linear(
                        "record with a long array",
                        1 << 18,
                        n -> utf8("\u001e{\"pcr\":1,\"digests\":[],\"x\":[0" + ",0".repeat(n) + "]}"),
                        UserspaceLogJson::parse),
                linear(
                        "deep record",
                        1 << 18,
                        n -> utf8("\u001e{\"pcr\":1,\"digests\":[],\"x\":" + "[".repeat(n)),
                        json -> refused(() -> UserspaceLogJson.parse(json))),
                linear(
                        "userspace log replayed",
                        16_000,
                        n -> UserspaceLogJson.parse(records(n)),
                        log -> Replay.of(SMALL_REPLAY.log(), log).compareWith(WRONG_VALUES)),
                linear("CEL", 8_000, n -> cel(n), json -> {
                    var log = CanonicalEventLogJson.parse(json);
                    return log.firmwareLog(0).events().size()
                            + CanonicalEventLogJson.encode(log).length();
                }),
                linear(
                        "PCR values after blanks",
                        1 << 18,
                        n -> utf8(" ".repeat(n) + "{\"sha1\":{}}"),
                        PcrValuesJson::parse),
                linear("pcrread lines", 1 << 16, n -> "\n---\n".repeat(n) + "sha1:\n", PcrValues::parsePcrread),
                linear(
                        "pcrread blanks",
                        1 << 18,
                        n -> "sha1:\n 0 " + " ".repeat(n),
                        text -> refused(() -> PcrValues.parsePcrread(text))),
                linear("PCR selection", 1 << 16, n -> "sha256:1" + ",1-3".repeat(n), PcrSelection::parse),
                linear("signatures", 16_000, HostileLogs::oneList, GrowthTest::database),
                linear("lists of signatures", 16_000, n -> HostileLogs.manyLists(n, 1), GrowthTest::database),
                linear("nodes of a path", 4_000, HostileLogs::nodes, bytes -> {
                    DevicePath path = DevicePath.decode(bytes);
                    int length = 0;
                    for (DevicePathTextForm form : DevicePathTextForm.values()) {
                        length += path.toText(form).length();
                    }
                    return length;
                }),
                linear("path of nodes", 4_000, n -> "Pci(0x1,0x2)/".repeat(n) + "x", DevicePath::parse),
                linear("path of separators", 1 << 18, n -> "/(),".repeat(n) + "x", DevicePath::parse),
                linear(
                        "path of parentheses",
                        1 << 18,
                        n -> "(".repeat(n),
                        text -> DevicePath.parse(text).nodes()),
                linear("path of closing parentheses", 1 << 18, n -> "x" + ")".repeat(n), DevicePath::parse),
                linear("path with parameters", 1 << 18, n -> "Pci(1,2" + ",3".repeat(n) + ")", DevicePath::parse),
                linear("sections of an image", 16_000, GrowthTest::image, image -> {
                    PeImage parsed = PeImage.parse(image);
                    return UnifiedKernelImage.of(parsed).measuredSections().size()
                            + parsed.authenticodeDigest(HashAlgorithm.SHA256)
                                    .value()
                                    .length();
                }),
                linear("names in a certificate", 4_000, n -> certificate(n, false), GrowthTest::certificate),
                linear("names in one name of a certificate", 4_000, n -> certificate(n, true), GrowthTest::certificate),
                linear(
                        "strict path with parameters",
                        1 << 18,
                        n -> "Pci(1,2" + ",3".repeat(n) + ")",
                        text -> refused(() -> DevicePath.parseStrictly(text))));
    }

    /** Where an attacker chooses the keys of a hash table, they have an order, or each new one is compared with all before. */
    @TestFactory
    Stream<DynamicTest> keysThatCollide() {
        return Stream.of(
                keys("Bytes", i -> Collisions.bytes(i, 10)),
                keys("Guid", Collisions::guid),
                keys("Digest", i -> new Digest(HashAlgorithm.SHA256, Collisions.bytes(i, 16))),
                keys("SignatureData", i -> new SignatureData(Guid.ZERO, Collisions.bytes(i, 16))),
                keys("SignatureData by owner", i -> new SignatureData(Collisions.guid(i), Bytes.EMPTY)),
                keys("HashAlgorithm", i -> HashAlgorithm.of(0x1234, i + 1)),
                keys("String", i -> Collisions.text(i, 10)));
    }

    private static DynamicTest keys(String name, IntFunction<Object> key) {
        return linear(name, 16_000, n -> IntStream.range(0, n).mapToObj(key).toList(), keys -> {
            Set<Object> set = new HashSet<>(keys);
            return set.size() + keys.stream().distinct().count();
        });
    }

    @Test
    void quadraticWorkIsFound() {
        record Key(Bytes bytes) {}
        Growth.Input<List<Key>> keys =
                n -> Collisions.bytes(n).stream().map(Key::new).toList();
        assertThrows(AssertionError.class, () -> Growth.requireLinear(4_000, keys, HashSet::new));
        assertThrows(AssertionError.class, () -> Growth.requireLinear(8_000, Collisions::bytes, Set::copyOf));
        assertThrows(
                AssertionError.class,
                () -> Growth.requireLinear(2_000, n -> n, n -> {
                    List<byte[]> squares = new ArrayList<>();
                    for (int i = 0; i < n; i++) {
                        squares.add(new byte[i]);
                    }
                    return squares.size();
                }));
    }

    private static <T> DynamicTest linear(String name, int largest, Growth.Input<T> input, Growth.Work<T> work) {
        return dynamicTest(name, () -> Growth.requireLinear(largest, input, work));
    }

    private interface Reading {
        Object read() throws Exception;
    }

    private static String refused(Reading reading) {
        return String.valueOf(
                assertThrows(MalformedDataException.class, reading::read).getMessage());
    }

    private static Object database(Bytes bytes) throws Exception {
        SignatureDatabase database = SignatureDatabase.decode(bytes, 0);
        return database.encode().length()
                + ReportJson.signatureDatabase(SignatureDatabaseFile.decode(bytes))
                        .length();
    }

    private static Bytes image(int sections) {
        int headers = 64 + 24 + 112 + 40 * sections;
        ByteWriter image = new ByteWriter()
                .u16(0x5a4d)
                .zeros(58)
                .u32(64)
                .u32(0x4550)
                .u16(0x8664)
                .u16(sections)
                .zeros(12)
                .u16(112)
                .u16(0)
                .u16(0x20b)
                .zeros(58)
                .u32(headers)
                .zeros(48);
        for (int i = 1; i < sections; i++) {
            image.bytes(Collisions.bytes(i, 4)).zeros(32);
        }
        return image.bytes(utf8(".linux\0\0")).u32(1).zeros(28).toBytes();
    }

    private static Bytes certificate(int names, boolean inOne) {
        X500NameBuilder subject = new X500NameBuilder();
        if (inOne) {
            ASN1ObjectIdentifier[] types = new ASN1ObjectIdentifier[names];
            String[] values = new String[names];
            Arrays.fill(types, BCStyle.CN);
            Arrays.fill(values, "x");
            return TestCertificates.of(subject.addMultiValuedRDN(types, values).build());
        }
        for (int i = 0; i < names; i++) {
            subject.addRDN(BCStyle.CN, "x");
        }
        return TestCertificates.of(subject.build());
    }

    private static Object certificate(Bytes der) {
        return assertInstanceOf(Certificate.Summary.class, Certificate.decode(der, 0));
    }

    private static String members(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + Collisions.text(i, 10) + "\":0")
                .collect(Collectors.joining(","));
    }

    private static Bytes records(int count) {
        return utf8(IntStream.range(0, count)
                .mapToObj(i -> "\u001e{\"pcr\":11,\"digests\":[{\"hashAlg\":\"sha256\",\"digest\":\"" + "ab".repeat(32)
                        + "\"}],\"content_type\":\"systemd\",\"content\":{\"string\":\"x\"}}")
                .collect(Collectors.joining()));
    }

    private static Bytes cel(int count) {
        return utf8(IntStream.range(0, count)
                .mapToObj(
                        i -> "{\"recnum\":" + i + ",\"pcr\":4,\"digests\":[{\"hashAlg\":\"sha256\",\"digest\":\""
                                + "ab".repeat(32)
                                + "\"}],\"content_type\":\"pcclient_std\",\"content\":{\"event_type\":13,\"event_data\":\"00\"}}")
                .collect(Collectors.joining(",", "[", "]")));
    }
}
