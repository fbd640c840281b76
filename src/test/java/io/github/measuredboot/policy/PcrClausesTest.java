package io.github.measuredboot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.Signature;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.replay.VerifiedLog;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.BooleanVariable;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.SignatureData;
import io.github.measuredboot.uefi.SignatureDatabase;
import io.github.measuredboot.uefi.SignatureList;
import io.github.measuredboot.uefi.SignatureType;
import io.github.measuredboot.uefi.VariableData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of single PCRs, each on the smallest logs that meet it and that break it. */
class PcrClausesTest {
    private static final HashAlgorithm SHA256 = HashAlgorithm.SHA256;
    private static final Bytes SEPARATOR = Bytes.parseHex("00000000");

    private record Measured(int pcr, Bytes bytes) {}

    private static Measured at(int pcr, String text) {
        return new Measured(pcr, bytes(text));
    }

    private static Bytes bytes(String text) {
        return text.equals("separator") ? SEPARATOR : Bytes.encode(text, StandardCharsets.US_ASCII);
    }

    private static VerifiedLog log(Measured... events) throws Exception {
        EventLogBuilder builder = EventLogBuilder.cryptoAgile(SHA256);
        for (Measured event : events) {
            builder.measure(event.pcr, EventType.EV_IPL, event.bytes);
        }
        Replay replay = Replay.of(EventLog.wrap(builder.build()));
        return replay.compareWith(replay.expectedValues()).verified(SHA256);
    }

    private static VerifiedLog log(int pcr, Bytes... measured) throws Exception {
        return log(Stream.of(measured).map(bytes -> new Measured(pcr, bytes)).toArray(Measured[]::new));
    }

    private static DigestSet digest(String text) {
        return DigestSet.of(new Digest(SHA256, SHA256.hash(bytes(text)).orElseThrow()));
    }

    private static List<PinnedEvent> pinned(String... texts) {
        return Stream.of(texts)
                .map(text -> PinnedEvent.of(digest(text), EventType.EV_IPL, text))
                .toList();
    }

    private static List<Integer> numbers(Judgement judgement) {
        return judgement.events().stream().map(VerifiedEvent::number).toList();
    }

    private static Bytes partitions(int trailing) {
        return new ByteWriter()
                .bytes(bytes("EFI PART"))
                .u32(0x10000)
                .u32(92)
                .zeros(64)
                .u32(1)
                .u32(128)
                .u32(0)
                .u64(1)
                .zeros(128)
                .zeros(trailing)
                .toBytes();
    }

    @Test
    void afterTheSeparatorOfPcr5AreTablesAttemptsToBootAndWhatIsPinned() throws Exception {
        EventClause clause = new PartitionClause(List.of(pinned("pinned"), pinned("also pinned")));
        List<Bytes> good = new ArrayList<>(
                List.of(SEPARATOR, partitions(0), bytes("pinned"), bytes("also pinned"), Bytes.parseHex("ffffffff")));
        List<Bytes> bad = new ArrayList<>(List.of(partitions(1), bytes("something"), bytes("EFI PART")));
        for (MeasuredConstant constant : MeasuredConstant.values()) {
            if (constant.isAction()) {
                boolean isExpected = constant.isBootAttempt() || constant.isExitBootServices();
                (isExpected ? good : bad).add(bytes(constant.description()));
            }
        }
        bad.add(Bytes.parseHex("01000000"));
        for (Bytes event : good) {
            Judgement judgement = clause.judge(log(5, SEPARATOR, event));
            assertTrue(judgement.isPassed(), event.toString());
            assertEquals(List.of(1, 2), numbers(judgement));
            assertEquals(Constraint.REPLAYED, judgement.constraint());
        }
        for (Bytes event : bad) {
            Judgement judgement = clause.judge(log(5, SEPARATOR, event, SEPARATOR));
            assertFalse(judgement.isPassed(), event.toString());
            assertEquals(List.of(2), numbers(judgement));
            assertTrue(clause.judge(log(5, event, SEPARATOR)).isPassed(), "before the separator anything may be");
        }
    }

