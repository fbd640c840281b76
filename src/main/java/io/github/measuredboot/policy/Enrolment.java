package io.github.measuredboot.policy;

import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateException;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.replay.ReplayedLog;

/**
 * Makes a reference state from the evidence of a good boot, and checks that the state accepts this evidence.
 *
 * <pre>{@code
 * ReplayedLog good = Evidence.of(Replay.of(log)).withValues(values).withQuote(quote, key, nonce).evaluate();
 * ReferenceState state = Enrolment.enrol(good, ReferenceStateMaker.create());
 * }</pre>
 */
public final class Enrolment {
    private Enrolment() {}

    /**
     * Makes a state. Secure Boot may be off here. A state of a machine where it is off accepts this only if the policy's
     * options allow it to be off.
     *
     * @param evidence the evidence of a good boot
     * @param maker what to pin
     * @return the state, which accepts this evidence
     * @throws ReferenceStateException if no state can be made, or if the state would reject this evidence, in which case the
     *     findings are the reasons
     */
    public static ReferenceState enrol(ReplayedLog evidence, ReferenceStateMaker maker) throws ReferenceStateException {
        ReferenceState state = maker.make(evidence);
        verify(evidence, state);
        return state;
    }

    /**
     * Checks that a state accepts the evidence that it was made from.
     *
     * @param evidence the evidence
     * @param state the state
     * @throws ReferenceStateException if the state rejects the evidence, with the findings as reasons
     */
    public static void verify(ReplayedLog evidence, ReferenceState state) throws ReferenceStateException {
        PolicyOptions options =
                PolicyOptions.builderFor(state).allowSecureBootOff().build();
        Verdict verdict = BootPolicy.of(state, options).evaluate(evidence);
        if (verdict.outcome() == Verdict.Outcome.REJECTED) {
            throw new ReferenceStateException(
                    verdict.rejections().stream().map(Finding::message).toList());
        }
    }

    /**
     * Whether Secure Boot was enabled in a boot, as far as the PCR values prove it.
     *
     * @param evidence the evidence
     * @param state the state that was made from it
     * @return true if the variable SecureBoot is covered, is before the separator and is enabled
     */
    public static boolean isSecureBootEnabled(ReplayedLog evidence, ReferenceState state) {
        return BootPolicy.of(state).evaluate(evidence).findings().stream()
                .anyMatch(finding -> finding.isOf(Rule.SECURE_BOOT) && finding.outcome() == Finding.Outcome.PASSED);
    }
}
