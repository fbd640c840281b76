package io.github.measuredboot.policy;

/** How far a rule binds the events that it accepts. */
public enum Constraint {
    /** Their digests must be known ones: what they measure cannot change. */
    PINNED("pinned", "pinned"),

    /** Their data must meet the rule, and the digest must cover the data. */
    CONTENT("content", "content checked"),

    /** Any digest is accepted: only the replay of the PCR binds them. */
    REPLAYED("replayed", "replayed only"),

    /** Nothing binds them. */
    NONE("none", "nothing");

    private final String id;
    private final String text;

    Constraint(String id, String text) {
        this.id = id;
        this.text = text;
    }

    /** {@return the name that reports and JSON use} */
    public String id() {
        return id;
    }

    /** The name as reports print it. */
    @Override
    public String toString() {
        return text;
    }
}
