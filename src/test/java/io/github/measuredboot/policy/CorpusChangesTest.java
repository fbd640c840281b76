package io.github.measuredboot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.diagnosis.Change;
import io.github.measuredboot.diagnosis.LogDifference;
import io.github.measuredboot.diagnosis.PcrDifference;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two pairs of logs of HP machines: what changed between them is named, and nothing else. */
class CorpusChangesTest {
    private static EventLog log(String name) throws Exception {
        return EventLog.wrap(TestLogs.corpus().stream()
                .filter(log -> log.name().equals(name))
                .findFirst()
                .orElseThrow()
                .bytes());
    }

    private static ReferenceState state(EventLog log, int uki) throws Exception {
        return ReferenceStateMaker.create().withUkiEvent(uki).make(CheckedLog.of(log));
    }

    /** Shim measures MokListX into PCR 14; a boot option is gone too. Firmware, keys and images are the same. */
    @Test
    void anEntryOfMokListX() throws Exception {
        EventLog before = log("guard-test-hp-elitebook-830-g6-baseline");
        EventLog after = log("guard-test-hp-elitebook-830-g6-add-mokx");
        assertEquals(
                List.of(),
                ReferenceStateDiff.between(state(before, 114), state(after, 113))
                        .changes());
        List<PcrDifference> changes =
                LogDifference.between(Replay.of(before), Replay.of(after)).pcrs();
        assertEquals(List.of(1, 14), changes.stream().map(PcrDifference::pcr).toList());
        assertEquals(
                List.of("BootOrder", "Boot0007", "Boot0001"),
                changes.get(0).changes().stream().map(Change::subject).toList());
        assertEquals(
                List.of("MokListX"),
                changes.get(1).changes().stream().map(Change::subject).toList());
    }

    /** Another kernel, which GRUB starts. The images before it, firmware and keys are the same. */
    @Test
    void anUpdateOfTheKernel() throws Exception {
        EventLog before = log("guard-test-before");
        EventLog after = log("guard-test");
        ReferenceStateDiff diff = ReferenceStateDiff.between(state(before, 111), state(after, 111));
        assertEquals(Set.of(ReferenceStateDiff.Category.UKI_CHANGED), diff.categories());
        assertEquals(1, diff.changes().size());
        assertEquals(ReferenceStateDiff.Part.UKI_DIGEST, diff.changes().get(0).part());
        String items = String.join(" ", diff.changes().get(0).items());
        for (EventLog log : List.of(before, after)) {
            String digest = log.events()
                    .get(111)
                    .digest(HashAlgorithm.SHA256)
                    .orElseThrow()
                    .value()
                    .toHex();
            assertTrue(items.contains(digest), items);
        }
        assertEquals(
                List.of(4, 8, 9),
                LogDifference.between(Replay.of(before), Replay.of(after)).pcrs().stream()
                        .map(PcrDifference::pcr)
                        .toList());
    }
}
