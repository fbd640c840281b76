package io.github.measuredboot.diagnosis;

import java.util.List;
import java.util.Optional;

/**
 * One difference between what two logs extend a PCR by.
 *
 * <p>Digests say that there is a difference and where. What it is about is read from the events: {@code subjectClaimed} and
 * {@link Detail#claimed} say where no digest covers that.
 *
 * @param kind what became of the measurement
 * @param before the measurement of the first log; empty if it was added
 * @param after the measurement of the second log; empty if it was removed
 * @param topic what kind of thing the measurement is about
 * @param subject what the measurement is about, such as {@code BootOrder}; printable
 * @param subjectClaimed whether no digest covers the subject
 * @param details what differs in the data, with the values of both sides; only what is there on one side for a measurement
 *     that was added or removed; nothing if it moved
 */
public record Change(
        Kind kind,
        Optional<Measurement> before,
        Optional<Measurement> after,
        Topic topic,
        String subject,
        boolean subjectClaimed,
        List<Detail> details) {
    /** What became of a measurement. */
    public enum Kind {
        /** Only the second log has it. */
        ADDED("added", "was added"),
        /** Only the first log has it. */
        REMOVED("removed", "is gone"),
        /** Another one about the same thing is in its place. */
        CHANGED("changed", "changed"),
        /** It is at another place in the order of its PCR. */
        MOVED("moved", "moved");

        private final String id;
        final String verb;

        Kind(String id, String verb) {
            this.id = id;
            this.verb = verb;
        }

        /** {@return a stable id, such as {@code moved}} */
        public String id() {
            return id;
        }
    }

    /**
     * A value that differs.
     *
     * @param field its name, as {@code events} shows it; {@code event digest} for the digest of the event
     * @param before the value of the first log, printable; empty if only the second has one
     * @param after the value of the second log, printable; empty if only the first has one
     * @param claimed whether a value is not covered by all digests of the shared banks
     */
    public record Detail(String field, Optional<String> before, Optional<String> after, boolean claimed) {
        static final String DIGEST = "event digest";

        boolean isTwoSided() {
            return before.isPresent() && after.isPresent();
        }

        boolean isDigest() {
            return field.equals(DIGEST);
        }
    }

    /**
     * Copies the list.
     *
     * @param kind what became of the measurement
     * @param before the measurement of the first log
     * @param after the measurement of the second log
     * @param topic what kind of thing the measurement is about
     * @param subject what the measurement is about
     * @param subjectClaimed whether no digest covers the subject
     * @param details what differs in the data
     */
    public Change {
        details = List.copyOf(details);
    }

    /** {@return where it is in the logs, such as {@code event 12 -> event 14}} */
    public String place() {
        if (before.isPresent() && after.isPresent()) {
            return before.get() + " -> " + after.get();
        }
        return before.map(old -> old + " of the first log")
                .or(() -> after.map(now -> now + " of the second log"))
                .orElse("not measured");
    }

    /** {@return what happened, in a printable phrase without a full stop; the longest values are cut} */
    public String message() {
        return new ChangeText(this).message();
    }
}
