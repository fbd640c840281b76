package io.github.measuredboot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.KnownVariable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The example of single events in README.md: it runs, and README.md has just these lines. */
class ReadmeEventsExampleTest {
    private static final String BEGIN = "// README begins";
    private static final String END = "// README ends";

    private static Optional<Boolean> example(ReplayedLog replayed) {
        // README begins
        // only PCRs whose values the log reproduces have events here
        for (VerifiedEvent event : replayed.verified(HashAlgorithm.SHA256).events(7)) {
            event.coveredVariable() // empty unless the digest covers all of it
                    .flatMap(VariableEventData::known) // SecureBoot, PK, KEK, db, dbx
                    .ifPresent(variable -> System.out.println(variable.pattern() + ", " + event.proof()));
        }
        BootSummary summary = BootSummary.of(replayed, HashAlgorithm.SHA256);
        Optional<Boolean> secureBoot = summary.secureBoot().coveredMode(KnownVariable.SECURE_BOOT);
        // README ends
        return secureBoot;
    }

    @Test
    void onlyWhatThePcrValuesProveIsHandedOut() throws Exception {
        assertEquals(Optional.of(true), example(replayed("uki-secureboot", "uki-secureboot")));
        assertEquals(Optional.of(false), example(replayed("uki-direct", "uki-direct")));
        assertEquals(Optional.empty(), example(replayed("uki-secureboot", "uki-direct")));
    }

    @Test
    void readmeHasJustTheseLines() {
        List<String> source = lines(Path.of("src/test/java/io/github/measuredboot/ReadmeEventsExampleTest.java"));
        List<String> stripped = source.stream().map(String::strip).toList();
        String example = String.join("\n", source.subList(stripped.indexOf(BEGIN) + 1, stripped.indexOf(END)))
                .stripIndent();
        String readme = String.join("\n", lines(Path.of("README.md")));
        assertTrue(readme.contains("```java\n" + example.strip() + "\n```"), "README.md lacks:\n" + example);
    }

    private static ReplayedLog replayed(String log, String values) throws Exception {
        return Evidence.of(Replay.of(EventLog.wrap(file(log, "eventlog.bin"))))
                .withValues(PcrValuesJson.parse(Bytes.wrap(file(values, "pcrs.json"))))
                .evaluate();
    }

    private static byte[] file(String boot, String name) {
        return TestLogs.read(Path.of("testdata/boots", boot, name));
    }

    private static List<String> lines(Path file) {
        return new String(TestLogs.read(file), StandardCharsets.UTF_8).lines().toList();
    }
}
