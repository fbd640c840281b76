package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.testing.TestLogs;
import java.nio.file.Files;
import java.nio.file.Path;
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
        byte[] bytes = Files.readAllBytes(Path.of(TPM_LOG));
        bytes[0] = 1;
        confidential = Files.write(folder.resolve("log"), bytes).toString();
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
        Path page = folder.resolve("page.html");
        assertEquals(0, Run.of("report", confidential, "-o", page.toString()).exitCode());
        assertFalse(Files.readString(page).contains("(RTMR"), "a report takes PCRs unless the option says otherwise");
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
