package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    private static final String BOOT = "testdata/boots/uki-direct/";
    private static final String LOG = BOOT + "eventlog.bin";
    private static final String WITHOUT_IMA = "0-9,11-15";

    private record Result(int exitCode, String out, String err) {
        JsonNode json() throws Exception {
            return new ObjectMapper().readTree(out);
        }
    }

    @Test
    void eventsAreListedWithWhatTheySay() {
        Result result = run("events", LOG);
        assertEquals(0, result.exitCode);
        List<String> events = result.out
                .lines()
                .filter(line -> line.matches(" +[0-9]+ +PCR .*"))
                .toList();
        assertEquals(41, events.size());
        assertTrue(events.get(0).matches(" +0 +PCR 0 +EV_NO_ACTION +sha1:0{12}… +size 45 +offset 0"), events.get(0));
        assertTrue(events.get(1).matches(".*EV_S_CRTM_VERSION +sha256:[0-9a-f]{12}… +size.*"), events.get(1));
        String verbose = run("events", "-v", LOG).out;
        assertTrue(verbose.matches("(?s).*EV_S_CRTM_VERSION +sha1:[0-9a-f]{40} .* sha512:[0-9a-f]{128} .*"), verbose);
        assertTrue(result.out.contains("      unicodeName: SecureBoot\n      enabled: no\n"), result.out);
        assertTrue(result.out.contains("      digest: covers the text in UTF-8 (stub-name-in-utf8)\n"), result.out);
    }

    @Test
    void eventsAreChosenByPcrTypeAndBank() throws Exception {
        Result chosen = run("events", "--pcr", "4-5,7", "--type", "EV_SEPARATOR,0x80000003", "--bank", "sha384", LOG);
        List<String> lines = chosen.out
                .lines()
                .filter(line -> line.matches(" +[0-9]+ +PCR .*"))
                .toList();
        assertEquals(5, lines.size(), chosen.out);
        assertTrue(lines.stream().allMatch(line -> line.contains(" sha384:") && !line.contains("sha256")), chosen.out);
        JsonNode json =
                run("events", "--json", "--type=4", "--bank=sha1,sha512", LOG).json();
        assertEquals(8, json.get("events").size());
        assertEquals(
                "[\"sha1\",\"sha512\"]",
                new ObjectMapper()
                        .writeValueAsString(json.at("/events/0/digests").fieldNames()));
        assertEquals(1, run("events", "--type", "EV_NONE", LOG).exitCode);
        assertEquals(1, run("events", "--bank", "sm3_256", LOG).exitCode);
        assertEquals(1, run("events", "--pcr", "4", "--format", "tpm2-yaml", LOG).exitCode);
    }

    @Test
    void wrongUsageIsAnObjectToo() throws Exception {
        for (String[] wrong : new String[][] {
            {"replay", "--json", "--nonsense"}, {"check", "--json", "--bank", "md5"}, {"--json"}, {"refstate", "--json"}
        }) {
            Result result = run(wrong);
            assertEquals(1, result.exitCode);
            String message = result.json().at("/error/message").asText();
            assertFalse(message.isEmpty());
            assertTrue(result.err.startsWith("measuredboot: " + message), result.err);
        }
        assertEquals("", run("replay", "--nonsense").out);
        assertEquals("", run("replay", "--nonsense", "--", "--json").out);
    }

    @Test
    void standardInputIsReadOnce() throws Exception {
        Result twice = run("check", "--json", "-r", "-", "--pcrs", "-", LOG);
        assertEquals(1, twice.exitCode);
        assertTrue(
                twice.json().at("/error/message").asText().contains("- is given for --refstate and --pcrs"), twice.out);
        assertEquals(1, run("refstate", "diff", "-", "-").exitCode);
    }

    @Test
    void theLogIsNamedWithAnOptionOrWithout() {
        assertEquals(run("replay", LOG).out, run("replay", "--log", LOG).out);
        assertEquals(run("summary", LOG).out, run("summary", "-e", LOG).out);
        assertTrue(run("events", LOG, "--log", LOG).err.contains("not both"));
        assertTrue(run("summary", LOG, "--log", LOG).err.contains("not both"));
        assertTrue(run("replay", LOG, "--log", LOG).err.contains("not both"));
    }

    @Test
    void inJsonStandardErrorIsSilent() throws Exception {
        String odd = "testdata/boots/tpm12-legacy/eventlog.bin";
        assertFalse(run("summary", odd).err.isEmpty());
        Result json = run("summary", "--json", odd);
        assertEquals("", json.err);
        assertFalse(json.json().get("diagnostics").isEmpty());
    }

    @Test
    void eventDataAreShownRawWhereThatIsAskedFor() {
        Result result = run("events", "--raw", LOG);
        List<String> lines = result.out.lines().toList();
        assertEquals(2 * 41, lines.size());
        assertTrue(lines.get(1).startsWith("      53706563204944204576656e743033"), lines.get(1));
    }

    @Test
    void eventsInJsonCarryTheirData() throws Exception {
        JsonNode json = run("events", "--json", LOG).json();
        assertEquals("crypto-agile", json.get("format").asText());
        JsonNode event = json.get("events").get(1);
        assertEquals(1, event.get("number").asInt());
        assertEquals("EV_S_CRTM_VERSION", event.get("type").asText());
        assertEquals(event.get("size").asInt() * 2, event.get("data").asText().length());
        assertEquals(64, event.get("digests").get("sha256").asText().length());
    }

    @Test
    void replayInJsonHasTheDocumentedFields() throws Exception {
        JsonNode json = run("replay", "--json", LOG).json();
        JsonNode tpm = new ObjectMapper().readTree(Path.of(BOOT + "pcrs.json").toFile());
        assertEquals(LOG, json.get("log").asText());
        assertEquals(
                "[\"sha1\",\"sha256\",\"sha384\",\"sha512\"]",
                json.get("algorithms").toString());
        assertEquals(41, json.get("events").asInt());
        assertEquals(0, json.get("startupLocality").asInt());
        assertEquals(tpm.get("sha384").get("7"), json.get("pcrs").get("sha384").get("7"));
        assertTrue(json.get("diagnostics").isArray());
        assertFalse(json.has("comparison") || json.has("error"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pcrs.json", "pcrread.yaml"})
    void pcrsMatchButForThoseOfIma(String source) throws Exception {
        Result all = run("replay", "--json", "--pcrs", BOOT + source, LOG);
        assertEquals(0, all.exitCode);
        assertEquals(
                "matches",
                all.json()
                        .get("comparison")
                        .get("sha256")
                        .get("0")
                        .get("status")
                        .asText());
        assertEquals(
                "no-events",
                all.json()
                        .get("comparison")
                        .get("sha256")
                        .get("10")
                        .get("status")
                        .asText());
        assertEquals(0, run("replay", "--pcrs", BOOT + source, "--pcr", WITHOUT_IMA, LOG).exitCode);
    }

    @Test
    void replayTakesTheUserspaceLog() throws Exception {
        String boot = "testdata/boots/systemd-userland/";
        String userspaceLog = boot + "tpm2-measure.log";
        String log = boot + "eventlog.bin";
        Result replay = run("replay", "--json", "--pcrs", boot + "pcrs.json", "--userspace-log", userspaceLog, log);
        assertEquals(6, replay.json().get("userspaceRecords").asInt());
        assertEquals("[]", replay.json().get("userspaceDiagnostics").toString());
        assertEquals(
                0,
                run("replay", "--pcrs", boot + "pcrs.json", "--pcr", "0-9,11-23", "--userspace-log", userspaceLog, log)
                        .exitCode);
        assertTrue(run("replay", "--userspace-log", userspaceLog, log).out.contains("6 userspace records"));
        Result without = run("replay", "--json", "--pcrs", boot + "pcrs.json", "--pcr", "11,15", log);
        assertEquals(2, without.exitCode);
        JsonNode explanation = without.json().get("explanation");
        assertEquals(8, explanation.size());
        assertEquals("sha1", explanation.get(0).get("bank").asText());
        assertEquals(11, explanation.get(0).get("pcr").asInt());
        assertEquals("differs", explanation.get(0).get("status").asText());
        assertEquals(
                "userspace-phases-not-logged",
                explanation.get(0).get("hypotheses").get(0).get("code").asText());
        assertEquals(
                "userspace-log-not-given",
                explanation.get(1).get("remarks").get(0).get("code").asText());
        assertTrue(run("replay", "--pcrs", boot + "pcrs.json", "--pcr", "11", log)
                .out
                .contains("why sha1 [11], sha256 [11], sha384 [11], sha512 [11]:"));
        assertEquals(1, run("replay", "--userspace-log", userspaceLog, log, log).exitCode);
        Result malformed = run("replay", "--userspace-log", log, log);
        assertEquals(1, malformed.exitCode);
        assertTrue(malformed.err.contains("does not begin with the byte 1e"), malformed.err);
    }

    @Test
    void pcrsAreReadFromBinaryFilesAndFolders(@TempDir Path folder) throws Exception {
        String binary = BOOT + "quote/rsa/pcrs.bin";
        String selection = "sha256:0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15";
        assertEquals(1, run("replay", "--pcrs", binary, LOG).exitCode);
        assertTrue(run("replay", "--pcrs", binary, LOG).err.contains("--pcr-selection"));
        assertEquals(
                0, run("replay", "--pcrs", binary, "--pcr-selection", selection, "--pcr", WITHOUT_IMA, LOG).exitCode);

        Result fresh = run("replay", "--json", "--pcrs", "testdata/pcrread/all-banks.bin", LOG);
        assertEquals(
                "differs",
                fresh.json()
                        .get("comparison")
                        .get("sha512")
                        .get("0")
                        .get("status")
                        .asText());
        Result serialized =
                run("replay", "--json", "--pcrs", "testdata/pcrread/sha256-all-sha1-all.serialized.bin", LOG);
        assertEquals(
                "differs",
                serialized
                        .json()
                        .get("comparison")
                        .get("sha1")
                        .get("3")
                        .get("status")
                        .asText());

        JsonNode pcrs = new ObjectMapper()
                .readTree(Path.of(BOOT + "pcrs.json").toFile())
                .get("sha256");
        Path bank = Files.createDirectories(folder.resolve("pcr-sha256"));
        for (int pcr = 0; pcr < 8; pcr++) {
            String value = pcrs.get(String.valueOf(pcr)).asText().toUpperCase(Locale.ROOT);
            Files.writeString(bank.resolve(String.valueOf(pcr)), value + "\n");
        }
        assertEquals(0, run("replay", "--pcrs", folder.toString(), LOG).exitCode);
        assertEquals(0, run("replay", "--pcrs", bank.toString(), "--bank", "sha256", LOG).exitCode);
        Files.writeString(bank.resolve("3"), "00\n");
        Result broken = run("replay", "--pcrs", folder.toString(), LOG);
        assertEquals(1, broken.exitCode);
        assertTrue(broken.err.contains("sha256[3]") && broken.err.contains("instead of 64"), broken.err);
    }

    @Test
    void aMalformedLogHasAnErrorAndTheOthersAreReplayedAllTheSame(@TempDir Path folder) throws Exception {
        byte[] whole = Files.readAllBytes(Path.of(LOG));
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, 3000));
        Result result = run("replay", "--json", cut.toString(), LOG);
        assertEquals(1, result.exitCode);
        List<String> lines = result.out.lines().toList();
        JsonNode error = new ObjectMapper().readTree(lines.get(0)).get("error");
        for (String field : List.of("offset", "structure", "field", "reason", "message")) {
            assertTrue(error.has(field), field);
        }
        assertTrue(new ObjectMapper().readTree(lines.get(1)).has("pcrs"));

        Result events = run("events", cut.toString());
        assertEquals(1, events.exitCode);
        assertTrue(events.out.lines().count() > 5, "the events before the fault are listed");
        assertTrue(events.err.contains("TCG_PCR_EVENT2"), events.err);
    }

    @Test
    void aMissingEventIsADifferenceEvenIfItWasTheOnlyOneOfItsPcr(@TempDir Path folder) throws Exception {
        Path values = Files.writeString(folder.resolve("pcrs"), "{\"sha256\":{\"14\":\"" + "ab".repeat(32) + "\"}}");
        assertEquals(2, run("replay", "--pcrs", values.toString(), LOG).exitCode);
    }

    @Test
    void wrongUsageAndUnreadableInputsEndWith1() {
        assertEquals(1, run("replay", "--bank", "md5", LOG).exitCode);
        assertEquals(1, run("replay", "--pcr", "32", LOG).exitCode);
        assertEquals(1, run("replay", "--nonsense").exitCode);
        assertEquals(1, run("nonsense").exitCode);
        assertEquals(1, run("replay", "testdata/no-such-log").exitCode);
        assertEquals(1, run("events", "testdata/no-such-log").exitCode);
        Result noBank = run("replay", "--bank", "sm3_256", LOG);
        assertEquals(1, noBank.exitCode);
        assertTrue(noBank.err.contains("no bank sm3_256"), noBank.err);
        assertEquals(0, run("--help").exitCode);
    }

    @Test
    void thereAreNoColoursWhereThereIsNoTerminal() {
        assertFalse(run("replay", "--pcrs", BOOT + "pcrs.json", LOG).out.contains("\u001b"));
    }

    @Test
    void aDashReadsStandardInput() throws Exception {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(Files.readAllBytes(Path.of(LOG))));
        try {
            assertEquals(41, run("replay", "--json", "-").json().get("events").asInt());
        } finally {
            System.setIn(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "summary", "replay", "verify --pcrs testdata/boots/uki-direct/pcrs.json"})
    void inJsonThereIsAlwaysAnObject(String command) throws Exception {
        List<String> args = new ArrayList<>(List.of(command.split(" ")));
        args.addAll(List.of("--json", "no-such-file"));
        Result missing = run(args.toArray(new String[0]));
        assertEquals(1, missing.exitCode);
        assertEquals(
                "no-such-file: no such file",
                missing.json().get("error").get("message").asText());
    }

    @Test
    void pcrValuesThatCannotBeReadAreAnObject(@TempDir Path folder) throws Exception {
        Result empty = run("replay", "--json", "--pcrs", folder.toString(), LOG, LOG);
        assertEquals(1, empty.exitCode);
        assertEquals(1, empty.out.lines().count());
        assertEquals("measuredboot: " + folder + ": holds neither pcr-* folders nor a file pcrs\n", empty.err);
        assertEquals(LOG + " " + LOG, empty.json().get("log").asText());
        Path binary = Files.write(folder.resolve("binary"), new byte[] {1, 2, 3, 4, 5, 6, 7});
        assertTrue(run("replay", "--pcrs", binary.toString(), LOG).err.contains(binary + ": a binary file of 7 bytes"));
    }

    @Test
    void outputThatGetsLostIsNoSuccess() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertEquals(1, Main.run(Main.commandLine(), full, err, "events", LOG));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("could not be written"), err.toString());
        assertEquals(0, Main.run(Main.commandLine(), new ByteArrayOutputStream(), err, "events", LOG));
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

    @Test
    void eachCommandIsTheSameAloneAndAmongAll() {
        Map<String, CommandLine> all = Main.commandLine().getSubcommands();
        assertTrue(all.size() > 12);
        for (Map.Entry<String, CommandLine> command : all.entrySet()) {
            Map<String, CommandLine> alone = Main.commandLine(ThisMachine.LINUX, Terminal.NONE, command.getKey())
                    .getSubcommands();
            assertEquals(command.getKey().equals("help") ? all.keySet() : Set.of(command.getKey()), alone.keySet());
            assertEquals(command.getKey(), command.getValue().getCommandSpec().name());
            assertEquals(
                    command.getValue().getUsageMessage(),
                    Objects.requireNonNull(alone.get(command.getKey())).getUsageMessage());
        }
        assertEquals(
                all.keySet(),
                Main.commandLine(ThisMachine.LINUX, Terminal.NONE, "evnts")
                        .getSubcommands()
                        .keySet());
    }
}
