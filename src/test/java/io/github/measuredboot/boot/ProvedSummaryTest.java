package io.github.measuredboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.cli.ReportJson;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.testing.CapturedQuote;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.testing.VerifiedStories;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.uefi.KnownVariable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What PCR values and quotes prove of a story. */
class ProvedSummaryTest {
    private static final HashAlgorithm BANK = HashAlgorithm.SHA256;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static List<CapturedQuote> quotes() {
        return CapturedQuote.all();
    }

    static List<Path> boots() {
        return TestLogs.boots();
    }

    @Test
    void withoutValuesNothingIsCovered() throws Exception {
        BootSummary summary = BootSummary.of(CheckedLog.of(log("uki-secureboot")), BANK);
        assertEquals(Optional.empty(), summary.verified());
        assertEquals(Optional.of(true), summary.secureBoot().claimedMode(KnownVariable.SECURE_BOOT));
        assertEquals(Optional.empty(), summary.secureBoot().coveredMode(KnownVariable.SECURE_BOOT));
        assertTrue(summary.separators().stream()
                .allMatch(separator -> separator.covered().isEmpty()));
        assertTrue(summary.images().stream()
                .allMatch(image -> image.digest().orElseThrow().covered().isEmpty()));
    }

    @ParameterizedTest
    @MethodSource("quotes")
    void aQuoteProvesJustThePcrsThatItIsOver(CapturedQuote captured) throws Exception {
        EventLog log = EventLog.wrap(TestLogs.read(captured.boot().resolve("eventlog.bin")));
        ReplayedLog replayed = Evidence.of(Replay.of(log))
                .withValues(captured.values())
                .withQuote(captured.quote(), captured.key(), captured.nonce())
                .evaluate();
        HashAlgorithm bank = BootSummary.strongestBank(replayed).orElseThrow();
        assertTrue(replayed.quoted().orElseThrow().values().bank(bank).isPresent());
        BootSummary summary = BootSummary.of(replayed, bank);
        for (Claim<?> separator : summary.separators()) {
            int pcr = (int) separator.register();
            assertEquals(replayed.proof(bank, pcr), separator.pcrProof());
            assertEquals(replayed.isProved(bank, pcr), separator.pcrProof() == PcrProof.QUOTED);
        }
    }

    @ParameterizedTest
    @MethodSource("boots")
    void nothingOfAPcrThatIsNotReproducedIsCovered(Path boot) throws Exception {
        EventLog log = EventLog.wrap(TestLogs.read(boot.resolve("eventlog.bin")));
        HashAlgorithm bank = BootSummary.strongestBank(log).orElseThrow();
        PcrValues values = Replay.of(log).expectedValues();
        JsonNode proved = json(log, VerifiedStories.of(log, bank));
        for (int pcr = 0; pcr < 16; pcr++) {
            BootSummary summary = BootSummary.of(Replay.of(log).compareWith(withOther(values, bank, pcr)), bank);
            JsonNode story = json(log, summary);
            assertEquals(covered(proved, pcr, true), covered(story, pcr, true), "the other PCRs");
            assertEquals(0, covered(story, pcr, false), "PCR " + pcr);
        }
        assertTrue(covered(proved, 7, false) > 0 || bank.equals(HashAlgorithm.SHA1));
    }

    @Test
    void valuesOfAnotherBankProveNothingInThisOne() throws Exception {
        EventLog log = log("uki-direct");
        PcrValues values = new PcrValues(
                List.of(Replay.of(log).expectedValues().bank(HashAlgorithm.SHA1).orElseThrow()));
        ReplayedLog replayed = Replay.of(log).compareWith(values);
        assertEquals(Optional.of(HashAlgorithm.SHA1), BootSummary.strongestBank(replayed));
        assertEquals(
                Optional.empty(), BootSummary.of(replayed, BANK).secureBoot().coveredMode(KnownVariable.SECURE_BOOT));
        assertEquals(
                Optional.of(false),
                BootSummary.of(replayed, HashAlgorithm.SHA1).secureBoot().coveredMode(KnownVariable.SECURE_BOOT));
    }

    private static PcrValues withOther(PcrValues values, HashAlgorithm bank, int pcr) {
        Map<Integer, Bytes> changed =
                new TreeMap<>(values.bank(bank).orElseThrow().values());
        byte[] other = values.value(bank, pcr).orElseThrow().toByteArray();
        other[0] ^= 1;
        changed.put(pcr, Bytes.wrap(other));
        return new PcrValues(List.of(PcrBank.of(bank, changed)));
    }

    private static JsonNode json(EventLog log, BootSummary summary) throws Exception {
        JsonNode json = MAPPER.readTree(ReportJson.summary(log, summary, Optional.empty()));
        assertTrue(json.get("compared").asBoolean());
        assertFalse(json.get("confidentialVm").asBoolean());
        return json;
    }

    /** How many statements are covered in a PCR, or in all others. */
    private static long covered(JsonNode json, int pcr, boolean others) {
        return json.findParents("proof").stream()
                .filter(node -> node.get("proof").asText().equals("covered"))
                .filter(node -> (node.get("register").asInt() == pcr) != others)
                .count();
    }

    private static EventLog log(String boot) throws Exception {
        return EventLog.wrap(TestLogs.read(Path.of("testdata/boots", boot, "eventlog.bin")));
    }
}
