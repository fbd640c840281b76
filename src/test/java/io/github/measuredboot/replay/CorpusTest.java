package io.github.measuredboot.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.testing.TestLogs.TestLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrValues;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CorpusTest {
    private static final String MALFORMED = "tpm2-specid-vendordata";

    /** What the corpus' README says does not match. PCRs that no event extends are not among them. */
    private static final Map<String, Set<String>> MISMATCHES = Map.of(
            "guard-dl160-fwupd-report",
            failures("sha1:%d differs", 0, 0, "sha256:%d differs", 0, 0),
            "guard-failed-1",
            failures("sha256:%d differs", 0, 0),
            "guard-imn-supermicro-epp-msdefender",
            failures("sha1:%d differs", 0, 7, "sha1:%d no-events", 8, 9, "sha1:%d no-events", 11, 13),
            "guard-dell-notebook-5eventlogs-wbcl-0",
            failures("sha256:%d differs", 12, 14));

    private static Set<String> failures(Object... patternsAndRanges) {
        Set<String> failures = new TreeSet<>();
        for (int i = 0; i < patternsAndRanges.length; i += 3) {
            for (int pcr = (int) patternsAndRanges[i + 1]; pcr <= (int) patternsAndRanges[i + 2]; pcr++) {
                failures.add(String.format((String) patternsAndRanges[i], pcr));
            }
        }
        return failures;
    }

    @TestFactory
    Stream<DynamicTest> replaysAsAnIndependentReaderDoes() {
        return readable()
                .map(log -> dynamicTest(log.name(), () -> {
                    Replay replay = Replay.of(EventLog.wrap(log.bytes()));
                    JsonNode facts = log.facts();
                    assertEquals(
                            facts.get("format").asText(), replay.log().format().toString());
                    assertEquals(
                            texts(facts.get("algorithms")), names(replay.log().algorithms()));
                    assertEquals(
                            facts.get("events").asInt(), replay.log().events().size());
                    assertEquals(facts.get("startup_locality").asInt(), replay.startupLocality());
                    assertEquals(values(facts.get("replayed_pcrs")), values(replay));
                    assertEquals(
                            facts.get("trailing").size() > 0,
                            replay.log().has(DiagnosticCode.PADDING),
                            facts.get("trailing").toString());
                }));
    }

    @TestFactory
    Stream<DynamicTest> comparesWithTheTpmAsTheCorpusSays() {
        return readable()
                .filter(log -> log.facts().has("tpm_pcrs"))
                .map(log -> dynamicTest(log.name(), () -> {
                    PcrValues tpm = PcrValuesJson.parse(
                            Bytes.encode(log.facts().get("tpm_pcrs").toString(), StandardCharsets.UTF_8));
                    ReplayedLog compared = Replay.of(EventLog.wrap(log.bytes())).compareWith(tpm);
                    Set<String> failures = new TreeSet<>();
                    for (PcrComparison comparison : compared.comparisons()) {
                        boolean imaAlone = comparison.pcr() == 10 && comparison.status() == PcrStatus.NO_EVENTS;
                        if (comparison.status().isFailure() && !imaAlone) {
                            failures.add(comparison.algorithm() + ":" + comparison.pcr() + " " + comparison.status());
                        }
                    }
                    assertEquals(MISMATCHES.getOrDefault(log.name(), Set.of()), failures);
                    if (log.name().equals("guard-test")) {
                        assertEquals(List.of(9, 14), withStatus(compared, HashAlgorithm.SHA256, PcrStatus.NO_VALUE));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> encodesToTheSameBytes() {
        return TestLogs.corpus().stream()
                .map(log -> dynamicTest(log.name(), () -> {
                    EventLog readable = EventLog.examine(Bytes.wrap(log.bytes()), ParseLimits.DEFAULT)
                            .readable();
                    assertArrayEquals(
                            log.bytes(),
                            EventLogBuilder.from(readable)
                                    .raw(readable.trailing())
                                    .build());
                    readable.specId()
                            .ifPresent(specId ->
                                    assertEquals(readable.events().get(0).data(), specId.encode()));
                }));
    }

    @Test
    void tellsWhatIsWrongWithTheLogThatIsMalformedOnPurpose() {
        TestLog log = TestLogs.corpus().stream()
                .filter(l -> l.name().equals(MALFORMED))
                .findFirst()
                .orElseThrow();
        MalformedDataException e = assertThrows(MalformedDataException.class, () -> EventLog.wrap(log.bytes()));
        assertEquals("TCG_EfiSpecIdEvent", e.fault().structure());
        assertEquals("vendorInfo", e.fault().field());
        assertEquals(69, e.fault().offset());
        EventLog.Examination examination = EventLog.examine(Bytes.wrap(log.bytes()), ParseLimits.DEFAULT);
        assertEquals(1, examination.readable().events().size());
        assertEquals(4, examination.readable().trailing().length());
    }

    @TestFactory
    Stream<DynamicTest> tellsConfidentialComputingLogsFromTpmLogs() {
        return readable()
                .map(log -> dynamicTest(
                        log.name(),
                        () -> assertEquals(
                                log.name().contains("ccel")
                                        || log.name().contains("intel-tdx")
                                        || log.name().equals("google-event-log"),
                                EventLog.wrap(log.bytes()).has(DiagnosticCode.CC_MEASUREMENT_REGISTERS))));
    }

    private static Stream<TestLog> readable() {
        return TestLogs.corpus().stream().filter(log -> !log.name().equals(MALFORMED));
    }

    private static List<Integer> withStatus(ReplayedLog log, HashAlgorithm bank, PcrStatus status) {
        return log.comparisons().stream()
                .filter(c -> c.algorithm().equals(bank) && c.status() == status)
                .map(PcrComparison::pcr)
                .toList();
    }

    private static List<String> names(List<HashAlgorithm> algorithms) {
        return algorithms.stream().map(HashAlgorithm::name).toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static Map<String, String> values(JsonNode banks) {
        Map<String, String> values = new TreeMap<>();
        banks.fields()
                .forEachRemaining(bank -> bank.getValue()
                        .fields()
                        .forEachRemaining(pcr -> values.put(
                                bank.getKey() + ":" + pcr.getKey(),
                                pcr.getValue().asText())));
        return values;
    }

    private static Map<String, String> values(Replay replay) {
        Map<String, String> values = new TreeMap<>();
        replay.banks()
                .forEach(bank -> bank.pcrs()
                        .values()
                        .forEach((pcr, value) -> values.put(bank.algorithm() + ":" + pcr, value.toHex())));
        return values;
    }
}