    @Test
    void sectionsAreNamesAndContentsInTurn() throws Exception {
        EventClause clause = SectionClause.contents(List.of(pinned("linux", "initrd")));
        Judgement passed =
                clause.judge(log(11, bytes(".linux"), bytes("linux"), SEPARATOR, bytes(".initrd"), bytes("initrd")));
        assertTrue(passed.isPassed());
        assertEquals(List.of(1, 2, 3, 4, 5), numbers(passed));
        Judgement other = clause.judge(log(11, bytes(".linux"), bytes("evil"), bytes(".initrd"), bytes("initrd")));
        assertEquals(List.of(2), numbers(other));
        Judgement odd = clause.judge(log(11, bytes(".linux"), bytes("linux"), bytes(".initrd")));
        assertFalse(odd.isPassed());
        assertEquals(List.of(3), numbers(odd));
        assertEquals("3 events", odd.found());
    }

    /** The version and blobs a, b of PCR 0 and 2; each letter or word is an event, | the step from PCR 0 to PCR 2. */
    @ParameterizedTest
    @CsvSource({
        "version a b separator | separator, true, ''",
        "version a separator | b separator, true, ''",
        "version separator | a b separator, true, ''",
        "version b separator | a separator, true, ''",
        "version separator | other a other b separator, true, ''",
        "version separator | a b other separator, true, ''",
        "a version b separator | separator, true, ''",
        "a b separator | separator, false, the S-CRTM version",
        "a b separator version | separator, false, the S-CRTM version",
        "version separator | b a separator, false, firmware blobs before the separator",
        "version a separator | separator, false, firmware blobs before the separator",
        "version a separator | b, false, firmware blobs before the separator",
        "version a separator | separator b, false, firmware blobs before the separator",
        "version a separator b | separator, false, firmware blobs before the separator",
        "version a b | separator, false, a separator in PCR 0",
        "version b a separator | separator, false, firmware blobs before the separator",
        "version a b other separator | separator, false, no event in PCR 0 that the state does not pin",
        "version a b separator a | separator, false, no event in PCR 0 that the state does not pin"
    })
    void aFirmwareIsKnownByItsVersionAndBlobs(String events, boolean isPassed, String expected) throws Exception {
        List<Measured> measured = new ArrayList<>();
        String[] pcrs = events.split(" \\| ", -1);
        for (String text : pcrs[0].split(" ", -1)) {
            measured.add(at(0, text));
        }
        for (String text : pcrs[1].split(" ", -1)) {
            measured.add(at(2, text));
        }
        List<Firmware> firmware = List.of(Firmware.builder()
                .scrtm(digest("version"))
                .platformFirmware(List.of(digest("a"), digest("b")))
                .build());
        VerifiedLog log = log(measured.toArray(Measured[]::new));
        Judgement judgement = FirmwareClauses.firmware(firmware, false).judge(log);
        assertEquals(isPassed, judgement.isPassed(), judgement.expected());
        boolean tolerable = expected.startsWith("no event in PCR 0");
        assertEquals(
                isPassed || tolerable,
                FirmwareClauses.firmware(firmware, true).judge(log).isPassed());
        if (isPassed) {
            assertEquals("a firmware of the state: the S-CRTM version and 2 blobs", judgement.expected());
            assertEquals(log.events(0), judgement.events());
        } else {
            assertTrue(judgement.expected().startsWith(expected), judgement.expected());
        }
        if (expected.startsWith("firmware blobs")) {
            assertTrue(judgement.expected().contains(": sha256:"), judgement.expected());
        }
    }

    @Test
    void aStateThatPinsNoFirmwareInTheBankAcceptsNone() throws Exception {
        Firmware other = Firmware.builder()
                .scrtm(DigestSet.of(new Digest(HashAlgorithm.SHA384, Bytes.wrap(new byte[48]))))
                .build();
        Judgement judgement = FirmwareClauses.firmware(List.of(other), true).judge(log(at(0, "separator")));
        assertFalse(judgement.isPassed());
        assertEquals("a state that pins none in sha256", judgement.found());
    }

