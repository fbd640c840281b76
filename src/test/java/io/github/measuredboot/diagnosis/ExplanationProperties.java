package io.github.measuredboot.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ExplanationProperties {
    private static final HashAlgorithm BANK = HashAlgorithm.SHA256;

    private record Measure(int pcr, EventType type, Bytes data) {}

    /** The machine did something with the list of events that its log does not show. */
    private enum Deed {
        CUT_OFF,
        LEAVE_OUT,
        DOUBLE,
        NOTHING
    }

    @Property(tries = 300)
    void whatHappenedToOneEventIsAmongTheHypotheses(
            @ForAll("measures") List<Measure> log, @ForAll Deed deed, @ForAll byte position) throws Exception {
        List<Measure> extended = new ArrayList<>(log);
        int at = Math.floorMod(position, log.size());
        switch (deed) {
            case CUT_OFF -> extended.subList(at, log.size()).clear();
            case LEAVE_OUT -> extended.remove(at);
            case DOUBLE -> extended.add(at, log.get(at));
            case NOTHING -> {}
        }
        PcrValues values =
                withActiveBank(Replay.of(log(extended)).bank(BANK).orElseThrow().pcrs());
        ReplayedLog compared = Replay.of(log(log)).compareWith(values);
        Explanation explanation = Explanation.of(compared);
        assertEquals(explanation.pcrs(), Explanation.of(compared).pcrs());
        long failures = compared.comparisons().stream()
                .filter(comparison -> comparison.status().isFailure())
                .count();
        assertEquals(failures, explanation.pcrs().size());
        explanation.pcrs().forEach(pcr -> assertTrue(!pcr.hypotheses().isEmpty(), () -> deed + " " + at + " " + pcr));
    }

    @Property(tries = 100)
    void aValueThatNoLogHasIsNotExplained(@ForAll("measures") List<Measure> log) throws Exception {
        Replay replay = Replay.of(log(log));
        for (int pcr : replay.bank(BANK).orElseThrow().pcrs().values().keySet()) {
            byte[] value = new byte[32];
            value[0] = 1;
            PcrValues values = withActiveBank(PcrBank.of(BANK, Map.of(pcr, Bytes.wrap(value))));
            Explanation.of(replay.compareWith(values)).pcrs().stream()
                    .filter(explained -> explained.pcr() == pcr)
                    .forEach(explained -> assertEquals(List.of(), explained.hypotheses()));
        }
    }

    private static PcrValues withActiveBank(PcrBank bank) {
        Map<Integer, Bytes> values = new TreeMap<>(bank.values());
        for (int pcr = 0; pcr < 6; pcr++) {
            values.putIfAbsent(pcr, Bytes.wrap(new byte[32]));
        }
        byte[] ones = new byte[32];
        Arrays.fill(ones, (byte) 0xff);
        values.put(17, Bytes.wrap(ones));
        return new PcrValues(List.of(PcrBank.of(BANK, values)));
    }

    private static EventLog log(List<Measure> measures) throws Exception {
        EventLogBuilder builder = EventLogBuilder.cryptoAgile(BANK);
        measures.forEach(measure -> builder.measure(measure.pcr, measure.type, measure.data));
        return EventLog.wrap(builder.build());
    }

    @Provide
    Arbitrary<List<Measure>> measures() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.of(EventType.EV_SEPARATOR, EventType.EV_IPL, EventType.EV_EFI_ACTION),
                        Arbitraries.bytes().array(byte[].class).ofSize(4).map(Bytes::wrap))
                .as(Measure::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(25);
    }
}
