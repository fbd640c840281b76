package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.testing.TestLogs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registers of a confidential VM have their own names wherever they are shown. */
class RegistersOptionTest {
    private static final String TPM_LOG = Run.log("uki-secureboot");

    @TempDir
    Path folder;

    private String confidential = "";

    /** A log as a TPM has it but for the index of its header. */
    @BeforeEach
    void changeTheHeader() throws Exception {
        confidential = confidential("uki-secureboot");
    }

    private String confidential(String boot) throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of(Run.log(boot)));
        bytes[0] = 1;
        return Files.write(folder.resolve(boot), bytes).toString();
    }

    private String page(String... args) throws Exception {
        Path page = folder.resolve("page.html");
        Run run = Run.of(List.of("report", "-o", page.toString()), args);
        assertEquals(0, run.exitCode(), run.err());
        return Files.readString(page);
    }

    @Test
    void rowsNameRtmrs() {
        String rows = Run.of("events", confidential).out();
        assertTrue(rows.startsWith("   0  RTMR 0 (register 1)  EV_NO_ACTION"), rows);
        assertFalse(rows.contains("  PCR "), rows);
        String asPcrs = Run.of("events", "--no-cc-registers", confidential).out();
        assertTrue(asPcrs.startsWith("   0  PCR 1   EV_NO_ACTION"), asPcrs);
        assertTrue(Run.of("events", "--cc-registers", TPM_LOG).out().contains("MRTD (register 0)"));
        assertTrue(Run.of("events", TPM_LOG).out().startsWith("   0  PCR 0   EV_NO_ACTION"));
    }

    @Test
    void jsonHasTheNameBesideTheIndex() throws Exception {
        JsonNode json = Run.of("events", "--json", "--pcr", "2", confidential).json();
        assertTrue(json.get("confidentialVm").asBoolean());
        assertEquals(2, json.at("/events/0/pcr").asInt());
        assertEquals("RTMR 1 (register 2)", json.at("/events/0/registerName").asText());
        JsonNode ofPcrs = Run.of("events", "--json", TPM_LOG).json();
        assertFalse(ofPcrs.get("confidentialVm").asBoolean());
        assertFalse(ofPcrs.at("/events/0").has("registerName"));
        JsonNode summary = Run.of("summary", "--json", confidential).json();
        assertEquals(
                "MRTD (register 0)",
                summary.at("/firmwareVersions/0/registerName").asText());
    }

    /** Whoever can change the log can change its header. */
    @Test
    void whatOnlyTheHeaderSaysIsOnlyClaimed() throws Exception {
        String text = Run.of("summary", confidential).out();
        assertTrue(text.lines().noneMatch(line -> line.matches(" +(covered|late|measured) .*")), text);
        String json = Run.of("summary", "--json", confidential).out();
        assertFalse(json.contains("Proof\":\"covered") || json.contains("proof\":\"covered"), json);
        assertTrue(Run.of("summary", "--cc-registers", TPM_LOG).out().contains("\n  covered  "));
    }

    @Test
    void aPageNamesRtmrsAndProvesNothingByAHeader() throws Exception {
        String page = page(confidential);
        assertTrue(page.contains("RTMR 0 (register 1)"), page);
        assertFalse(page.matches("(?s).*\\bPCRs? [0-9].*"), "an index is called that of a PCR");
        assertFalse(page.contains(">covered<") || page.contains(">late<"), "more than claimed");
        assertTrue(page("--no-cc-registers", confidential).contains("PCR 1"));
        assertTrue(page("--cc-registers", TPM_LOG).contains(">covered<"));
        assertTrue(page(TPM_LOG).contains(">covered<"));
    }

    @Test
    void twoLogsThatAreComparedHaveThem() throws Exception {
        String old = confidential("uki-direct");
        String now = confidential("uki-direct-other-cmdline");
        Run text = Run.of("diagnose", old, now);
        assertTrue(text.out().startsWith("different in RTMR 3 (register 4), register 9, register 11: "), text.out());
        assertTrue(text.out().contains("\nRTMR 3 (register 4): "), text.out());
        assertFalse(text.out().contains("PCR "), text.out());
        JsonNode json = Run.of("diagnose", "--json", old, now).json();
        assertEquals(4, json.at("/measurements/0/pcr").asInt());
        assertEquals(
                "RTMR 3 (register 4)", json.at("/measurements/0/registerName").asText());
        assertTrue(Run.of("diagnose", "--pcr", "4", old, now)
                .out()
                .contains("what follows is about RTMR 3 (register 4) alone"));
        assertTrue(Run.of("diagnose", "--no-cc-registers", old, now).out().startsWith("different in PCR "));
        assertTrue(Run.of("diagnose", old, Run.log("uki-direct-other-cmdline"))
                .out()
                .startsWith("different in PCR "));
        assertFalse(page(old, now).matches("(?s).*\\bPCRs? [0-9].*"), "an index is called that of a PCR");
        Run withValues = Run.of("diagnose", "--cc-registers", old, "--pcrs", Run.pcrs("uki-direct"));
        assertEquals(1, withValues.exitCode());
        assertTrue(withValues.err().contains("--cc-registers is for two logs"), withValues.err());
    }

    @Test
    void replayedValuesHaveTheNames() {
        assertTrue(Run.of("replay", confidential).out().contains("\n  RTMR 0 (register 1)  "));
    }

    @Test
    void theHelpOfTheFilterSaysIt() {
        String help = Run.of("events", "--help").out().replaceAll("\\s+", " ");
        assertTrue(help.contains("only these registers: 1 is RTMR 0"), help);
    }

    @Test
    void logsOfTheCorpusAreShownSo() {
        Path corpus = TestLogs.shared("corpus");
        String rows = Run.of(
                        "events",
                        "--pcr",
                        "1,3",
                        corpus.resolve("google-cos-113-intel-tdx.bin").toString())
                .out();
        assertTrue(rows.contains("\n   8  RTMR 0 (register 1)  EV_SEPARATOR"), rows);
        assertTrue(rows.contains("\n  19  RTMR 2 (register 3)  EV_IPL"), rows);
        assertFalse(rows.contains("RTMR 1"), rows);
    }
}
