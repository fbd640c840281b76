package io.github.measuredboot.diagnosis;

import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.PcrStatus;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why values differ from what a log gives: for each PCR and bank, those of the hypotheses known from real machines that
 * reproduce the given value.
 *
 * <p>The search is bounded and always proceeds in the same order. It never shows that a log is right. If no hypothesis fits,
 * the value may come from measurements about which nothing is known; if one fits, it is a likely cause. A verdict is made from
 * {@link ReplayedLog}, not from this.
 */
public final class Explanation {
    /**
     * One PCR of one bank.
     *
     * @param algorithm the bank
     * @param pcr the PCR index
     * @param status how the log compares with the value
     * @param hypotheses all that reproduce the value, the first of each kind; empty if none does
     * @param remarks remarks on the search, each at most once, in the order of the constants
     */
    public record PcrExplanation(
            HashAlgorithm algorithm, int pcr, PcrStatus status, List<Hypothesis> hypotheses, List<Remark> remarks) {
        public PcrExplanation {
            hypotheses = List.copyOf(hypotheses);
            remarks = List.copyOf(remarks);
        }

        /** {@return a sentence for each hypothesis, or one that says that none fits; then the sentences of the remarks} */
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
        IMA("ima", "Linux's IMA extends this PCR and has a log of its own."),

        /** Nothing fits, so unknown measurements are the cause. */
        UNKNOWN_MEASUREMENTS(
                "unknown-measurements",
                "The log's events may be wrong, or the PCR was also extended by measurements that are in no log: the value"
                        + " does not show which.");

        private final String id;
        private final String message;

        Remark(String id, String message) {
            this.id = id;
            this.message = message;
        }

        /** {@return a stable id, such as {@code userspace-log-not-given}} */
        public String id() {
            return id;
        }

        /** {@return a sentence for a person} */
        public String message() {
            return message;
        }
    }

    /** PCRs that systemd extends after the firmware's log has ended. */
    static final Set<Integer> USERSPACE_PCRS = Set.of(9, 11, 12, 15);

    /** The PCR that the kernel's IMA extends as long as the system runs, so no log of the boot gives its value. */
    public static final int IMA_PCR = 10;

    private final List<PcrExplanation> pcrs;

    private Explanation(List<PcrExplanation> pcrs) {
        this.pcrs = List.copyOf(pcrs);
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
        List<PcrComparison> failures = replayed.comparisons().stream()
                .filter(pcr -> pcr.status().isFailure() && pcr.given().isPresent())
                .toList();
        List<PcrExplanation> pcrs = new ArrayList<>();
        if (!failures.isEmpty()) {
            Explainer explainer = new Explainer(
                    replayed.replay(),
                    Measured.byPcr(replayed.replay()),
                    others.stream().map(Replay::of).toList(),
                    new SearchBudget());
            failures.forEach(failure -> pcrs.add(explainer.explain(failure)));
        }
        return new Explanation(pcrs);
    }

    private record Explainer(Replay replay, List<List<Measured>> byPcr, List<Replay> others, SearchBudget budget) {
        PcrExplanation explain(PcrComparison comparison) {
            Set<Remark> remarks = EnumSet.noneOf(Remark.class);
            List<Hypothesis> found = comparison.status() == PcrStatus.BANK_NOT_ACTIVE
                    ? List.of(Hypothesis.of(Hypothesis.Kind.BANK_NOT_ACTIVE))
                    : search(comparison, remarks);
            if (found.isEmpty()) {
                addRemarks(comparison.pcr(), remarks);
            }
            return new PcrExplanation(
                    comparison.algorithm(), comparison.pcr(), comparison.status(), found, List.copyOf(remarks));
        }

        private List<Hypothesis> search(PcrComparison comparison, Set<Remark> remarks) {
            Optional<MessageDigest> hash = comparison.algorithm().newMessageDigest();
            if (hash.isEmpty()) {
                remarks.add(Remark.NOT_COMPUTABLE);
                return List.of();
            }
            List<Measured> measured = comparison.pcr() < byPcr.size() ? byPcr.get(comparison.pcr()) : List.of();
            PcrExtender extender = new PcrExtender(comparison.algorithm(), hash.get());
            HypothesisSearch search = new HypothesisSearch(replay, comparison, measured, others, extender, budget);
            List<Hypothesis> found = search.run();
            if (search.isCutShort()) {
                remarks.add(Remark.SEARCH_CUT_SHORT);
            }
            return found;
        }

        private void addRemarks(int pcr, Set<Remark> remarks) {
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

    /** {@return the PCRs and banks whose status is a failure, in the order of {@link ReplayedLog#comparisons()}} */
    public List<PcrExplanation> pcrs() {
        return pcrs;
    }
}
