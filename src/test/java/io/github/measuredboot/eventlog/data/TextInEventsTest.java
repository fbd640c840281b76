package io.github.measuredboot.eventlog.data;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.boot.CommandLine;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.bytes.FieldValue;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.LoadOption;
import io.github.measuredboot.uefi.VariableData;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text in the data of events of every type, in the encodings in which loaders and firmware write it. */
class TextInEventsTest {
    private static final String LINE = "initrd=\\initrd.img root=/dev/sda1 rw";

    static Stream<Bytes> encodings() {
        Bytes wide = Bytes.encode(LINE + "\0\0", UTF_16LE);
        return Stream.concat(
                Stream.of(0, 1, 2, 3, 4, 5).map(missing -> wide.slice(0, wide.length() - missing)),
                Stream.of(LINE, LINE + "\0", LINE + "\0\0").map(text -> Bytes.encode(text, UTF_8)));
    }

    private static EventLog log(EventType type, Bytes data) throws Exception {
        return EventLog.copyOf(EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                .measure(4, EventType.EV_SEPARATOR, Bytes.parseHex("00000000"))
                .measure(8, type, data)
                .build());
    }

    private static Stream<String> texts(List<Field> fields) {
        return fields.stream().flatMap(field -> {
            if (field.value() instanceof FieldValue.Items items) {
                return texts(items.items());
            }
            if (field.value() instanceof FieldValue.Structure structure) {
                return texts(structure.fields());
            }
            return field.value() instanceof FieldValue.Text text ? Stream.of(text.text()) : Stream.empty();
        });
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void textIsShownWholeInEveryTypeWithoutALayoutOfItsOwn(Bytes data) throws Exception {
        List<EventType.Layout> structures = List.of(
                EventType.Layout.NO_ACTION,
                EventType.Layout.BLOB2,
                EventType.Layout.HANDOFF,
                EventType.Layout.HANDOFF2,
                EventType.Layout.VARIABLE,
                EventType.Layout.AUTHORITY,
                EventType.Layout.IMAGE_LOAD,
                EventType.Layout.GPT,
                EventType.Layout.DEVICE_SECURITY,
                EventType.Layout.HASH_AND_FLAGS,
                EventType.Layout.U32,
                EventType.Layout.NV_INDEXES);
        List<EventType> types = Stream.concat(
                        EventType.known().stream().filter(type -> !structures.contains(type.layout())),
                        Stream.of(new EventType(0x12345)))
                .toList();
        assertTrue(types.size() > 30, types::toString);
        for (EventType type : types) {
            EventLog log = log(type, data);
            assertTrue(
                    texts(EventData.decode(log.events().get(2)).fields()).anyMatch(LINE::equals),
                    () -> type + ": " + EventData.decode(log.events().get(2)).fields());
        }
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void aCommandLineIsInTheSummaryWhateverTheType(Bytes data) throws Exception {
        for (EventType type : List.of(
                EventType.EV_IPL,
                EventType.EV_EVENT_TAG,
                EventType.EV_ACTION,
                EventType.EV_POST_CODE,
                EventType.EV_COMPACT_HASH,
                EventType.EV_NONHOST_INFO,
                new EventType(0x12345))) {
            List<CommandLine> lines = BootSummary.of(CheckedLog.of(log(type, data)), HashAlgorithm.SHA256)
                    .commandLines();
            assertEquals(1, lines.size(), type::toString);
            assertEquals(LINE, lines.get(0).text().orElseThrow().claimedValue());
            assertEquals(LINE, lines.get(0).text().orElseThrow().claimedValue());
        }
    }

    private static Bytes header(long id, long size, Bytes data) {
        return new ByteWriter().u32(id).u32(size).bytes(data).toBytes();
    }

    private static Stream<Bytes> tagged(Bytes text) {
        Stream<Long> ids = Stream.of(0x8f3b_22edL, 0x1234_5678L);
        return ids.flatMap(id ->
                Stream.of(0, 1, 2, -1, -2, 26 - text.length()).map(wrong -> header(id, text.length() + wrong, text)));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void textInATagIsShownWholeAndIsACommandLineOfTheSummary(Bytes text) throws Exception {
        for (Bytes data : tagged(text).toList()) {
            EventLog log = log(EventType.EV_EVENT_TAG, data);
            List<String> shown =
                    texts(EventData.decode(log.events().get(2)).fields()).toList();
            assertEquals(LINE, shown.get(shown.size() - 1), data::toHex);
            CommandLine line = BootSummary.of(CheckedLog.of(log), HashAlgorithm.SHA256)
                    .commandLines()
                    .get(0);
            assertEquals(LINE, line.text().orElseThrow().claimedValue(), data::toHex);
        }
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void aTagOfSystemdNamesItsObjectInAnyEncoding(Bytes text) throws Exception {
        for (int wrong : List.of(0, 1, -1, -2)) {
            EventLog log = log(EventType.EV_EVENT_TAG, header(0x6c46_f751L, text.length() + wrong, text));
            assertEquals(
                    "device tree addon: " + LINE,
                    BootSummary.of(CheckedLog.of(log), HashAlgorithm.SHA256)
                            .objects()
                            .get(0)
                            .name()
                            .claimedValue());
        }
    }

    @Test
    void theSecondTagMayHaveAWrongSize() throws Exception {
        Bytes first = header(0x8f3b_22ecL, 13, Bytes.encode("Linux initrd\0", UTF_8));
        Bytes second = header(0x8f3b_22edL, LINE.length() + 1, Bytes.encode(LINE, UTF_8));
        Bytes both = new ByteWriter().bytes(first).bytes(second).toBytes();
        assertEquals(
                List.of("Linux initrd", "Linux initrd", "LOADED_IMAGE::LoadOptions", LINE),
                texts(EventData.decode(log(EventType.EV_EVENT_TAG, both)
                                        .events()
                                        .get(2))
                                .fields())
                        .toList());
    }

    @Test
    void aTagWithAWrongSizeIsCoveredOnlyWhole() throws Exception {
        Bytes text = Bytes.encode(LINE, UTF_8);
        for (int wrong : List.of(0, 1, -1)) {
            EventLog log = EventLog.copyOf(EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                    .measure(9, EventType.EV_EVENT_TAG, text, header(0x8f3b_22edL, text.length() + wrong, text))
                    .build());
            assertEquals(
                    wrong == 0 ? Coverage.COVERED : Coverage.NOT_COVERED,
                    CheckedLog.of(log).events().get(1).coverage(HashAlgorithm.SHA256, 8, text.length()));
        }
    }

    @Test
    void dataInATagWithAWrongSizeStayMalformed() throws Exception {
        Bytes digest = Bytes.parseHex("d41d8cd98f00b204e9800998ecf8427e");
        for (int wrong : List.of(1, -1, -3)) {
            assertTrue(
                    EventData.decode(log(EventType.EV_EVENT_TAG, header(0x8f3b_22edL, digest.length() + wrong, digest))
                                    .events()
                                    .get(2))
                            instanceof MalformedEventData);
        }
    }

    @Test
    void aControlCharacterHidesNoCommandLine() throws Exception {
        for (String line : List.of(
                "root=/dev/sda1 init=/bin/sh\u0001 quiet",
                "\0root=/dev/sda1 quiet",
                "quiet\u001b[31m root=/dev/sda1")) {
            for (Bytes data : List.of(Bytes.encode(line, UTF_8), Bytes.encode(line, UTF_16LE))) {
                List<CommandLine> lines = BootSummary.of(
                                CheckedLog.of(log(EventType.EV_IPL, data)), HashAlgorithm.SHA256)
                        .commandLines();
                assertEquals(line, lines.get(0).text().orElseThrow().claimedValue());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void aCommandLineInAVariableIsInTheSummary(Bytes text) throws Exception {
        Bytes variable = new VariableData(Guid.ZERO, "Options", text, Bytes.EMPTY).encode();
        List<CommandLine> lines = BootSummary.of(
                        CheckedLog.of(log(EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, variable)), HashAlgorithm.SHA256)
                .commandLines();
        assertEquals(LINE, lines.get(0).text().orElseThrow().claimedValue());
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void theOptionalTextOfALoadOptionIsShown(Bytes text) throws Exception {
        LoadOption option = new LoadOption(1, "Linux", List.of(DevicePath.parse("\\vmlinuz")), text);
        assertEquals(LINE, LoadOption.decode(option.encode(), 0).optionalText().orElseThrow());
        assertTrue(
                texts(option.fields(0)).anyMatch(LINE::equals),
                () -> option.fields(0).toString());
    }

    @Test
    void textBeforeOtherDataIsTheirName() throws Exception {
        Bytes data = Bytes.encode("Setup\0", UTF_16LE);
        byte[] bytes = new byte[data.length() + 3];
        data.copyTo(bytes, 0);
        bytes[data.length()] = 1;
        bytes[data.length() + 2] = (byte) 0xff;
        List<Field> fields = EventData.decode(log(EventType.EV_NONHOST_INFO, Bytes.wrap(bytes))
                        .events()
                        .get(2))
                .fields();
        assertEquals(new FieldValue.Text("Setup"), fields.get(0).value());
        assertEquals(
                new FieldValue.Binary(Bytes.parseHex("0100ff")), fields.get(1).value());
    }

    @Test
    void nothingIsLeftOutAfterANul() throws Exception {
        Bytes data = Bytes.encode("kernel_cmdline: /vmlinuz ro\0init=/bin/sh\0", UTF_8);
        assertEquals(
                "/vmlinuz ro\0init=/bin/sh",
                texts(EventData.decode(log(EventType.EV_IPL, data).events().get(2))
                                .fields())
                        .skip(1)
                        .findFirst()
                        .orElseThrow());
    }
}
