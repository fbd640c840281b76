package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.policy.BootPolicy;
import io.github.measuredboot.policy.PolicyOptions;
import io.github.measuredboot.refstate.ReferenceState;

/**
 * A reference state that a machine may be in.
 *
 * @param id its number in the database
 * @param state the state
 * @param options what the group lets pass
 * @param policy what a boot has to satisfy to be in it
 */
public record KnownState(long id, ReferenceState state, PolicyOptions options, BootPolicy policy) {
    /**
     * Makes the policy of a state.
     *
     * @param id its number in the database
     * @param state the state
     * @param secureBootRequired whether Secure Boot must be on
     * @return the state with its policy
     */
    public static KnownState of(long id, ReferenceState state, boolean secureBootRequired) {
        PolicyOptions options = secureBootRequired
                ? PolicyOptions.defaultsFor(state)
                : PolicyOptions.builderFor(state).allowSecureBootOff().build();
        return new KnownState(id, state, options, BootPolicy.of(state, options));
    }
}
