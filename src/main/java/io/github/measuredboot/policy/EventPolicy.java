package io.github.measuredboot.policy;

import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A policy that judges individual events: each PCR that is judged has one {@link PcrMode mode}, and clauses say what must be
 * true of its events. A PCR that is judged must be reproduced. Unless its mode is {@link PcrMode#FREE}, an event that
 * no clause accepts rejects the boot, and so does a record of a userspace log, unless such records are allowed there.
 *
 * <pre>{@code
 * EventPolicy policy = EventPolicy.builder()
 *         .judge(4, PcrMode.SEQUENCE)
 *         .require("loader", List.of(4), Clauses.sequence(4, List.of(pinnedEvents)))
 *         .judge(12, PcrMode.EMPTY)
 *         .require("nothing-passed", List.of(12), Clauses.empty(12))
 *         .build();
 * Verdict verdict = policy.evaluate(replayed, HashAlgorithm.SHA256);
 * }</pre>
 */
public final class EventPolicy {
    /** A PCR that is judged, with what its findings need. */
    record JudgedPcr(int pcr, PcrMode mode, List<Integer> pcrs, String replayed) {
        JudgedPcr(int pcr, PcrMode mode) {
            this(pcr, mode, List.of(pcr), "the log reproduces the value of PCR " + pcr);
        }
    }

    record Clause(String id, List<Integer> pcrs, EventClause rule, boolean required) {}

    private final SortedMap<Integer, PcrMode> modes;
    private final SortedSet<Integer> userspaceRecordsAllowed;
    private final List<Clause> clauses;
    private final List<JudgedPcr> judgedPcrs;

    private EventPolicy(Builder builder) {
        this.modes = Collections.unmodifiableSortedMap(new TreeMap<>(builder.modes));
        this.userspaceRecordsAllowed =
                Collections.unmodifiableSortedSet(new TreeSet<>(builder.userspaceRecordsAllowed));
        this.clauses = List.copyOf(builder.clauses);
        this.judgedPcrs = modes.entrySet().stream()
                .map(judged -> new JudgedPcr(judged.getKey(), judged.getValue()))
                .toList();
    }

    static int checkPcr(int pcr) {
        if (pcr < 0 || pcr >= PcrBank.PCR_COUNT) {
            throw new IllegalArgumentException("PCR " + pcr + " is not 0 to " + (PcrBank.PCR_COUNT - 1));
        }
        return pcr;
    }

    /** {@return the mode of each PCR that is judged} */
    public SortedMap<Integer, PcrMode> modes() {
        return modes;
    }

    /** {@return the PCRs that must be reproduced, and quoted for an unconditional verdict: what to ask a quote for} */
    public SortedSet<Integer> requiredPcrs() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(modes.keySet()));
    }

    SortedSet<Integer> userspaceRecordsAllowed() {
        return userspaceRecordsAllowed;
    }

    List<JudgedPcr> judgedPcrs() {
        return judgedPcrs;
    }

    List<Clause> clauses() {
        return clauses;
    }

    /** {@return a builder of a policy that judges nothing yet} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder that starts from this policy, so that clauses can be added to it} */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.modes.putAll(modes);
        builder.userspaceRecordsAllowed.addAll(userspaceRecordsAllowed);
        builder.clauses.addAll(clauses);
        return builder;
    }

    /**
     * Judges a boot.
     *
     * @param replayed the log, compared with PCR values or a quote
     * @param bank the bank to judge
     * @return the verdict; a bank that the log does not have, or that cannot be computed, is rejected
     */
    public Verdict evaluate(ReplayedLog replayed, HashAlgorithm bank) {
        return evaluate(replayed, bank, List.of());
    }

    Verdict evaluate(ReplayedLog replayed, HashAlgorithm bank, List<Finding> further) {
        return new PolicyEvaluation(this, replayed, bank).evaluate(further);
    }

    /** Collects the parts of a policy. Mutable, and for use by one thread. */
    public static final class Builder {
        private final SortedMap<Integer, PcrMode> modes = new TreeMap<>();
        private final SortedSet<Integer> userspaceRecordsAllowed = new TreeSet<>();
        private final List<Clause> clauses = new ArrayList<>();

        private Builder() {}

        /**
         * Judges a PCR: it must be reproduced.
         *
         * @param pcr the PCR, 0 to 23
         * @param mode its mode: unless it is {@link PcrMode#FREE}, a clause must accept each of its events
         * @return this builder
         * @throws IllegalArgumentException if there is no such PCR, or it already has another mode
         */
        public Builder judge(int pcr, PcrMode mode) {
            PcrMode before = modes.putIfAbsent(checkPcr(pcr), mode);
            if (before != null && before != mode) {
                throw new IllegalArgumentException("PCR " + pcr + " has the mode " + before + ", and not " + mode);
            }
            return this;
        }

        void judgeIfNotJudged(int pcr) {
            modes.putIfAbsent(checkPcr(pcr), PcrMode.CONTENT);
        }

        /**
         * Lets records of the userspace log extend PCRs that are judged. In all other judged PCRs whose mode is not {@link
         * PcrMode#FREE}, such records reject the boot: whoever sends the logs decides which of the two a measurement is in.
         *
         * @param pcrs PCRs, 0 to 23
         * @return this builder
         * @throws IllegalArgumentException if there is no such PCR
         */
        public Builder allowUserspaceRecords(int... pcrs) {
            Arrays.stream(pcrs).forEach(pcr -> userspaceRecordsAllowed.add(checkPcr(pcr)));
            return this;
        }

        /**
         * Adds a clause that must be met.
         *
         * @param id a stable id
         * @param pcrs the PCRs that the clause looks at; each of them must be judged
         * @param clause what must be true of their events
         * @return this builder
         */
        public Builder require(String id, List<Integer> pcrs, EventClause clause) {
            clauses.add(new Clause(id, List.copyOf(pcrs), clause, true));
            return this;
        }

        /**
         * Adds a clause whose finding is reported but rejects nothing.
         *
         * @param id a stable id
         * @param pcrs the PCRs that the clause looks at
         * @param clause what should be true of their events
         * @return this builder
         */
        public Builder report(String id, List<Integer> pcrs, EventClause clause) {
            clauses.add(new Clause(id, List.copyOf(pcrs), clause, false));
            return this;
        }

        Builder require(Rule rule, int pcr, EventClause clause) {
            return require(rule.id(), List.of(pcr), clause);
        }

        /**
         * Builds the policy.
         *
         * @return the policy
         * @throws IllegalStateException if it judges nothing, so that every boot would be accepted, or if a required clause
         *     looks at a PCR that is not judged
         */
        public EventPolicy build() {
            if (modes.isEmpty()) {
                throw new IllegalStateException("a policy that judges nothing");
            }
            for (Clause clause : clauses) {
                if (clause.required() && !modes.keySet().containsAll(clause.pcrs())) {
                    throw new IllegalStateException(
                            "the clause " + clause.id() + " looks at PCR " + clause.pcrs() + ", which is not judged");
                }
            }
            return new EventPolicy(this);
        }
    }
}
