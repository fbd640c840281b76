package io.github.measuredboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.cli.ReportJson;
import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.testing.VerifiedStories;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.BooleanVariable;
import io.github.measuredboot.uefi.BootOrder;
import io.github.measuredboot.uefi.ImageLoadEvent;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.LoadOption;
import io.github.measuredboot.uefi.VariableData;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What a machine that lies can make the story say, and with which proof. */
class ForgedSummaryTest {
    private static final Bytes ZERO = Bytes.parseHex("00000000");
    private static final List<EventType> VARIABLE_TYPES = List.of(
            EventType.EV_EFI_VARIABLE_DRIVER_CONFIG,
            EventType.EV_EFI_VARIABLE_AUTHORITY,
            EventType.EV_EFI_VARIABLE_BOOT,
            EventType.EV_EFI_VARIABLE_BOOT2,
            EventType.EV_EFI_ACTION,
            EventType.EV_SEPARATOR,
            EventType.EV_EFI_BOOT_SERVICES_APPLICATION);
    private static final byte[] BOOT = TestLogs.read(Path.of("testdata/boots/uki-secureboot/eventlog.bin"));

    @Test
    void anImageThatClaimsToLieInTheFirmwareIsOnlyAClaim() throws Exception {
        DevicePath path = DevicePath.parseStrictly(
                "Fv(7CB8BDC9-F8EB-4F34-AAEA-3EE4AF6516A1)/FvFile(462CAA21-7614-4503-836E-8AB6F4662331)");
        BootSummary summary = summary(builder()
                .measure(
                        4,
                        EventType.EV_EFI_BOOT_SERVICES_APPLICATION,
                        ascii("the image"),
                        ImageLoadEvent.of(0, 0, 0, path).encode()));
        LoadedImage image = summary.images().get(0);
        assertTrue(image.claim().claimedValue().isFirmwareResident());
        assertEquals(Coverage.NOT_COVERED, image.claim().coverage());
        assertEquals(Optional.empty(), image.claim().covered());
    }

    @Test
    void theDigestOfAnEventsOwnDataDoesNotCoverAnImagesPath() throws Exception {
        Bytes data = ImageLoadEvent.of(0, 0, 0, DevicePath.parseStrictly("\\EFI\\BOOT\\BOOTX64.EFI"))
                .encode();
        LoadedImage image = summary(builder().measure(4, EventType.EV_EFI_BOOT_SERVICES_APPLICATION, data))
                .images()
                .get(0);
        assertEquals(Coverage.NOT_COVERED, image.claim().coverage());
    }

    @Test
    void anEventRelabelledAsAVariableIsContradicted() throws Exception {
        BootSummary summary = summary(
                builder().measure(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, ascii("anything"), secureBoot(true)));
        assertEquals(Coverage.CONTRADICTED, summary.secureBoot().modes().get(0).coverage());
        assertEquals(Optional.empty(), summary.secureBoot().coveredMode(KnownVariable.SECURE_BOOT));
    }

    @Test
    void aVariableWhoseNameTheDigestLeavesOutIsNotCovered() throws Exception {
        BootSummary summary = summary(builder()
                .measure(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, BooleanVariable.encode(true), secureBoot(true)));
        assertEquals(Coverage.NOT_COVERED, summary.secureBoot().modes().get(0).coverage());
    }

    @Test
    void whatIsMeasuredBehindTheSeparatorDoesNotSayWhatSecureBootWas() throws Exception {
        for (EventType type : VARIABLE_TYPES) {
            SecureBoot secureBoot = summary(
                            builder().measure(7, EventType.EV_SEPARATOR, ZERO).measure(7, type, secureBoot(true)))
                    .secureBoot();
            assertEquals(List.of(), secureBoot.modes());
            assertEquals(List.of(), secureBoot.authorities());
            assertEquals(
                    Optional.of(KnownVariable.SECURE_BOOT),
                    secureBoot.late().get(0).covered());
            assertEquals(Optional.empty(), secureBoot.coveredMode(KnownVariable.SECURE_BOOT));
        }
    }

