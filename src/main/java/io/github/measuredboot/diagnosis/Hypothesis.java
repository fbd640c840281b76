package io.github.measuredboot.diagnosis;

import java.util.List;

/**
 * Something that may have happened to a PCR and that reproduces its value where the log alone does not. Reproducing the value
 * makes it the likely cause, but proves no more than that the digests it names were extended in that order.
 *
 * @param kind what may have happened
 * @param measurements the measurements that it is about: see {@link Kind}
 * @param values the values that it is about: see {@link Kind}
 */
public record Hypothesis(Kind kind, List<Measurement> measurements, List<String> values) {
    /** What may have happened. Unless otherwise noted, a kind has neither measurements nor values. */
    public enum Kind {
        /** All given values of the bank are zeros, or all are ones. */
        BANK_NOT_ACTIVE(
                "bank-not-active", "The TPM does not extend this bank: all its values are zeros, or all are ones."),
        /** The PCR has the value that it has after TPM2_Startup, although the log has events for it. */
        NEVER_EXTENDED(
                "never-extended",
                "The PCR was not extended since the TPM started: the log is of another boot, or its events were never"
                        + " measured."),
        /**
         * TPM2_Startup was sent from another locality (PCR 0). Values: the locality of the replay, and the one that
         * reproduces the value; 4 also means an H-CRTM sequence.
         */
        STARTUP_LOCALITY(
                "startup-locality",
                "TPM2_Startup was sent from locality {value 1}, while the log means locality {value 0}."),
        /**
         * The log continues after the last event that was extended: the values are older than the log. Measurements: the last
         * one that was extended, and the first one that was not.
         */
        LATER_EVENTS_NOT_EXTENDED(
                "later-events-not-extended",
                "The value is the one after {event 0}: {event 1} and all later ones of this PCR were not extended, or not"
                        + " yet when the value was read."),
        /** The last measurements are in the log twice but were extended once. Measurement: the first of the second copies. */
        FINAL_EVENTS_LOGGED_TWICE(
                "final-events-logged-twice",
                "The last events of this PCR were extended once and logged twice: the copies begin with {event 0}."),
        /** The last measurements were extended twice but are in the log once. Measurement: the first of them. */
        FINAL_EVENTS_EXTENDED_TWICE(
                "final-events-extended-twice",
                "The events of this PCR from {event 0} on were extended twice, one after the other."),
        /** One measurement is only in the log. Measurement: the first that reproduces the value if it is left out. */
        EVENT_NOT_EXTENDED(
                "event-not-extended", "All events of this PCR were extended but {event 0}, which is only in the log."),
        /** One measurement was extended twice in a row. Measurement: the first that reproduces the value in this way. */
        EVENT_EXTENDED_TWICE("event-extended-twice", "All events of this PCR were extended, {event 0} twice in a row."),
        /** Events of ExitBootServices are in the log but were not extended. Measurements: these events. */
        EXIT_BOOT_SERVICES_NOT_EXTENDED(
                "exit-boot-services-not-extended",
                "The ExitBootServices events are only in the log, not in the TPM: {events}."),
        /**
         * Events of ExitBootServices were extended after the last event but are not in the log: it was read too early. Values:
         * the texts that were measured.
         */
        EXIT_BOOT_SERVICES_NOT_LOGGED(
                "exit-boot-services-not-logged",
                "After the last event, ExitBootServices was measured and not logged: {values}."),
        /**
         * EV_NO_ACTION events were extended, although they should not be. Measurements: these events; value: what they were
         * extended by.
         */
        NO_ACTION_EXTENDED("no-action-extended", "EV_NO_ACTION events were extended by {value 0}: {events}."),
        /**
         * systemd measured boot phases that are not in the given logs (PCR 11). Values: the phases, each measured as its name,
         * after the last event.
         */
        PHASES_NOT_LOGGED(
                "userspace-phases-not-logged",
                "After the last event, systemd measured the phases {values}: its log was not given, or it is older than the"
                        + " value."),
        /**
         * The bank was extended by the digests of another bank, truncated or padded with zeros to the size of this bank's
         * digests. Value: the name of the other bank.
         */
        DIGESTS_OF_OTHER_BANK(
                "digests-of-other-bank",
                "This bank was extended by the {value 0} digests of the log, cut off or filled up with zeros."),
        /**
         * Events for which the log has no digest of this bank were extended by the hash of their data. Measurements: these
         * events.
         */
        DIGESTS_NOT_LOGGED(
                "digests-not-logged",
                "The log has no digest of this bank for some events; they were extended by the hash of their data: {events}."),
        /**
         * A digest of zeros was extended to make the bank worthless, as Windows' boot manager does in a bank that it does not
         * use. Value: how many measurements of this PCR came before it; measurements: the events without a digest of this bank
         * that were extended by the hash of their data.
         */
        BANK_CAPPED(
                "bank-capped",
                "The bank is not used: after {value 0} event(s) of this PCR a digest of zeros was extended to cap it, as Windows"
                        + " does."),
        /** Another log of the same machine gives the value. Value: its position among the other logs, from 0. */
        OTHER_LOG(
                "other-log",
                "The value is that of another log, number {value 0} of those given: this one is of another boot or resume.");

        private final String id;
        private final String message;

        Kind(String id, String message) {
            this.id = id;
            this.message = message;
        }

        /** {@return a stable id, such as {@code event-not-extended}} */
        public String id() {
            return id;
        }
    }

    public Hypothesis {
        measurements = List.copyOf(measurements);
        values = List.copyOf(values);
    }

    static Hypothesis of(Kind kind) {
        return new Hypothesis(kind, List.of(), List.of());
    }

    static Hypothesis of(Kind kind, Measurement... measurements) {
        return new Hypothesis(kind, List.of(measurements), List.of());
    }

    static Hypothesis of(Kind kind, List<Measurement> measurements) {
        return new Hypothesis(kind, measurements, List.of());
    }

    static Hypothesis ofValues(Kind kind, List<String> values) {
        return new Hypothesis(kind, List.of(), values);
    }

    /** {@return what may have happened, in a sentence with the numbers of the events} */
    public String message() {
        String message =
                kind.message.replace("{events}", measurements.toString()).replace("{values}", values.toString());
        for (int i = 0; i < measurements.size(); i++) {
            message = message.replace("{event " + i + "}", measurements.get(i).toString());
        }
        for (int i = 0; i < values.size(); i++) {
            message = message.replace("{value " + i + "}", values.get(i));
        }
        if (kind == Kind.BANK_CAPPED && !measurements.isEmpty()) {
            return message + " Then the hashes of the data of " + measurements + " were extended.";
        }
        return kind == Kind.STARTUP_LOCALITY && values.get(1).equals("4")
                ? message + " Locality 4 may also mean an H-CRTM."
                : message;
    }
}
