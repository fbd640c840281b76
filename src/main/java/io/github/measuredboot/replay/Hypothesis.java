package io.github.measuredboot.replay;

import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;

/**
 * Something that may have happened to a PCR and that reproduces its value where the log alone does not. That it reproduces
 * the value makes it the likely cause; it proves no more than that the digests it names were extended in that order.
 */
public sealed interface Hypothesis {
    /**
     * A name that stays.
     *
     * @return for example {@code event-not-extended}
     */
    String code();

    /**
     * What it means.
     *
     * @return a sentence for a person, with the numbers of the events
     */
    String sentence();

    /** All given values of the bank are zeros, or all are ones. */
    record BankNotActive() implements Hypothesis {
        @Override
        public String code() {
            return "bank-not-active";
        }

        @Override
        public String sentence() {
            return "The TPM does not extend this bank: all its values are zeros, or all are ones.";
        }
    }

    /** The PCR has the value that it has after TPM2_Startup, although the log has events for it. */
    record NeverExtended() implements Hypothesis {
        @Override
        public String code() {
            return "never-extended";
        }

        @Override
        public String sentence() {
            return "The PCR was not extended since the TPM started: the log is of another boot, or its events were never"
                    + " measured.";
        }
    }

    /**
     * TPM2_Startup came from another locality (PCR 0).
     *
     * @param assumed the locality of the replay
     * @param locality the locality that reproduces the value; 4 also stands for an H-CRTM sequence
     */
    record OtherStartupLocality(int assumed, int locality) implements Hypothesis {
        @Override
        public String code() {
            return "startup-locality";
        }

        @Override
        public String sentence() {
            return "TPM2_Startup was sent from locality " + locality
                    + (locality == 4 ? " (or there was an H-CRTM)" : "") + ", while the log means locality " + assumed
                    + ".";
        }
    }

    /**
     * The log goes on behind the last event that the TPM was extended by: the values are older than the log.
     *
     * @param last the last measurement that was extended
     * @param next the first that was not
     */
    record LaterEventsNotExtended(Measurement last, Measurement next) implements Hypothesis {
        @Override
        public String code() {
            return "later-events-not-extended";
        }

        @Override
        public String sentence() {
            return "The value is the one after " + last + ": " + next + " and all later ones of this PCR were not"
                    + " extended, or not yet when the value was read.";
        }
    }

    /**
     * The last measurements stand in the log twice, and were extended once.
     *
     * @param first the first of the second copies
     */
    record FinalEventsLoggedTwice(Measurement first) implements Hypothesis {
        @Override
        public String code() {
            return "final-events-logged-twice";
        }

        @Override
        public String sentence() {
            return "The last events of this PCR were extended once and logged twice: the copies begin with " + first
                    + ".";
        }
    }

    /**
     * The last measurements were extended twice, and stand in the log once.
     *
     * @param first the first of them
     */
    record FinalEventsExtendedTwice(Measurement first) implements Hypothesis {
        @Override
        public String code() {
            return "final-events-extended-twice";
        }

        @Override
        public String sentence() {
            return "The events of this PCR from " + first + " on were extended twice, one after the other.";
        }
    }

    /**
     * One measurement is in the log only.
     *
     * @param measurement the first by which the value is reproduced
     */
    record EventNotExtended(Measurement measurement) implements Hypothesis {
        @Override
        public String code() {
            return "event-not-extended";
        }

        @Override
        public String sentence() {
            return "All events of this PCR were extended but " + measurement + ", which is only in the log.";
        }
    }

    /**
     * One measurement was extended twice in a row.
     *
     * @param measurement the first by which the value is reproduced
     */
    record EventExtendedTwice(Measurement measurement) implements Hypothesis {
        @Override
        public String code() {
            return "event-extended-twice";
        }

        @Override
        public String sentence() {
            return "All events of this PCR were extended, " + measurement + " twice in a row.";
        }
    }

    /**
     * Events of ExitBootServices are in the log and were not extended.
     *
     * @param measurements the events
     */
    record ExitBootServicesNotExtended(List<Measurement> measurements) implements Hypothesis {
        /**
         * Copies the list.
         *
         * @param measurements the events
         */
        public ExitBootServicesNotExtended {
            measurements = List.copyOf(measurements);
        }

        @Override
        public String code() {
            return "exit-boot-services-not-extended";
        }

        @Override
        public String sentence() {
            return "The ExitBootServices events are only in the log, not in the TPM: " + measurements + ".";
        }
    }

