package io.github.measuredboot.cli;

import static io.github.measuredboot.cli.Run.log;
import static io.github.measuredboot.cli.Run.pcrs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.measuredboot.testing.CapturedQuote;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --pcr} and {@code --bank}: a verdict stays that on all PCRs, and an answer about some says so. */
class PcrOptionsTest {
    @TempDir
    Path folder;

    private String state = "";

    @BeforeEach
    void makeState() {
        state = folder.resolve("state.json").toString();
        Run made = Run.of("refstate", "create", "-e", log("uki-direct"), "--pcrs", pcrs("uki-direct"), "-o", state);
        assertEquals(0, made.exitCode(), made.err());
    }

    private List<String> judge(String command, String... more) {
        return Run.join(
                List.of(
                        command,
                        log("uki-direct-other-cmdline"),
                        "--pcrs",
                        pcrs("uki-direct-other-cmdline"),
                        "-r",
                        state,
                        "--allow-secure-boot-off"),
                more);
    }

    @Test
    void checkShowsSomePcrsOfAVerdictOnAll() throws Exception {
        Run all = Run.of(judge("check"));
        Run some = Run.of(judge("check", "--pcr", "0-3,7"));
        assertEquals(2, some.exitCode());
        assertEquals(all.out().lines().findFirst(), some.out().lines().findFirst());
        assertTrue(
                some.out().contains("\nwhat follows is about PCR 0-3, 7 alone; the verdict is on all\n"), some.out());
        assertTrue(some.out().contains("\n  FAILED  1 rule about other PCRs\n"), some.out());
        assertFalse(some.out().contains("FAILED  images"), some.out());
        assertTrue(some.out().contains("needs: 0-3, 7 asserted"), some.out());
        assertTrue(Run.of(judge("check", "--pcr", "4")).out().contains("FAILED  images, PCR 4"));
        String verbose = Run.of(judge("check", "-v", "--pcr", "7")).out();
        assertTrue(verbose.contains("events of PCR  7") && !verbose.contains("events of PCR  4"), verbose);
        JsonNode json = Run.of(judge("check", "--json", "--pcr", "7")).json();
        assertEquals("[7]", json.get("shownPcrs").toString());
        assertEquals(1, json.at("/pcrs/sha256").size());
        assertEquals("rejected", json.at("/verdict/outcome").asText());
    }

    @Test
    void diagnoseShowsSomePcrsOfADiagnosisOfAll() throws Exception {
        Run some = Run.of(judge("diagnose", "--pcr", "11"));
        assertEquals(2, some.exitCode());
        assertTrue(some.out().startsWith("REJECTED: PCR 4, event 23: the UKI has changed"), some.out());
        assertTrue(some.out().contains("the section .cmdline has changed"), some.out());
        assertFalse(some.out().contains("  images:") || some.out().contains("PCR 9, event"), some.out());
        JsonNode json = Run.of(judge("diagnose", "--json", "--pcr", "11")).json();
        assertEquals(0, json.get("reasons").size());
        assertEquals(1, json.get("acceptedChanges").size());
    }

    @Test
    void twoLogsAreComparedInAll() throws Exception {
        List<String> two = List.of("diagnose", log("uki-direct"), log("uki-direct-other-cmdline"));
        Run some = Run.of(two, "--pcr", "9");
        assertEquals(2, some.exitCode());
        assertTrue(some.out().startsWith("different in PCR 4, 9, 11: "), some.out());
        assertTrue(some.out().contains("\nPCR 9: ") && !some.out().contains("\nPCR 4: "), some.out());
        assertEquals(
                1,
                Run.of(two, "--pcr", "9", "--json").json().get("measurements").size());
        assertEquals(2, Run.of(two, "--pcr", "0").exitCode());
    }

