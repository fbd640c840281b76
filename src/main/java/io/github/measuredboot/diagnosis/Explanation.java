package io.github.measuredboot.diagnosis;

import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.PcrStatus;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why values differ from what a log gives: for each PCR and bank the hypotheses, of those that real machines show, that
 * reproduce the value that was given.
 *
 * <p>The search is bounded and always takes the same order. It never says that a log is right: where no hypothesis fits, the
 * value may come from measurements of which nothing is known, and where one fits, it is a likely cause. A verdict is made
 * from {@link ReplayedLog}, not from this.
 *
 * @param pcrs the PCRs and banks whose status is a failure, in the order of {@link ReplayedLog#comparisons()}
 */
public record Explanation(List<PcrExplanation> pcrs) {
    /**
     * One PCR of one bank.
     *
     * @param algorithm the bank
     * @param pcr the PCR index
     * @param status how the log compares with the value
     * @param hypotheses all that reproduce the value, the first of each kind; empty if none does
     * @param remarks what else there is to say, each at most once, in the order of the constants
     */
    public record PcrExplanation(
            HashAlgorithm algorithm, int pcr, PcrStatus status, List<Hypothesis> hypotheses, List<Remark> remarks) {
        /**
         * Copies the lists.
         *
         * @param algorithm the bank
         * @param pcr the PCR index
         * @param status how the log compares with the value
         * @param hypotheses all that reproduce the value, the first of each kind
         * @param remarks what else there is to say, each at most once, in the order of the constants
         */
        public PcrExplanation {
            hypotheses = List.copyOf(hypotheses);
            remarks = List.copyOf(remarks);
        }

        /**
         * Everything in words.
         *
         * @return a sentence for each hypothesis, or one that says that none fits; then those of the remarks
         */
        public List<String> messages() {
            Stream<String> found = hypotheses.isEmpty()
                    ? Stream.of("No hypothesis fits: the cause is not known.")
                    : hypotheses.stream().map(Hypothesis::message);
            return Stream.concat(found, remarks.stream().map(Remark::message)).toList();
        }
    }

    /** Something that is not a hypothesis, because nothing can be computed from it. */
    public enum Remark {
        /** The bank's algorithm cannot be computed. */
        NOT_COMPUTABLE("not-computable", "The algorithm of this bank cannot be computed."),

        /** There are too many events for some hypotheses. */
        SEARCH_CUT_SHORT(
                "search-cut-short", "There are too many events: hypotheses about single events were not searched."),

        /** systemd extends this PCR after the firmware's log, and no userspace log was given. */
        USERSPACE_LOG_NOT_GIVEN(
                "userspace-log-not-given", "systemd may have extended this PCR: its userspace log was not given."),

        /** The userspace log is marked as unfinished. */
        USERSPACE_LOG_UNFINISHED(
                "userspace-log-unfinished",
                "A userspace measurement was under way when the log was read: one may be missing."),

        /** PCR 10 belongs to Linux's IMA. */
        IMA("ima", "Linux's IMA extends this PCR; its log is another one."),

        /** Nothing fits, so that unknown measurements are the cause. */
        UNKNOWN_MEASUREMENTS(
                "unknown-measurements",
                "The log's events may be wrong, or the PCR was also extended by what is in no log: the value"
                        + " does not tell which.");

        private final String id;
        private final String message;

        Remark(String id, String message) {
            this.id = id;
            this.message = message;
        }

        /**
         * A name that stays.
         *
         * @return for example {@code userspace-log-not-given}
         */
        public String id() {
            return id;
        }

        /**
         * What it means.
         *
         * @return a sentence for a person
         */
        public String message() {
            return message;
        }
    }

    private static final Set<Integer> USERSPACE_PCRS = Set.of(9, 11, 12, 15);
    private static final int IMA_PCR = 10;

    /**
     * Copies the list.
     *
     * @param pcrs the PCRs and banks whose status is a failure, in the order of {@link ReplayedLog#comparisons()}
     */
    public Explanation {
        pcrs = List.copyOf(pcrs);
    }

    /**
     * Explains the failures of a log.
     *
     * @param replayed the log and the values
     * @return one explanation for each comparison whose status is a failure
     */
    public static Explanation of(ReplayedLog replayed) {
        return of(replayed, List.of());
    }

    /**
     * Explains the failures of a log that is not the only one of its machine.
     *
     * @param replayed the log and the values
     * @param others other logs, such as those of other resumes of the same uptime
     * @return one explanation for each comparison whose status is a failure
     */
    public static Explanation of(ReplayedLog replayed, List<EventLog> others) {
        if (replayed.comparisons().stream().noneMatch(c -> c.status().isFailure())) {
            return new Explanation(List.of());
        }
        List<List<Measured>> byPcr = Measured.byPcr(replayed.replay());
        List<Replay> otherReplays = others.stream().map(Replay::of).toList();
        SearchBudget budget = new SearchBudget();
        List<PcrExplanation> pcrs = new ArrayList<>();
        for (PcrComparison comparison : replayed.comparisons()) {
            if (comparison.status().isFailure() && comparison.given().isPresent()) {
                List<Measured> measured = comparison.pcr() < byPcr.size() ? byPcr.get(comparison.pcr()) : List.of();
                pcrs.add(explain(replayed.replay(), comparison, measured, otherReplays, budget));
            }
        }
        return new Explanation(pcrs);
    }

    private static PcrExplanation explain(
            Replay replay,
            PcrComparison comparison,
            List<Measured> measured,
            List<Replay> others,
            SearchBudget budget) {
        HashAlgorithm algorithm = comparison.algorithm();
        int pcr = comparison.pcr();
        Set<Remark> remarks = EnumSet.noneOf(Remark.class);
        List<Hypothesis> found;
        if (comparison.status() == PcrStatus.BANK_NOT_ACTIVE) {
            found = List.of(Hypothesis.of(Hypothesis.Kind.BANK_NOT_ACTIVE));
        } else {
            found = algorithm
                    .newMessageDigest()
                    .map(hash -> {
                        PcrExtender extender = new PcrExtender(algorithm, hash);
                        HypothesisSearch search =
                                new HypothesisSearch(replay, comparison, measured, others, extender, budget);
                        List<Hypothesis> hypotheses = search.run();
                        if (search.isCutShort()) {
                            remarks.add(Remark.SEARCH_CUT_SHORT);
                        }
                        return hypotheses;
                    })
                    .orElseGet(() -> {
                        remarks.add(Remark.NOT_COMPUTABLE);
                        return List.of();
                    });
        }
        if (found.isEmpty()) {
            addRemarks(replay, pcr, remarks);
        }
        return new PcrExplanation(algorithm, pcr, comparison.status(), found, List.copyOf(remarks));
    }

    private static void addRemarks(Replay replay, int pcr, Set<Remark> remarks) {
        if (USERSPACE_PCRS.contains(pcr)) {
            if (replay.userspaceLog().isEmpty()) {
                remarks.add(Remark.USERSPACE_LOG_NOT_GIVEN);
            } else if (replay.userspaceLog().get().isMarkedUnfinished()) {
                remarks.add(Remark.USERSPACE_LOG_UNFINISHED);
            }
        }
        if (pcr == IMA_PCR) {
            remarks.add(Remark.IMA);
        }
        if (!remarks.contains(Remark.NOT_COMPUTABLE)) {
            remarks.add(Remark.UNKNOWN_MEASUREMENTS);
        }
    }
}
