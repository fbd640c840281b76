package io.github.measuredboot.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.diagnosis.Explanation.PcrExplanation;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.testing.TestLogs.TestLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrValues;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is behind the machines of the corpus whose PCRs differ. */
class CorpusExplanationTest {
    /** PCR 0 cannot be had from these digests by any order, subset, locality or known addition: the cause is unknown. */
    @ParameterizedTest
    @ValueSource(strings = {"guard-dl160-fwupd-report", "guard-failed-1"})
    void nothingKnownExplainsPcr0(String name) throws Exception {
        List<PcrExplanation> ofPcr0 = Explanation.of(compare(name)).pcrs().stream()
                .filter(pcr -> pcr.pcr() == 0)
                .toList();
        assertNotEquals(List.of(), ofPcr0);
        for (PcrExplanation pcr : ofPcr0) {
            assertEquals(List.of(), pcr.hypotheses());
            assertEquals(List.of(Explanation.Remark.UNKNOWN_MEASUREMENTS), pcr.remarks());
        }
    }

    @Test
    void theGoodBootWithTheSameEventsShowsThatTheFailedOnesPcr0HasAnotherCause() throws Exception {
        LogDifference difference = LogDifference.between(
                Replay.of(log("guard-issue926-x1carbon-ancient")), Replay.of(log("guard-failed-1")));
        assertTrue(difference.pcrs().stream().noneMatch(change -> change.pcr() == 0));
        assertTrue(compare("guard-issue926-x1carbon-ancient").isReproduced(HashAlgorithm.SHA256, 0));
    }

    /** Windows uses the SHA-256 bank alone and caps the other one: a digest of zeros into PCR 0 to 13. */
    @Test
    void windowsCappedTheSha1Bank() throws Exception {
        String name = "guard-imn-supermicro-epp-msdefender";
        EventLog log = log(name);
        Explanation explanation = Explanation.of(compare(name));
        assertEquals(
                List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13),
                explanation.pcrs().stream().map(PcrExplanation::pcr).toList());
        for (PcrExplanation pcr : explanation.pcrs()) {
            assertEquals(HashAlgorithm.SHA1, pcr.algorithm());
            Hypothesis capped = pcr.hypotheses().stream()
                    .filter(hypothesis -> hypothesis.kind() == Hypothesis.Kind.BANK_CAPPED)
                    .findFirst()
                    .orElseThrow();
            if (pcr.pcr() == 11) {
                assertEquals(List.of("0"), capped.values());
                assertEquals(
                        List.of(EventType.EV_COMPACT_HASH, EventType.EV_COMPACT_HASH),
                        capped.measurements().stream()
                                .map(measurement ->
                                        log.events().get(measurement.index()).claimedType())
                                .toList());
            } else {
                assertEquals(
                        List.of(String.valueOf(Replay.of(log)
                                .bank(HashAlgorithm.SHA1)
                                .orElseThrow()
                                .extendCount(pcr.pcr()))),
                        capped.values());
                assertEquals(List.of(), capped.measurements());
            }
        }
    }

    /** Not an older state of the same boot: from the first Windows event on, the log of the later resume is another one. */
    @Test
    void anotherLogOfTheSameUptimeIsTheOneThatFits() throws Exception {
        EventLog first = log("guard-dell-notebook-5eventlogs-wbcl-0");
        EventLog last = log("guard-dell-notebook-5eventlogs-wbcl-4");
        ReplayedLog compared = compare("guard-dell-notebook-5eventlogs-wbcl-0");
        for (PcrExplanation pcr : Explanation.of(compared).pcrs()) {
            assertEquals(List.of(), pcr.hypotheses());
        }
        Explanation explanation = Explanation.of(compared, List.of(first, last));
        assertEquals(
                List.of(12, 13, 14),
                explanation.pcrs().stream().map(PcrExplanation::pcr).toList());
        for (PcrExplanation pcr : explanation.pcrs()) {
            assertEquals(List.of(Hypothesis.ofValues(Hypothesis.Kind.OTHER_LOG, List.of("1"))), pcr.hypotheses());
        }
        LogDifference difference = LogDifference.between(Replay.of(first), Replay.of(last));
        assertEquals(
                List.of(12, 13, 14),
                difference.pcrs().stream().map(PcrDifference::pcr).toList());
        PcrValues values = values(corpusLog("guard-dell-notebook-5eventlogs-wbcl-4"));
        Optional<ReplayedLog> chosen = Replay.choose(List.of(first, last), values);
        assertEquals(last, chosen.orElseThrow().replay().log());
    }

    private static ReplayedLog compare(String name) throws Exception {
        return Replay.of(log(name)).compareWith(values(corpusLog(name)));
    }

    private static PcrValues values(TestLog log) throws Exception {
        return PcrValuesJson.parse(Bytes.encode(log.facts().get("tpm_pcrs").toString(), StandardCharsets.UTF_8));
    }

    private static EventLog log(String name) throws Exception {
        return EventLog.wrap(corpusLog(name).bytes());
    }

    private static TestLog corpusLog(String name) {
        return TestLogs.corpus().stream()
                .filter(log -> log.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
