package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PredictCommandTest {
    private static final String UKI = "testdata/uki/profiles.efi";

    private record Result(int exitCode, String out, String err) {}

    @Test
    void jsonHoldsAllBanksAndPhases() throws Exception {
        Result result = run("predict", "--json", UKI);
        assertEquals(0, result.exitCode, result.err);
        JsonNode json = new ObjectMapper().readTree(result.out);
        JsonNode expected = new ObjectMapper()
                .readTree(Path.of("testdata/uki/expected.json").toFile())
                .get("profiles");
        assertEquals(UKI, json.get("image").asText());
        assertEquals(expected.get("size").asInt(), json.get("size").asInt());
        for (String bank : List.of("sha1", "sha256", "sha384", "sha512")) {
            JsonNode predicted = json.get("banks").get(bank);
            assertEquals(expected.get("file").get(bank), predicted.get("file"));
            assertEquals(expected.get("virt-firmware").get(bank), predicted.get("authenticode"));
            assertEquals(
                    "0x" + predicted.get("authenticode").asText(),
                    json.get("uki_digest").get(bank).asText());
            assertEquals(5, predicted.get("pcr11").size());
            predicted
                    .get("pcr11")
                    .fields()
                    .forEachRemaining(phase -> assertEquals(
                            expected.get("systemd-measure").get(0).get(bank).get(phase.getKey()), phase.getValue()));
        }
    }

    @Test
    void textHoldsTheChosenBankPhaseAndProfile() throws Exception {
        Result result = run("predict", "--bank", "sha256", "--phase", "enter-initrd", "--profile", "2", UKI);
        assertEquals(0, result.exitCode, result.err);
        JsonNode expected = new ObjectMapper()
                .readTree(Path.of("testdata/uki/expected.json").toFile())
                .get("profiles")
                .get("systemd-measure")
                .get(2)
                .get("sha256")
                .get("enter-initrd");
        List<String> values =
                result.out.lines().filter(line -> line.contains("PCR 11")).toList();
        assertEquals(List.of("  PCR 11  " + expected.asText() + "  enter-initrd"), values);
    }

    @Test
    void whatSigningChangesIsSaid() {
        assertTrue(run("predict", "testdata/uki/odd.efi").out.contains("image, once it is signed"));
        assertTrue(run("predict", "testdata/uki/odd-signed.efi").out.lines().noneMatch(l -> l.contains("once it is")));
    }

    @Test
    void inputThatIsNoUkiIsAnError() throws Exception {
        Result malformed = run("predict", "--json", "testdata/boots/uki-direct/eventlog.bin");
        assertEquals(1, malformed.exitCode);
        assertEquals(
                "e_magic",
                new ObjectMapper()
                        .readTree(malformed.out)
                        .get("error")
                        .get("field")
                        .asText());
        assertTrue(run("predict", "testdata/uki/kernel.efi").err.contains("no unified kernel image"));
        assertTrue(run("predict", "no-such-file.efi").err.contains("no such file"));
        assertEquals(1, run("predict", "--profile", "9", UKI).exitCode);
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
