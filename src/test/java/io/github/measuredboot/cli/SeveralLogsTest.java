package io.github.measuredboot.cli;

import static io.github.measuredboot.cli.Run.log;
import static io.github.measuredboot.cli.Run.pcrs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.replay.DynamicPcrStart;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.testing.CapturedQuote;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several logs of one machine are one evidence. */
class SeveralLogsTest {
    private static final String NOTE = "note: of the 2 logs, ";

    @TempDir
    Path folder;

    private String launch(HashAlgorithm... banks) throws Exception {
        byte[] log = EventLogBuilder.cryptoAgile(banks)
                .measure(17, new EventType(0x501), Bytes.parseHex("01"))
                .build();
        return Files.write(folder.resolve("launch"), log).toString();
    }

    private String launch() throws Exception {
        return launch(HashAlgorithm.SHA1, HashAlgorithm.SHA256, HashAlgorithm.SHA384, HashAlgorithm.SHA512);
    }

    private String withLaunch(String boot, String launch) throws Exception {
        ObjectNode values =
                (ObjectNode) new ObjectMapper().readTree(Path.of(pcrs(boot)).toFile());
        Replay replay = Replay.of(EventLog.wrap(Files.readAllBytes(Path.of(launch))));
        replay.expectedValues(DynamicPcrStart.ZEROS)
                .banks()
                .forEach(bank -> ((ObjectNode) values.get(bank.algorithm().name()))
                        .put("17", bank.value(17).orElseThrow().toHex()));
        return Files.writeString(folder.resolve("pcrs.json"), values.toString()).toString();
    }

    private String state(String boot) {
        String file = folder.resolve("state.json").toString();
        Run made = Run.of("refstate", "create", "-e", log(boot), "--pcrs", pcrs(boot), "-o", file);
        assertEquals(0, made.exitCode(), made.err());
        return file;
    }

    @Test
    void theLogOfADynamicLaunchIsJoinedToThatOfTheBoot() throws Exception {
        String launch = launch();
        String pcrs = withLaunch("uki-direct", launch);
        for (List<String> logs : List.of(List.of(log("uki-direct"), launch), List.of(launch, log("uki-direct")))) {
            Run verify = Run.of(
                    Run.join(List.of("verify"), logs.toArray(new String[0])),
                    "--pcrs",
                    pcrs,
                    "--require",
                    "sha256:0-7,17");
            assertEquals(0, verify.exitCode(), verify.out());
            assertTrue(verify.out().contains("values of PCR 0-7, 17 (sha256)"), verify.out());
            assertEquals("", verify.err());
        }
        Run check = Run.of(
                "check",
                log("uki-direct"),
                launch,
                "--pcrs",
                pcrs,
                "-r",
                state("uki-direct"),
                "--allow-secure-boot-off");
        assertEquals(0, check.exitCode(), check.out());
        assertTrue(check.out().contains("\nPCR 17 started at zeros, as after a dynamic launch"), check.out());
        assertTrue(Run.of("summary", log("uki-direct"), launch).out().contains(", with a dynamic launch"));
    }

    @Test
    void ofSeveralLogsOfOneKindTheOneThatTheValuesBelongToIsTaken() throws Exception {
        String old = log("uki-direct");
        String now = log("uki-direct-other-cmdline");
        String pcrs = pcrs("uki-direct-other-cmdline");
        List<String> verify = List.of("verify", old, now, "--pcrs", pcrs, "--require", "sha256:0-7,9");
        Run run = Run.of(verify);
        assertEquals(0, run.exitCode(), run.out());
        assertEquals(
                NOTE + now + " is what the values belong to most", run.err().strip());
        assertEquals(now, Run.of(verify, "--json").json().get("log").asText());
        Run check = Run.of("check", old, now, "--pcrs", pcrs, "-r", state("uki-direct"), "--allow-secure-boot-off");
        assertTrue(check.out().startsWith("REJECTED (bank sha512): PCR 4, event 23: the UKI has changed"), check.out());
        assertTrue(Run.of("summary", old, now, "--pcrs", pcrs).out().contains("not reproduced none"));
        Run without = Run.of("summary", old, now);
        assertEquals(1, without.exitCode());
        assertTrue(without.err().contains("give --pcrs or --quote"), without.err());
    }

    @Test
    void logsThatFitTheValuesEquallyWellAreSaidTo() throws Exception {
        Path copy = Files.copy(Path.of(log("uki-direct")), folder.resolve("copy"));
        for (List<String> logs : List.of(
                List.of(log("uki-direct-other-cmdline"), log("uki-direct"), copy.toString()),
                List.of(log("uki-direct"), log("uki-direct-other-cmdline"), copy.toString()),
                List.of(log("uki-direct"), copy.toString(), log("uki-direct-other-cmdline")))) {
            Run run = Run.of(Run.join(List.of("verify"), logs.toArray(new String[0])), "--pcrs", pcrs("uki-direct"));
            assertEquals(
                    "note: of the 3 logs, several agree with the values equally well; " + log("uki-direct")
                            + " is taken\n",
                    run.err());
        }
    }

