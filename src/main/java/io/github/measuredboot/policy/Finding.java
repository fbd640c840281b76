package io.github.measuredboot.policy;

import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.replay.VerifiedEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The result of one rule of a policy. Its texts have at most {@link #MAX_TEXT} characters and no control characters, whatever
 * the log holds.
 */
public final class Finding {
    /** The maximum number of characters of a text. */
    public static final int MAX_TEXT = 2000;

    private static final String CUT = " ...";

    /** The result of applying a rule. */
    public enum Outcome {
        /** The rule is met, by what the digests prove. */
        PASSED("passed"),

        /** The rule is not met. */
        FAILED("failed"),

        /** There is nothing to judge, or it is not proved. */
        NOT_EVALUATED("not-evaluated");

        private final String id;

        Outcome(String id) {
            this.id = id;
        }

        /** {@return the name that reports and JSON use} */
        public String id() {
            return id;
        }
    }

    /**
     * The place of an event.
     *
     * @param number its position in the log, from 0
     * @param offset where it begins in the log, in bytes
     */
    public record Place(int number, int offset) {}

    private final String rule;
    private final boolean required;
    private final List<Integer> pcrs;
    private final Outcome outcome;
    private final List<Place> events;
    private final String expected;
    private final String found;
    private final Constraint constraint;
    private final PcrProof proof;

    Finding(String rule, boolean required, List<Integer> pcrs, Judgement judgement, PcrProof proof) {
        this.rule = rule;
        this.required = required;
        this.pcrs = pcrs;
        this.outcome = judgement.outcome();
        this.events = places(judgement.events());
        this.expected = cut(judgement.expected());
        this.found = cut(judgement.found());
        this.constraint = judgement.constraint();
        this.proof = proof;
    }

    private static List<Place> places(List<VerifiedEvent> events) {
        List<Place> places = new ArrayList<>(events.size());
        for (VerifiedEvent event : events) {
            places.add(new Place(event.number(), event.offset()));
        }
        return Collections.unmodifiableList(places);
    }

    private static String cut(String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT - CUT.length()) + CUT : text;
    }

    /** {@return the stable id of the rule, such as {@code secure-boot}: that of a {@link Rule}, or of a clause that a caller added} */
    public String rule() {
        return rule;
    }

    /**
     * Whether this is the finding of a rule of this library.
     *
     * @param other the rule
     * @return true if the ids are the same
     */
    public boolean isOf(Rule other) {
        return rule.equals(other.id());
    }

    /** {@return the result} */
    public Outcome outcome() {
        return outcome;
    }

    /** {@return whether the verdict depends on this rule} */
    public boolean required() {
        return required;
    }

    /** {@return whether this finding alone rejects the boot} */
    public boolean isRejection() {
        return required && outcome() != Outcome.PASSED;
    }

    /** {@return the PCRs that the rule is about} */
    public List<Integer> pcrs() {
        return pcrs;
    }

    /** {@return the events that the rule binds; if it failed, those that made it fail} */
    public List<Place> events() {
        return events;
    }

    /** {@return what the rule requires, for a person} */
    public String expected() {
        return printable(expected);
    }

    /** {@return what is there, for a person} */
    public String found() {
        return printable(found);
    }

    /** {@return how far the rule binds the events that it accepts} */
    public Constraint constraint() {
        return constraint;
    }

    /** {@return how far the PCRs of the rule are proved; if they differ, the weakest proof} */
    public PcrProof proof() {
        return proof;
    }

    /** {@return one line for a person} */
    public String message() {
        String text = rule + ": " + outcome().id().replace('-', ' ');
        return outcome() == Outcome.PASSED ? text : text + ": expected " + expected() + ", found " + found();
    }

    private static String printable(String text) {
        return cut(Printable.of(text));
    }

    @Override
    public String toString() {
        return message();
    }
}
