package io.github.measuredboot.cli;

import static io.github.measuredboot.cli.Run.log;
import static io.github.measuredboot.cli.Run.pcrs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.testing.CapturedQuote;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code diagnose LOG}. */
class DiagnoseLogTest {
    @TempDir
    private Path folder;

    private String state(String boot, String... options) {
        String file = folder.resolve(boot + ".json").toString();
        Run run = Run.of(List.of("refstate", "create", "-e", log(boot), "-o", file), options);
        assertEquals(0, run.exitCode(), run.err());
        return file;
    }

    private static List<String> diagnose(String boot, String state) {
        return List.of("diagnose", log(boot), "-r", state, "--pcrs", pcrs(boot));
    }

    @Test
    void aGoodBoot() throws Exception {
        List<String> diagnose = diagnose("uki-secureboot", state("uki-secureboot"));
        Run run = Run.of(diagnose);
        assertEquals(0, run.exitCode(), run.out());
        assertTrue(run.out().startsWith("ACCEPTED IF THE PCR VALUES ARE TRUE: nothing "), run.out());
        JsonNode json = Run.of(diagnose, "--json").json();
        assertTrue(json.get("good").asBoolean() && json.get("valuesGiven").asBoolean());
        assertEquals("accepted-if-values-are-true", json.at("/verdict/outcome").asText());
        assertEquals("[]", json.get("reasons").toString());
        assertEquals("values-not-proved", json.at("/hints/0/id").asText());
        assertEquals(1, json.get("hints").size());
    }

    @Test
    void anotherUki() throws Exception {
        List<String> diagnose = diagnose("uki-direct-other-cmdline", state("uki-direct"));
        Run run = Run.of(diagnose, "--allow-secure-boot-off");
        assertEquals(2, run.exitCode());
        assertTrue(run.out().startsWith("REJECTED: PCR 4, event 23: the UKI has changed (rule images)\n"), run.out());
        assertTrue(
                run.out()
                        .contains(
                                "\n  images:\n    PCR 4, event 23: the UKI has changed\n        expected: sha256:3c88"),
                run.out());
        assertTrue(run.out().contains("\n        found:    sha256:d713"), run.out());
        assertTrue(run.out().contains("    PCR 11, event 29: the section .cmdline has changed"), run.out());
        assertTrue(run.out().contains("  - If a new UKI was installed, `predict UKI` prints"), run.out());
        JsonNode json = Run.of(diagnose, "--json", "--allow-secure-boot-off").json();
        JsonNode change = json.at("/reasons/0/changes/0");
        assertEquals("images", json.at("/reasons/0/id").asText());
        assertEquals("[4]", json.at("/reasons/0/pcrs").toString());
        assertEquals(
                "changed uki-changed 4 false",
                change.get("kind").asText() + " "
                        + change.get("category").asText() + " "
                        + change.get("pcr").asInt() + " "
                        + change.get("claimed").asBoolean());
        assertEquals(23, change.at("/found/number").asInt());
        assertTrue(change.at("/found/descriptionClaimed").asBoolean());
        assertEquals(128, change.at("/expected/digests/sha512").asText().length());
        assertEquals(11, json.at("/acceptedChanges/1/pcr").asInt());
    }

    /** A state of the short form knows less, and a diagnosis by it says so. */
    @Test
    void aShortState() throws Exception {
        String state = state("uki-direct", "--format", "field");
        Run good = Run.of(diagnose("uki-direct", state), "--allow-secure-boot-off");
        assertEquals(0, good.exitCode(), good.out());
        Run other = Run.of(diagnose("sdboot-uki", state), "--allow-secure-boot-off", "--json");
        assertEquals(2, other.exitCode(), other.out());
        List<String> hints = other.texts("hints", "id");
        assertTrue(hints.containsAll(List.of("firmware-changed", "images-not-pinned")), hints.toString());
        assertTrue(
                other.json()
                        .get("message")
                        .asText()
                        .contains("PCR 4, event 27: the image \\EFI\\BOOT\\BOOTX64.EFI (claimed) is not pinned"),
                other.json().get("message").asText());
    }

