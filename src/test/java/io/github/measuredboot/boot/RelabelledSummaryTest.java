package io.github.measuredboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.testing.VerifiedStories;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.uefi.KnownVariable;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No type says anything about Secure Boot: every event of every boot is given every type. */
class RelabelledSummaryTest {
    private static final int TYPE_AT = Integer.BYTES;
    private static final EventType UNHEARD_OF = new EventType(0x1234_5678L);

    static List<Path> boots() {
        return TestLogs.boots();
    }

    @ParameterizedTest
    @MethodSource("boots")
    void noTypeChangesWhatIsCoveredAboutSecureBoot(Path boot) throws Exception {
        byte[] bytes = TestLogs.read(boot.resolve("eventlog.bin"));
        EventLog honest = EventLog.wrap(bytes);
        HashAlgorithm bank = BootSummary.strongestBank(honest).orElseThrow();
        PcrValues values = Replay.of(honest).expectedValues();
        Set<String> claimed = statements(BootSummary.of(CheckedLog.of(honest), bank));
        Set<String> proved = statements(BootSummary.of(VerifiedStories.replayed(honest), bank));
        assertEquals(claimed, proved);
        for (Event event :
                honest.events().subList(firstMovable(honest), honest.events().size())) {
            for (EventType type : types()) {
                EventLog relabelled = relabelled(bytes, event, type);
                String what = event + " as " + type;
                requireNothingNew(claimed, BootSummary.of(CheckedLog.of(relabelled), bank), what);
                ReplayedLog replayed = Replay.of(relabelled).compareWith(values);
                Set<String> nowProved = statements(BootSummary.of(replayed, bank));
                assertTrue(proved.containsAll(nowProved), what);
                if (event.isMeasured() && !type.equals(EventType.EV_NO_ACTION)) {
                    assertEquals(proved, nowProved, what);
                }
            }
        }
    }

    private static void requireNothingNew(Set<String> claimed, BootSummary summary, String what) {
        Set<String> added = new HashSet<>(statements(summary));
        added.removeAll(claimed);
        assertEquals(Set.of(), added, what);
    }

    @Test
    void aSeparatorThatIsMadeToLookUnmeasuredOpensNothing() throws Exception {
        EventLog honest = EventLog.wrap(ForgedSummaryTest.bootWithLateSecureBoot());
        Event separator = honest.events().stream()
                .filter(event -> event.pcrIndex() == 7 && event.claimedType().equals(EventType.EV_SEPARATOR))
                .findFirst()
                .orElseThrow();
        EventLog forged = relabelled(ForgedSummaryTest.bootWithLateSecureBoot(), separator, EventType.EV_NO_ACTION);
        SecureBoot claimed =
                BootSummary.of(CheckedLog.of(forged), HashAlgorithm.SHA256).secureBoot();
        assertFalse(claimed.modes().stream()
                .anyMatch(mode -> mode.coverage() == Coverage.COVERED
                        && mode.claimedValue().enabled()));
        ReplayedLog replayed = Replay.of(forged).compareWith(Replay.of(honest).expectedValues());
        SecureBoot verified = BootSummary.of(replayed, HashAlgorithm.SHA256).secureBoot();
        assertFalse(verified.modes().stream().anyMatch(mode -> mode.covered().isPresent()), "PCR 7 is not reproduced");
        assertTrue(verified.coveredMode(KnownVariable.SECURE_BOOT).isEmpty());
    }

    private static int firstMovable(EventLog log) {
        return log.specId().isPresent() ? 1 : 0;
    }

    private static List<EventType> types() {
        List<EventType> types = new ArrayList<>(List.of(UNHEARD_OF));
        for (Field field : EventType.class.getFields()) {
            try {
                types.add((EventType) field.get(null));
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
        assertTrue(types.size() > 40, types.toString());
        return types;
    }

    private static EventLog relabelled(byte[] log, Event event, EventType type) throws MalformedDataException {
        byte[] changed = log.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(event.offset() + TYPE_AT, (int) type.value());
        return EventLog.wrap(changed);
    }

    private static Set<String> statements(BootSummary summary) {
        SecureBoot secureBoot = summary.secureBoot();
        Set<String> statements = new HashSet<>();
        Stream.of(secureBoot.modes(), secureBoot.databases(), secureBoot.authorities(), secureBoot.late())
                .flatMap(List::stream)
                .filter(stated -> stated.coverage() == Coverage.COVERED)
                .forEach(stated ->
                        statements.add(stated.eventNumber() + " " + stated.phase() + " " + stated.claimedValue()));
        for (KnownVariable variable : KnownVariable.values()) {
            secureBoot.claimedMode(variable).ifPresent(enabled -> statements.add(variable + " is " + enabled));
        }
        return statements;
    }
}
