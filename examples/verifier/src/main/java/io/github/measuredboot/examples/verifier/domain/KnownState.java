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
 */
public record KnownState(long id, ReferenceState state, PolicyOptions options) {
    static KnownState of(long id, ReferenceState state, Group group) {
        PolicyOptions options = group.secureBootRequired()
                ? PolicyOptions.defaultsFor(state)
                : PolicyOptions.builderFor(state).allowSecureBootOff().build();
        return new KnownState(id, state, options);
    }

    BootPolicy policy() {
        return BootPolicy.of(state, options);
    }
}
