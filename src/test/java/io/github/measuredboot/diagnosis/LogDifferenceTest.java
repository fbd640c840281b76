package io.github.measuredboot.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.json.UserspaceLogJson;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.SignatureData;
import io.github.measuredboot.uefi.SignatureDatabase;
import io.github.measuredboot.uefi.SignatureList;
import io.github.measuredboot.uefi.SignatureType;
import io.github.measuredboot.uefi.VariableData;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LogDifferenceTest {
    @Test
    void theSameLogHasNone() throws Exception {
        LogDifference same = between("a b c", "a b c");
        assertTrue(same.isSame());
        assertEquals("same", same.message());
        assertTrue(LogDifference.between(boot("large"), boot("large")).isSame());
    }

    /** GRUB commands: without a name, so that one replaces another only in its place. */
    @ParameterizedTest
    @CsvSource({
        "a b c, a x c, changed 2 2",
        "a c, a x y c, added - 2|added - 3",
        "a b c d, a b c, removed 4 -",
        "a, a a, added - 2",
        "a b, b a, moved 1 2",
        "a b c d, x b c y, changed 1 1|changed 4 4",
        "a b c d, b c d e, removed 1 -|added - 4",
        "a b c d, d x b c, moved 4 1|changed 1 2",
    })
    void eachEventThatDiffersIsNamed(String before, String after, String expected) throws Exception {
        LogDifference difference = between(before, after);
        assertFalse(difference.isSame());
        assertEquals(1, difference.pcrs().size());
        PcrDifference pcr = difference.pcrs().get(0);
        assertEquals(8, pcr.pcr());
        assertTrue(pcr.exact());
        assertEquals(
                expected,
                pcr.changes().stream()
                        .map(change ->
                                change.kind().id() + " " + number(change.before()) + " " + number(change.after()))
                        .collect(Collectors.joining("|")));
    }

    private static String number(Optional<Measurement> measurement) {
        return measurement.map(event -> String.valueOf(event.index())).orElse("-");
    }

    @Test
    void banksThatOnlyOneLogHasDoNotCount() throws Exception {
        byte[] both = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA1, HashAlgorithm.SHA256)
                .measure(8, EventType.EV_IPL, utf8("grub_cmd: a"))
                .build();
        LogDifference difference = LogDifference.between(Replay.of(EventLog.wrap(both)), Replay.of(log("a")));
        assertTrue(difference.isSame());
        assertEquals(List.of(HashAlgorithm.SHA256), difference.banks());
    }

    @Test
    void withoutACommonBankNothingIsTheSame() throws Exception {
        EventLog sha1 = EventLog.wrap(EventLogBuilder.cryptoAgile(HashAlgorithm.SHA1)
                .measure(8, EventType.EV_IPL, utf8("grub_cmd: a"))
                .build());
        LogDifference difference = LogDifference.between(Replay.of(sha1), Replay.of(log("a")));
        assertEquals(List.of(), difference.banks());
        assertFalse(difference.isSame());
        assertTrue(difference.message().startsWith("not comparable"));
    }

    /** The digest of an EV_EFI_VARIABLE_BOOT covers the value and not the name. */
    @Test
    void whatNoDigestCoversIsMarkedAsClaimed() throws Exception {
        Bytes before = Bytes.parseHex("01000000" + "0000" + "61000000");
        Bytes after = Bytes.parseHex("01000000" + "0000" + "62000000");
        LogChange named = change(
                bootVariable(EventType.EV_EFI_VARIABLE_BOOT2, before),
                bootVariable(EventType.EV_EFI_VARIABLE_BOOT2, after));
        assertEquals("Boot0001 changed from a to b", named.message().replace(": description", ""));
        assertEquals(Topic.BOOT_CONFIGURATION, named.topic());
        assertEquals(
                new LogChange.Detail("description", Optional.of("a"), Optional.of("b"), false),
                named.details().get(1));
        LogChange onlyValue = change(
                bootVariable(EventType.EV_EFI_VARIABLE_BOOT, before),
                bootVariable(EventType.EV_EFI_VARIABLE_BOOT, after));
        assertEquals("Boot0001 (claimed) changed from a to b", onlyValue.message());
        LogChange image = change(image("a"), image("b"));
        assertEquals("image \\x.efi (claimed) was replaced", image.message().replaceFirst(":.*", ""));
    }

    private static LogChange change(EventLog before, EventLog after) {
        List<PcrDifference> pcrs =
                LogDifference.between(Replay.of(before), Replay.of(after)).pcrs();
        assertEquals(1, pcrs.size());
        assertEquals(1, pcrs.get(0).changes().size());
        return pcrs.get(0).changes().get(0);
    }

    private static EventLog bootVariable(EventType type, Bytes value) throws Exception {
        VariableData variable = variable(KnownVariable.BOOT_OPTION, "Boot0001", value);
        Bytes measured = type.equals(EventType.EV_EFI_VARIABLE_BOOT) ? value : variable.encode();
        return EventLog.wrap(EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                .measure(1, type, measured, variable.encode())
                .build());
    }

    private static VariableData variable(KnownVariable known, String name, Bytes value) {
        return new VariableData(known.vendorGuid(), name, value, Bytes.EMPTY);
    }

    private static EventLog image(String code) throws Exception {
        Bytes path = DevicePath.parse("\\x.efi").encode();
        ByteBuffer data = ByteBuffer.allocate(4 * Long.BYTES + path.length()).order(ByteOrder.LITTLE_ENDIAN);
        data.putLong(0).putLong(0).putLong(0).putLong(path.length()).put(path.asByteBuffer());
        return EventLog.wrap(EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                .measure(4, EventType.EV_EFI_BOOT_SERVICES_APPLICATION, utf8(code), Bytes.wrap(data.array()))
                .build());
    }

    /** A digest that contradicts the data: nothing of them is a fact. */
    @Test
    void forgedDataAreClaims() throws Exception {
        EventLog before = log("a");
        byte[] bytes = log("b").bytes().toByteArray();
        bytes[bytes.length - 1] = 'z';
        LogChange change = LogDifference.between(Replay.of(before), Replay.of(EventLog.wrap(bytes)))
                .pcrs()
                .get(0)
                .changes()
                .get(0);
        assertTrue(change.details().stream()
                .filter(detail -> detail.field().equals("text"))
                .allMatch(LogChange.Detail::claimed));
        assertTrue(change.message().contains("text from a to z (claimed)"), change.message());
    }

    @Test
    void theStartupLocalityIsCompared() throws Exception {
        EventLog three = EventLog.wrap(EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                .startupLocality(3)
                .build());
        EventLog zero =
                EventLog.wrap(EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256).build());
        assertEquals(
                "different in PCR 0: startup locality (claimed) changed: locality from 0 to 3 (claimed)",
                LogDifference.between(Replay.of(zero), Replay.of(three)).message());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            boot-order-before | boot-order-after | different in PCR 1: BootOrder (claimed) changed from 0001, 0000, 0002, 0003, 0004 to 0001, 0002, 0000, 0003, 0004; Boot0000 (claimed) moved
            uki-direct | uki-direct-extra-boot-entry | different in PCR 1: BootOrder (claimed) changed from 0001, 0000, 0002 to 0002, 0000, 0001, 0003; Boot0000 (claimed) was added: attributes 0x1, description file other.efi, filePathList \\EFI\\other\\other.efi
            uki-direct | uki-direct-other-cmdline | different in PCR 4, 9, 11: image \\EFI\\BOOT\\BOOTX64.EFI (claimed) was replaced; command line (LOADED_IMAGE::LoadOptions) (claimed) was replaced; section .cmdline (claimed) was replaced
            uki-direct | uki-secureboot | different in PCR 0, 4, 7: firmware blob was replaced; image VenMedia(55C5D1F8-04CD-46B5-8A20-E56CBB3052D0) (claimed) is gone; SecureBoot changed from no to yes; 5 more
            """)
    void theFirstLineIsTheAnswer(String before, String after, String expected) throws Exception {
        assertEquals(expected, LogDifference.between(boot(before), boot(after)).message());
    }

    @Test
    void theEntriesOfDatabasesAreCompared() throws Exception {
        List<LogChange> pcr7 = LogDifference.between(boot("uki-direct"), boot("uki-secureboot")).pcrs().stream()
                .filter(pcr -> pcr.pcr() == 7)
                .findFirst()
                .orElseThrow()
                .changes();
        LogChange dbx = pcr7.stream()
                .filter(change -> change.subject().equals("dbx"))
                .findFirst()
                .orElseThrow();
        assertEquals(Topic.SECURE_BOOT, dbx.topic());
        assertFalse(dbx.isSubjectClaimed());
        assertTrue(dbx.message().startsWith("dbx changed: entry signatureType SHA256, "), dbx.message());
        assertTrue(dbx.message().endsWith("7852b855 added"), dbx.message());
    }

    /** The order of the lists and how the entries are put into lists do not count. */
    @Test
    void manyEntriesAreCounted() throws Exception {
        LogChange change = change(dbx(list(1, 2), list(3)), dbx(list(1), list(4, 5, 6), list(2)));
        assertTrue(
                change.message().startsWith("dbx changed: 3 entries added, entry signatureType SHA256, "),
                change.message());
        assertTrue(change.message().endsWith(", digest 03" + "00".repeat(31) + " removed"), change.message());
        assertEquals(Topic.SECURE_BOOT, change.topic());
    }

    private static SignatureList list(int... entries) {
        List<SignatureData> signatures = IntStream.of(entries)
                .mapToObj(entry -> new SignatureData(
                        KnownVariable.DBX.vendorGuid(), Bytes.parseHex("0" + entry + "00".repeat(31))))
                .toList();
        return SignatureList.of(
                SignatureType.SHA256,
                signatures.get(0),
                signatures.subList(1, signatures.size()).toArray(new SignatureData[0]));
    }

    private static EventLog dbx(SignatureList... lists) throws Exception {
        Bytes value = new SignatureDatabase(List.of(lists)).encode();
        Bytes data = variable(KnownVariable.DBX, "dbx", value).encode();
        return EventLog.wrap(EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                .measure(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, data)
                .build());
    }

    @Test
    void partitionsAreComparedByTheirGuids() throws Exception {
        Path boot = Path.of("testdata/boots/uki-direct/eventlog.bin");
        EventLog log = EventLog.read(boot);
        Bytes table = log.events().get(22).data();
        byte[] moved = table.toByteArray();
        moved[100 + 40]++;
        LogChange change = change(gpt(table), gpt(Bytes.wrap(moved)));
        assertEquals(Topic.PARTITION_TABLE, change.topic());
        assertEquals(
                "partition table of disk 11111111-2222-4333-8444-555555555555 changed:"
                        + " c0ffee00-0000-4000-8000-0000000000e5 partition.endingLba from 129023 to 128768",
                change.message());
        assertEquals(
                "c0ffee00-0000-4000-8000-0000000000e5 partition.endingLba",
                change.details().get(1).field());
    }

    private static EventLog gpt(Bytes table) throws Exception {
        return EventLog.wrap(EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                .measure(5, EventType.EV_EFI_GPT_EVENT, table)
                .build());
    }

    /** Whatever happens to one event of a captured boot, that event of that PCR is named and no other. */
    @ParameterizedTest
    @EnumSource
    void oneEventOfABootIsFound(Deed deed) throws Exception {
        int checked = 0;
        for (Path boot : TestLogs.boots()) {
            EventLog log = EventLog.read(boot.resolve("eventlog.bin"));
            Replay before = Replay.of(log);
            for (Event event : log.events()) {
                if (event.claimedType().equals(EventType.EV_NO_ACTION)) {
                    continue;
                }
                EventLog after = deed.apply(log, event);
                LogDifference difference = LogDifference.between(before, Replay.of(after));
                String name = boot + " " + deed + " " + event;
                assertEquals(1, difference.pcrs().size(), name);
                PcrDifference pcr = difference.pcrs().get(0);
                assertEquals(event.pcrIndex(), pcr.pcr(), name);
                assertEquals(
                        List.of(deed.found),
                        pcr.changes().stream().map(LogChange::kind).toList(),
                        name);
                LogChange change = pcr.changes().get(0);
                Optional<Measurement> found = deed == Deed.DOUBLED ? change.after() : change.before();
                EventLog foundIn = deed == Deed.DOUBLED ? after : log;
                assertEquals(
                        event.digests(),
                        foundIn.events().get(found.orElseThrow().index()).digests(),
                        name);
                assertTrue(difference.message().contains(" in PCR " + event.pcrIndex() + ": "), name);
                checked++;
            }
        }
        assertTrue(checked > 300, String.valueOf(checked));
    }

    private enum Deed {
        DIGESTS_CHANGED(LogChange.Kind.CHANGED),
        DROPPED(LogChange.Kind.REMOVED),
        DOUBLED(LogChange.Kind.ADDED);

        private final LogChange.Kind found;

        Deed(LogChange.Kind found) {
            this.found = found;
        }

        EventLog apply(EventLog log, Event victim) throws Exception {
            EventLogBuilder builder = log.specId().isPresent()
                    ? EventLogBuilder.cryptoAgile(log.specId().get())
                    : EventLogBuilder.legacy();
            for (Event event : log.events()) {
                boolean header = event.number() == 0 && log.specId().isPresent();
                if (header || (event.number() == victim.number() && this == DROPPED)) {
                    continue;
                }
                if (event.number() == victim.number() && this == DIGESTS_CHANGED) {
                    builder.measure(event.pcrIndex(), event.claimedType(), utf8("another"), event.data());
                } else {
                    builder.event(event);
                }
                if (event.number() == victim.number() && this == DOUBLED) {
                    builder.event(event);
                }
            }
            return EventLog.wrap(builder.build());
        }
    }

    @Test
    void whatALogSaysIsPrintable() throws Exception {
        LogChange change = change(log("a"), log("\u001b[2J\u202e"));
        assertEquals("GRUB command changed from a to \\u001b[2J\\u202e", change.message());
    }

    /** Nothing of a hostile log is compared with everything: all events of one PCR, all different, all of one type. */
    @Test
    void aHostileLogTakesBoundedTime() throws Exception {
        EventLogBuilder before = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256);
        EventLogBuilder after = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256);
        for (int i = 0; i < 20_000; i++) {
            before.measure(8, EventType.EV_IPL, utf8("grub_cmd: " + i));
            after.measure(8, EventType.EV_IPL, utf8("grub_cmd: " + (i % 2 == 0 ? -i : 19_999 - i)));
        }
        Replay first = Replay.of(EventLog.wrap(before.build()));
        Replay second = Replay.of(EventLog.wrap(after.build()));
        assertTimeout(Duration.ofSeconds(20), () -> {
            LogDifference difference = LogDifference.between(first, second);
            assertFalse(difference.pcrs().get(0).exact());
            assertTrue(difference.message().length() < 1000);
        });
    }

    /** PCR 10 is left out: the firmware's log has no events of it. */
    @ParameterizedTest
    @CsvSource({
        "boot-order-before, boot-order-after",
        "uki-direct, uki-direct-other-cmdline",
        "uki-direct, uki-direct-extra-boot-entry",
        "uki-direct, uki-secureboot",
    })
    void thePcrsWhoseMeasurementsDifferAreThoseWhoseValuesDo(String before, String after) throws Exception {
        PcrBank valuesBefore = values(before);
        PcrBank valuesAfter = values(after);
        assertEquals(
                valuesBefore.values().keySet().stream()
                        .filter(pcr -> pcr != 10 && !valuesBefore.value(pcr).equals(valuesAfter.value(pcr)))
                        .toList(),
                LogDifference.between(boot(before), boot(after)).pcrs().stream()
                        .map(PcrDifference::pcr)
                        .toList());
    }

    @Test
    void userspaceRecordsAreCompared() throws Exception {
        Path boot = Path.of("testdata/boots/systemd-userland");
        EventLog firmware = EventLog.read(boot.resolve("eventlog.bin"));
        Replay with = Replay.of(firmware, UserspaceLogJson.read(boot.resolve("tpm2-measure.log")));
        LogDifference difference = LogDifference.between(Replay.of(firmware), with);
        assertEquals(
                List.of(11, 15),
                difference.pcrs().stream().map(PcrDifference::pcr).toList());
        List<LogChange> changes = difference.pcrs().get(1).changes();
        assertEquals(
                List.of(Optional.of(new Measurement(true, 2)), Optional.of(new Measurement(true, 3))),
                changes.stream().map(LogChange::after).toList());
        assertEquals("userspace record 3 of the second log", changes.get(0).place());
        assertTrue(
                changes.get(0).message().startsWith("userspace measurement "),
                changes.get(0).message());
    }

    private static LogDifference between(String before, String after) throws Exception {
        return LogDifference.between(Replay.of(log(before)), Replay.of(log(after)));
    }

    private static EventLog log(String texts) throws Exception {
        EventLogBuilder builder = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256);
        for (String text : texts.split(" ")) {
            builder.measure(8, EventType.EV_IPL, utf8("grub_cmd: " + text));
        }
        return EventLog.wrap(builder.build());
    }

    private static PcrBank values(String name) throws Exception {
        return PcrValuesJson.parse(Bytes.wrap(TestLogs.read(Path.of("testdata/boots", name, "pcrs.json"))))
                .bank(HashAlgorithm.SHA256)
                .orElseThrow();
    }

    private static Replay boot(String name) throws Exception {
        return Replay.of(EventLog.read(Path.of("testdata/boots", name, "eventlog.bin")));
    }

    private static Bytes utf8(String text) {
        return Bytes.encode(text, StandardCharsets.UTF_8);
    }
}
