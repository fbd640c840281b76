package io.github.measuredboot.eventlog.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.testing.TestLogs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Dell's version of the S-CRTM. Of the logs of the corpus one has a version whose digest is that of something else, a PowerEdge with the text 2.5.1;
 * the five of Dell notebooks log an empty string, and their digests are of it.
 */
class VersionQuirkCorpusTest {
    @Test
    void oneLogHasAVersionThatIsNotCoveredAndNoneIsRefuted() throws Exception {
        List<String> quirky = new ArrayList<>();
        int versions = 0;
        try (Stream<Path> files = Files.list(TestLogs.shared("corpus"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".bin"))
                    .sorted()
                    .toList()) {
                EventLog log = EventLog.examine(Bytes.wrap(TestLogs.read(file)), ParseLimits.DEFAULT)
                        .readable();
                for (CheckedEvent event : CheckedLog.of(log).events()) {
                    if (!event.event().claimedType().equals(EventType.EV_S_CRTM_VERSION)) {
                        continue;
                    }
                    versions++;
                    for (DigestCheck check : event.checks()) {
                        assertTrue(check.status() != DigestStatus.DIFFERS, file + " " + check);
                        if (check.quirk()
                                .filter(DigestQuirk.VERSION_NOT_COVERED::equals)
                                .isPresent()) {
                            quirky.add(file.getFileName().toString());
                        }
                    }
                }
            }
        }
        assertTrue(versions > 60, versions + " versions");
        assertEquals(List.of("guard-imn-dell.bin"), quirky);
    }
}
