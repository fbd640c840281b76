package io.github.measuredboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.cli.ReportJson;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.eventlog.data.SeparatorData;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.testing.VerifiedStories;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.Certificate;
import io.github.measuredboot.uefi.KnownVariable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The stories of real logs. */
class BootSummaryCorpusTest {
    @Test
    void certificatesOfSecureBootAreNamed() {
        Map<String, String> expected = Map.of(
                "google-sb-cert-eventlog", "CN=Microsoft Windows Production PCA 2011",
                "keylime-binary-bios-measurements", "CN=Microsoft Corporation UEFI CA 2011",
                "keylime-mb-log", "CN=Microsoft Corporation UEFI CA 2011",
                "guard-test-hp-elitebook-830-g6-baseline", "CN=HP UEFI Secure Boot DB 2017",
                "guard-latitude-7520", "CN=Dell Bios DB Key",
                "guard-x1carbon", "CN=Database Key",
                "immune-tpm2-windows-lenovo-yogax1v2", "CN=ThinkPad Product CA 2012");
        expected.forEach((log, name) -> {
            List<String> subjects = databases(summary(log))
                    .flatMap(database -> database.certificates().stream())
                    .map(Certificate.Summary::subject)
                    .toList();
            assertTrue(subjects.stream().anyMatch(subject -> subject.contains(name)), log + ": " + subjects);
        });
    }

    private static Stream<SecureBoot.Database> databases(BootSummary summary) {
        return summary.secureBoot().databases().stream()
                .flatMap(database -> database.coveredBeforeSeparator().stream());
    }

    @Test
    void theCertificatesOfShimAndOfWhatItLoadedAreNamed() {
        BootSummary summary = summary("google-sb-cert-eventlog");
        assertEquals(Optional.of(true), summary.secureBoot().coveredMode(KnownVariable.SECURE_BOOT));
        assertEquals(
                List.of(
                        "db CN=Microsoft Corporation UEFI CA 2011",
                        "Shim CN=Canonical Ltd. Master Certificate Authority"),
                summary.secureBoot().authorities().stream()
                        .map(authority -> authority.covered().orElseThrow())
                        .map(authority -> authority.name() + " "
                                + authority.certificates().get(0).subject().replaceFirst(",.*", ""))
                        .distinct()
                        .toList());
        assertEquals(3, summary.images().size());
        assertEquals(8, summary.images().get(0).claimedAuthority().orElseThrow().eventNumber());
    }

    @Test
    void theCommandLineOfSystemdBootIsCoveredText() {
        BootSummary summary = summary("tpm2-event-sd-boot-fedora37");
        assertEquals(
                List.of(" console=ttyS0 console=tty0 efi=debug "),
                summary.commandLines().stream()
                        .filter(line -> line.source() == CommandLine.Source.SYSTEMD)
                        .map(line -> line.text().orElseThrow().covered().orElseThrow())
                        .distinct()
                        .toList());
    }

    @Test
    void aConfidentialVmTellsItsStoryInRegisters() {
        EventLog log = log("google-cos-113-intel-tdx");
        BootSummary summary = BootSummary.of(
                CheckedLog.of(log),
                BootSummary.strongestBank(log).orElseThrow(),
                MeasurementRegisters.CC_MEASUREMENT_REGISTERS);
        assertEquals(Optional.of(false), summary.secureBoot().claimedMode(KnownVariable.SECURE_BOOT));
        assertEquals(
                List.of("PK", "KEK", "db", "dbx"),
                summary.secureBoot().databases().stream()
                        .filter(database -> database.coverage() == Coverage.COVERED && database.phase() == Phase.PRE_OS)
                        .map(database -> database.claimedValue().variable().pattern())
                        .toList());
        assertEquals(
                List.of("SbatLevel", "MokListTrusted"),
                summary.secureBoot().authorities().stream()
                        .map(authority -> authority.claimedValue().name())
                        .toList());
        assertEquals(
                List.of("register 1 NORMAL", "register 2 NORMAL"),
                summary.separators().stream()
                        .map(separator -> "register " + separator.register() + " " + separator.claimedValue())
                        .toList(),
                "a BootOrder of 0001, 0000 is no error separator");
        assertEquals(
                "Boot0001",
                summary.bootOptions().taken().orElseThrow().claimedValue().option());
        assertEquals(2, summary.images().size());
        assertTrue(summary.images().stream().allMatch(image -> image.phase() == Phase.OS_PRESENT));
        assertTrue(summary.commandLines()
                .get(0)
                .text()
                .orElseThrow()
                .claimedValue()
                .startsWith("/syslinux/vmlinuz.A init="));
    }

