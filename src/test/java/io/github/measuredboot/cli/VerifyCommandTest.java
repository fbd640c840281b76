package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.measuredboot.testing.CapturedQuote;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class VerifyCommandTest {
    private record Result(int exitCode, String out, String err) {
        JsonNode json() throws Exception {
            return new ObjectMapper().readTree(out);
        }
    }

    private static Result run(List<String> args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        int exitCode = commandLine.execute(args.toArray(new String[0]));
        return new Result(exitCode, out.toString(), err.toString());
    }

    private static Result verify(CapturedQuote captured, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "verify",
                captured.boot().resolve("eventlog.bin").toString(),
                "--quote",
                captured.path("attest.bin").toString(),
                "--signature",
                captured.path("signature.bin").toString()));
        args.addAll(List.of(more));
        return run(args);
    }

    private static String ak(CapturedQuote captured) {
        return captured.path("ak-public.bin").toString();
    }

    private static String pcrs(CapturedQuote captured) {
        return captured.boot().resolve("pcrs.json").toString();
    }

    private static String nonce(CapturedQuote captured) {
        return captured.nonceBytes().toHex();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "rsapss", "ecc", "ecc-multibank"})
    void requiredPcrsAreProved(String scheme) throws Exception {
        CapturedQuote captured = CapturedQuote.of("uki-direct", scheme);
        Result result = verify(
                captured,
                "--ak",
                ak(captured),
                "--nonce",
                nonce(captured),
                "--pcrs",
                pcrs(captured),
                "--require",
                "sha256:0-7,11",
                "--json");
        assertEquals(0, result.exitCode, result.err + result.out);
        JsonNode json = result.json();
        assertEquals(1, json.get("pcrs").size());
        assertEquals(9, json.get("pcrs").get("sha256").size());
        JsonNode pcr7 = json.get("pcrs").get("sha256").get("7");
        assertEquals("matches", pcr7.get("status").asText());
        assertTrue(pcr7.get("quoted").asBoolean() && pcr7.get("proved").asBoolean());
        assertEquals(pcr7.get("replayed"), pcr7.get("given"));
        assertEquals(nonce(captured), json.get("quote").get("nonce").asText());
        assertEquals(40, json.get("quote").get("nonce").asText().length());
        assertEquals(
                scheme.equals("ecc-multibank") ? "[\"sha1-bank\"]" : "[]",
                json.get("quote").get("findings").toString());
        assertEquals(scheme.equals("ecc-multibank") ? 0 : 3 - (scheme.equals("rsapss") ? 1 : 0), notQuoted(json));
    }

    private static long notQuoted(JsonNode json) {
        return json.get("banks").findValuesAsText("kind").stream()
                .filter("not-quoted"::equals)
                .count();
    }

    @Test
    void pcrsThatTheLogDoesNotAccountForAreTold() {
        CapturedQuote captured = CapturedQuote.of("uki-direct", "ecc");
        Result all = verify(captured, "-v", "--ak", ak(captured), "--nonce", nonce(captured), "--pcrs", pcrs(captured));
        assertEquals(0, all.exitCode, "PCR 10 is IMA's");
        assertTrue(all.out.startsWith("PROVED: the log gives the values of PCR 0-7, 9, 11 (sha256"), all.out);
        List<String> lines = all.out.lines().toList();
        assertTrue(lines.stream().anyMatch(line -> line.matches("   7  [0-9a-f]{64}  matches, proved")), all.out);
        assertTrue(lines.stream().anyMatch(line -> line.matches("  10  [0-9a-f]{64}  no-events, quoted")), all.out);
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("  16  [0-9a-f]{64}  initial-value, not quoted")),
                all.out);
        assertTrue(lines.stream().anyMatch(line -> line.matches("   7  [0-9a-f]{40}  matches, not quoted")), all.out);
        assertTrue(lines.contains("note: not-quoted sha1: the quote is over no PCR of this bank"), all.out);
        Result notQuoted = verify(
                captured,
                "--ak",
                ak(captured),
                "--nonce",
                nonce(captured),
                "--pcrs",
                pcrs(captured),
                "--require",
                "sha1:7");
        assertEquals(2, notQuoted.exitCode, "PCR 7 of SHA-1 matches, but the quote does not prove it");
    }

    @Test
    void theUserspaceLogIsReplayedAndMissedWhereItIsNotGiven() throws Exception {
        String boot = "testdata/boots/systemd-userland/";
        List<String> without =
                List.of("verify", boot + "eventlog.bin", "--pcrs", boot + "pcrs.json", "--require", "sha256:9,11,15");
        List<String> with = new ArrayList<>(without);
        with.addAll(List.of("--userspace-log", boot + "tpm2-measure.log"));
        assertEquals(0, run(with).exitCode);

        Result missed = run(without);
        assertEquals(2, missed.exitCode);
        assertTrue(missed.out.contains("why sha256 [11]:"), missed.out);
        assertTrue(missed.out.contains("phases [enter-initrd, leave-initrd, sysinit, ready]"), missed.out);
        List<String> asJson = new ArrayList<>(without);
        asJson.add("--json");
        assertEquals(11, run(asJson).json().get("explanation").get(0).get("pcr").asInt());
    }

    @Test
    void quoteAloneIsCheckedWithTheLogsValues() {
        CapturedQuote captured = CapturedQuote.of("uki-direct", "rsapss");
        assertEquals(0, verify(captured, "--ak", ak(captured), "--nonce", nonce(captured)).exitCode);
        CapturedQuote overIma = CapturedQuote.of("uki-direct", "ecc");
        Result refused = verify(overIma, "--ak", ak(overIma), "--nonce", nonce(overIma));
        assertEquals(2, refused.exitCode);
        assertTrue(
                refused.out.contains(
                        "the quote is refused, pcr-digest-differs: the quote's digest over sha256:0,1,2,3,"),
                refused.out);
        assertTrue(refused.err.contains("give --pcrs to learn which PCRs differ"), refused.err);
    }

    @Test
    void refusalsHaveTheirReasonInJson() throws Exception {
        CapturedQuote captured = CapturedQuote.of("uki-direct", "rsapss");
        Result result = verify(captured, "--ak", ak(captured), "--nonce", "00", "--json");
        assertEquals(2, result.exitCode);
        assertEquals("nonce-differs", result.json().get("quote").get("refused").asText());
        CapturedQuote other = CapturedQuote.of("uki-secureboot", "rsapss");
        result = verify(captured, "--ak", ak(other), "--nonce", nonce(captured), "--json");
        assertEquals(
                "signature-wrong", result.json().get("quote").get("refused").asText());
    }

    @Test
    void missingNonceIsADecision() throws Exception {
        CapturedQuote captured = CapturedQuote.of("uki-direct", "rsapss");
        Result undecided = verify(captured, "--ak", ak(captured));
        assertEquals(1, undecided.exitCode);
        assertTrue(undecided.err.contains("either --nonce or --no-nonce"), undecided.err);
        Result both = verify(captured, "--ak", ak(captured), "--nonce", "00", "--no-nonce");
        assertEquals(1, both.exitCode);
        Result decided = verify(captured, "--ak", captured.path("ak.pem").toString(), "--no-nonce");
        assertEquals(0, decided.exitCode, decided.err);
        assertTrue(decided.out.startsWith("PROVED IF THE QUOTE IS OF NOW: "), decided.out);
        assertTrue(decided.out.contains("note: nonce-not-checked: "), decided.out);
        assertTrue(decided.out.contains("note: key-attributes-unknown: "), decided.out);
        Result asJson = verify(captured, "--ak", ak(captured), "--no-nonce", "--json");
        assertFalse(asJson.json().get("quote").get("fresh").asBoolean(true));
        Result fresh = verify(captured, "--ak", ak(captured), "--nonce", nonce(captured), "--json");
        assertTrue(fresh.json().get("quote").get("fresh").asBoolean());
    }

    @Test
    void withoutQuoteTheValuesAreAsserted() throws Exception {
        CapturedQuote captured = CapturedQuote.of("uki-direct", "ecc");
        String log = captured.boot().resolve("eventlog.bin").toString();
        Result result = run(List.of("verify", log, "--pcrs", pcrs(captured), "--require", "sha256:0-7+sha1:0"));
        assertEquals(0, result.exitCode, result.err);
        assertTrue(result.out.contains("no quote: the values are asserted, nothing is proved"), result.out);
        assertFalse(result.out.contains(", proved"));
        assertEquals(2, run(List.of("verify", log, "--pcrs", pcrs(captured), "--require", "sha256:0,10")).exitCode);
        assertEquals(2, run(List.of("verify", log, "--pcrs", pcrs(captured), "--require", "sm3_256:0")).exitCode);
        assertEquals(1, run(List.of("verify", log)).exitCode, "nothing to verify with");
        assertEquals(1, run(List.of("verify", log, "--pcrs", pcrs(captured), "--nonce", "00")).exitCode);
    }

    @Test
    void malformedFilesAreNamed(@TempDir Path folder) throws Exception {
        CapturedQuote captured = CapturedQuote.of("uki-direct", "rsapss");
        Path key = folder.resolve("key");
        Files.write(key, new byte[] {0, 5, 0, 0});
        Result result = verify(captured, "--ak", key.toString(), "--no-nonce", "--json");
        assertEquals(1, result.exitCode);
        assertTrue(
                result.json().get("error").get("message").asText().startsWith(key + ": TPMT_PUBLIC.type at offset"),
                result.out);
        assertEquals(1, verify(captured, "--ak", folder.resolve("none").toString(), "--no-nonce").exitCode);
        assertEquals(1, verify(captured, "--ak", ak(captured), "--nonce", "0").exitCode, "not hexadecimal");
    }
}