    /**
     * Events of ExitBootServices were extended after the last event and are not in the log: it was read too early.
     *
     * @param actions the texts that were measured
     */
    record ExitBootServicesNotLogged(List<String> actions) implements Hypothesis {
        /**
         * Copies the list.
         *
         * @param actions the texts that were measured
         */
        public ExitBootServicesNotLogged {
            actions = List.copyOf(actions);
        }

        @Override
        public String code() {
            return "exit-boot-services-not-logged";
        }

        @Override
        public String sentence() {
            return "After the last event, ExitBootServices was measured and not logged: " + actions + ".";
        }
    }

    /**
     * EV_NO_ACTION events were extended, which they should not be.
     *
     * @param measurements the events
     * @param byHashOfData whether by the hash of their data instead of the digest in the log
     */
    record NoActionExtended(List<Measurement> measurements, boolean byHashOfData) implements Hypothesis {
        /**
         * Copies the list.
         *
         * @param measurements the events
         * @param byHashOfData whether by the hash of their data instead of the digest in the log
         */
        public NoActionExtended {
            measurements = List.copyOf(measurements);
        }

        @Override
        public String code() {
            return "no-action-extended";
        }

        @Override
        public String sentence() {
            return "EV_NO_ACTION events were extended by "
                    + (byHashOfData ? "the hash of their data" : "the digests in the log") + ": " + measurements + ".";
        }
    }

    /**
     * systemd measured boot phases that the given logs do not hold (PCR 11).
     *
     * @param phases the phases, each measured as its name, after the last event
     */
    record PhasesNotLogged(List<String> phases) implements Hypothesis {
        /**
         * Copies the list.
         *
         * @param phases the phases, each measured as its name, after the last event
         */
        public PhasesNotLogged {
            phases = List.copyOf(phases);
        }

        @Override
        public String code() {
            return "userspace-phases-not-logged";
        }

        @Override
        public String sentence() {
            return "After the last event, systemd measured the phases " + phases
                    + ": its log was not given, or it is older than the value.";
        }
    }

    /**
     * The bank was extended by the digests of another one, cut off or filled up with zeros to its size.
     *
     * @param algorithm the bank whose digests they are
     */
    record DigestsOfOtherBank(HashAlgorithm algorithm) implements Hypothesis {
        @Override
        public String code() {
            return "digests-of-other-bank";
        }

        @Override
        public String sentence() {
            return "This bank was extended by the " + algorithm
                    + " digests of the log, cut off or filled up with zeros.";
        }
    }

    /**
     * Events for which the log has no digest of this bank were extended by the hash of their data.
     *
     * @param measurements the events
     */
    record DigestsNotLogged(List<Measurement> measurements) implements Hypothesis {
        /**
         * Copies the list.
         *
         * @param measurements the events
         */
        public DigestsNotLogged {
            measurements = List.copyOf(measurements);
        }

        @Override
        public String code() {
            return "digests-not-logged";
        }

        @Override
        public String sentence() {
            return "The log has no digest of this bank for some events; they were extended by the hash of their data: "
                    + measurements + ".";
        }
    }

    /**
     * A digest of zeros was extended, as Windows' boot manager does in a bank that it does not use, to make it worthless.
     *
     * @param eventsBefore how many measurements of this PCR came before it
     * @param otherDigests the events without a digest of this bank that were extended by the hash of their data
     */
    record BankCapped(int eventsBefore, List<Measurement> otherDigests) implements Hypothesis {
        /**
         * Copies the list.
         *
         * @param eventsBefore how many measurements of this PCR came before it
         * @param otherDigests the events without a digest of this bank that were extended by the hash of their data
         */
        public BankCapped {
            otherDigests = List.copyOf(otherDigests);
        }

        @Override
        public String code() {
            return "bank-capped";
        }

        @Override
        public String sentence() {
            return "The bank is not used: after " + eventsBefore
                    + " event(s) of this PCR a digest of zeros was extended to"
                    + " cap it, as Windows does"
                    + (otherDigests.isEmpty() ? "." : "; then the hashes of the data of " + otherDigests + ".");
        }
    }

    /**
     * Another log of the same machine gives the value.
     *
     * @param index its position among the other logs
     */
    record OtherLog(int index) implements Hypothesis {
        @Override
        public String code() {
            return "other-log";
        }

        @Override
        public String sentence() {
            return "The value is that of another log, number " + index
                    + " of those given: this one is of another boot or" + " resume.";
        }
    }
}
