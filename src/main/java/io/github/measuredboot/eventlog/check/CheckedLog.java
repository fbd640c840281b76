package io.github.measuredboot.eventlog.check;

import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.data.EventData;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;

/** A log with all its data decoded and all its digests checked against them. */
public final class CheckedLog {
    private final EventLog log;
    private final List<CheckedEvent> events;

    private CheckedLog(EventLog log, List<CheckedEvent> events) {
        this.log = log;
        this.events = List.copyOf(events);
    }

    /**
     * Decodes and checks a log, with every known quirk accepted.
     *
     * @param log the log
     * @return the same with its data and checks
     */
    public static CheckedLog of(EventLog log) {
        return of(log, AcceptedQuirks.ALL);
    }

    /**
     * Decodes and checks a log.
     *
     * @param log the log
     * @param accepted the quirks that do not count as a difference
     * @return the same with its data and checks
     */
    public static CheckedLog of(EventLog log, AcceptedQuirks accepted) {
        return check(log, log.algorithms(), accepted);
    }

    /**
     * Decodes a log and checks the digests of one bank, with every known quirk accepted. Events have no check of any other
     * bank.
     *
     * @param log the log
     * @param bank the bank; if the log does not have it, there are no checks
     * @return the log with its data and checks
     */
    public static CheckedLog ofBank(EventLog log, HashAlgorithm bank) {
        return check(log, log.algorithms().contains(bank) ? List.of(bank) : List.of(), AcceptedQuirks.ALL);
    }

    private static CheckedLog check(EventLog log, List<HashAlgorithm> banks, AcceptedQuirks accepted) {
        List<DigestChecker> checkers = new ArrayList<>(banks.size());
        for (HashAlgorithm algorithm : banks) {
            algorithm
                    .newMessageDigest()
                    .ifPresent(digest -> checkers.add(new DigestChecker(algorithm, digest, accepted)));
        }
        List<CheckedEvent> events = new ArrayList<>(log.events().size());
        for (Event event : log.events()) {
            EventData data = EventData.decode(event);
            List<CoverageRule> rules = CoverageRules.of(event.claimedType(), data);
            List<DigestCheck> checks = new ArrayList<>(checkers.size());
            for (DigestChecker checker : checkers) {
                checks.add(checker.check(event, data, rules));
            }
            events.add(new CheckedEvent(event, data, checks));
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
