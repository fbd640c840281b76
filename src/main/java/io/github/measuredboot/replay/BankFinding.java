package io.github.measuredboot.replay;

import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;

/**
 * A remark about a whole bank.
 *
 * @param algorithm the bank
 * @param kind what the remark is
 * @param numbers the numbers of the events, or the indexes of the PCRs, that {@code kind} is about; ascending
 */
public record BankFinding(HashAlgorithm algorithm, Kind kind, List<Integer> numbers) {
    /** The kinds of remark. */
    public enum Kind {
        /** Values of a bank were given or asked for, and the log has no digests of it. */
        NOT_IN_LOG("not-in-log", "the log has no digests of this bank"),

        /** The bank's algorithm cannot be computed. */
        NOT_REPLAYABLE("not-replayable", "this library cannot compute the bank's algorithm"),

        /** The log has digests of the bank, but no value of it was given. */
        NO_VALUES("no-values", "no value of this bank was given"),

        /** A quote was given, and it proves nothing about this bank. */
        NOT_QUOTED("not-quoted", "the quote is over no PCR of this bank"),

        /** The values are those of a bank that the TPM does not extend. */
        NOT_ACTIVE("not-active", "the TPM does not extend this bank"),

        /** Events extend other banks and have no digest for this one. Numbers of events. */
        DIGESTS_MISSING("digests-missing", "events have no digest for this bank"),

        /** PCRs are extended more often in another bank. Indexes of PCRs. */
        FEWER_EXTENDS("fewer-extends", "PCRs are extended more often in another bank"),

        /** PCRs from 17 to 22 are reproduced from zeros. Indexes of PCRs. */
        DYNAMIC_LAUNCH(
                "dynamic-launch",
                "PCRs start at zeros, as their values show: a dynamic launch or, from PCR 20 on, locality 2 reset them"),

        /** PCRs from 17 to 22 are reproduced from ones. Indexes of PCRs. */
        NO_DYNAMIC_LAUNCH(
                "no-dynamic-launch", "PCRs start at ones, as their values show: no dynamic launch extended them"),

        /** PCRs that another bank reproduces differ in this bank. Indexes of PCRs. */
        CONTRADICTS_OTHER_BANK(
                "contradicts-other-bank",
                "PCRs differ that another bank reproduces: the digests do not belong together");

        private final String id;
        private final String message;

        Kind(String id, String message) {
            this.id = id;
            this.message = message;
        }

        /** {@return the name that reports and JSON use} */
        public String id() {
            return id;
        }

        /** {@return a phrase for a person, without the bank and the numbers} */
        public String message() {
            return message;
        }
    }

    public BankFinding {
        numbers = List.copyOf(numbers);
    }
}
