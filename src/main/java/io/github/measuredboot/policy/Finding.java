package io.github.measuredboot.policy;

import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.replay.PcrProof;
import java.util.List;

/**
 * What one rule of a policy has to say. Its texts have at most {@link #MAX_TEXT} characters and no control characters, whatever
 * the log holds.
 *
 * @param rule the id of the rule, stable, such as {@code secure-boot}: that of a {@link Rule}, or of a rule of the caller's own
 * @param outcome what came of it
 * @param required whether the verdict depends on it
 * @param pcrs the PCRs that the rule is about
 * @param events the events that it binds; if it failed, those that made it fail
 * @param expected what the rule wants, for a person
 * @param found what is there, for a person
 * @param constraint how far the rule binds the events it accepts
 * @param proof how far the PCRs of its events are proved; the least of them
 */
public record Finding(
        String rule,
        Outcome outcome,
        boolean required,
        List<Integer> pcrs,
        List<Place> events,
        String expected,
        String found,
        Constraint constraint,
        PcrProof proof) {
    /** The most characters of a text. */
    public static final int MAX_TEXT = 2000;

    private static final String CUT = " ...";

    /** What came of a rule. */
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
     * An event.
     *
     * @param number its position in the log, from 0
     * @param offset where it begins in the log, in bytes
     */
    public record Place(int number, int offset) {}

    /**
     * Copies the lists; texts that are too long are cut, control characters become {@code \}{@code uXXXX}.
     *
     * @param rule the id of the rule, stable, such as {@code secure-boot}: that of a {@link Rule}, or of a rule of the caller's own
     * @param outcome what came of it
     * @param required whether the verdict depends on it
     * @param pcrs the PCRs that the rule is about
     * @param events the events that it binds
     * @param expected what the rule wants, for a person
     * @param found what is there, for a person
     * @param constraint how far the rule binds the events it accepts
     * @param proof how far the PCRs of its events are proved
     */
    public Finding {
        pcrs = List.copyOf(pcrs);
        events = List.copyOf(events);
        expected = bounded(expected);
        found = bounded(found);
    }

    private static String bounded(String text) {
        String printable = Printable.of(text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text);
        return text.length() > MAX_TEXT || printable.length() > MAX_TEXT
                ? printable.substring(0, Math.min(printable.length(), MAX_TEXT - CUT.length())) + CUT
                : printable;
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

    /** {@return whether this finding alone rejects} */
    public boolean isRejection() {
        return required && outcome != Outcome.PASSED;
    }

    /** {@return one line for a person} */
    public String message() {
        String text = rule + ": " + outcome.id().replace('-', ' ');
        return outcome == Outcome.PASSED ? text : text + ": expected " + expected + ", found " + found;
    }
}
