package io.github.measuredboot.refstate;

import java.util.Arrays;
import java.util.Optional;

/** What is expected of the events of a PCR. Each PCR that is judged has exactly one mode. */
public enum PcrMode {
    /** Exactly the pinned events, in their order, separators included; after the separator, only what is pinned for that place. */
    SEQUENCE("sequence"),

    /** The content of every event is covered by its digest and satisfies the rule for its place, or the event is pinned: PCR 5, 7. */
    CONTENT("content"),

    /** Separators and nothing else. */
    EMPTY("empty"),

    /** The PCR is replayed, and nothing more: no event of it is evidence for anything. */
    FREE("free");

    private final String id;

    PcrMode(String id) {
        this.id = id;
    }

    /** {@return the name in reference states and reports} */
    public String id() {
        return id;
    }

    /**
     * {@return the mode with this name, or empty if there is none}
     *
     * @param id the name
     */
    public static Optional<PcrMode> byId(String id) {
        return Arrays.stream(values()).filter(mode -> mode.id.equals(id)).findFirst();
    }

    @Override
    public String toString() {
        return id;
    }
}