    @Test
    void aQuoteDecidesToo() {
        List<String> verify = new ArrayList<>(
                List.of("verify", log("uki-direct-other-cmdline"), log("uki-direct"), "--pcrs", pcrs("uki-direct")));
        verify.addAll(Run.quote(CapturedQuote.of("uki-direct", "ecc")));
        Run run = Run.of(verify, "--require", "sha256:0-7,9");
        assertEquals(0, run.exitCode(), run.out());
        assertTrue(run.out().startsWith("PROVED: "), run.out());
    }

    @Test
    void logsOfDifferentBanksAreNotJoined() throws Exception {
        Run run = Run.of("verify", log("uki-direct"), launch(HashAlgorithm.SHA256), "--pcrs", pcrs("uki-direct"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("the logs cannot be evidence of one boot"), run.err());
    }

    @Test
    void aReferenceStateIsMadeOfTheLogThatTheValuesBelongTo() {
        String old = log("uki-direct-other-cmdline");
        String now = log("uki-direct");
        String saved = folder.resolve("saved").toString();
        for (List<String> command : List.of(
                List.of("refstate", "create", "-o", folder.resolve("made.json").toString()),
                List.of("save", "--refstate-dir", saved))) {
            Run made = Run.of(command, old, now, "--pcrs", pcrs("uki-direct"));
            assertEquals(0, made.exitCode(), made.err());
            assertTrue(made.err().contains(NOTE + now + " is what the values belong to most"), made.err());
            String state = command.contains("save") ? saved : command.get(3);
            Run difference = Run.of("refstate", "diff", state("uki-direct"), state);
            assertEquals(0, difference.exitCode(), difference.out());
            Run without = Run.of(command, old, now);
            assertEquals(1, without.exitCode());
            assertTrue(without.err().contains("these logs are of several boots"), without.err());
        }
    }

    @Test
    void aReferenceStateIsMadeOfABootWithItsDynamicLaunch() throws Exception {
        String launch = launch();
        String pcrs = withLaunch("uki-direct", launch);
        String state = folder.resolve("made.json").toString();
        Run made = Run.of("refstate", "create", log("uki-direct"), launch, "--pcrs", pcrs, "-o", state, "--json");
        assertEquals(0, made.exitCode(), made.err());
        assertEquals(log("uki-direct") + " " + launch, made.json().get("log").asText());
        assertEquals(0, Run.of("refstate", "diff", state("uki-direct"), state).exitCode());
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(Files.readAllBytes(Path.of(log("uki-direct"))));
        List<Event> launched = EventLog.read(Path.of(launch)).events();
        joined.writeBytes(launched.get(1).encoded().toByteArray());
        assertEquals(2, launched.size());
        assertEquals(
                "0x"
                        + HashAlgorithm.SHA256
                                .hash(Bytes.wrap(joined.toByteArray()))
                                .orElseThrow(),
                new ObjectMapper()
                        .readTree(Path.of(state).toFile())
                        .at("/provenance/0/log_digests/sha256")
                        .asText());
    }

    private static final List<List<String>> COMMANDS = List.of(
            List.of("verify"),
            List.of("check", "--allow-secure-boot-off"),
            List.of("diagnose", "--allow-secure-boot-off"),
            List.of("replay"),
            List.of("summary"),
            List.of("report"));

    private List<List<String>> commands(String... arguments) {
        List<List<String>> commands = new ArrayList<>();
        for (List<String> command : COMMANDS) {
            List<String> all = Run.join(command, arguments);
            all.addAll(
                    switch (command.get(0)) {
                        case "check", "diagnose" -> List.of("-r", state("uki-direct"));
                        case "verify" -> List.of("--require", "sha256:0-7,9");
                        case "replay" -> List.of("--pcr", "0-7,9");
                        case "report" ->
                            List.of("-o", folder.resolve("page.html").toString());
                        default -> List.of();
                    });
            commands.add(all);
        }
        return commands;
    }

    @Test
    void valuesFromStandardInputAreComparedWithEachLog() throws Exception {
        String other = log("uki-direct-other-cmdline");
        for (List<String> command : commands(other, log("uki-direct"), "--pcrs", "-")) {
            Run run = Run.withInput(Path.of(pcrs("uki-direct")), command);
            assertEquals(0, run.exitCode(), command + "\n" + run.out() + run.err());
            assertEquals(NOTE + log("uki-direct") + " is what the values belong to most\n", run.err());
        }
        for (List<String> command : commands(other, "-", "--pcrs", pcrs("uki-direct"))) {
            Run run = Run.withInput(Path.of(log("uki-direct")), command);
            assertEquals(0, run.exitCode(), command + "\n" + run.out() + run.err());
            assertEquals(NOTE + "standard input is what the values belong to most\n", run.err());
        }
    }

    @Test
    void anyPartOfAQuoteFromStandardInputServesEachLog() throws Exception {
        CapturedQuote captured = CapturedQuote.of("uki-direct", "ecc");
        Path nonce = Files.write(folder.resolve("nonce"), captured.nonceBytes().toByteArray());
        List<String> quote = new ArrayList<>(Run.quote(captured).subList(0, 6));
        quote.addAll(List.of("--nonce-file", nonce.toString(), "--pcrs", pcrs("uki-direct")));
        for (int i = 0; i < quote.size(); i += 2) {
            List<String> piped = new ArrayList<>(quote);
            Path file = Path.of(piped.set(i + 1, "-"));
            for (List<String> command : commands(
                    Run.join(List.of(log("uki-direct-other-cmdline"), log("uki-direct")), piped.toArray(new String[0]))
                            .toArray(new String[0]))) {
                if (command.contains("replay")) {
                    continue;
                }
                Run run = Run.withInput(file, command);
                assertEquals(0, run.exitCode(), command + "\n" + run.out() + run.err());
            }
        }
    }

    @Test
    void theUserspaceLogFromStandardInputGoesOnAfterEachLog() {
        Path userspaceLog = Run.BOOTS.resolve("systemd-userland/tpm2-measure.log");
        List<String> verify = List.of(
                "verify",
                log("uki-direct"),
                log("systemd-userland"),
                "--pcrs",
                pcrs("systemd-userland"),
                "--require",
                "sha256:0-7,11,15",
                "--userspace-log",
                "-");
        assertEquals(0, Run.withInput(userspaceLog, verify).exitCode());
    }

    /** The page of a refused quote is drawn with it too. */
    @Test
    void theUserspaceLogFromStandardInputIsOnThePageOfARefusedQuote() throws Exception {
        List<String> quote = new ArrayList<>(Run.quote(CapturedQuote.of("uki-direct", "ecc")));
        quote.set(7, "00".repeat(32));
        String page = folder.resolve("page.html").toString();
        List<String> report =
                new ArrayList<>(List.of("report", log("systemd-userland"), "--userspace-log", "-", "-o", page));
        report.addAll(quote);
        Path userspaceLog = Run.BOOTS.resolve("systemd-userland/tpm2-measure.log");
        assertEquals(2, Run.withInput(userspaceLog, report).exitCode());
        assertTrue(Files.readString(Path.of(page)).contains("REFUSED"));
    }

    @Test
    void standardInputIsReadOnce() throws Exception {
        for (List<String> command : commands("-", log("uki-direct"), "--pcrs", "-")) {
            Run run = Run.withInput(Path.of(pcrs("uki-direct")), command);
            assertEquals(1, run.exitCode(), command.toString());
            assertEquals(
                    "measuredboot: standard input can be read once, and - is given for LOG and --pcrs\n", run.err());
        }
    }

    @Test
    void oneDashIsOneWhereverTheOtherLogsAre() throws Exception {
        for (List<String> command : List.of(
                List.of("verify", "-", "--pcrs", pcrs("uki-direct"), log("uki-direct-other-cmdline")),
                List.of(
                        "verify",
                        "--log",
                        "-",
                        "--pcrs",
                        pcrs("uki-direct"),
                        "--log",
                        log("uki-direct-other-cmdline")))) {
            Run run = Run.withInput(Path.of(log("uki-direct")), Run.join(command, "--require", "sha256:0-7,9"));
            assertEquals(0, run.exitCode(), run.err());
        }
    }

    @Test
    void messagesCallStandardInputSo() throws Exception {
        Path empty = Files.write(folder.resolve("empty"), new byte[0]);
        assertEquals(
                "measuredboot: standard input can be read once, and - is given for LOG, LOG and --pcrs\n",
                Run.withInput(empty, List.of("replay", "-", "--pcrs", "-", "-")).err());
        assertEquals(
                "measuredboot: standard input: is empty, and PCR values are expected, such as what tpm2_pcrread prints\n",
                Run.withInput(empty, List.of("replay", log("uki-direct"), "--pcrs", "-"))
                        .err());
        for (List<String> logs : List.of(List.of("-"), List.of("-", log("uki-direct")))) {
            Run run = Run.withInput(empty, Run.join(List.of("replay"), logs.toArray(new String[0])));
            assertEquals(1, run.exitCode());
            assertTrue(
                    run.err()
                            .startsWith(
                                    "measuredboot: standard input: event log.format at offset 0: looks like an empty file: "),
                    run.err());
        }
        assertTrue(Run.withInput(empty, List.of("check", log("uki-direct"), "--pcrs", pcrs("uki-direct"), "-r", "-"))
                .err()
                .startsWith("measuredboot: standard input: "));
    }

    @Test
    void replayComparesSeveralLogsAsOneEvidence() throws Exception {
        String launch = launch();
        String pcrs = withLaunch("uki-direct", launch);
        List<String> replay = List.of("replay", log("uki-direct"), launch, "--pcr", "0-7,17");
        Run joined = Run.of(replay, "--pcrs", pcrs);
        assertEquals(0, joined.exitCode(), joined.out());
        assertTrue(
                joined.out().startsWith("MATCH OF WHAT WAS CHOSEN: the log gives the values of PCR 0-7, 17"),
                joined.out());
        assertEquals(1, Run.of(replay, "--json").out().lines().count());
        assertEquals(
                log("uki-direct") + " " + launch,
                Run.of(replay, "--json").json().get("log").asText());
    }

    @Test
    void withoutValuesEachBootIsReplayed() throws Exception {
        Path cut =
                Files.write(folder.resolve("cut"), Arrays.copyOf(Files.readAllBytes(Path.of(log("uki-direct"))), 5000));
        Run run = Run.of("replay", log("uki-direct"), cut.toString(), log("uki-direct-other-cmdline"), launch());
        assertEquals(1, run.exitCode());
        assertEquals(
                2,
                run.out()
                        .lines()
                        .filter(line -> line.contains(": crypto-agile"))
                        .count(),
                run.out());
        assertTrue(run.err().startsWith("measuredboot: " + cut + ": "), run.err());
    }

    @Test
    void theLogThatIsMalformedIsNamed() throws Exception {
        Path cut =
                Files.write(folder.resolve("cut"), Arrays.copyOf(Files.readAllBytes(Path.of(log("uki-direct"))), 5000));
        for (List<String> command :
                commands(log("uki-direct"), cut.toString(), "--pcrs", pcrs("uki-direct"), "--json")) {
            Run run = Run.of(command);
            assertEquals(1, run.exitCode(), command.toString());
            assertTrue(run.err().startsWith("measuredboot: " + cut + ": "), run.err());
            assertEquals(cut.toString(), run.json().get("log").asText());
            assertTrue(run.json().get("error").get("offset").asInt() > 0, run.out());
        }
    }

    @Test
    void theEventsOfALaunchFollowThoseOfTheBoot() throws Exception {
        Run alone = Run.of("events", log("uki-direct"));
        Run joined = Run.of("events", log("uki-direct"), launch());
        assertEquals(0, joined.exitCode(), joined.err());
        assertTrue(joined.out().startsWith(alone.out()), joined.out());
        assertTrue(joined.out().substring(alone.out().length()).startsWith("  41  PCR 17"), joined.out());
        Run several = Run.of("events", log("uki-direct"), log("uki-direct-other-cmdline"));
        assertEquals(1, several.exitCode());
        assertTrue(several.err().contains("these logs are of several boots: list one at a time"), several.err());
    }

    @Test
    void twoLogsAloneAreComparedAndNotMoreThanTwo() throws Exception {
        List<String> diagnose = List.of("diagnose", log("uki-direct"), log("uki-direct-other-cmdline"));
        assertTrue(
                Run.of(diagnose).out().startsWith("different in PCR "),
                Run.of(diagnose).out());
        Run three = Run.of(diagnose, launch());
        assertEquals(1, three.exitCode());
        assertTrue(three.err().contains("3 logs are given: two are compared; with --refstate"), three.err());
        Run nothing = Run.of(diagnose, "-r", state("uki-direct"));
        assertTrue(nothing.err().contains("these logs are of several boots, and only"), nothing.err());
    }

    /** Windows writes one more log at each resume. */
    @Test
    void theLogsOfWindowsInTheCorpusAreOneEvidence() throws Exception {
        Path corpus = TestLogs.shared("corpus");
        String first =
                corpus.resolve("guard-dell-notebook-5eventlogs-wbcl-0.bin").toString();
        String last =
                corpus.resolve("guard-dell-notebook-5eventlogs-wbcl-4.bin").toString();
        String pcrs = Files.writeString(
                        folder.resolve("pcrs.json"),
                        TestLogs.json(corpus.resolve("guard-dell-notebook-5eventlogs-wbcl-4.json"))
                                .get("tpm_pcrs")
                                .toString())
                .toString();
        assertEquals(2, Run.of("verify", first, "--pcrs", pcrs).exitCode());
        for (String command : List.of("verify", "summary", "replay", "diagnose")) {
            Run run = Run.of(command, first, last, "--pcrs", pcrs);
            assertEquals(0, run.exitCode(), run.out());
            assertEquals(
                    NOTE + last + " is what the values belong to most",
                    run.err().strip());
        }
    }
}
