package io.github.measuredboot.diagnosis;

import io.github.measuredboot.diagnosis.StateChange.Kind;

/** How the two sides of a comparison, and what differs between them, are called. */
enum Sides {
    STATES("old", "new", "was added", "is gone", "moved"),
    STATE_AND_LOG("expected", "found", "is not pinned", "is missing", "is at another place");

    final String before;
    final String after;
    private final String added;
    private final String removed;
    private final String moved;

    Sides(String before, String after, String added, String removed, String moved) {
        this.before = before;
        this.after = after;
        this.added = added;
        this.removed = removed;
        this.moved = moved;
    }

    String predicate(Kind kind) {
        return switch (kind) {
            case ADDED -> added;
            case REMOVED -> removed;
            case MOVED -> moved;
            default -> "has changed";
        };
    }
}
