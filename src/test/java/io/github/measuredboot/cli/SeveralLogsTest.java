package io.github.measuredboot.cli;

import static io.github.measuredboot.cli.Run.log;
import static io.github.measuredboot.cli.Run.pcrs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.replay.DynamicPcrStart;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.testing.CapturedQuote;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        assertTrue(
                check.out().startsWith("REJECTED (bank sha512): PCR 4, event 23: the UKI is another one"), check.out());
        assertTrue(Run.of("summary", old, now, "--pcrs", pcrs).out().contains("not reproduced none"));
        Run without = Run.of("summary", old, now);
        assertEquals(1, without.exitCode());
        assertTrue(without.err().contains("give --pcrs or --quote"), without.err());
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
        assertTrue(run.err().contains("the logs cannot be one evidence"), run.err());
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
        for (String command : List.of("verify", "summary")) {
            Run run = Run.of(command, first, last, "--pcrs", pcrs);
            assertEquals(0, run.exitCode(), run.out());
            assertEquals(
                    NOTE + last + " is what the values belong to most",
                    run.err().strip());
        }
    }
}
