package io.github.measuredboot.eventlog.check;

import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;

/**
 * A log without PCR values, with its data decoded and its digests checked against them. All that it hands out is claimed, the
 * digests included: nothing says that any TPM has measured it. What is more than a claim is in {@code replay.VerifiedLog}.
 */
public final class CheckedLog {
    private final EventLog log;
    private final List<CheckedEvent> events;

    private CheckedLog(EventLog log, List<CheckedEvent> events) {
        this.log = log;
        this.events = List.copyOf(events);
    }

    /**
     * A log with every known quirk accepted.
     *
     * @param log the log
     * @return the same with its data and checks, which are made when they are asked for
     */
    public static CheckedLog of(EventLog log) {
        return of(log, AcceptedQuirks.ALL);
    }

    /**
     * A log.
     *
     * @param log the log
     * @param accepted the quirks that do not count as a difference
     * @return the same with its data and checks, which are made when they are asked for
     */
    public static CheckedLog of(EventLog log, AcceptedQuirks accepted) {
        List<HashAlgorithm> banks =
                log.algorithms().stream().filter(HashAlgorithm::isComputable).toList();
        LogOrigin origin = LogOrigin.of(log);
        List<CheckedEvent> events = new ArrayList<>(log.events().size());
        for (Event event : log.events()) {
            events.add(new CheckedEvent(event, banks, accepted, origin));
        }
        return new CheckedLog(log, events);
    }

    /** {@return the log} */
    public EventLog log() {
        return log;
    }

    /** {@return the events in their order} */
    public List<CheckedEvent> events() {
        return events;
    }
}
