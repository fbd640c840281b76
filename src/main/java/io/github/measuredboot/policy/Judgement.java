package io.github.measuredboot.policy;

import io.github.measuredboot.replay.VerifiedEvent;
import java.util.List;

/**
 * What a rule says about some events.
 *
 * @param outcome what came of it
 * @param events the events that it binds; if it failed, those that made it fail, or none if something is missing
 * @param expected what the rule wants, for a person
 * @param found what is there, for a person
 * @param constraint how far the rule binds the events it accepts
 */
public record Judgement(
        Finding.Outcome outcome, List<VerifiedEvent> events, String expected, String found, Constraint constraint) {
    /**
     * Copies the list.
     *
     * @param outcome what came of it
     * @param events the events that it binds
     * @param expected what the rule wants, for a person
     * @param found what is there, for a person
     * @param constraint how far the rule binds the events it accepts
     */
    public Judgement {
        events = List.copyOf(events);
    }

    /**
     * The rule is met.
     *
     * @param events the events
     * @param expected what the rule wants
     * @param constraint how far the rule binds them
     * @return the judgement
     */
    public static Judgement passed(List<VerifiedEvent> events, String expected, Constraint constraint) {
        return new Judgement(Finding.Outcome.PASSED, events, expected, expected, constraint);
    }

    /**
     * The rule is not met.
     *
     * @param events the events that made it fail
     * @param expected what the rule wants
     * @param found what is there
     * @return the judgement
     */
    public static Judgement failed(List<VerifiedEvent> events, String expected, String found) {
        return new Judgement(Finding.Outcome.FAILED, events, expected, found, Constraint.NONE);
    }

    /** {@return whether the rule is met} */
    public boolean isPassed() {
        return outcome == Finding.Outcome.PASSED;
    }
}