    @Test
    void withoutASeparatorNothingSaysThatFirmwareMeasuredIt() throws Exception {
        for (EventType type : VARIABLE_TYPES) {
            SecureBoot secureBoot =
                    summary(builder().measure(7, type, secureBoot(true))).secureBoot();
            assertEquals(Coverage.NOT_COVERED, secureBoot.modes().get(0).coverage());
            assertEquals(Phase.UNKNOWN, secureBoot.modes().get(0).phase());
            assertEquals(Optional.empty(), secureBoot.coveredMode(KnownVariable.SECURE_BOOT));
            assertEquals(Optional.empty(), secureBoot.claimedMode(KnownVariable.SECURE_BOOT));
        }
    }

    @Test
    void anotherTypeDoesNotHideAVariable() throws Exception {
        for (EventType type : VARIABLE_TYPES) {
            SecureBoot secureBoot = summary(
                            builder().measure(7, type, secureBoot(false)).measure(7, EventType.EV_SEPARATOR, ZERO))
                    .secureBoot();
            assertEquals(Optional.of(false), secureBoot.coveredMode(KnownVariable.SECURE_BOOT), type.toString());
        }
    }

    @Test
    void aSeparatorByItsTypeAloneEndsNothing() throws Exception {
        BootSummary summary = summary(builder()
                .measure(7, EventType.EV_SEPARATOR, ascii("PK"), ZERO)
                .measure(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, secureBoot(true))
                .measure(7, EventType.EV_SEPARATOR, ZERO));
        assertEquals(Coverage.CONTRADICTED, summary.separators().get(0).coverage());
        assertEquals(Optional.of(true), summary.secureBoot().coveredMode(KnownVariable.SECURE_BOOT));
    }

    /** The header is not measured, whatever index it has. */
    @Test
    void aHeaderDoesNotMakeRegistersOfPcrs() throws Exception {
        byte[] log = builder()
                .measure(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, secureBoot(false))
                .measure(7, EventType.EV_SEPARATOR, ZERO)
                .measure(1, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, secureBoot(true))
                .measure(1, EventType.EV_SEPARATOR, ZERO)
                .build();
        log[0] = 1;
        EventLog forged = EventLog.wrap(log);
        assertTrue(forged.has(DiagnosticCode.CC_MEASUREMENT_REGISTERS));
        for (BootSummary summary : List.of(
                BootSummary.of(CheckedLog.of(forged), HashAlgorithm.SHA256),
                VerifiedStories.of(forged, HashAlgorithm.SHA256))) {
            assertEquals(MeasurementRegisters.PCRS, summary.registers());
            assertEquals(1, summary.secureBoot().modes().size());
            assertEquals(Optional.of(false), summary.secureBoot().claimedMode(KnownVariable.SECURE_BOOT));
        }
        BootSummary registers = BootSummary.of(
                CheckedLog.of(forged), HashAlgorithm.SHA256, MeasurementRegisters.CC_MEASUREMENT_REGISTERS);
        assertEquals(Optional.of(true), registers.secureBoot().claimedMode(KnownVariable.SECURE_BOOT));
        assertEquals(Optional.empty(), registers.secureBoot().coveredMode(KnownVariable.SECURE_BOOT));
    }

    @Test
    void twoContradictingStatementsSayNothing() throws Exception {
        BootSummary summary = summary(builder()
                .measure(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, secureBoot(true))
                .measure(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, secureBoot(false))
                .measure(7, EventType.EV_SEPARATOR, ZERO));
        assertEquals(2, summary.secureBoot().modes().size());
        assertEquals(Optional.empty(), summary.secureBoot().coveredMode(KnownVariable.SECURE_BOOT));
    }

    @Test
    void anotherRegisterThanThatOfSecureBootIsNotListenedTo() throws Exception {
        BootSummary summary = summary(builder().measure(8, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, secureBoot(true)));
        assertEquals(List.of(), summary.secureBoot().modes());
    }

    @Test
    void aSeparatorHiddenBehindAnotherTypeStillEndsThePhase() throws Exception {
        BootSummary summary = summary(builder()
                .measure(7, EventType.EV_EFI_ACTION, ZERO, ascii("nothing to see"))
                .measure(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, secureBoot(true)));
        assertEquals(
                Optional.of(SeparatorData.Kind.NORMAL),
                summary.separators().get(0).covered());
        assertEquals(List.of(), summary.secureBoot().modes());
        assertEquals(Phase.OS_PRESENT, summary.secureBoot().late().get(0).phase());
    }

