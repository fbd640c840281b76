package io.github.measuredboot.cli;

import static io.github.measuredboot.cli.Run.log;
import static io.github.measuredboot.cli.Run.pcrs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.measuredboot.testing.CapturedQuote;
import io.github.measuredboot.testing.TestLogs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnoseCommandTest {
    @TempDir
    private Path folder;

    private String save(String boot) {
        Run run = Run.of("save", "-e", log(boot), "--refstate-dir", folder.toString());
        assertEquals(0, run.exitCode(), run.err());
        return folder.toString();
    }

    private static List<String> diagnose(String boot, String state) {
        return List.of("diagnose", "-e", log(boot), "-r", state, "--pcrs", pcrs(boot));
    }

    @Test
    void theSavedStateOfTheSameBootIsTheSame() throws Exception {
        List<String> diagnose = diagnose("uki-secureboot", save("uki-secureboot"));
        Run run = Run.of(diagnose);
        assertEquals(0, run.exitCode(), run.out());
        assertTrue(run.out().lines().anyMatch(line -> line.matches("  =  7  [0-9a-f]{128}  matches")), run.out());
        assertTrue(run.out().contains("\nsame\n"), run.out());
        assertTrue(run.out().contains("  = UKI (event 24 at offset "), run.out());
        JsonNode json = Run.of(diagnose, "--json").json();
        assertTrue(json.get("good").asBoolean() && json.get("hasValues").asBoolean());
        assertEquals(
                folder.resolve("refstate.json").toString(), json.get("state").asText());
        assertEquals("true", json.at("/difference/same").toString());
        assertEquals("values-not-proved", json.at("/hints/0/code").asText());
        assertEquals(1, json.get("hints").size());
    }

    @Test
    void anotherUkiIsShownFieldByField() throws Exception {
        List<String> diagnose = diagnose("uki-direct-other-cmdline", save("uki-direct"));
        Run run = Run.of(diagnose, "--allow-secure-boot-off");
        assertEquals(2, run.exitCode());
        assertTrue(run.out().contains("\ndifferent: uki changed\n"), run.out());
        assertTrue(
                run.out().contains("  ! UKI (event 23 at offset 5210): different\n      expected: sha512:"), run.out());
        assertTrue(run.out().contains("  ~ section .cmdline (event 29 at offset 6572): accepted"), run.out());
        assertTrue(run.out().contains("verdict: REJECTED (bank sha512) by pcr4.images"), run.out());
        assertTrue(run.out().contains("  - The UKI is not the pinned one."), run.out());
        Run json = Run.of(diagnose, "--allow-secure-boot-off", "--json");
        assertEquals(List.of("values-not-proved", "uki-changed"), json.texts("hints", "code"));
        assertEquals(List.of("pcr4.images"), json.rejecting());
    }

    @Test
    void aMachineWithOtherFirmwareAndKeysIsAnotherMachine() throws Exception {
        Run run = Run.of(diagnose("uki-secureboot", save("uki-direct")), "--json");
        assertEquals(2, run.exitCode());
        List<String> hints = run.texts("hints", "code");
        assertTrue(hints.containsAll(List.of("other-machine", "keys-changed", "dbx-grew")), hints.toString());
        assertFalse(hints.contains("firmware-changed"), hints.toString());
    }

    @Test
    void theTpmMayBeAFolder() throws Exception {
        Path bank = Files.createDirectories(folder.resolve("tpm0/pcr-sha256"));
        JsonNode values = new ObjectMapper()
                .readTree(Path.of(pcrs("uki-direct")).toFile())
                .get("sha256");
        for (int pcr = 0; pcr < 24; pcr++) {
            Files.writeString(
                    bank.resolve(String.valueOf(pcr)),
                    values.get(String.valueOf(pcr)).asText() + "\n");
        }
        List<String> args = List.of(
                "diagnose",
                "-e",
                log("uki-direct"),
                "-r",
                save("uki-direct"),
                "--tpm-sysfs",
                folder + "/tpm0",
                "--allow-secure-boot-off");
        Run good = Run.of(args);
        assertEquals(0, good.exitCode(), good.out());
        assertTrue(good.out().contains("(bank sha256)"), good.out());
        Files.writeString(bank.resolve("4"), "11".repeat(32) + "\n");
        Run bad = Run.of(args);
        assertEquals(2, bad.exitCode());
        assertTrue(bad.out().lines().anyMatch(line -> line.matches("  !  4  [0-9a-f]{64}  differs")), bad.out());
        assertTrue(bad.out().contains("        " + "11".repeat(32) + "  is the TPM's"), bad.out());
        assertTrue(bad.out().contains("why sha256 [4]:"), bad.out());
        assertTrue(Run.of(args, "--json").texts("hints", "code").contains("pcrs-not-reproduced"));
    }

    @Test
    void valuesOfAnotherMachineAreTold() throws Exception {
        Run run = Run.of(
                "diagnose",
                "-e",
                log("uki-direct"),
                "-r",
                save("uki-direct"),
                "--pcrs",
                "testdata/pcrread/all-banks.bin",
                "--json");
        assertEquals(2, run.exitCode());
        assertTrue(run.texts("hints", "code").contains("other-boot"), run.out());
    }

    @Test
    void withoutValuesTheLogIsTakenAtItsWord() throws Exception {
        Run run = Run.of("diagnose", "-e", log("uki-secureboot"), "-r", save("uki-secureboot"));
        assertEquals(0, run.exitCode(), run.out());
        assertTrue(run.out().contains("verdict if the log is true: "), run.out());
        assertTrue(run.out().lines().anyMatch(line -> line.matches("  = UKI \\(event 24 at offset \\d+, unproved\\)")));
        assertTrue(run.out().contains("No PCR values were given: the log is taken at its word."), run.out());
    }

    @Test
    void withoutTheUserspaceLogItIsAskedFor() throws Exception {
        String boot = "systemd-userland";
        String userspaceLog =
                Run.BOOTS.resolve(boot).resolve("tpm2-measure.log").toString();
        assertEquals(
                0,
                Run.of("save", "-e", log(boot), "--refstate-dir", folder.toString(), "--userspace-log", userspaceLog)
                        .exitCode());
        List<String> args = new ArrayList<>(diagnose(boot, folder.toString()));
        args.add("--allow-secure-boot-off");
        Run without = Run.of(args, "--json");
        assertEquals(2, without.exitCode());
        assertEquals(List.of("values-not-proved", "userspace-log-missing"), without.texts("hints", "code"));
        Run with = Run.of(args, "--json", "--userspace-log", userspaceLog);
        assertEquals(0, with.exitCode(), with.out());
        assertEquals(List.of("values-not-proved"), with.texts("hints", "code"));
    }

    @Test
    void aQuoteProvesTheDiagnosis() throws Exception {
        List<String> args = new ArrayList<>(diagnose("uki-secureboot", save("uki-secureboot")));
        args.addAll(Run.quote(CapturedQuote.of("uki-secureboot", "rsa")));
        Run proved = Run.of(args, "--bank", "sha256", "--json");
        assertEquals(0, proved.exitCode(), proved.out());
        assertEquals(List.of(), proved.texts("hints", "code"));
        assertEquals(
                List.of("not-all-quoted"),
                Run.of(args, "--json", "--bank", "sha512").texts("hints", "code"));
    }

    @Test
    void twoLogsAreCompared() throws Exception {
        Run same = Run.of("diagnose", log("two-boots-first"), log("two-boots-first"));
        assertEquals(0, same.exitCode(), same.out());
        assertEquals("same", same.out().strip());
        Run other = Run.of("diagnose", log("uki-direct"), log("uki-direct-other-cmdline"));
        assertEquals(2, other.exitCode());
        assertTrue(
                other.out()
                        .startsWith(
                                "different in PCR 4, 9, 11: image \\EFI\\BOOT\\BOOTX64.EFI (claimed) was replaced;"),
                other.out());
        assertTrue(
                other.out().contains("\nPCR 4: 1 difference, 3 events are the same\n  event 23 -> event 23: "),
                other.out());
        assertTrue(
                other.out().contains("\n  event 37 -> event 37: command line (LOADED_IMAGE::LoadOptions)"),
                other.out());
        Run json = Run.of("diagnose", "--json", log("uki-direct"), log("uki-direct-other-cmdline"));
        assertEquals(2, json.exitCode());
        assertEquals(List.of("4", "9", "11"), json.texts("measurements", "pcr"));
        assertEquals(log("uki-direct"), json.json().get("old").asText());
        assertFalse(json.json().get("same").asBoolean());
        JsonNode change = json.json().at("/measurements/2/changes/0");
        assertEquals(
                "{\"kind\":\"changed\",\"topic\":\"command-line\",\"subject\":\"section .cmdline\"",
                change.toString().substring(0, change.toString().indexOf(",\"subjectClaimed")));
        assertEquals("{\"log\":\"firmware\",\"number\":29}", change.get("after").toString());
        assertEquals("event digest", change.at("/details/0/field").asText());
    }

    /** Boot settings are pinned by no reference state, and a machine with several images has no UKI. */
    @Test
    void twoLogsNeedNeitherAReferenceStateNorAUki() {
        Run order = Run.of("diagnose", log("boot-order-before"), log("boot-order-after"));
        assertEquals(2, order.exitCode());
        assertTrue(
                order.out().startsWith("different in PCR 1: BootOrder (claimed) changed from 0001, 0000,"),
                order.out());
        String cases = TestLogs.shared("cases").toString();
        Run images = Run.of("diagnose", cases + "/two-images-old.bin", cases + "/two-images-new.bin");
        assertEquals(2, images.exitCode(), images.err());
        assertTrue(
                images.out().startsWith("different in PCR 8: GRUB command changed from linux /boot/kernel root=old to"),
                images.out());
        assertTrue(images.out().contains("event 17"), images.out());
        assertFalse((images.out() + images.err()).toLowerCase(Locale.ROOT).contains("uki"), images.out());
    }

    @Test
    void aLogIsComparedWithAStateInTheStatesForm() {
        String state = folder.resolve("field.json").toString();
        assertEquals(
                0,
                Run.of("refstate", "create", "-e", log("uki-direct"), "-o", state)
                        .exitCode());
        Run same = Run.of("diagnose", state, log("uki-direct"));
        assertEquals(0, same.exitCode(), same.out());
        assertEquals(0, Run.of("diagnose", log("uki-direct"), state).exitCode());
        assertEquals(
                0,
                Run.of("diagnose", save("uki-direct") + "/refstate.json", log("uki-direct"))
                        .exitCode());
        Run other = Run.of("diagnose", state, log("uki-direct-other-cmdline"));
        assertEquals(2, other.exitCode());
        assertTrue(other.out().startsWith("different: uki changed"), other.out());
    }

    @Test
    void controlCharactersOfALogDoNotReachTheTerminal() throws Exception {
        byte[] log = Files.readAllBytes(Path.of(log("uki-direct-other-cmdline")));
        String marker = "B\0O\0O\0T\0X\0" + "6\0" + "4\0";
        String text = new String(log, StandardCharsets.ISO_8859_1);
        assertTrue(text.contains(marker));
        String hostile = text.replace(marker, "B\0O\0O\0T\0\u001b\0" + "6\0" + "4\0");
        Path file = Files.write(folder.resolve("hostile"), hostile.getBytes(StandardCharsets.ISO_8859_1));
        Run run = Run.of("diagnose", "-e", file.toString(), "-r", save("uki-direct"));
        assertEquals(2, run.exitCode());
        assertTrue(run.out().contains("\\EFI\\BOOT\\BOOT"), run.out());
        assertFalse(run.out().contains("\u001b"), run.out());
    }

    @Test
    void errorsSayWhatToDo() throws Exception {
        assertError(Run.of("diagnose", log("uki-direct")), "name OLD and NEW, or give the log with -e");
        assertError(
                Run.of("diagnose", "-e", log("uki-direct"), log("uki-direct"), log("uki-direct")), "no other evidence");
        String garbage =
                Files.writeString(folder.resolve("garbage"), "{\"pk\":[1]}").toString();
        assertError(Run.of("diagnose", garbage, log("uki-direct")), garbage + ": ");
        assertError(
                Run.of("diagnose", save("uki-direct") + "/refstate.json", log("tpm12-legacy")),
                "2 images in PCR 4 can be the UKI: make its state with refstate create --full --uki-event N");
        assertError(Run.of(diagnose("uki-direct", garbage)), garbage + ": ");
        assertError(Run.of("diagnose", "-e", garbage), garbage + ": ");
        assertError(Run.of("diagnose", folder.toString(), log("uki-direct")), folder + ": ");
        assertError(Run.of("diagnose", "a\0b", log("uki-direct")), "no such file");
        assertError(Run.of("diagnose", "-e", log("uki-direct"), "--pcrs", folder + "/none"), "none: no such file");
        assertError(Run.of("diagnose", "-e", log("uki-direct"), "--pcrs", garbage), garbage + ": ");
        Run json = Run.of("diagnose", "--json", "-e", folder + "/none");
        assertError(json, "none: no such file");
        assertTrue(json.json().at("/error/message").asText().contains("no such file"));
    }

    private static void assertError(Run run, String message) {
        assertEquals(1, run.exitCode(), run.out() + run.err());
        assertTrue(run.err().startsWith("measuredboot: ") && run.err().contains(message), run.err());
        assertFalse(run.err().contains("internal error"), run.err());
    }
}
