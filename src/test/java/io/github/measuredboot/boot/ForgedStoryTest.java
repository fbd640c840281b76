package io.github.measuredboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventLogExamination;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.check.Proof;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.json.BootSummaryJson;
import io.github.measuredboot.testing.TestLogs;
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
class ForgedStoryTest {
    private static final Bytes ZERO = Bytes.parseHex("00000000");
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
        assertEquals(Proof.NOT_COVERED, image.claim().proof());
        assertEquals(Optional.empty(), image.claim().covered());
    }

    @Test
    void theDigestOfAnEventsOwnDataDoesNotCoverAnImagesPath() throws Exception {
        Bytes data = ImageLoadEvent.of(0, 0, 0, DevicePath.parseStrictly("\\EFI\\BOOT\\BOOTX64.EFI"))
                .encode();
        LoadedImage image = summary(builder().measure(4, EventType.EV_EFI_BOOT_SERVICES_APPLICATION, data))
                .images()
                .get(0);
        assertEquals(Proof.NOT_COVERED, image.claim().proof());
    }

    @Test
    void anEventRelabelledAsAVariableIsContradicted() throws Exception {
        BootSummary summary = summary(
                builder().measure(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, ascii("anything"), secureBoot(true)));
        assertEquals(Proof.CONTRADICTED, summary.secureBoot().modes().get(0).proof());
        assertEquals(Optional.empty(), summary.secureBoot().coveredMode(KnownVariable.SECURE_BOOT));
    }

    @Test
    void aVariableWhoseNameTheDigestLeavesOutIsNotCovered() throws Exception {
        BootSummary summary = summary(builder()
                .measure(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, BooleanVariable.encode(true), secureBoot(true)));
        assertEquals(Proof.NOT_COVERED, summary.secureBoot().modes().get(0).proof());
    }

    @Test
    void whatIsMeasuredBehindTheSeparatorDoesNotSayWhatSecureBootWas() throws Exception {
        BootSummary summary = summary(builder()
                .measure(7, EventType.EV_SEPARATOR, ZERO)
                .measure(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, secureBoot(true)));
        assertEquals(Proof.COVERED, summary.secureBoot().modes().get(0).proof());
        assertEquals(Phase.OS_PRESENT, summary.secureBoot().modes().get(0).phase());
        assertEquals(Optional.empty(), summary.secureBoot().coveredMode(KnownVariable.SECURE_BOOT));
    }

    @Test
    void twoContradictingStatementsSayNothing() throws Exception {
        BootSummary summary = summary(builder()
                .measure(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, secureBoot(true))
                .measure(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, secureBoot(false)));
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
        assertEquals(Phase.OS_PRESENT, summary.secureBoot().modes().get(0).phase());
    }

    @Test
    void anActionHiddenBehindAnotherTypeIsFoundByItsDigest() throws Exception {
        for (String text : List.of("DMA Protection Disabled", "DMA Protection Disabled\0")) {
            BootSummary summary = summary(
                    builder().measure(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, ascii(text), secureBoot(true)));
            assertEquals(
                    Optional.of(new Action(Action.Kind.DMA_PROTECTION_DISABLED, "DMA Protection Disabled")),
                    summary.actions(Action.Kind.DMA_PROTECTION_DISABLED).get(0).covered());
        }
        BootSummary forged = summary(
                builder().measure(7, EventType.EV_EFI_ACTION, ascii("something else"), ascii("UEFI Debug Mode")));
        assertEquals(
                Proof.CONTRADICTED,
                forged.actions(Action.Kind.DEBUG_MODE).get(0).proof());
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
    void anOrderThatIsToldManyTimesCostsNoMore() throws Exception {
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
    void noMutatedLogKeepsTheStoryFromBeingTold(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = Integer.MAX_VALUE) Integer> flips) {
        byte[] mutated = BOOT.clone();
        for (int flip : flips) {
            mutated[flip / Byte.SIZE % mutated.length] ^= (byte) (1 << flip % Byte.SIZE);
        }
        EventLogExamination examination = EventLog.examine(Bytes.wrap(mutated), ParseLimits.DEFAULT);
        EventLog log = examination.readable();
        BootSummary summary = BootSummary.of(CheckedLog.of(log), HashAlgorithm.SHA256);
        assertTrue(
                BootSummaryJson.of("mutated", log, summary, examination.fault()).startsWith("{"));
        for (LoadedImage image : summary.images()) {
            assertEquals(Optional.empty(), image.claim().covered());
        }
    }

    @Property(tries = 300)
    void noRelabelledEventGainsAProof(
            @ForAll @IntRange(min = 1, max = 40) int number, @ForAll @IntRange(min = 0, max = 40) int as)
            throws Exception {
        EventLog honest = EventLog.wrap(BOOT);
        EventType type = honest.events().get(as).claimedType();
        EventLogBuilder builder = EventLogBuilder.cryptoAgile(honest.specId().orElseThrow());
        for (Event event : honest.events().subList(1, honest.events().size())) {
            builder.event(
                    event.pcrIndex(),
                    event.number() == number ? type : event.claimedType(),
                    event.digests(),
                    event.data());
        }
        SecureBoot secureBoot = summary(builder).secureBoot();
        secureBoot.coveredMode(KnownVariable.SECURE_BOOT).ifPresent(enabled -> assertTrue(enabled));
        assertEquals(Optional.empty(), secureBoot.coveredMode(KnownVariable.SETUP_MODE));
    }

    private static EventLogBuilder builder() {
        return EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256);
    }

    private static BootSummary summary(EventLogBuilder builder) throws MalformedDataException {
        return BootSummary.of(CheckedLog.of(EventLog.wrap(builder.build())), HashAlgorithm.SHA256);
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
