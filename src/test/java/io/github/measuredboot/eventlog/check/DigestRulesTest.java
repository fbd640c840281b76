package io.github.measuredboot.eventlog.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.SpecIdEvent;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.BooleanVariable;
import io.github.measuredboot.uefi.FirmwareBlob;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.VariableData;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule and each quirk on an event made for it: what it covers, and that it can be refused. */
class DigestRulesTest {
    private static final Bytes FLAG = BooleanVariable.encode(true);
    private static final Bytes VARIABLE = variable(Bytes.EMPTY);
    private static final Bytes PADDED_VARIABLE = variable(Bytes.parseHex("0000"));
    private static final int VARIABLE_DATA_OFFSET = VARIABLE.length() - 1;
    private static final Bytes TAG =
            new ByteWriter().u32(0x1234).u32(3).bytes(ascii("abc")).toBytes();
    private static final Bytes UTF16_NAME = Bytes.encode(".linux\0", StandardCharsets.UTF_16LE);
    private static final Bytes BLOB = new FirmwareBlob(0x1000, 0x2000).encode();

    private record Case(
            String name,
            EventType type,
            Bytes measured,
            Bytes data,
            DigestRule rule,
            Optional<DigestQuirk> quirk,
            int coveredOffset,
            int coveredLength) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> matching() {
        Bytes command = ascii("grub_cmd: set root");
        Bytes commandNul = ascii("grub_cmd set root\0");
        return Stream.of(
                plain("variable", EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, VARIABLE, VARIABLE, DigestRule.WHOLE_DATA),
                new Case(
                        "boot variable",
                        EventType.EV_EFI_VARIABLE_BOOT,
                        FLAG,
                        VARIABLE,
                        DigestRule.VARIABLE_DATA,
                        Optional.empty(),
                        VARIABLE_DATA_OFFSET,
                        1),
                plain("boot variable 2", EventType.EV_EFI_VARIABLE_BOOT2, VARIABLE, VARIABLE, DigestRule.WHOLE_DATA),
                plain("GPT 2", EventType.EV_EFI_GPT_EVENT2, ascii("gpt"), ascii("gpt"), DigestRule.WHOLE_DATA),
                plain("SPDM", EventType.EV_EFI_SPDM_FIRMWARE_BLOB, ascii("spdm"), ascii("spdm"), DigestRule.WHOLE_DATA),
                plain("text", EventType.EV_EFI_ACTION, ascii("text"), ascii("text"), DigestRule.WHOLE_DATA),
                plain(
                        "separator",
                        EventType.EV_SEPARATOR,
                        Bytes.parseHex("00000000"),
                        Bytes.parseHex("00000000"),
                        DigestRule.WHOLE_DATA),
                new Case(
                        "error separator with the vendor's data",
                        EventType.EV_SEPARATOR,
                        Bytes.parseHex("01000000"),
                        ascii("no memory"),
                        DigestRule.ERROR_VALUE,
                        Optional.empty(),
                        0,
                        0),
                quirk(
                        DigestQuirk.VARIABLE_BOOT_WHOLE_STRUCTURE,
                        EventType.EV_EFI_VARIABLE_BOOT,
                        VARIABLE,
                        VARIABLE,
                        DigestRule.WHOLE_DATA,
                        0,
                        VARIABLE.length()),
                quirk(
                        DigestQuirk.VARIABLE_NAME_NOT_COVERED,
                        EventType.EV_EFI_VARIABLE_DRIVER_CONFIG,
                        FLAG,
                        VARIABLE,
                        DigestRule.VARIABLE_DATA,
                        VARIABLE_DATA_OFFSET,
                        1),
                quirk(
                        DigestQuirk.VARIABLE_TRAILING_BYTES_NOT_COVERED,
                        EventType.EV_EFI_VARIABLE_DRIVER_CONFIG,
                        VARIABLE,
                        PADDED_VARIABLE,
                        DigestRule.VARIABLE_STRUCTURE,
                        0,
                        VARIABLE.length()),
                quirk(
                        DigestQuirk.SHIM_LAST_BYTE_NOT_COVERED,
                        EventType.EV_EFI_VARIABLE_AUTHORITY,
                        PADDED_VARIABLE.slice(0, PADDED_VARIABLE.length() - 1),
                        PADDED_VARIABLE,
                        DigestRule.ALL_BUT_LAST_BYTE,
                        0,
                        PADDED_VARIABLE.length() - 1),
                quirk(
                        DigestQuirk.TEXT_NUL_NOT_COVERED,
                        EventType.EV_EFI_ACTION,
                        ascii("DMA"),
                        ascii("DMA\0"),
                        DigestRule.TEXT_WITHOUT_NUL,
                        0,
                        3),
                quirk(
                        DigestQuirk.TEXT_NUL_NOT_LOGGED,
                        EventType.EV_EFI_ACTION,
                        ascii("DMA\0"),
                        ascii("DMA"),
                        DigestRule.TEXT_AND_NUL,
                        0,
                        3),
                quirk(
                        DigestQuirk.TEXT_NUL_NOT_LOGGED,
                        EventType.EV_IPL,
                        Bytes.encode("quiet\0", StandardCharsets.UTF_16LE),
                        Bytes.encode("quiet", StandardCharsets.UTF_16LE),
                        DigestRule.TEXT_AND_WIDE_NUL,
                        0,
                        10),
                quirk(
                        DigestQuirk.GRUB_PREFIX_NOT_COVERED,
                        EventType.EV_IPL,
                        ascii("set root"),
                        command,
                        DigestRule.TEXT_AFTER_PREFIX,
                        10,
                        8),
                quirk(
                        DigestQuirk.GRUB_PREFIX_NOT_COVERED,
                        EventType.EV_IPL,
                        ascii("set root\0"),
                        commandNul,
                        DigestRule.TEXT_AFTER_PREFIX_AND_NUL,
                        9,
                        9),
                quirk(
                        DigestQuirk.STUB_NAME_IN_UTF8,
                        EventType.EV_IPL,
                        ascii(".linux\0"),
                        UTF16_NAME,
                        DigestRule.TEXT_IN_UTF8,
                        0,
                        UTF16_NAME.length()),
                quirk(
                        DigestQuirk.TAG_NOT_COVERED,
                        EventType.EV_EVENT_TAG,
                        ascii("abc"),
                        TAG,
                        DigestRule.TAGGED_DATA,
                        8,
                        3),
                quirk(
                        DigestQuirk.SEPARATOR_WITH_NAME,
                        EventType.EV_SEPARATOR,
                        Bytes.parseHex("ffffffff"),
                        ascii("Skiboot Boot"),
                        DigestRule.SEPARATOR_OF_ONES,
                        0,
                        0));
    }

