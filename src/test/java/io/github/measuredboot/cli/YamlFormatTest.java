package io.github.measuredboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.yaml.EventLogYaml;
import io.github.measuredboot.eventlog.yaml.EventLogYaml.DevicePaths;
import io.github.measuredboot.eventlog.yaml.EventLogYaml.Version;
import io.github.measuredboot.eventlog.yaml.Tpm2ToolsRelease;
import io.github.measuredboot.testing.TestLogs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlFormatTest {
    private static final String LOG = Run.log("uki-direct");

    @TempDir
    Path folder;

    private static String yaml(EventLogYaml format) throws Exception {
        return format.toText(EventLog.wrap(TestLogs.read(Path.of(LOG))));
    }

    @Test
    void optionsAreThoseOfTheApi() throws Exception {
        assertEquals(
                yaml(EventLogYaml.of(Version.V1)),
                Run.of("events", "--format", "tpm2-yaml", LOG).out());
        Run run = Run.of(
                "events",
                "--format",
                "tpm2-yaml",
                "--eventlog-version",
                "2",
                "--device-paths",
                "pretty-39",
                "--tpm2-tools",
                "5.4",
                LOG);
        assertEquals(
                yaml(EventLogYaml.of(Version.V2)
                        .withDevicePaths(DevicePaths.PRETTY_39)
                        .asPrintedBy(Tpm2ToolsRelease.V5_4)),
                run.out());
        assertEquals(0, run.exitCode());
    }

    @Test
    void otherValuesAreRefused() {
        for (List<String> options : List.of(
                List.of("--format", "yaml"),
                List.of("--format", "tpm2-yaml", "--eventlog-version", "3"),
                List.of("--format", "tpm2-yaml", "--device-paths", "PRETTY"),
                List.of("--format", "tpm2-yaml", "--tpm2-tools", "5"),
                List.of("--format", "tpm2-yaml", "--json"),
                List.of("--format", "tpm2-yaml", "--raw"),
                List.of("--eventlog-version", "2"))) {
            Run run = Run.of(Run.join(List.of("events", LOG), options.toArray(new String[0]))
                    .toArray(new String[0]));
            assertEquals(Main.ERROR, run.exitCode(), options.toString());
            assertTrue(run.err().contains("--"), run.err());
        }
    }

    @Test
    void aCutLogIsPrintedUpToTheCut() throws Exception {
        byte[] log = TestLogs.read(Path.of(LOG));
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(log, log.length - 1));
        Run run = Run.of("events", "--format", "tpm2-yaml", cut.toString());
        assertEquals(Main.ERROR, run.exitCode());
        assertTrue(run.out().startsWith("---\nversion: 1\nevents:\n- EventNum: 0\n"), run.out());
        assertTrue(run.err().contains("cut: "), run.err());
    }

    @Test
    void canonicalLogsAreLogs() throws Exception {
        String text = "[{\"pcr\":7,\"recnum\":0,\"digests\":[{\"hashAlg\":\"sha256\",\"digest\":\"" + "5a".repeat(32)
                + "\"}],\"content_type\":\"pcclient_std\",\"content\":{\"event_type\":\"EV_SEPARATOR\",\"event_data\":\"00000000\"}},"
                + "{\"pcr\":11,\"recnum\":1,\"digests\":[{\"hashAlg\":\"sha256\",\"digest\":\"" + "5b".repeat(32)
                + "\"}],\"content_type\":\"systemd\",\"content\":{\"string\":\"ready\",\"bootId\":\"" + "1".repeat(32)
                + "\",\"timestamp\":1,\"eventType\":\"phase\"}}]";
        for (String before : List.of("", "\ufeff", " \n")) {
            String log =
                    Files.writeString(folder.resolve("cel.json"), before + text).toString();
            for (List<String> command : List.of(
                    List.of("events"),
                    List.of("events", "--format", "tpm2-yaml"),
                    List.of("summary"),
                    List.of("replay"))) {
                Run run = Run.of(Run.join(command, log).toArray(new String[0]));
                assertEquals(0, run.exitCode(), run.toString());
                assertTrue(run.out().contains(command.contains("summary") ? "PCR" : "7"), run.out());
            }
            assertEquals(0, Run.of("diagnose", log, log).exitCode());
        }
        String log = folder.resolve("cel.json").toString();
        assertEquals(
                1,
                Run.of("replay", "--json", log, "--userspace-log", log)
                        .json()
                        .at("/userspaceRecords")
                        .asInt());
    }

    @Test
    void aFaultOfCanonicalLogsIsReported() throws Exception {
        String log =
                Files.writeString(folder.resolve("cel.json"), "[{\"pcr\":7}]").toString();
        for (String command : List.of("events", "replay", "summary")) {
            Run run = Run.of(command, log);
            assertEquals(Main.ERROR, run.exitCode());
            assertTrue(run.err().contains("CEL-JSON"), run.err());
        }
    }

    @Test
    void whatOnlyBeginsLikeOneIsABinaryLog() {
        for (String hex : List.of("5b", "5b00000003000000", "", "efbbbf", "2020")) {
            assertEquals(false, LogInput.isCanonical(Bytes.parseHex(hex)), hex);
        }
        assertTrue(LogInput.isCanonical(Bytes.parseHex("205b0a7b")));
    }
}