    @Test
    void anActionHiddenBehindAnotherTypeIsFoundByItsDigest() throws Exception {
        for (String text : List.of("DMA Protection Disabled", "DMA Protection Disabled\0")) {
            BootSummary summary = summary(
                    builder().measure(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, ascii(text), secureBoot(true)));
            assertEquals(
                    Optional.of(new Action(
                            Optional.of(MeasuredConstant.DMA_PROTECTION_DISABLED), "DMA Protection Disabled")),
                    summary.actions(MeasuredConstant.DMA_PROTECTION_DISABLED)
                            .get(0)
                            .covered());
        }
        BootSummary forged = summary(
                builder().measure(7, EventType.EV_EFI_ACTION, ascii("something else"), ascii("UEFI Debug Mode")));
        assertEquals(
                Coverage.CONTRADICTED,
                forged.actions(MeasuredConstant.UEFI_DEBUG_MODE).get(0).coverage());
    }

    @Test
    void anErrorSeparatorIsProvedByItsDigestWhateverTheVendorWrites() throws Exception {
        BootSummary summary = summary(
                builder().measure(0, EventType.EV_SEPARATOR, Bytes.parseHex("01000000"), ascii("out of memory")));
        assertEquals(
                Optional.of(SeparatorData.Kind.ERROR),
                summary.separators().get(0).covered());
    }

    @Test
    void anErrorSeparatorWhereABootOrderMayReadLikeThatIsOnlyClaimed() throws Exception {
        BootSummary summary = summary(builder().measure(1, EventType.EV_SEPARATOR, Bytes.parseHex("01000000")));
        assertEquals(SeparatorData.Kind.ERROR, summary.separators().get(0).claimedValue());
        assertEquals(Coverage.NOT_COVERED, summary.separators().get(0).coverage());
    }

    @Test
    void aFirmwareVersionIsOneOfPcr0() throws Exception {
        Bytes version = Bytes.encode("1.2.3\0", StandardCharsets.UTF_16LE);
        for (int pcr : new int[] {0, 1, 8, 12}) {
            BootSummary summary = summary(builder().measure(pcr, EventType.EV_S_CRTM_VERSION, version));
            assertEquals(pcr == 0, !summary.firmwareVersions().isEmpty());
        }
    }

    @Test
    void aSectionNameWithoutContentAndAContentWithoutNameStandAlone() throws Exception {
        Bytes name = Bytes.encode(".linux\0", StandardCharsets.UTF_16LE);
        BootSummary summary = summary(builder()
                .measure(11, EventType.EV_IPL, ascii(".linux\0"), name)
                .measure(11, EventType.EV_IPL, ascii(".linux\0"), name)
                .measure(11, EventType.EV_IPL, ascii("content"), name)
                .measure(11, EventType.EV_IPL, ascii("more"), name));
        assertEquals(
                List.of("true false", "true true", "false true"),
                summary.ukiSections().stream()
                        .map(section -> section.name().covered().isPresent() + " "
                                + section.digest().isPresent())
                        .toList());
    }

    @Test
    void ofEqualOptionsTheFirstInTheOrderOfBootingIsTaken() throws Exception {
        DevicePath path = DevicePath.parseStrictly("\\EFI\\BOOT\\BOOTX64.EFI");
        BootSummary summary = summary(builder()
                .measure(1, EventType.EV_EFI_VARIABLE_BOOT2, bootOrder(List.of(7, 2, 1, 2)))
                .measure(1, EventType.EV_EFI_VARIABLE_BOOT2, bootOption(1, path))
                .measure(1, EventType.EV_EFI_VARIABLE_BOOT2, bootOption(2, path))
                .measure(4, EventType.EV_SEPARATOR, ZERO)
                .measure(
                        4,
                        EventType.EV_EFI_BOOT_SERVICES_APPLICATION,
                        ascii("the image"),
                        ImageLoadEvent.of(0, 0, 0, path).encode()));
        assertEquals(
                new BootOptions.Taken("Boot0002", BootOptions.Basis.DEVICE_PATH),
                summary.bootOptions().taken().orElseThrow().claimedValue());
    }