    @Test
    void aFullFirmwareIsASequenceAndItsBlobsAreBeforeTheSeparatorOfPcr2() throws Exception {
        Firmware full = Firmware.builder()
                .startupLocality(OptionalInt.of(0))
                .pcr0(pinned("version", "separator"))
                .pcr2(pinned("a", "b"))
                .build();
        EventClause clause = FirmwareClauses.firmware(List.of(full), false);
        Judgement passed = clause.judge(
                log(at(0, "version"), at(0, "separator"), at(2, "a"), at(2, "x"), at(2, "b"), at(2, "separator")));
        assertTrue(passed.isPassed(), passed.expected());
        assertEquals("a firmware of the state: 2 events in PCR 0, 2 blobs in PCR 2", passed.expected());
        Judgement late =
                clause.judge(log(at(0, "version"), at(0, "separator"), at(2, "a"), at(2, "separator"), at(2, "b")));
        assertTrue(late.expected().startsWith("the firmware blobs of the state before the separator of PCR 2: "));
        assertFalse(clause.judge(log(at(0, "version"), at(0, "separator"), at(2, "a"), at(2, "b")))
                .isPassed());
        Judgement wrong = clause.judge(log(at(0, "other"), at(0, "separator"), at(2, "separator")));
        assertEquals(List.of(1), numbers(wrong));

        EventClause locality = FirmwareClauses.startupLocality(List.of(full), false);
        VerifiedLog good = log(at(0, "version"), at(0, "separator"), at(2, "a"), at(2, "b"), at(2, "separator"));
        assertEquals("the TPM started from locality 0", locality.judge(good).expected());
        Firmware from3 = Firmware.builder()
                .startupLocality(OptionalInt.of(3))
                .pcr0(full.pcr0())
                .pcr2(full.pcr2())
                .build();
        Judgement differs =
                FirmwareClauses.startupLocality(List.of(from3), false).judge(good);
        assertFalse(differs.isPassed());
        assertEquals("the TPM started from locality 3", differs.expected());
        assertEquals("locality 0", differs.found());
        assertTrue(FirmwareClauses.startupLocality(List.of(from3, full), false)
                .judge(good)
                .isPassed());
        Firmware ofAnotherBoot = Firmware.builder()
                .startupLocality(OptionalInt.of(0))
                .pcr0(pinned("another version", "separator"))
                .build();
        assertFalse(
                FirmwareClauses.startupLocality(List.of(from3, ofAnotherBoot), false)
                        .judge(good)
                        .isPassed(),
                "the locality of a firmware that this boot does not have");
        assertTrue(late.expected().contains(pinned("a").get(0).digests().toString()), late.expected());
        Firmware any = Firmware.builder().pcr0(full.pcr0()).pcr2(full.pcr2()).build();
        assertEquals(
                "any startup locality, for the state pins none",
                FirmwareClauses.startupLocality(List.of(any), false).judge(good).expected());
    }

    private static Bytes flag(String name, boolean enabled) {
        return new VariableData(
                        KnownVariable.SECURE_BOOT.vendorGuid(), name, BooleanVariable.encode(enabled), Bytes.EMPTY)
                .encode();
    }

    @Test
    void secureBootIsOneVariableThatIsCoveredBeforeTheSeparator() throws Exception {
        EventClause clause = SecureBootClauses.enabled();
        Bytes on = flag("SecureBoot", true);
        Judgement passed = clause.judge(log(7, flag("SetupMode", false), on, SEPARATOR));
        assertEquals(List.of(2), numbers(passed));
        assertEquals(Constraint.CONTENT, passed.constraint());
        assertEquals(
                "it is not enabled",
                clause.judge(log(7, flag("SecureBoot", false), SEPARATOR)).found());
        assertTrue(clause.judge(log(7, SEPARATOR, on)).found().startsWith("no event before the separator"));
        assertTrue(clause.judge(log(7, flag("Secureboot", true), SEPARATOR))
                .found()
                .startsWith("no event before the separator"));
        Judgement twice = clause.judge(log(7, on, on, SEPARATOR));
        assertFalse(twice.isPassed());
        assertEquals(List.of(1, 2), numbers(twice));
        Bytes malformed = new VariableData(
                        KnownVariable.SECURE_BOOT.vendorGuid(), "SecureBoot", bytes("long"), Bytes.EMPTY)
                .encode();
        Judgement unreadable = clause.judge(log(7, malformed, SEPARATOR));
        assertEquals("it is not enabled", unreadable.found());
        assertEquals(List.of(1), numbers(unreadable));
    }

    private static Bytes variable(KnownVariable variable, Bytes content) {
        return new VariableData(variable.vendorGuid(), variable.pattern(), content, Bytes.EMPTY).encode();
    }