    @Test
    void verifyAnswersForSomeAndSaysSo() throws Exception {
        List<String> verify = List.of("verify", log("uki-direct"), "--pcrs", pcrs("uki-direct-other-cmdline"));
        Run all = Run.of(verify);
        assertEquals(2, all.exitCode());
        Run some = Run.of(verify, "--pcr", "0-3", "--bank", "sha256");
        assertEquals(0, some.exitCode(), some.out());
        assertTrue(
                some.out()
                        .startsWith(
                                "OF PCR 0-3 of sha256 ALONE: REPRODUCED IF THE PCR VALUES ARE TRUE: the log gives the values of"
                                        + " PCR 0-3 (sha256); no quote proves them; left out, and the log does not give the value: PCR 4, 9, 11"),
                some.out());
        assertEquals(2, Run.of(verify, "--pcr", "4").exitCode());
        JsonNode json = Run.of(verify, "--pcr", "0-3", "--json").json();
        assertTrue(
                json.get("message").asText().startsWith("OF PCR 0-3 ALONE: "),
                json.get("message").asText());
        assertEquals("{\"banks\":[],\"pcrs\":[0,1,2,3]}", json.get("chosen").toString());
        assertFalse(Run.of(verify, "--json").json().has("chosen"));
    }

    @Test
    void aQuoteIsVerifiedWholeAndTheAnswerIsOfSome() {
        List<String> verify = new ArrayList<>(List.of("verify", log("uki-direct"), "--pcrs", pcrs("uki-direct")));
        verify.addAll(Run.quote(CapturedQuote.of("uki-direct", "ecc")));
        Run proved = Run.of(verify, "--pcr", "0-7", "--bank", "sha256");
        assertEquals(0, proved.exitCode(), proved.out());
        assertTrue(proved.out().startsWith("OF PCR 0-7 of sha256 ALONE: PROVED: "), proved.out());
        assertEquals(2, Run.of(verify, "--pcr", "23").exitCode(), "no event extends it");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        List<String> verify = List.of("verify", log("uki-direct"), "--pcrs", pcrs("uki-direct"));
        assertEquals(1, Run.of(verify, "--bank", "sm3_256").exitCode());
        assertEquals(1, Run.of(verify, "--pcr", "0", "--require", "sha256:0").exitCode());
    }

    @Test
    void replayOfSomeDoesNotLookLikeOneOfAll() throws Exception {
        List<String> replay = List.of("replay", log("uki-direct"), "--pcrs", pcrs("uki-direct"));
        assertTrue(Run.of(replay, "--pcr", "0-7")
                .out()
                .startsWith("MATCH OF WHAT WAS CHOSEN: the log gives the values of PCR 0-7 "));
        assertTrue(Run.of(replay, "--pcr", "0-7", "--json")
                .json()
                .get("message")
                .asText()
                .startsWith("of what was chosen: "));
    }

    @Test
    void digestsAreShownInSha256WhereAnyBankWillDo() {
        String check = Run.of(judge("check")).out();
        assertTrue(check.startsWith("REJECTED (bank sha512)"), check);
        assertTrue(check.contains("BOOTX64.EFI sha256:3c88da573c12…\n") && !check.contains(" sha512:"), check);
        String diagnose = Run.of(judge("diagnose")).out();
        assertTrue(
                diagnose.contains("expected: sha256:3c88da573c12…, ")
                        && !diagnose.replace("bank sha512:", "").contains(" sha512:"),
                diagnose);
        assertTrue(
                Run.of(judge("check", "-v")).out().contains(" sha512:51dae013f595"),
                "all is in the bank that was judged");
        assertTrue(Run.of(judge("check", "--bank", "sha384")).out().contains(" sha256:3c88da573c12…\n"));
    }

    @Test
    void digestsOfTheOnlyBankWithValuesAreShown() throws Exception {
        ObjectNode values = (ObjectNode) new ObjectMapper()
                .readTree(Path.of(pcrs("uki-direct-other-cmdline")).toFile());
        values.retain("sha512");
        String pcrs = Files.writeString(folder.resolve("pcrs.json"), values.toString())
                .toString();
        Run run = Run.of(
                "check", log("uki-direct-other-cmdline"), "--pcrs", pcrs, "-r", state, "--allow-secure-boot-off");
        assertTrue(
                run.out().contains("BOOTX64.EFI sha512:51dae013f595…\n")
                        && !run.out().contains(" sha256:"),
                run.out());
    }

    @Test
    void findingsHaveNoNamesOfJava() {
        Run run = Run.of("check", log("uki-secureboot"), "--pcrs", pcrs("uki-secureboot"), "-r", state);
        assertTrue(run.out().contains("(--allow-secure-boot-off lets it be off)"), run.out());
        assertFalse(run.out().contains("PolicyOptions"), run.out());
    }
}
