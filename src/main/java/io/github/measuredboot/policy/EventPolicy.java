package io.github.measuredboot.policy;

import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A policy that judges single events: clauses that say which events may be there and what must be true of them, and PCRs that
 * the log must reproduce. An event of such a PCR rejects if no clause names it or it has no digest in the judged bank, and so
 * does a record of a userspace log that extends such a PCR and was not allowed to.
 *
 * <pre>{@code
 * EventPolicy policy = EventPolicy.builder()
 *         .mustReplay(4)
 *         .require("pcr4.loader", on(4, EV_EFI_BOOT_SERVICES_APPLICATION), exactly("image", List.of(loader)))
 *         .allow("pcr4.separator", on(4, EV_SEPARATOR), separators())
 *         .allow("pcr4.action", on(4, EV_EFI_ACTION), texts(Set.of("Calling EFI Application from Boot Option")))
 *         .build();
 * Verdict verdict = policy.evaluate(replayed, HashAlgorithm.SHA256);
 * }</pre>
 *
 * <p>The clause of an event goes by the type that the event claims. That is safe as long as every clause of a PCR that
 * matters stands on digests or covered data: an event that claims a false type then meets a rule that its digest cannot meet.
 */
public final class EventPolicy {
    record Clause(String id, EventSelector selector, EventRule rule, boolean required) {}

    private static final int PCR_COUNT = 24;

    private final Set<Integer> mustReplay;
    private final Set<Integer> vendorEventsTolerated;
    private final Set<Integer> userspaceRecordsAllowed;
    private final List<Clause> clauses;

    private EventPolicy(Builder builder) {
        this.mustReplay = Set.copyOf(builder.mustReplay);
        this.vendorEventsTolerated = Set.copyOf(builder.vendorEventsTolerated);
        this.userspaceRecordsAllowed = Set.copyOf(builder.userspaceRecordsAllowed);
        this.clauses = List.copyOf(builder.clauses);
    }

    static int checkPcr(int pcr) {
        if (pcr < 0 || pcr >= PCR_COUNT) {
            throw new IllegalArgumentException("PCR " + pcr + " is not 0 to " + (PCR_COUNT - 1));
        }
        return pcr;
    }

    Set<Integer> mustReplay() {
        return mustReplay;
    }

    Set<Integer> vendorEventsTolerated() {
        return vendorEventsTolerated;
    }

    Set<Integer> userspaceRecordsAllowed() {
        return userspaceRecordsAllowed;
    }

    List<Clause> clauses() {
        return clauses;
    }

    /** {@return a builder of a policy that says nothing yet} */
    public static Builder builder() {
        return new Builder();
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
        return new PolicyEvaluation(this, CheckedLog.ofBank(replayed.replay().log(), bank), replayed, bank)
                .evaluate(further);
    }

    /** Collects the clauses of a policy. Mutable: for one thread. */
    public static final class Builder {
        private final Set<Integer> mustReplay = new TreeSet<>();
        private final Set<Integer> vendorEventsTolerated = new TreeSet<>();
        private final Set<Integer> userspaceRecordsAllowed = new TreeSet<>();
        private final List<Clause> clauses = new ArrayList<>();

        private Builder() {}

        /**
         * Wants the log to reproduce PCRs, and each of their events to be named by a clause.
         *
         * @param pcrs PCRs, 0 to 23
         * @return this builder
         * @throws IllegalArgumentException if there is no such PCR
         */
        public Builder mustReplay(int... pcrs) {
            for (int pcr : pcrs) {
                mustReplay.add(checkPcr(pcr));
            }
            return this;
        }

        /**
         * Tolerates events of types that the PFP does not name, behind the separator of their PCR. Only for PCRs that accept
         * any digest anyway: the type is the event's own claim.
         *
         * @param pcrs PCRs, 0 to 23
         * @return this builder
         * @throws IllegalArgumentException if there is no such PCR
         */
        public Builder tolerateVendorEventsAfterSeparator(int... pcrs) {
            for (int pcr : pcrs) {
                vendorEventsTolerated.add(checkPcr(pcr));
            }
            return this;
        }

        /**
         * Allows records of the userspace log to extend PCRs, with any digest. In all other PCRs that must be reproduced they
         * reject: whoever sends the logs decides which of the two a measurement stands in.
         *
         * @param pcrs PCRs, 0 to 23
         * @return this builder
         * @throws IllegalArgumentException if there is no such PCR
         */
        public Builder allowUserspaceRecords(int... pcrs) {
            for (int pcr : pcrs) {
                userspaceRecordsAllowed.add(checkPcr(pcr));
            }
            return this;
        }

        /**
         * Adds a clause that must be met. Its PCRs must be reproduced, as by {@link #mustReplay}.
         *
         * @param id a stable id
         * @param selector the events it is about
         * @param rule what must be true of them; if it cannot be evaluated, the boot is rejected
         * @return this builder
         */
        public Builder require(String id, EventSelector selector, EventRule rule) {
            clauses.add(new Clause(id, selector, rule, true));
            mustReplay.addAll(selector.pcrs());
            return this;
        }

        /**
         * Adds a clause that must be met if there are such events.
         *
         * @param id a stable id
         * @param selector the events it is about
         * @param rule what must be true of them
         * @return this builder
         */
        public Builder allow(String id, EventSelector selector, EventRule rule) {
            clauses.add(new Clause(id, selector, rule, false));
            return this;
        }

        /**
         * Makes the policy.
         *
         * @return the policy
         * @throws IllegalStateException if it requires nothing: every boot would be accepted
         */
        public EventPolicy build() {
            if (mustReplay.isEmpty()) {
                throw new IllegalStateException("a policy that requires nothing");
            }
            return new EventPolicy(this);
        }
    }
}