    private static Signature untyped(int size, int filledWith) {
        byte[] data = new byte[size];
        Arrays.fill(data, (byte) filledWith);
        return new Signature(Optional.empty(), ForgedVariables.OWNER, Bytes.wrap(data));
    }

    private static SignatureList list(SignatureType type, Signature entry) {
        return SignatureList.of(type, new SignatureData(entry.owner(), entry.data()));
    }

    private static Bytes database(KnownVariable variable, SignatureList... lists) {
        return variable(variable, new SignatureDatabase(List.of(lists)).encode());
    }

    /** A short state does not say of which type its signatures are: their size does. */
    @Test
    void signaturesOfDbxAreInAListThatFirmwareSearchesForThem() throws Exception {
        Signature hash = untyped(32, 1);
        Signature certificate = untyped(100, 2);
        Signature neither = untyped(99, 3);
        EventClause clause = SecureBootClauses.superset(KnownVariable.DBX, List.of(hash, certificate, neither));
        assertTrue(clause.judge(log(
                        7,
                        database(
                                KnownVariable.DBX,
                                list(SignatureType.SHA256, hash),
                                list(SignatureType.X509, certificate),
                                list(SignatureType.X509, neither)),
                        SEPARATOR))
                .isPassed());
        Judgement wrongLists = clause.judge(log(
                7,
                database(KnownVariable.DBX, list(SignatureType.X509, hash), list(SignatureType.PKCS7, certificate)),
                SEPARATOR));
        assertTrue(wrongLists.found().startsWith("3, against the rule: "), wrongLists.found());
    }

    @Test
    void ofManySignaturesSomeAreNamed() throws Exception {
        EventClause clause = SecureBootClauses.subset(KnownVariable.PK, List.of());
        for (int count : List.of(5, 6)) {
            SignatureList[] lists = IntStream.range(0, count)
                    .mapToObj(i -> list(SignatureType.SHA256, untyped(32, i)))
                    .toArray(SignatureList[]::new);
            String found = clause.judge(log(7, database(KnownVariable.PK, lists), SEPARATOR))
                    .found();
            assertTrue(found.startsWith(count + ", against the rule: "), found);
            assertEquals(count == 6, found.endsWith("; ..."), found);
        }
        Judgement unreadable = clause.judge(log(7, variable(KnownVariable.PK, bytes("no list")), SEPARATOR));
        assertEquals("no signature database", unreadable.found());
    }

    @Test
    void variablesBeforeTheSeparatorAreThoseOfSecureBoot() throws Exception {
        EventClause clause = SecureBootClauses.knownEvents(List.of());
        for (KnownVariable known : KnownVariable.values()) {
            Bytes event = variable(known, bytes("content"));
            boolean ofSecureBoot = switch (known) {
                case SECURE_BOOT, PK, KEK, DB, DBX, DBT, DBR, SETUP_MODE, AUDIT_MODE, DEPLOYED_MODE, VENDOR_KEYS ->
                    true;
                default -> false;
            };
            Judgement judgement = clause.judge(log(7, event, SEPARATOR));
            assertEquals(ofSecureBoot, judgement.isPassed(), known.pattern());
            assertFalse(clause.judge(log(7, event, event, SEPARATOR)).isPassed(), known.pattern() + " twice");
        }
    }

    @Test
    void aStateWithoutASeparatorHasAllItsEventsBeforeIt() throws Exception {
        EventClause clause = SecureBootClauses.pinnedEvents(List.of(pinned("x")));
        assertTrue(clause.judge(log(7, bytes("x"), SEPARATOR)).isPassed());
        assertFalse(clause.judge(log(7, SEPARATOR)).isPassed());
    }