    @Test
    void theVerdictIsThatOfCheck() {
        String state = state("uki-direct");
        for (String boot : List.of("uki-direct", "uki-direct-other-cmdline", "sdboot-uki", "uki-secureboot")) {
            for (String option : List.of("--allow-secure-boot-off", "--pin-sections", "--pin-drivers")) {
                List<String> arguments = List.of(log(boot), "-r", state, "--pcrs", pcrs(boot), option);
                assertEquals(
                        Run.of(List.of("check"), arguments.toArray(new String[0]))
                                .exitCode(),
                        Run.of(List.of("diagnose"), arguments.toArray(new String[0]))
                                .exitCode(),
                        boot + " " + option);
            }
        }
    }

    @Test
    void aQuoteMustProveAllThatIsNeeded() throws Exception {
        List<String> diagnose = Run.join(
                diagnose("uki-secureboot", state("uki-secureboot")),
                Run.quote(CapturedQuote.of("uki-secureboot", "rsa")).toArray(new String[0]));
        Run proved = Run.of(diagnose, "--bank", "sha256", "--json");
        assertEquals(0, proved.exitCode(), proved.out());
        assertEquals(List.of(), proved.texts("hints", "id"));
        Run other = Run.of(diagnose, "--bank", "sha512", "--json");
        assertEquals(2, other.exitCode(), other.out());
        assertEquals(List.of("not-all-quoted"), other.texts("hints", "id"));
    }

    @Test
    void theUserspaceLogIsAskedFor() throws Exception {
        String boot = "systemd-userland";
        String userspaceLog =
                Run.BOOTS.resolve(boot).resolve("tpm2-measure.log").toString();
        List<String> diagnose = Run.join(
                diagnose(boot, state(boot, "--userspace-log", userspaceLog)), "--allow-secure-boot-off", "--json");
        Run without = Run.of(diagnose);
        assertEquals(2, without.exitCode());
        assertEquals(
                List.of("values-not-proved", "pcrs-not-reproduced", "userspace-log-missing"),
                without.texts("hints", "id"));
        assertTrue(without.out().contains("userspace-log-not-given"), without.out());
        Run with = Run.of(diagnose, "--userspace-log", userspaceLog);
        assertEquals(0, with.exitCode(), with.out());
    }

    @Test
    void valuesThatTheLogDoesNotGive() {
        Run run = Run.of(
                "diagnose",
                log("uki-direct"),
                "-r",
                state("uki-direct"),
                "--allow-secure-boot-off",
                "--pcrs",
                pcrs("uki-direct-other-cmdline"));
        assertEquals(2, run.exitCode());
        assertTrue(
                run.out().startsWith("REJECTED: PCR 4: the log does not give the value (rule replayed)\n"), run.out());
        assertTrue(
                run.out()
                        .contains("what it says of these PCRs is claimed:\n  the log does not give the value of PCR 4"
                                + " (differs):\n    No hypothesis fits"),
                run.out());
    }

    @Test
    void aLogAloneIsTakenAtItsWordAndIsNeverEnough() {
        Run run = Run.of("diagnose", "-e", log("uki-secureboot"), "-r", state("uki-secureboot"));
        assertEquals(2, run.exitCode(), run.out());
        assertTrue(run.out().startsWith("ACCEPTED IF THE LOG IS TRUE: "), run.out());
        assertTrue(run.out().contains("  - Without PCR values nothing checks the log"), run.out());
    }

    @Test
    void whatCannotBeReadIsAnError() {
        assertEquals(1, Run.of("diagnose", "none", "-r", state("uki-direct")).exitCode());
        assertEquals(1, Run.of("diagnose", log("uki-direct"), "-r", "none").exitCode());
        assertEquals(
                1,
                Run.of("diagnose", log("uki-direct"), "-e", log("uki-direct")).exitCode());
        Run json = Run.of("diagnose", "--json", "none", "-r", state("uki-direct"));
        assertFalse(json.out().isEmpty());
    }
}