    /** Options times numbers in orders would be 8 billion. */
    @Test
    void anOrderThatIsLoggedManyTimesCostsNoMore() throws Exception {
        DevicePath path = DevicePath.parseStrictly("\\EFI\\BOOT\\BOOTX64.EFI");
        Bytes order = bootOrder(IntStream.range(0, 20_000).boxed().toList());
        EventLogBuilder builder = builder();
        for (int i = 0; i < 200; i++) {
            builder.measure(1, EventType.EV_EFI_VARIABLE_BOOT2, order);
        }
        for (int i = 20_000; i < 22_000; i++) {
            builder.measure(1, EventType.EV_EFI_VARIABLE_BOOT2, bootOption(i, path));
        }
        builder.measure(4, EventType.EV_SEPARATOR, ZERO)
                .measure(
                        4,
                        EventType.EV_EFI_BOOT_SERVICES_APPLICATION,
                        ImageLoadEvent.of(0, 0, 0, path).encode());
        assertEquals(
                new BootOptions.Taken("Boot4E20", BootOptions.Basis.DEVICE_PATH),
                summary(builder).bootOptions().taken().orElseThrow().claimedValue());
    }

    @Test
    void aPathLongerThanAnyRealOneIsOfNoOption() throws Exception {
        for (int nodes : new int[] {64, 65}) {
            DevicePath path = DevicePath.parseStrictly("x/".repeat(nodes - 1) + "x");
            BootSummary summary = summary(builder()
                    .measure(1, EventType.EV_EFI_VARIABLE_BOOT2, bootOption(1, path))
                    .measure(4, EventType.EV_SEPARATOR, ZERO)
                    .measure(
                            4,
                            EventType.EV_EFI_BOOT_SERVICES_APPLICATION,
                            ImageLoadEvent.of(0, 0, 0, path).encode()));
            assertEquals(nodes == 64, summary.bootOptions().taken().isPresent());
        }
    }

    @Property(tries = 300)
    void noMutatedLogPreventsASummary(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = Integer.MAX_VALUE) Integer> flips) {
        byte[] mutated = BOOT.clone();
        for (int flip : flips) {
            mutated[flip / Byte.SIZE % mutated.length] ^= (byte) (1 << flip % Byte.SIZE);
        }
        EventLog.Examination examination = EventLog.examine(Bytes.wrap(mutated), ParseLimits.DEFAULT);
        EventLog log = examination.readable();
        BootSummary summary = BootSummary.of(CheckedLog.of(log), HashAlgorithm.SHA256);
        assertTrue(ReportJson.summary(log, summary, examination.fault()).startsWith("{"));
        for (LoadedImage image : summary.images()) {
            assertEquals(Optional.empty(), image.claim().covered());
        }
    }

    /** A boot without Secure Boot, after which the operating system measures the variable as if it were on. */
    static byte[] bootWithLateSecureBoot() throws MalformedDataException {
        EventLog honest = EventLog.wrap(TestLogs.read(Path.of("testdata/boots/uki-direct/eventlog.bin")));
        EventLogBuilder builder = EventLogBuilder.cryptoAgile(honest.specId().orElseThrow());
        for (Event event : honest.events().subList(1, honest.events().size())) {
            builder.event(event.pcrIndex(), event.claimedType(), event.digests(), event.data());
        }
        return builder.measure(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, secureBoot(true))
                .build();
    }

    private static EventLogBuilder builder() {
        return EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256);
    }

    private static BootSummary summary(EventLogBuilder builder) throws MalformedDataException {
        return VerifiedStories.of(EventLog.wrap(builder.build()), HashAlgorithm.SHA256);
    }

    private static Bytes secureBoot(boolean enabled) {
        return new VariableData(
                        KnownVariable.SECURE_BOOT.vendorGuid(),
                        "SecureBoot",
                        BooleanVariable.encode(enabled),
                        Bytes.EMPTY)
                .encode();
    }

    private static Bytes bootOrder(List<Integer> numbers) {
        return new VariableData(
                        KnownVariable.BOOT_ORDER.vendorGuid(),
                        "BootOrder",
                        new BootOrder(numbers).encode(),
                        Bytes.EMPTY)
                .encode();
    }

    private static Bytes bootOption(int number, DevicePath path) {
        return new VariableData(
                        KnownVariable.BOOT_ORDER.vendorGuid(),
                        BootOrder.variableName(number),
                        new LoadOption(LoadOption.ACTIVE, "option", List.of(path), Bytes.EMPTY).encode(),
                        Bytes.EMPTY)
                .encode();
    }

    private static Bytes ascii(String text) {
        return Bytes.encode(text, StandardCharsets.US_ASCII);
    }
}
