package io.github.measuredboot.policy;

import io.github.measuredboot.attest.IdentityLevel;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The result of a policy for a boot. */
public final class Verdict {
    /** The possible verdicts. */
    public enum Outcome {
        /** All required rules are met, and a verified quote with a fresh nonce proves every PCR that they depend on. */
        ACCEPTED("accepted"),

        /** The same, but nothing shows that the quote is fresh: its nonce was not checked. */
        ACCEPTED_IF_FRESH("accepted-if-fresh"),

        /** All required rules are met, provided that the PCR values are the TPM's: no quote proves them all. */
        ACCEPTED_IF_VALUES_ARE_TRUE("accepted-if-values-are-true"),

        /** A required rule is not met, or could not be evaluated. */
        REJECTED("rejected");

        private final String id;

        Outcome(String id) {
            this.id = id;
        }

        /** {@return the stable name in reports} */
        public String id() {
            return id;
        }
    }

    private final HashAlgorithm bank;
    private final Outcome outcome;
    private final List<Finding> findings;
    private final Optional<IdentityLevel> identity;
    private final Supplier<CoverageReport> counter;
    private volatile @Nullable CoverageReport coverage;

    Verdict(
            HashAlgorithm bank,
            Outcome outcome,
            List<Finding> findings,
            Optional<IdentityLevel> identity,
            Supplier<CoverageReport> counter) {
        this.bank = bank;
        this.outcome = outcome;
        this.findings = List.copyOf(findings);
        this.identity = identity;
        this.counter = counter;
    }

    /** {@return the bank that was judged} */
    public HashAlgorithm bank() {
        return bank;
    }

    /** {@return the verdict} */
    public Outcome outcome() {
        return outcome;
    }

    /** {@return one finding for each rule, in the order of the policy, then what no rule accepts} */
    public List<Finding> findings() {
        return findings;
    }

    /**
     * How far it is proved that the key which signed the quote is in a TPM, and in which TPM. A policy does not ask for this:
     * what the quote proves, it proves of whoever holds that key.
     *
     * @return the level; empty if there is no quote
     */
    public Optional<IdentityLevel> identity() {
        return identity;
    }

    /** {@return what the policy binds and what it does not; counted when it is first asked for} */
    public CoverageReport coverage() {
        CoverageReport known = coverage;
        if (known == null) {
            known = counter.get();
            coverage = known;
        }
        return known;
    }

    /** {@return whether the boot is accepted, and a verified quote with a fresh nonce proves it} */
    public boolean isAccepted() {
        return outcome == Outcome.ACCEPTED;
    }

    /**
     * Whether the boot is accepted, possibly on a condition that the caller has to know to be met: that the PCR values are the
     * TPM's, or that the quote is fresh.
     *
     * @return true for every outcome but {@link Outcome#REJECTED}
     */
    public boolean isAcceptedIfEvidenceIsTrue() {
        return outcome != Outcome.REJECTED;
    }

    /** {@return the findings that reject, in order; none if the boot is accepted} */
    public List<Finding> rejections() {
        return findings.stream().filter(Finding::isRejection).toList();
    }

    @Override
    public String toString() {
        return "Verdict[" + outcome.id() + ", " + bank + ", " + rejections().size() + " rejections]";
    }
}
