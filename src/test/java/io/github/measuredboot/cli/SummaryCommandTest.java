package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.testing.CapturedQuote;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SummaryCommandTest {
    private static final String LOG = "testdata/boots/uki-secureboot/eventlog.bin";

    private record Result(int exitCode, String out, String err) {}

    @Test
    void thePageIsGroupedAndEachLineSaysHowFarItIsCovered() {
        Result result = run("summary", LOG);
        assertEquals(0, result.exitCode);
        List<String> lines = result.out.lines().toList();
        assertEquals(
                "CLAIMED: a unified kernel image boots, through BOOTX64.EFI, Secure Boot on, images accepted by capture test db",
                lines.get(0));
        assertEquals(LOG + ": crypto-agile, 41 events, bank sha256 of sha1 sha256 sha384 sha512", lines.get(1));
        assertTrue(lines.contains("  covered  SecureBoot: on  [4]"), result.out);
        assertTrue(lines.contains("  covered  PK: 1 certificate (capture test PK)  [5]"), result.out);
        assertTrue(lines.contains("  late     accepted by db: capture test db  [22]"), result.out);
        assertTrue(
                lines.contains("  covered  .linux, .osrel, .cmdline, .initrd, .uname, .sbat  [26, 28, 30, 32, 34, 36]"),
                result.out);
        assertTrue(
                lines.contains(
                        "  claimed  taken: Boot0001 UEFI QEMU NVMe Ctrl ESP 1 (its path leads to the loader)  [24]"),
                result.out);
        assertFalse(result.out.contains("Windows"), "what is absent is not mentioned");
        assertFalse(result.out.contains("SetupMode"), "what is absent is not mentioned");
    }

    @Test
    void allIsSaidOnRequest() {
        List<String> lines = run("summary", "-v", LOG).out.lines().toList();
        assertTrue(lines.contains("             CN=capture test PK"), lines::toString);
        assertTrue(lines.contains("  claimed   only the log says so"), lines::toString);
        assertTrue(lines.contains("  covered  Boot0002 (claimed name): EFI Internal Shell  [13]"), lines::toString);
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("  measured sha256:[0-9a-f]{64}  \\[24]")),
                lines::toString);
    }

    @Test
    void jsonHasAProofInEachStatement() throws Exception {
        JsonNode json = new ObjectMapper().readTree(run("summary", "--json", "--bank", "sha256", LOG).out);
        assertEquals("sha256", json.get("bank").asText());
        JsonNode mode = json.get("secureBoot").get("modes").get(0);
        assertEquals(
                "{\"proof\":\"covered\",\"pcrProof\":\"unproved\",\"event\":4,\"register\":7,\"phase\":\"pre-os\",\"variable\":\"SecureBoot\","
                        + "\"enabled\":true}",
                mode.toString());
        JsonNode claim = json.get("images").get(0).get("claim");
        assertEquals("not-covered", claim.get("proof").asText());
        assertEquals(
                ".linux",
                json.get("ukiSections").get(0).get("name").get("value").asText());
        assertFalse(json.has("windows") || json.has("error"));
    }

    @Test
    void ofAMalformedLogTheBeginningIsTold(@TempDir Path folder) throws Exception {
        byte[] whole = Files.readAllBytes(Path.of(LOG));
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, 3000));
        Result result = run("summary", cut.toString());
        assertEquals(1, result.exitCode);
        assertTrue(result.out.contains("SecureBoot: on"), result.out);
        assertTrue(result.err.contains("TCG_PCR_EVENT2"), result.err);
        JsonNode json = new ObjectMapper().readTree(run("summary", "--json", cut.toString()).out);
        assertTrue(json.has("error") && json.has("secureBoot"));
        assertTrue(
                json.get("message").asText().endsWith("; the log is malformed after event 5"),
                json.get("message").asText());
    }

    @Test
    void controlCharactersDoNotReachTheTerminal(@TempDir Path folder) throws Exception {
        Bytes text = Bytes.encode("kernel_cmdline: /vmlinuz \u001b[2J\nSecureBoot: on", StandardCharsets.US_ASCII);
        byte[] log = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                .measure(8, EventType.EV_IPL, text)
                .build();
        String out = run("summary", Files.write(folder.resolve("log"), log).toString()).out;
        assertTrue(out.contains("\\u001b[2J\\u000aSecureBoot: on"), out);
        assertFalse(out.contains("\u001b"));
    }

    @Test
    void aBankThatIsNotThereIsAnError() {
        Result result = run("summary", "--bank", "sm3_256", LOG);
        assertEquals(1, result.exitCode);
        assertTrue(result.err.contains("no bank sm3_256"), result.err);
    }

    @Test
    void withAQuoteEachLineSaysWhatIsProved() throws Exception {
        CapturedQuote quote = CapturedQuote.of("uki-secureboot", "ecc");
        Run run = Run.of(
                List.of("summary", LOG, "--pcrs", Run.pcrs("uki-secureboot")),
                Run.quote(quote).toArray(String[]::new));
        assertEquals(0, run.exitCode(), run.err());
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.contains("  proved   SecureBoot: on  [4]"), run.out());
        assertEquals(
                "PROVED: Secure Boot on; MEASURED AFTER THE FIRMWARE: a unified kernel image boots, images accepted by capture"
                        + " test db; CLAIMED: through BOOTX64.EFI",
                lines.get(0));
        assertTrue(lines.contains("  proved, late: accepted by db: capture test db  [22]"), run.out());
        assertTrue(run.out().contains("  claimed  taken: Boot0001 "), run.out());
        assertFalse(run.out().contains("  covered "), run.out());
        Run json = Run.of(
                List.of("summary", "--json", LOG, "--pcrs", Run.pcrs("uki-secureboot")),
                Run.quote(quote).toArray(String[]::new));
        assertEquals("quoted", json.json().at("/secureBoot/modes/0/pcrProof").asText());
    }

    @Test
    void withValuesAloneTheyAreAssertedAndOfAnotherBootOnlyClaimed() {
        Run good = Run.of("summary", LOG, "--pcrs", Run.pcrs("uki-secureboot"));
        assertTrue(good.out().contains("\n  asserted SecureBoot: on  [4]\n"), good.out());
        assertTrue(good.out().contains("proved none; asserted 0-7, 9, 11; not reproduced none"), good.out());
        Run other = Run.of("summary", LOG, "--pcrs", Run.pcrs("uki-direct"));
        assertEquals(0, other.exitCode(), other.err());
        assertTrue(other.out().contains("\n  claimed  SecureBoot: on  [4]\n"), other.out());
        assertTrue(other.out().contains("; CLAIMED: through BOOTX64.EFI, Secure Boot on"), other.out());
        assertTrue(other.out().contains("asserted 1-3, 5, 6, 9, 11; not reproduced 0, 4, 7"), other.out());
    }

    @Test
    void aRefusedQuoteTellsNoStory() throws Exception {
        CapturedQuote quote = CapturedQuote.of("uki-direct", "ecc");
        Run run = Run.of(
                List.of("summary", LOG, "--pcrs", Run.pcrs("uki-secureboot")),
                Run.quote(quote).toArray(String[]::new));
        assertEquals(2, run.exitCode());
        assertFalse(run.out().contains("SecureBoot"), run.out());
        assertEquals(1, Run.of("summary", LOG, "--nonce", "00").exitCode());
    }

    @Test
    void registersAreThoseOfTheHeaderUnlessTheCallerKnows(@TempDir Path folder) throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of(LOG));
        bytes[0] = 1;
        String log = Files.write(folder.resolve("log"), bytes).toString();
        Run registers = Run.of("summary", log);
        assertFalse(registers.out().contains("SecureBoot"), registers.out());
        assertTrue(registers.out().contains("registers of a confidential VM"), registers.out());
        assertTrue(registers.err().contains("--no-cc-registers"), registers.err());
        Run pcrs = Run.of("summary", "--no-cc-registers", log);
        assertTrue(pcrs.out().contains("covered  SecureBoot: on  [4]"), pcrs.out());
        assertFalse(pcrs.err().contains("--no-cc-registers"), pcrs.err());
        Run compared = Run.of("summary", log, "--pcrs", Run.pcrs("uki-secureboot"));
        assertTrue(compared.out().contains("asserted SecureBoot: on  [4]"), "values are those of PCRs");
        assertEquals(
                1,
                Run.of("summary", "--cc-registers", log, "--pcrs", Run.pcrs("uki-secureboot"))
                        .exitCode());
    }

    private static Result run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        int exitCode = commandLine.execute(args);
        return new Result(exitCode, out.toString(), err.toString());
    }
}