    @ParameterizedTest
    @MethodSource("matching")
    void theDigestMatchesByTheRule(Case sample) {
        assertEquals(
                new DigestCheck(
                        HashAlgorithm.SHA256,
                        DigestStatus.MATCHES,
                        sample.rule,
                        sample.quirk,
                        sample.coveredOffset,
                        sample.coveredLength),
                check(sample.type, sample.measured, sample.data, AcceptedQuirks.ALL));
    }

    @ParameterizedTest
    @MethodSource("matching")
    void nothingButTheCoveredBytesIsCovered(Case sample) {
        DigestCheck check = check(sample.type, sample.measured, sample.data, AcceptedQuirks.ALL);
        assertEquals(sample.coveredOffset, check.coveredOffset());
        assertEquals(sample.coveredLength, check.coveredLength());
        for (int i = 0; i < sample.data.length(); i++) {
            boolean covered = i >= sample.coveredOffset && i < sample.coveredOffset + sample.coveredLength;
            assertEquals(covered ? Coverage.COVERED : Coverage.NOT_COVERED, check.coverage(i, 1), "byte " + i);
        }
        assertEquals(Coverage.NOT_COVERED, check.coverage(0, 0), "no byte at all");
        assertEquals(Coverage.NOT_COVERED, check.coverage(0, Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @MethodSource("matching")
    void aQuirkThatIsRefusedIsADifferenceThatNamesIt(Case sample) {
        AcceptedQuirks refused = sample.quirk.map(AcceptedQuirks.ALL::without).orElse(AcceptedQuirks.NONE);
        DigestCheck check = check(sample.type, sample.measured, sample.data, refused);
        assertEquals(sample.quirk, check.quirk());
        assertEquals(sample.quirk.isPresent() ? DigestStatus.DIFFERS : DigestStatus.MATCHES, check.status());
        if (sample.quirk.isPresent()) {
            assertEquals(Coverage.CONTRADICTED, check.coverage(0, sample.data.length()));
            boolean acceptedUpToHarmless =
                    AcceptedQuirks.upTo(DigestQuirk.Severity.HARMLESS).contains(sample.quirk.get());
            assertEquals(sample.quirk.get().severity() == DigestQuirk.Severity.HARMLESS, acceptedUpToHarmless);
        }
    }

    private static final Bytes VERSION = Bytes.encode("2.5.1\0", StandardCharsets.UTF_16LE);

    @Test
    void aVersionOfDellsWithAnotherDigestIsAQuirk() {
        DigestCheck check = check(EventType.EV_S_CRTM_VERSION, ascii("else"), VERSION, AcceptedQuirks.ALL);
        assertEquals(DigestStatus.NOT_COVERED, check.status());
        assertEquals(Optional.of(DigestQuirk.VERSION_NOT_COVERED), check.quirk());
        DigestCheck refused = check(EventType.EV_S_CRTM_VERSION, ascii("else"), VERSION, AcceptedQuirks.NONE);
        assertEquals(DigestStatus.DIFFERS, refused.status());
        assertEquals(Optional.of(DigestQuirk.VERSION_NOT_COVERED), refused.quirk());
        assertEquals(
                DigestStatus.MATCHES,
                check(EventType.EV_S_CRTM_VERSION, VERSION, VERSION, AcceptedQuirks.NONE)
                        .status());
        assertNotEquals(check, refused);
        assertNotEquals(check, "else");
        DigestCheck same = check(EventType.EV_S_CRTM_VERSION, ascii("else"), VERSION, AcceptedQuirks.ALL);
        assertEquals(Set.of(check), Set.copyOf(List.of(check, same)));
    }

    @Test
    void versionsInAsciiWithALetterOrWithoutANulAreAsGood() {
        for (Bytes version :
                List.of(ascii("2.5.1"), ascii("A07\0"), Bytes.encode("1.13", StandardCharsets.UTF_16LE), ascii("12"))) {
            assertEquals(
                    DigestStatus.NOT_COVERED,
                    check(EventType.EV_S_CRTM_VERSION, ascii("else"), version, AcceptedQuirks.ALL)
                            .status());
        }
        for (Bytes other : List.of(ascii("N1UET78W"), ascii("1..2"), ascii("2.5.1 x"), Bytes.parseHex("0102"))) {
            assertEquals(
                    DigestStatus.DIFFERS,
                    check(EventType.EV_S_CRTM_VERSION, ascii("else"), other, AcceptedQuirks.ALL)
                            .status());
        }
    }

    @Test
    void onOpenPowerAnActionNamesAnObject() throws Exception {
        for (String vendor : List.of("IBM", "IBM\0", "ibm", "")) {
            boolean openPower = vendor.startsWith("IBM");
            SpecIdEvent plain = SpecIdEvent.of(List.of(HashAlgorithm.SHA256));
            SpecIdEvent specId = new SpecIdEvent(
                    plain.version(),
                    plain.platformClass(),
                    plain.specVersionMinor(),
                    plain.specVersionMajor(),
                    plain.specErrata(),
                    plain.uintnSize(),
                    plain.algorithms(),
                    ascii(vendor),
                    plain.trailing());
            byte[] log = EventLogBuilder.cryptoAgile(specId)
                    .measure(1, EventType.EV_ACTION, ascii("else"), ascii("PVR of Chip"))
                    .measure(1, EventType.EV_ACTION, ascii("text"), ascii("text"))
                    .measure(1, EventType.EV_EFI_ACTION, ascii("else"), ascii("PVR of Chip"))
                    .build();
            List<DigestCheck> checks = CheckedLog.of(EventLog.wrap(log)).events().stream()
                    .skip(1)
                    .map(event -> event.checks().get(0))
                    .toList();
            assertEquals(
                    List.of(
                            openPower ? DigestStatus.NOT_COVERED : DigestStatus.DIFFERS,
                            DigestStatus.MATCHES,
                            DigestStatus.DIFFERS),
                    checks.stream().map(DigestCheck::status).toList(),
                    vendor);
            assertEquals(
                    openPower ? Optional.of(DigestQuirk.ACTION_NAMES_OBJECT) : Optional.empty(),
                    checks.get(0).quirk());
        }
    }

    @Test
    void fourBytesAndBinaryDataAreNoNameOfAWriter() {
        Bytes ones = Bytes.parseHex("ffffffff");
        assertEquals(DigestStatus.DIFFERS, status(EventType.EV_SEPARATOR, ones, ascii("Skib")));
        assertEquals(DigestStatus.MATCHES, status(EventType.EV_SEPARATOR, ones, ascii("Skibo")));
        assertEquals(DigestStatus.MATCHES, status(EventType.EV_SEPARATOR, ones, ascii("x".repeat(64))));
        assertEquals(DigestStatus.DIFFERS, status(EventType.EV_SEPARATOR, ones, ascii("x".repeat(65))));
        assertEquals(DigestStatus.DIFFERS, status(EventType.EV_SEPARATOR, ones, Bytes.parseHex("0102030405")));
    }

    @Test
    void atMostTwoNulsAtTheEndOfATextNeedNotBeCovered() {
        for (int nuls = 1; nuls <= 3; nuls++) {
            DigestStatus expected = nuls <= 2 ? DigestStatus.MATCHES : DigestStatus.DIFFERS;
            String end = "\0".repeat(nuls);
            assertEquals(expected, status(EventType.EV_EFI_ACTION, ascii("text"), ascii("text" + end)));
            assertEquals(expected, status(EventType.EV_EFI_ACTION, Bytes.EMPTY, ascii(end)), "nothing but NULs");
        }
        assertEquals(DigestStatus.DIFFERS, status(EventType.EV_EFI_ACTION, ascii("else"), Bytes.EMPTY));
    }

    @Test
    void aCommandOfGrubWithoutANulMayBeCoveredWhole() {
        Bytes command = ascii("grub_cmd: set root");
        assertEquals(
                DigestRule.WHOLE_DATA,
                check(EventType.EV_IPL, command, command, AcceptedQuirks.NONE).rule());
        assertEquals(DigestStatus.DIFFERS, status(EventType.EV_IPL, ascii("set root\0"), command));
    }

    @Test
    void onlyWhatIsUtf16ToItsLastByteIsMeasuredInUtf8() {
        Bytes odd = Bytes.encode(".linux\0", StandardCharsets.UTF_16LE).slice(0, 13);
        Bytes replaced = Bytes.encode(odd.decode(StandardCharsets.UTF_16LE), StandardCharsets.UTF_8);
        assertEquals(DigestStatus.MATCHES, status(EventType.EV_IPL, ascii(".linux\0"), UTF16_NAME));
        assertEquals(DigestStatus.NOT_COVERED, status(EventType.EV_IPL, replaced, odd));
    }

    @Test
    void aTagOfWindowsIsCoveredWholeOrNotAtAll() throws Exception {
        Bytes setting = Bytes.parseHex("02000500 01000000 01".replace(" ", ""));
        byte[] log = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                .measure(12, EventType.EV_EVENT_TAG, setting)
                .measure(12, EventType.EV_EVENT_TAG, ascii("else"), setting)
                .measure(12, EventType.EV_EVENT_TAG, setting.from(8), setting)
                .build();
        List<DigestCheck> checks = CheckedLog.of(EventLog.wrap(log)).events().stream()
                .skip(1)
                .map(event -> event.checks().get(0))
                .toList();
        assertEquals(
                List.of(DigestStatus.MATCHES, DigestStatus.DIFFERS, DigestStatus.DIFFERS),
                checks.stream().map(DigestCheck::status).toList());
        assertEquals(Coverage.COVERED, checks.get(0).coverage(0, setting.length()));
    }

    @Test
    void everyQuirkHasACase() {
        Set<DigestQuirk> tested =
                matching().flatMap(sample -> sample.quirk.stream()).collect(Collectors.toSet());
        tested.addAll(List.of(DigestQuirk.ACTION_NAMES_OBJECT, DigestQuirk.VERSION_NOT_COVERED));
        assertEquals(EnumSet.allOf(DigestQuirk.class), tested);
    }

    @Test
    void everyRuleHasACase() {
        Set<DigestRule> tested = matching().map(Case::rule).collect(Collectors.toSet());
        tested.addAll(List.of(DigestRule.OUTSIDE_THE_LOG, DigestRule.NOTHING));
        assertEquals(EnumSet.allOf(DigestRule.class), tested);
    }

    @Test
    void aDigestOfSomethingElseDiffersWhereTheDataShouldBeCovered() {
        for (EventType type : List.of(
                EventType.EV_SEPARATOR,
                EventType.EV_EFI_ACTION,
                EventType.EV_S_CRTM_VERSION,
                EventType.EV_EFI_GPT_EVENT2,
                EventType.EV_EFI_VARIABLE_DRIVER_CONFIG,
                EventType.EV_EFI_VARIABLE_BOOT,
                EventType.EV_EFI_VARIABLE_BOOT2,
                EventType.EV_EFI_VARIABLE_AUTHORITY,
                EventType.EV_EFI_SPDM_FIRMWARE_CONFIG)) {
            DigestCheck check = check(type, ascii("else"), VARIABLE, AcceptedQuirks.ALL);
            assertEquals(DigestStatus.DIFFERS, check.status(), type.toString());
            assertEquals(Coverage.CONTRADICTED, check.coverage(0, 1));
        }
    }

    @Test
    void aDigestOfAnObjectOutsideTheLogCoversNothing() {
        for (EventType type : List.of(
                EventType.EV_POST_CODE,
                EventType.EV_POST_CODE2,
                EventType.EV_EFI_BOOT_SERVICES_APPLICATION,
                EventType.EV_EFI_HANDOFF_TABLES2,
                EventType.EV_EFI_HCRTM_EVENT,
                EventType.EV_COMPACT_HASH)) {
            DigestCheck check = check(type, ascii("else"), BLOB, AcceptedQuirks.ALL);
            assertEquals(DigestStatus.NOT_COVERED, check.status(), type.toString());
            assertEquals(DigestRule.OUTSIDE_THE_LOG, check.rule());
            assertEquals(Coverage.NOT_COVERED, check.coverage(0, 1));
        }
    }

    @Test
    void anEventThatIsNotExtendedIsNeverMeasuredWhateverItsDigest() {
        DigestCheck check = check(EventType.EV_NO_ACTION, BLOB, BLOB, AcceptedQuirks.ALL);
        assertEquals(DigestStatus.NOT_MEASURED, check.status());
        assertEquals(DigestRule.NOTHING, check.rule());
        assertEquals(Coverage.NEVER_MEASURED, check.coverage(0, 1));
    }

    @Test
    void anEventWithoutADigestInTheBankIsNeverMeasured() throws Exception {
        byte[] log = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                .event(0, EventType.EV_EFI_ACTION, List.of(), ascii("text"))
                .build();
        DigestCheck check =
                CheckedLog.of(EventLog.wrap(log)).events().get(1).checks().get(0);
        assertEquals(DigestStatus.NO_DIGEST, check.status());
        assertEquals(Coverage.NEVER_MEASURED, check.coverage(0, 1));
    }

    @Test
    void idsAreDistinctAndDescriptive() {
        assertEquals(
                DigestQuirk.values().length,
                Stream.of(DigestQuirk.values()).map(DigestQuirk::id).distinct().count());
        for (DigestQuirk quirk : DigestQuirk.values()) {
            assertTrue(quirk.id().matches("[a-z0-9]+(-[a-z0-9]+)+"), quirk.id());
            assertTrue(!quirk.seenOn().isEmpty() && !quirk.clause().isEmpty());
        }
    }

    private static Case plain(String name, EventType type, Bytes measured, Bytes data, DigestRule rule) {
        return new Case(name, type, measured, data, rule, Optional.empty(), 0, data.length());
    }

    private static Case quirk(
            DigestQuirk quirk, EventType type, Bytes measured, Bytes data, DigestRule rule, int offset, int length) {
        return new Case(quirk.id() + ", " + rule, type, measured, data, rule, Optional.of(quirk), offset, length);
    }

    private static DigestStatus status(EventType type, Bytes measured, Bytes data) {
        return check(type, measured, data, AcceptedQuirks.ALL).status();
    }

    private static DigestCheck check(EventType type, Bytes measured, Bytes data, AcceptedQuirks accepted) {
        try {
            byte[] log = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                    .measure(0, type, measured, data)
                    .build();
            return CheckedLog.of(EventLog.wrap(log), accepted)
                    .events()
                    .get(1)
                    .check(HashAlgorithm.SHA256)
                    .orElseThrow();
        } catch (MalformedDataException e) {
            throw new AssertionError(e);
        }
    }

    private static Bytes variable(Bytes trailing) {
        return new VariableData(KnownVariable.SECURE_BOOT.vendorGuid(), "SecureBoot", FLAG, trailing).encode();
    }

    private static Bytes ascii(String text) {
        return Bytes.encode(text, StandardCharsets.US_ASCII);
    }
}