    @Test
    void windowsTellsBitLockerCodeIntegrityAndVbs() {
        Map<String, List<String>> expected = Map.of(
                "guard-latitude-7520",
                List.of("BITLOCKER_UNLOCK cached", "CODEINTEGRITY yes", "VSM_LAUNCH_TYPE auto", "VBS_HVCI_POLICY 1"),
                "guard-imn-dell",
                List.of("BITLOCKER_UNLOCK no volume unlocked", "CODEINTEGRITY yes", "VSM_LAUNCH_TYPE off"),
                "guard-imn-supermicro-epp-msdefender",
                List.of("CODEINTEGRITY yes", "TESTSIGNING no"),
                "google-windows-gcp-shielded-vm",
                List.of("CODEINTEGRITY yes", "VSM_LAUNCH_TYPE off"),
                "immune-tpm2-windows-lenovo-yogax1v2",
                List.of("CODEINTEGRITY yes", "TESTSIGNING no"));
        expected.forEach((log, settings) -> {
            WindowsBoot windows = summary(log).windows().orElseThrow();
            Set<String> found = windows.settings().stream()
                    .flatMap(setting -> setting.covered().stream())
                    .map(setting -> setting.type().name() + " " + setting.value())
                    .collect(Collectors.toSet());
            assertTrue(found.containsAll(settings), log + ": " + found);
        });
    }

    @Test
    void windowsClosesItsPcrs() {
        BootSummary summary = summary("guard-latitude-7520");
        assertEquals(
                List.of(12L, 13L, 14L),
                summary.separators().stream()
                        .filter(separator -> separator.claimedValue() == SeparatorData.Kind.WINDOWS)
                        .map(Claim::register)
                        .toList());
        assertTrue(summary.images().get(0).claim().claimedValue().isFirmwareResident());
        assertFalse(summary.images().get(1).claim().claimedValue().isFirmwareResident());
        assertEquals(
                48,
                summary.bootOptions().taken().orElseThrow().eventNumber(),
                "not that of the application in the firmware");
    }

    @Test
    void everyLogHasAStoryInEveryBank() {
        for (TestLogs.TestLog log : TestLogs.corpus()) {
            EventLog readable = readable(log.bytes());
            CheckedLog checked = CheckedLog.of(readable);
            for (HashAlgorithm bank : readable.algorithms()) {
                BootSummary summary = BootSummary.of(checked, bank);
                assertTrue(
                        ReportJson.summary(readable, summary, Optional.empty()).startsWith("{"));
                for (LoadedImage image : summary.images()) {
                    assertEquals(Optional.empty(), image.claim().covered(), log.name() + " " + image);
                }
            }
        }
    }

    private static BootSummary summary(String name) {
        EventLog readable = log(name);
        return VerifiedStories.of(readable, BootSummary.strongestBank(readable).orElseThrow());
    }

    private static EventLog log(String name) {
        TestLogs.TestLog log = TestLogs.corpus().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no log " + name));
        return readable(log.bytes());
    }

    private static EventLog readable(byte[] log) {
        return EventLog.examine(Bytes.wrap(log), ParseLimits.DEFAULT).readable();
    }
}
