package io.github.measuredboot.policy;

/** How far a rule binds the events that it accepts. */
public enum Constraint {
    /** Their digests must be known ones: what they stand for cannot change. */
    PINNED("pinned"),

    /** Their data must meet the rule, and the digest must cover the data. */
    CONTENT("content checked"),

    /** Any digest will do: only the replay of the PCR binds them. */
    REPLAYED("replayed only"),

    /** Nothing binds them. */
    NONE("nothing");

    private final String text;

    Constraint(String text) {
        this.text = text;
    }

    /** The name as reports print it. */
    @Override
    public String toString() {
        return text;
    }
}
