package io.github.measuredboot.eventlog.yaml;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.yaml.EventLogYaml.DevicePaths;
import io.github.measuredboot.eventlog.yaml.EventLogYaml.Version;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.testing.TestLogs.TestLog;
import io.github.measuredboot.testing.Tpm2Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same as tpm2_eventlog prints: what its own tests expect, and what the installed one prints. */
class Tpm2EventlogTest {
    /** Logs that Debian's tpm2_eventlog takes and whose output is another; docs/YAML.md says why. */
    private static final Set<String> OTHER = Set.of("tpm2-specid-vendordata");

    private static final Map<String, String> LOG_OF_FIXTURE = Map.ofEntries(
            entry("event-bootorder", "galmasi-swtpm-measurements"),
            entry("event-gce-ubuntu-2104-log", "google-ubuntu-2104-no-dbx"));

    @TempDir
    Path folder;

    private static EventLog readable(byte[] log) {
        return EventLog.examine(Bytes.wrap(log), ParseLimits.DEFAULT).readable();
    }

    @Test
    void printsWhatTheTestsOfTpm2ToolsExpect() throws Exception {
        Path fixtures = TestLogs.shared("corpus/tpm2-tools");
        int compared = 0;
        try (Stream<Path> files = Files.list(fixtures)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                String[] parts = file.getFileName().toString().split("\\.");
                String log = LOG_OF_FIXTURE.getOrDefault(parts[0], "tpm2-" + parts[0]);
                String expected = Files.readString(file);
                EventLogYaml format = EventLogYaml.of(expected.startsWith("---\nversion: 2") ? Version.V2 : Version.V1)
                        .withDevicePaths(parts[1].equals("raw") ? DevicePaths.RAW : DevicePaths.PRETTY);
                byte[] bytes = TestLogs.read(TestLogs.shared("corpus").resolve(log + ".bin"));
                assertEquals(expected, format.toText(readable(bytes)), file.toString());
                compared++;
            }
        }
        assertEquals(14, compared);
    }

    @Test
    void printsWhatTheInstalledToolPrints() throws Exception {
        List<TestLog> logs = new ArrayList<>(TestLogs.corpus());
        try (Tpm2Tools tools = Tpm2Tools.require(folder, "tpm2_eventlog")) {
            Tpm2ToolsRelease release = release(tools);
            int same = 0;
            Set<String> differing = new TreeSet<>();
            for (TestLog log : logs) {
                for (Version version : Version.values()) {
                    Optional<byte[]> expected = print(tools, log, version);
                    String actual =
                            EventLogYaml.of(version).asPrintedBy(release).toText(readable(log.bytes()));
                    assertTrue(ParsedYaml.isValid(actual), log.name());
                    if (expected.isEmpty()) {
                        continue;
                    }
                    if (OTHER.contains(log.name())) {
                        differing.add(log.name());
                        continue;
                    }
                    assertArrayEquals(expected.get(), actual.getBytes(StandardCharsets.UTF_8), log.name());
                    same++;
                }
            }
            assertEquals(OTHER, differing);
            assertTrue(same >= 2 * 60, "only " + same + " outputs could be compared");
        }
    }

    private static Tpm2ToolsRelease release(Tpm2Tools tools) throws Exception {
        String text = tools.run("tpm2_eventlog", "--version");
        String version = text.replaceFirst("(?s).*version=\"([0-9.]*).*", "$1");
        Optional<Tpm2ToolsRelease> release = Tpm2ToolsRelease.byVersion(version);
        assumeTrue(release.isPresent(), "the installed tpm2-tools is " + version + ", which is not emulated");
        return release.orElseThrow();
    }

    /** What the tool prints, if that is worth something: it ends well, and a reader of YAML takes it. */
    private Optional<byte[]> print(Tpm2Tools tools, TestLog log, Version version) throws Exception {
        tools.write("log", Bytes.wrap(log.bytes()));
        Tpm2Tools.Result result = tools.tryToRun(
                "sh", "-c", "tpm2_eventlog --eventlog-version=" + version.number() + " log >printed 2>/dev/null");
        byte[] printed = tools.read("printed").toByteArray();
        boolean usable = result.isSuccess()
                && Scalars.isUtf8(Bytes.wrap(printed))
                && ParsedYaml.isValid(new String(printed, StandardCharsets.UTF_8));
        return usable ? Optional.of(printed) : Optional.empty();
    }
}
