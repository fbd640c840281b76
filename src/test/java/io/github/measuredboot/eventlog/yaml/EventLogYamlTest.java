package io.github.measuredboot.eventlog.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.yaml.EventLogYaml.DevicePaths;
import io.github.measuredboot.eventlog.yaml.EventLogYaml.Version;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.testing.HostileLogs;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.guid.Guid;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventLogYamlTest {
    private static final EventLogYaml V2 = EventLogYaml.of(Version.V2);
    private static final Guid VENDOR = Guid.of("8be4df61-93ca-11d2-aa0d-00e098032b8c");
    private static final Random RANDOM = new Random(7);

    static List<EventLogYaml> formats() {
        return Arrays.stream(Version.values())
                .flatMap(version -> Arrays.stream(DevicePaths.values())
                        .flatMap(paths -> Arrays.stream(Tpm2ToolsRelease.values())
                                .map(release -> EventLogYaml.of(version)
                                        .withDevicePaths(paths)
                                        .asPrintedBy(release))))
                .toList();
    }

    private static EventLog log(int pcr, EventType type, Bytes data) throws Exception {
        return EventLog.wrap(EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                .measure(pcr, type, data)
                .build());
    }

    private static Map<String, Object> event(EventLogYaml format, EventType type, Bytes data) throws Exception {
        return ParsedYaml.events(format.toText(log(4, type, data))).get(1);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> member(Map<String, Object> of, String name) {
        return (Map<String, Object>) Objects.requireNonNull(of.get(name));
    }

    private static Bytes utf8(String text) {
        return Bytes.encode(text, StandardCharsets.UTF_8);
    }

    private static Bytes variable(String name, Bytes content) {
        return new ByteWriter()
                .bytes(VENDOR.toBytes())
                .u64(name.length())
                .u64(content.length())
                .bytes(Bytes.encode(name, StandardCharsets.UTF_16LE))
                .bytes(content)
                .toBytes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "",
                "x\n- EventNum: 7\n  PCRIndex: 7",
                "a: b",
                "a #b",
                " leading",
                "\"",
                "'",
                "a\\",
                "\u0001\u007f\u0085\u2028\ufeff",
                "émile \ud83d\ude00",
                "- x",
                "*",
                "&a",
                "!t",
                "%",
                "{",
                "[",
                "\t",
                "---",
                "...",
                "a:",
                "tab\there"
            })
    void noTextLeavesItsPlace(String text) throws Exception {
        for (EventLogYaml format : formats()) {
            Bytes data = variable(text, Bytes.parseHex("07"));
            Map<String, Object> event = event(format, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, data);
            assertEquals("07", member(event, "Event").get("VariableData"));
            Object name = member(event, "Event").get("UnicodeName");
            assertEquals(text, name == null ? "" : name);

            for (EventType type : List.of(EventType.EV_EFI_ACTION, EventType.EV_POST_CODE)) {
                Map<String, Object> action = event(format, type, utf8(text + "\0"));
                assertEquals(text.strip(), String.valueOf(action.get("Event")).strip());
                assertEquals(utf8(text + "\0").length(), action.get("EventSize"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                " a\n  b\n",
                "a\nb",
                "\n\n",
                "a\n",
                "\t a\tb \n \t",
                "\"\\'\n",
                "\0\u0007\b\u000b\f\r\u001b",
                "é\u0085\u2028"
            })
    void aTextOfLoadersIsReadBack(String text) throws Exception {
        Map<String, Object> event = event(V2, EventType.EV_IPL, utf8(text));
        assertEquals(text, member(event, "Event").get("String"));
        Map<String, Object> sbat = event(V2, EventType.EV_EFI_VARIABLE_AUTHORITY, variable("SbatLevel", utf8(text)));
        assertEquals(text, member(member(sbat, "Event"), "VariableData").get("String"));
        assertTrue(
                ParsedYaml.isValid(V2.asPrintedBy(Tpm2ToolsRelease.V5_4).toText(log(8, EventType.EV_IPL, utf8(text)))));
    }

    @Test
    void bytesThatAreNoUtf8AreEscapedOneByOne() throws Exception {
        Bytes latin1 = Bytes.parseHex("61ff0aaf");
        for (Tpm2ToolsRelease release : Tpm2ToolsRelease.values()) {
            Map<String, Object> event = event(V2.asPrintedBy(release), EventType.EV_IPL, latin1);
            assertEquals("a\u00ff\n\u00af", member(event, "Event").get("String"));
        }
        assertEquals(
                "a\u00ff\n\u00af", event(V2, EventType.EV_EFI_ACTION, latin1).get("Event"));
        assertTrue(V2.toText(log(8, EventType.EV_IPL, latin1)).contains("    String: \"a\\xff\\n\\\n      \\xaf\"\n"));
    }

    @Test
    void linesOfATextAreLinesOfTheOutput() throws Exception {
        Bytes data = utf8("\t x\ty\n  z\0");
        assertTrue(V2.toText(log(8, EventType.EV_IPL, data))
                .contains("  Event:\n    String: \"\\t\\x20x\ty\\n\\\n      \\x20\\x20z\\0\"\n"));
        assertTrue(V2.asPrintedBy(Tpm2ToolsRelease.V5_4)
                .toText(log(8, EventType.EV_IPL, data))
                .contains("  Event:\n    String: |-\n      \"\\t x\\ty\"\n      \"  z\\0\"\n"));
    }

    @Test
    void dataWithoutTheStructureOfTheirTypeAreHexInFull() throws Exception {
        Bytes odd = Bytes.wrap(new byte[1501]);
        for (EventType type : List.of(EventType.EV_EFI_GPT_EVENT, EventType.EV_EFI_VARIABLE_BOOT)) {
            Bytes data = type.equals(EventType.EV_EFI_GPT_EVENT) ? odd : Bytes.parseHex("ff".repeat(1501));
            assertEquals(data.toHex(), event(V2, type, data).get("Event"));
        }
        for (EventType type : EventType.known()) {
            assertEquals(1, event(V2, type, Bytes.parseHex("7f")).get("EventSize"));
        }
        assertEquals(
                2048,
                String.valueOf(event(V2, EventType.EV_S_CRTM_VERSION, odd).get("Event"))
                        .length());
        Map<String, Object> secureBoot =
                event(V2, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, variable("SecureBoot", Bytes.parseHex("0100")));
        assertEquals("0100", member(secureBoot, "Event").get("VariableData"));
    }

    @Test
    void aDescriptionWithQuotesStaysOne() throws Exception {
        String description = "Foo \"bar\\\"\n  Extra: 1";
        Bytes option = new ByteWriter()
                .u32(1)
                .u16(4)
                .bytes(Bytes.encode(description + "\0", StandardCharsets.UTF_16LE))
                .bytes(Bytes.parseHex("7fff0400"))
                .toBytes();
        Map<String, Object> event = event(V2, EventType.EV_EFI_VARIABLE_BOOT, variable("Boot0001", option));
        assertEquals(
                Map.of("Enabled", "Yes", "FilePathListLength", 4, "Description", description, "DevicePath", "7fff0400"),
                member(member(event, "Event"), "VariableData"));
    }

    @Test
    void apostrophesOfFileNamesAreDoubled() throws Exception {
        Bytes name = Bytes.encode("\\it's\0", StandardCharsets.UTF_16LE);
        Bytes image = new ByteWriter()
                .zeros(24)
                .u64(8 + name.length())
                .bytes(Bytes.parseHex("0404"))
                .u16(4 + name.length())
                .bytes(name)
                .bytes(Bytes.parseHex("7fff0400"))
                .toBytes();
        EventType type = EventType.EV_EFI_BOOT_SERVICES_APPLICATION;
        assertEquals(
                "File(\\it's)",
                member(event(V2.withDevicePaths(DevicePaths.PRETTY), type, image), "Event")
                        .get("DevicePath"));
        assertEquals(
                "\\it's",
                member(event(V2.withDevicePaths(DevicePaths.PRETTY_39), type, image), "Event")
                        .get("DevicePath"));
    }

    @Test
    void localityAndHcrtmStartPcrZero() throws Exception {
        Bytes digest = Bytes.wrap(new byte[32]);
        for (int locality : new int[] {0, 3, 4}) {
            EventLog log = EventLog.wrap(EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                    .startupLocality(locality)
                    .measure(0, EventType.EV_SEPARATOR, digest)
                    .build());
            byte[] start = new byte[32];
            start[31] = (byte) locality;
            String value = HashAlgorithm.SHA256
                    .hash(Bytes.wrap(concat(
                            start,
                            HashAlgorithm.SHA256.hash(digest).orElseThrow().toByteArray())))
                    .orElseThrow()
                    .toHex();
            assertTrue(V2.toText(log).endsWith("pcrs:\n  sha256:\n    0  : 0x" + value + "\n"));
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }

    @Test
    void anIncompleteLogHasNoPcrs() throws Exception {
        byte[] log = TestLogs.read(Path.of("testdata/boots/uki-direct/eventlog.bin"));
        EventLog.Examination cut =
                EventLog.examine(Bytes.wrap(Arrays.copyOf(log, log.length / 2)), ParseLimits.DEFAULT);
        assertTrue(cut.fault().isPresent());
        assertFalse(V2.toText(cut.readable()).contains("pcrs:"));
        assertTrue(V2.toText(EventLog.wrap(log)).contains("\npcrs:\n"));
    }

    @Test
    void streamsAndStringsAreTheSame() throws Exception {
        EventLog log = EventLog.wrap(TestLogs.read(Path.of("testdata/boots/uki-direct/eventlog.bin")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        V2.writeUtf8(log, out);
        assertEquals(V2.toText(log), out.toString(StandardCharsets.UTF_8));
    }

    static Stream<HostileLogs.Shape> shapes() {
        return HostileLogs.shapes().stream();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void hostileLogsGiveValidYaml(HostileLogs.Shape shape) {
        EventLog log = EventLog.examine(
                        Bytes.wrap(shape.log().apply(Math.min(shape.largest(), 400))), ParseLimits.DEFAULT)
                .readable();
        for (EventLogYaml format : formats()) {
            String text = format.toText(log);
            assertTrue(ParsedYaml.isValid(text), () -> format + "\n" + text);
        }
    }

    @Test
    void damagedLogsGiveValidYaml() {
        byte[] good = TestLogs.read(Path.of("testdata/boots/uki-secureboot/eventlog.bin"));
        List<EventLogYaml> formats = formats();
        IntStream.range(0, 150).forEach(i -> {
            byte[] damaged = good.clone();
            for (int n = 0; n < 40; n++) {
                damaged[RANDOM.nextInt(damaged.length)] = (byte) RANDOM.nextInt();
            }
            EventLog log =
                    EventLog.examine(Bytes.wrap(damaged), ParseLimits.DEFAULT).readable();
            EventLogYaml format = formats.get(i % formats.size());
            String text = format.toText(log);
            assertTrue(ParsedYaml.isValid(text), () -> format + "\n" + text);
        });
    }
}
