package io.github.measuredboot.policy;

import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.List;

/**
 * What a policy says about a boot.
 *
 * @param bank the bank that was judged
 * @param outcome the verdict
 * @param findings one for each rule, in the order of the policy, then what no rule names
 * @param coverage what the policy binds and what it does not
 */
public record Verdict(HashAlgorithm bank, Outcome outcome, List<Finding> findings, CoverageReport coverage) {
    /** The verdict. */
    public enum Outcome {
        /** All required rules are met, and a verified quote proves every PCR that they stand on. */
        ACCEPTED,

        /** All required rules are met if the PCR values are the TPM's: no quote proves them all. */
        ACCEPTED_IF_VALUES_ARE_TRUE,

        /** A required rule is not met, or could not be evaluated. */
        REJECTED
    }

    /**
     * Copies the list.
     *
     * @param bank the bank that was judged
     * @param outcome the verdict
     * @param findings one for each rule, in the order of the policy, then what no rule names
     * @param coverage what the policy binds and what it does not
     */
    public Verdict {
        findings = List.copyOf(findings);
    }

    /** {@return whether the boot is accepted, and a verified quote proves it} */
    public boolean isAccepted() {
        return outcome == Outcome.ACCEPTED;
    }

    /** {@return whether the boot would be accepted if the PCR values that were given are the TPM's} */
    public boolean isAcceptedIfValuesAreTrue() {
        return outcome != Outcome.REJECTED;
    }

    /** {@return the findings that reject, in order; none if the boot is accepted} */
    public List<Finding> rejections() {
        return findings.stream().filter(Finding::isRejection).toList();
    }
}
