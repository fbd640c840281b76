package io.github.measuredboot.policy;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.tpm.PcrValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A log whose events are given other types, in place. The header stays: it says what format the log has. */
final class Relabelled {
    static final List<EventType> VENDOR_TYPES = List.of(
            new EventType(0x14),
            new EventType(0x401),
            new EventType(0x8000),
            new EventType(0x800000e5L),
            new EventType(0x80009999L),
            new EventType(0xffff_ffffL));
    static final List<EventType> TYPES = types();

    private final EventLog log;
    private final byte[] bytes;
    private final Optional<UserspaceLog> userspaceLog;
    private final PcrValues values;

    Relabelled(EventLog log, Optional<UserspaceLog> userspaceLog, PcrValues values) {
        this.log = log;
        this.bytes = log.bytes().toByteArray();
        this.userspaceLog = userspaceLog;
        this.values = values;
    }

    private static List<EventType> types() {
        List<EventType> types = new ArrayList<>(EventType.known().stream()
                .filter(type -> type.name().startsWith("EV_"))
                .toList());
        types.addAll(VENDOR_TYPES);
        return types;
    }

    List<Event> events() {
        return log.format() == EventLog.Format.CRYPTO_AGILE
                ? log.events().subList(1, log.events().size())
                : log.events();
    }

    void set(Event event, EventType type) {
        int at = event.offset() + Integer.BYTES;
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[at + i] = (byte) (type.value() >>> (8 * i));
        }
    }

    void reset(Event event) {
        set(event, event.claimedType());
    }

    Verdict judge(BootPolicy policy) {
        try {
            EventLog changed = EventLog.copyOf(bytes);
            Replay replay =
                    userspaceLog.map(records -> Replay.of(changed, records)).orElseGet(() -> Replay.of(changed));
            return policy.evaluate(replay.compareWith(values));
        } catch (MalformedDataException e) {
            throw new AssertionError(e);
        }
    }
}
