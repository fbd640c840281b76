package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.policy.FirstUsePins;
import io.github.measuredboot.policy.Verdict;
import java.util.Optional;

/**
 * The outcome of an attestation.
 *
 * @param outcome the outcome
 * @param message why it was not accepted, for a person; empty if it was
 * @param verdict the verdict of the library; none if the evidence proved nothing, or there was no state
 * @param state the state that accepted the boot
 * @param pins the first-use pins from now on
 */
public record Judgement(
        Outcome outcome, String message, Optional<Verdict> verdict, Optional<KnownState> state, FirstUsePins pins) {
    /** What became of an attestation. */
    public enum Outcome {
        /** A fresh quote proves that the machine booted what a reference state has. */
        ACCEPTED,
        /** It booted something else. */
        REJECTED,
        /** What it sent proves nothing. */
        REFUSED
    }

    /** {@return whether the machine is as it should be} */
    public boolean isAccepted() {
        return outcome == Outcome.ACCEPTED;
    }
}
