package io.github.measuredboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.eventlog.data.FirmwareData;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.testing.VerifiedStories;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.Certificate;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.devicepath.DevicePath;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The boots captured for this project, of which all is known. */
class BootSummaryTest {
    private static final Path BOOTS = Path.of("testdata/boots");
    private static final List<String> SECTIONS = List.of(".linux", ".osrel", ".cmdline", ".initrd", ".uname", ".sbat");

    @Test
    void secureBootOfTheSignedBootIsCoveredWithAllItsKeys() {
        SecureBoot secureBoot = summary("uki-secureboot").secureBoot();
        assertEquals(Optional.of(true), secureBoot.coveredMode(KnownVariable.SECURE_BOOT));
        assertEquals(Optional.empty(), secureBoot.coveredMode(KnownVariable.SETUP_MODE), "is not measured");
        assertEquals(
                List.of(
                        "PK [CN=capture test PK] 1",
                        "KEK [CN=capture test KEK] 1",
                        "db [CN=capture test db] 1",
                        "dbx [] 1"),
                secureBoot.databases().stream()
                        .map(stated -> stated.coveredBeforeSeparator().orElseThrow())
                        .map(database -> database.variable().pattern() + " " + subjects(database.certificates()) + " "
                                + database.size())
                        .toList());
        Claim<Authority> authority = secureBoot.authorities().get(0);
        assertEquals(1, secureBoot.authorities().size());
        assertEquals(22, authority.eventNumber());
        assertEquals(Phase.OS_PRESENT, authority.phase());
        assertEquals("db", authority.covered().orElseThrow().name());
        LoadedImage image = summary("uki-secureboot").images().get(0);
        assertEquals(
                List.of("CN=capture test db"),
                subjects(image.claimedAuthority().orElseThrow().claimedValue().certificates()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"uki-direct", "sdboot-uki", "systemd-userland"})
    void secureBootOffIsCovered(String boot) {
        SecureBoot secureBoot = summary(boot).secureBoot();
        assertEquals(Optional.of(false), secureBoot.coveredMode(KnownVariable.SECURE_BOOT));
        assertEquals(
                List.of(KnownVariable.PK, KnownVariable.KEK, KnownVariable.DB, KnownVariable.DBX),
                secureBoot.databases().stream()
                        .map(stated -> stated.claimedValue().variable())
                        .toList());
        assertTrue(secureBoot.databases().stream()
                .allMatch(stated -> stated.claimedValue().size() == 0));
        assertEquals(List.of(), secureBoot.authorities());
    }

    @ParameterizedTest
    @ValueSource(strings = {"uki-direct", "uki-secureboot", "sdboot-uki", "systemd-userland"})
    void imagesHaveTheDigestsOfTheFilesThatBooted(String boot) {
        BootSummary summary = summary(boot, HashAlgorithm.SHA256);
        Map<Integer, String> digests = new HashMap<>();
        for (JsonNode image : TestLogs.json(BOOTS.resolve(boot).resolve("images.json"))) {
            for (JsonNode number : image.get("pcr4_events_with_authenticode_digest")) {
                digests.put(
                        number.asInt(), image.get("authenticode").get("sha256").asText());
            }
        }
        assertTrue(!digests.isEmpty());
        for (LoadedImage image : summary.images()) {
            String file = digests.remove(image.eventNumber());
            DevicePath path = image.claim().claimedValue().devicePath().orElseThrow();
            if (file == null) {
                assertEquals(
                        "VenMedia(55C5D1F8-04CD-46B5-8A20-E56CBB3052D0)", path.toString(), "the kernel of the UKI");
            } else {
                assertEquals(
                        file,
                        image.digest()
                                .orElseThrow()
                                .covered()
                                .orElseThrow()
                                .value()
                                .toHex());
                assertTrue(path.toString().endsWith(".EFI") || path.toString().endsWith(".efi"), path.toString());
            }
            assertEquals(Phase.OS_PRESENT, image.phase());
            assertEquals(Optional.empty(), image.claim().covered(), "no digest covers a path");
            assertEquals(
                    LoadedImage.Type.APPLICATION, image.claim().claimedValue().type());
        }
        assertEquals(Map.of(), digests);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uki-direct", "uki-secureboot", "sdboot-uki", "systemd-userland"})
    void sectionsAndBothHashesOfTheCommandLineAreNamed(String boot) {
        BootSummary summary = summary(boot);
        assertEquals(
                SECTIONS,
                summary.ukiSections().stream()
                        .map(section -> section.name().covered().orElseThrow())
                        .toList());
        for (MeasuredObject section : summary.ukiSections()) {
            assertTrue(section.digest().isPresent());
            assertEquals(section.name().eventNumber() + 1, section.eventNumber());
        }
        assertEquals(
                List.of(CommandLine.Source.UKI_SECTION, CommandLine.Source.LINUX_LOAD_OPTIONS),
                summary.commandLines().stream().map(CommandLine::source).toList());
        assertTrue(summary.commandLines().stream()
                .allMatch(line -> line.text().isEmpty() && line.digest().isPresent()));
        assertEquals(
                Optional.of("Linux initrd"),
                summary.objects().stream()
                        .map(object -> object.name().claimedValue())
                        .reduce((first, second) -> second));
    }

    @Test
    void theOptionThatWasTakenIsFoundByItsPath() {
        for (String boot : List.of("uki-direct", "uki-secureboot", "sdboot-uki", "systemd-userland", "tpm12-legacy")) {
            BootOptions options = summary(boot).bootOptions();
            Claim<BootOptions.Taken> taken = options.taken().orElseThrow();
            assertEquals(new BootOptions.Taken("Boot0001", BootOptions.Basis.DEVICE_PATH), taken.claimedValue(), boot);
            assertEquals(Optional.empty(), taken.covered());
            assertEquals(
                    List.of(1, 0, 2),
                    options.orders().get(0).content().covered().orElseThrow().options());
            assertEquals(
                    List.of("Boot0001", "Boot0000", "Boot0002"),
                    options.options().stream()
                            .map(option -> option.name().claimedValue())
                            .toList());
            assertEquals(
                    List.of("UEFI QEMU NVMe Ctrl ESP 1", "UiApp", "EFI Internal Shell"),
                    options.options().stream()
                            .map(option ->
                                    option.content().covered().orElseThrow().description())
                            .toList());
        }
    }

    @Test
    void theDigestOfABootVariableCoversItsNameOnlyOnFirmwareThatHashesAllOfIt() {
        assertEquals(
                Coverage.NOT_COVERED,
                summary("uki-direct").bootOptions().orders().get(0).name().coverage());
        assertEquals(
                Coverage.COVERED,
                summary("tpm12-legacy").bootOptions().orders().get(0).name().coverage());
    }

    /** Linux writes the texts of its tags alone where it extends the registers of a confidential VM. */
    @Test
    void aTaggedEventThatIsPlainTextIsWhatItsTextNames() throws Exception {
        EventLog log = EventLog.read(TestLogs.shared("cases/event-tag-text.bin"));
        BootSummary summary =
                BootSummary.of(CheckedLog.of(log), HashAlgorithm.SHA384, MeasurementRegisters.CC_MEASUREMENT_REGISTERS);
        assertEquals(1, summary.commandLines().size());
        CommandLine line = summary.commandLines().get(0);
        assertEquals(CommandLine.Source.LINUX_LOAD_OPTIONS, line.source());
        assertEquals(2, line.eventNumber());
        assertEquals(Optional.empty(), line.text(), "the text is the name of what was measured");
        assertEquals(
                List.of("Linux initrd"),
                summary.objects().stream()
                        .map(object -> object.name().claimedValue())
                        .toList());
    }

    @Test
    void theLargeLogHasTwelveFailedBootsAndTheChainOfShimGrubAndLinux() {
        BootSummary summary = summary("large");
        assertEquals(13, summary.actions(MeasuredConstant.CALLING_BOOT_OPTION).size());
        assertEquals(
                12, summary.actions(MeasuredConstant.RETURNING_FROM_BOOT_OPTION).size());
        assertEquals(16, summary.bootOptions().options().size());
        assertEquals(Optional.of(true), summary.secureBoot().coveredMode(KnownVariable.SECURE_BOOT));
        assertEquals(
                List.of("db", "SbatLevel", "MokListRT"),
                summary.secureBoot().authorities().stream()
                        .map(authority -> authority.covered().orElseThrow().name())
                        .toList());
        List<LoadedImage> images = summary.images();
        assertEquals(
                List.of(65, 71, 140),
                images.stream().map(LoadedImage::eventNumber).toList());
        assertEquals(63, images.get(0).claimedAuthority().orElseThrow().eventNumber());
        assertEquals(
                List.of("CN=Debian Secure Boot CA"),
                subjects(images.get(1)
                        .claimedAuthority()
                        .orElseThrow()
                        .claimedValue()
                        .certificates()));
        assertEquals(Optional.empty(), images.get(2).claimedAuthority());
        CommandLine kernel = summary.commandLines().get(0);
        assertEquals(CommandLine.Source.GRUB_KERNEL, kernel.source());
        assertEquals(
                Optional.of("/vmlinuz console=ttyS0 quiet rdinit=/init capture=simple"),
                kernel.text().orElseThrow().covered());
        assertTrue(summary.objects().stream()
                .anyMatch(object -> object.kind() == MeasuredObject.Kind.GRUB_FILE
                        && object.name().claimedValue().equals("/initrd.zst")
                        && object.name().covered().isEmpty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"uki-direct", "uki-secureboot", "sdboot-uki", "systemd-userland", "large", "tpm12-legacy"})
    void thePhasesAreThoseOfANormalBoot(String boot) {
        BootSummary summary = summary(boot);
        assertEquals(
                List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L),
                summary.separators().stream().map(Claim::register).sorted().toList());
        assertTrue(summary.separators().stream()
                .allMatch(separator -> separator.covered().equals(Optional.of(SeparatorData.Kind.NORMAL))));
        assertEquals(
                1,
                summary.actions(MeasuredConstant.EXIT_BOOT_SERVICES_INVOCATION).size());
        assertEquals(
                1, summary.actions(MeasuredConstant.EXIT_BOOT_SERVICES_SUCCESS).size());
        assertEquals(List.of(), summary.actions(MeasuredConstant.EXIT_BOOT_SERVICES_FAILURE));
        assertEquals(List.of(), summary.actions(MeasuredConstant.DMA_PROTECTION_DISABLED));
        assertEquals(Optional.empty(), summary.windows());
    }

    @Test
    void theLegacyBootHasTwoImagesAndNothingThatWasNotMeasured() {
        BootSummary summary = summary("tpm12-legacy");
        assertEquals(HashAlgorithm.SHA1, summary.bank());
        assertEquals(2, summary.images().size());
        assertEquals(List.of(), summary.secureBoot().modes());
        assertEquals(List.of(), summary.ukiSections());
        assertEquals(List.of(), summary.commandLines());
    }

    @Test
    void theFirmwareVersionIsText() {
        Claim<FirmwareData.Version> version =
                summary("systemd-userland").firmwareVersions().get(0);
        assertEquals("2025.02-8+deb13u1", version.covered().orElseThrow().text());
        assertEquals(1, version.eventNumber());
    }

    @Test
    void theStrongestBankThatAllEventsHaveIsTaken() throws Exception {
        EventLog log = EventLog.read(BOOTS.resolve("uki-direct/eventlog.bin"));
        assertEquals(Optional.of(HashAlgorithm.SHA512), BootSummary.strongestBank(log));
    }

    @Test
    void aBankThatTheLogDoesNotHaveProvesNothing() {
        BootSummary summary = summary("uki-direct", HashAlgorithm.SHA3_256);
        assertEquals(Optional.empty(), summary.secureBoot().coveredMode(KnownVariable.SECURE_BOOT));
        assertEquals(
                Coverage.NEVER_MEASURED, summary.secureBoot().modes().get(0).coverage());
        assertEquals(Optional.empty(), summary.images().get(0).digest());
    }

    private static List<String> subjects(List<Certificate.Summary> certificates) {
        return certificates.stream().map(Certificate.Summary::subject).toList();
    }

    /** Whoever verifies an image again measures it again, and its authority only once. */
    @Test
    void anImageThatIsLoadedAgainHasTheAuthorityOfTheFirstTime() throws Exception {
        EventLog log = log("large");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        log.events().forEach(event -> bytes.writeBytes(event.encoded().toByteArray()));
        bytes.writeBytes(log.events().get(140).encoded().toByteArray());
        bytes.writeBytes(log.events().get(71).encoded().toByteArray());
        EventLog again = EventLog.wrap(bytes.toByteArray());
        for (HashAlgorithm bank : again.algorithms()) {
            List<LoadedImage> images =
                    BootSummary.of(CheckedLog.of(again), bank).images();
            assertEquals(
                    log.events().size() + 1,
                    images.get(images.size() - 1).eventNumber(),
                    "the last event is that of the image");
            Optional<Claim<Authority>> first = images.get(1).claimedAuthority();
            assertTrue(first.isPresent());
            assertEquals(
                    bank.equals(HashAlgorithm.SHA1) ? Optional.empty() : first,
                    images.get(images.size() - 1).claimedAuthority(),
                    bank + ": a digest of SHA-1 can be that of two images");
            assertEquals(Optional.empty(), images.get(images.size() - 2).claimedAuthority(), "never known");
        }
    }

    private static BootSummary summary(String boot) {
        EventLog log = log(boot);
        return VerifiedStories.of(log, BootSummary.strongestBank(log).orElseThrow());
    }

    private static BootSummary summary(String boot, HashAlgorithm bank) {
        return VerifiedStories.of(log(boot), bank);
    }

    private static EventLog log(String boot) {
        try {
            return EventLog.wrap(TestLogs.read(BOOTS.resolve(boot).resolve("eventlog.bin")));
        } catch (MalformedDataException e) {
            throw new AssertionError(e);
        }
    }
}