    /** Firmware may use another certificate of db for an image, but not the two of the state in another order. */
    @Test
    void authoritiesAreInThePlacesOfTheState() throws Exception {
        Signature first = untyped(100, 1);
        Signature second = untyped(100, 2);
        Signature third = untyped(100, 3);
        List<PinnedEvent> state = new ArrayList<>(pinned("separator"));
        for (Signature pinned : List.of(first, second)) {
            Digest digest = new Digest(SHA256, SHA256.hash(authority(pinned)).orElseThrow());
            state.add(new PinnedEvent(
                    DigestSet.of(digest),
                    EventType.EV_EFI_VARIABLE_AUTHORITY,
                    "db",
                    Optional.of(PinnedEvent.Role.DB_AUTHORITY),
                    Optional.empty()));
        }
        EventClause clause = SecureBootClauses.pinnedAuthorities(List.of(state), List.of(first, second, third));
        assertTrue(clause.judge(log(7, SEPARATOR, authority(first), authority(second)))
                .isPassed());
        assertTrue(clause.judge(log(7, SEPARATOR, authority(first), authority(third)))
                .isPassed());
        Judgement swapped = clause.judge(log(7, SEPARATOR, authority(second), authority(first)));
        assertFalse(swapped.isPassed());
        assertFalse(clause.judge(log(7, SEPARATOR, authority(first), authority(untyped(100, 4))))
                .isPassed());
        assertFalse(clause.judge(log(7, SEPARATOR, authority(first))).isPassed());
    }

    private static Bytes authority(Signature signature) {
        return variable(KnownVariable.DB, new SignatureData(signature.owner(), signature.data()).encode());
    }

    @Test
    void variablesOfPcr7AreInTheOrderOfTheState() throws Exception {
        PinnedEvent.VariableName secureBoot = PinnedEvent.VariableName.of(KnownVariable.SECURE_BOOT);
        PinnedEvent slot = new PinnedEvent(
                DigestSet.of(
                        new Digest(HashAlgorithm.SHA1, Bytes.parseHex("11".repeat(20))),
                        new Digest(HashAlgorithm.SHA256, Bytes.parseHex("22".repeat(32)))),
                EventType.EV_EFI_VARIABLE_DRIVER_CONFIG,
                "SecureBoot",
                Optional.empty(),
                Optional.of(secureBoot));
        List<PinnedEvent> state = new ArrayList<>(List.of(slot));
        state.addAll(pinned("action", "separator"));
        EventClause clause = SecureBootClauses.pinnedEvents(List.of(state));
        for (boolean enabled : List.of(true, false)) {
            assertTrue(clause.judge(log(7, flag("SecureBoot", enabled), bytes("action"), SEPARATOR, bytes("x")))
                    .isPassed());
        }
        Judgement order = clause.judge(log(7, bytes("action"), flag("SecureBoot", true), SEPARATOR));
        assertEquals(List.of(1), numbers(order));
        assertTrue(order.found().endsWith(", whose digest covers no variable"), order.found());
        assertEquals("SecureBoot sha256:" + "22".repeat(32), order.expected());
        Judgement other = clause.judge(log(7, flag("SecureBoot", true), flag("PK", true), SEPARATOR));
        assertEquals(List.of(2), numbers(other));
        assertTrue(other.found().endsWith(", variable PK"), other.found());
        Judgement more = clause.judge(log(7, flag("SecureBoot", true), bytes("action"), bytes("action"), SEPARATOR));
        assertEquals("no further event before the separator", more.expected());
        assertEquals(List.of(3), numbers(more));
        Judgement fewer = clause.judge(log(7, flag("SecureBoot", true), SEPARATOR));
        assertEquals("the separator", fewer.found());
        assertEquals(List.of(), numbers(fewer));
        List<PinnedEvent> another = new ArrayList<>(List.of(slot));
        another.addAll(pinned("another", "separator"));
        Judgement neither = SecureBootClauses.pinnedEvents(List.of(pinned("x"), state, another))
                .judge(log(7, flag("SecureBoot", true), bytes("evil"), SEPARATOR));
        assertEquals(pinned("action").get(0).toString(), neither.expected(), "the first of the nearest");
        assertTrue(SecureBootClauses.pinnedEvents(List.of(pinned("x"), state))
                .judge(log(7, flag("SecureBoot", true), bytes("action"), SEPARATOR))
                .isPassed());
    }

    @Test
    void withoutASeparatorNothingVouchesForImages() throws Exception {
        EventClause clause = SecureBootClauses.authoritiesOfDb(List.of());
        assertEquals("no separator in PCR 7", clause.judge(log(7, bytes("x"))).found());
        assertTrue(clause.judge(log(7, bytes("x"), SEPARATOR, SEPARATOR)).isPassed());
        assertEquals(List.of(3), numbers(clause.judge(log(7, bytes("x"), SEPARATOR, bytes("y")))));
    }
}
