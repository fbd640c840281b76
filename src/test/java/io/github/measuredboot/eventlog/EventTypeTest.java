package io.github.measuredboot.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.check.DigestStatus;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rows of the registry: each constant is one, and knows all that a type needs. */
class EventTypeTest {
    private static final EventType UNKNOWN = new EventType(0x0000_0405);

    @Test
    void everyConstantIsFoundByItsOwnNameAndItsNumber() throws IllegalAccessException {
        List<EventType> constants = new ArrayList<>();
        for (java.lang.reflect.Field field : EventType.class.getFields()) {
            if (!Modifier.isStatic(field.getModifiers()) || !field.getType().equals(EventType.class)) {
                continue;
            }
            EventType type = (EventType) field.get(null);
            constants.add(type);
            String name = type.equals(EventType.GOOGLE_DYNAMIC_LAUNCH) ? "0x10000000" : field.getName();
            assertEquals(name, type.name());
            assertEquals(Optional.of(type), EventType.byName(name));
            assertEquals(name, new EventType(type.value()).toString());
            assertEquals(type.name().startsWith("EVTYPE_"), type.isOfTxt(), name);
        }
        assertEquals(constants.stream().map(EventType::value).sorted().toList(), numbers(EventType.known()));
        assertTrue(constants.size() > 60);
    }

    @Test
    void everyLayoutAndEveryRuleIsThatOfAType() {
        assertEquals(
                Arrays.asList(EventType.Layout.values()),
                EventType.known().stream()
                        .map(EventType::layout)
                        .distinct()
                        .sorted()
                        .toList());
        assertEquals(
                Arrays.asList(EventType.Measured.values()),
                EventType.known().stream()
                        .map(EventType::measured)
                        .distinct()
                        .sorted()
                        .toList());
    }

    @Test
    void everyTypeIsDecodedAndCheckedWhateverItsDataAre() throws MalformedDataException {
        for (EventType type : EventType.known()) {
            for (String data : List.of("", "00", "01000000", "41424344", "00".repeat(16), "ff".repeat(200))) {
                CheckedEvent event = checked(type, Bytes.parseHex(data));
                assertEquals(Bytes.parseHex(data), event.claimedData().raw());
                boolean measured =
                        event.check(HashAlgorithm.SHA256).orElseThrow().status() != DigestStatus.NOT_MEASURED;
                assertNotEquals(type.equals(EventType.EV_NO_ACTION), measured, type.name());
                event.claimedData().fields();
            }
        }
    }

    @Test
    void numbersWithoutARowAreOpen() {
        assertEquals("0x00000405", UNKNOWN.name());
        assertEquals(EventType.Layout.ANY, UNKNOWN.layout());
        assertEquals(EventType.Measured.DATA_OR_OUTSIDE, UNKNOWN.measured());
        assertTrue(UNKNOWN.isOfTxt());
        assertFalse(new EventType(0x600).isOfTxt());
        assertEquals(Optional.empty(), EventType.byName("EV_UNHEARD_OF"));
    }

    private static CheckedEvent checked(EventType type, Bytes data) throws MalformedDataException {
        byte[] log = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256)
                .measure(1, type, data)
                .build();
        return CheckedLog.of(EventLog.wrap(log)).events().get(1);
    }

    private static List<Long> numbers(List<EventType> types) {
        return types.stream().map(EventType::value).toList();
    }
}
