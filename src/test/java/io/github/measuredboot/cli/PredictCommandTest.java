package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PredictCommandTest {
    private static final String UKI = "testdata/uki/profiles.efi";

    private record Result(int exitCode, String out, String err) {}

    @Test
    void jsonHoldsAllBanksAndPhases() throws Exception {
        Result result = run("predict", "--json", "--accept-unknown-stub", UKI);
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
        Result result = run(
                "predict",
                "--bank",
                "sha256",
                "--phase",
                "enter-initrd",
                "--profile",
                "2",
                "--stub-version",
                "257",
                UKI);
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
        Result rollout = run("predict", "testdata/uki/kernel.efi", "--refstate", "old.json", "-o", "new.json");
        assertEquals(1, rollout.exitCode);
        assertTrue(rollout.err.contains("no unified kernel image"));
        assertTrue(run("predict", "no-such-file.efi").err.contains("no such file"));
        assertEquals(1, run("predict", "--profile", "9", UKI).exitCode);
    }

    @Test
    void anUnknownStubIsAWarningAndNoReferenceStateIsWritten(@TempDir Path folder) throws Exception {
        Path next = folder.resolve("next.json");
        Result refused = run("predict", UKI, "--refstate", "no-such-state.json", "-o", next.toString());
        assertEquals(2, refused.exitCode);
        assertTrue(refused.out.contains("warning: PCR 11 is computed as by stub 262"), refused.out);
        assertTrue(refused.err.contains("--accept-unknown-stub"), refused.err);
        assertFalse(Files.exists(next));
        Result json = run("predict", "--json", UKI);
        assertEquals(2, json.exitCode);
        assertFalse(new ObjectMapper().readTree(json.out).get("stubKnown").asBoolean());
        assertTrue(run("predict", "--stub-version", "257", UKI).out.contains("stub 257"));
    }

    @Test
    void anyPeImageHasItsAuthenticodeDigests() throws Exception {
        JsonNode expected = new ObjectMapper()
                .readTree(Path.of("testdata/uki/expected.json").toFile())
                .get("kernel");
        Result text = run("predict", "testdata/uki/kernel.efi");
        assertEquals(0, text.exitCode, text.err);
        assertTrue(text.out.contains(expected.get("virt-firmware").get("sha256").asText()));
        JsonNode json = new ObjectMapper().readTree(run("predict", "--json", "testdata/uki/kernel.efi").out);
        assertEquals(
                expected.get("virt-firmware").get("sha384"),
                json.get("banks").get("sha384").get("authenticodeOnceSigned"));
        assertEquals(
                expected.get("file").get("sha384"),
                json.get("banks").get("sha384").get("file"));
    }

    @Test
    void optionsOfUkisAreRefusedForAnotherImage() {
        for (String option : List.of("--phase=enter-initrd", "--profile=1", "--stub-version=257", "--efifw=0")) {
            Run run = Run.of("predict", option, "testdata/uki/kernel.efi");
            assertEquals(1, run.exitCode(), option);
            assertTrue(run.err().contains("no unified kernel image, for which alone there are --phase"), run.err());
        }
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
