package io.github.measuredboot.policy;

import io.github.measuredboot.replay.VerifiedEvent;
import java.util.List;

/** The result of a clause for the events that it looks at. */
public final class Judgement {
    private final Finding.Outcome outcome;
    private final List<VerifiedEvent> events;
    private final String expected;
    private final String found;
    private final Constraint constraint;

    private Judgement(
            Finding.Outcome outcome, List<VerifiedEvent> events, String expected, String found, Constraint constraint) {
        this.outcome = outcome;
        this.events = List.copyOf(events);
        this.expected = expected;
        this.found = found;
        this.constraint = constraint;
    }

    /**
     * The clause is met.
     *
     * @param events the events that it accepts
     * @param expected what the clause requires, for a person
     * @param constraint how far the clause binds the events
     * @return the judgement
     */
    public static Judgement passed(List<VerifiedEvent> events, String expected, Constraint constraint) {
        return new Judgement(Finding.Outcome.PASSED, events, expected, expected, constraint);
    }

    /**
     * The clause is not met.
     *
     * @param events the events that made it fail, or none if something is missing
     * @param expected what the clause requires, for a person
     * @param found what is there instead, for a person
     * @return the judgement
     */
    public static Judgement failed(List<VerifiedEvent> events, String expected, String found) {
        return new Judgement(Finding.Outcome.FAILED, events, expected, found, Constraint.NONE);
    }

    static Judgement passed(String expected, String found, Constraint constraint) {
        return new Judgement(Finding.Outcome.PASSED, List.of(), expected, found, constraint);
    }

    static Judgement notEvaluated(String expected, String found) {
        return new Judgement(Finding.Outcome.NOT_EVALUATED, List.of(), expected, found, Constraint.NONE);
    }

    /** {@return whether the clause is met} */
    public boolean isPassed() {
        return outcome == Finding.Outcome.PASSED;
    }

    /** {@return the events that the clause accepts; if it is not met, those that made it fail} */
    public List<VerifiedEvent> events() {
        return events;
    }

    /** {@return what the clause requires, for a person} */
    public String expected() {
        return expected;
    }

    /** {@return what is there, for a person} */
    public String found() {
        return found;
    }

    /** {@return how far the clause binds the events that it accepts} */
    public Constraint constraint() {
        return constraint;
    }

    Finding.Outcome outcome() {
        return outcome;
    }
}
