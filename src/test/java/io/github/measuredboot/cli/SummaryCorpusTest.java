package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.testing.TestLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The summary of any real log is a sentence and at most a screen. */
class SummaryCorpusTest {
    private static final int SCREEN = 40;

    private static List<Path> logs(String folder) throws IOException {
        try (Stream<Path> files = Files.list(TestLogs.shared(folder))) {
            return files.filter(file -> file.toString().endsWith(".bin"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aScreenIsEnoughForEachLog() throws Exception {
        List<Path> logs = logs("corpus");
        assertEquals(90, logs.size());
        for (Path log : logs) {
            List<String> lines = Run.of("summary", log.toString()).out().lines().toList();
            assertTrue(lines.size() <= SCREEN, log + ": " + lines.size() + " lines");
            assertTrue(lines.get(0).startsWith("CLAIMED: "), lines.get(0));
            assertTrue(lines.get(0).contains("Secure Boot") || lines.get(0).contains("dynamic launch"), lines.get(0));
            assertTrue(lines.get(0).length() < 330, lines.get(0));
        }
    }

    @Test
    void withValuesTheFirmwaresPartIsAssertedAndTheRestIsNot() throws Exception {
        for (Path log : logs("grafts")) {
            String pcrs = log.toString().replace(".bin", ".pcrs.json");
            List<String> lines = Run.of("summary", log.toString(), "--pcrs", pcrs)
                    .out()
                    .lines()
                    .toList();
            assertTrue(lines.size() <= SCREEN, log + ": " + lines.size() + " lines");
            String[] parts = lines.get(0).split("; MEASURED AFTER THE FIRMWARE: |; CLAIMED: ");
            assertTrue(parts[parts.length - 2].contains("a unified kernel image boots"), lines.get(0));
            assertTrue(parts[parts.length - 1].startsWith("through "), lines.get(0));
        }
    }

    @Test
    void theStoriesOfSomeAreThese() {
        assertStory(
                "guard-imn-dell",
                "CLAIMED: Windows boots, through bootmgfw.efi, Secure Boot on, images accepted by Microsoft Windows Production"
                        + " PCA 2011, firmware 2.5.1");
        assertStory(
                "google-cos-113-intel-tdx",
                "CLAIMED: a confidential VM, GRUB boots vmlinuz.A, through BOOTX64.EFI and grub-lakitu.efi, Secure Boot off");
        assertStory("intel-secl-txt-logs", "CLAIMED: a dynamic launch, without the boot before it");
        assertStory(
                "foxboron-t480s-eventlog",
                "CLAIMED: systemd-boot boots a kernel, through systemd-bootx64.efi and systemd-linux.efi, Secure Boot on, images"
                        + " accepted by Database Key, firmware N22ET68W");
        assertStory(
                "tpm2-specid-vendordata",
                "CLAIMED: no system in the log, Secure Boot not measured; the log is malformed after event 0");
    }

    @Test
    void aKernelThatIsLoadedAsAnImageIsNamed() {
        String out = Run.of(
                        "summary",
                        TestLogs.shared("cases/shim-authority-order.bin").toString())
                .out();
        assertTrue(
                out.startsWith(
                        "CLAIMED: Linux boots, through shimx64.efi, grubx64.efi and vmlinuz, Secure Boot not measured, images"
                                + " accepted by Firmware db CA, Distro Secure Boot CA and Owner MOK\n"),
                out);
    }

    private static void assertStory(String log, String story) {
        String out = Run.of("summary", TestLogs.shared("corpus/" + log + ".bin").toString())
                .out();
        assertEquals(story, out.lines().findFirst().orElse(""));
    }

    @Test
    void aQuirkIsNamedWhereTheDigestIsOfSomethingElse() {
        String log = TestLogs.shared("corpus/guard-imn-dell.bin").toString();
        String out = Run.of("events", "--type", "EV_S_CRTM_VERSION", log).out();
        assertTrue(
                out.contains("covers data outside the log (version-not-covered): what follows is only claimed"), out);
    }

    @Test
    void theOptionThatWasTakenIsTheMostExactOneOfTheLastAttempt() {
        assertTaken("guard-dl160-fwupd-report", "Boot0011 ubuntu");
        assertTaken("google-ubuntu-2104-no-dbx", "Boot0003 ubuntu");
        assertTaken("foxboron-t480s-eventlog", "Boot0001 Linux Boot Manager");
        assertTaken("google-cos-113-intel-tdx-dupe-separator-unpadded", "Boot0001 UEFI nvme_card-pd");
    }

    private static void assertTaken(String log, String option) {
        String out = Run.of("summary", TestLogs.shared("corpus/" + log + ".bin").toString())
                .out();
        assertTrue(out.contains("  claimed  taken: " + option + " (its path leads to the loader)"), out);
    }
}
