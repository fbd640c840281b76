package io.github.measuredboot.diagnosis;

import java.util.List;
import java.util.Optional;

/**
 * One difference between two logs in the measurements that extend a PCR.
 *
 * <p>Digests show that there is a difference and where. What it is about is read from the events: {@link #isSubjectClaimed} and
 * {@link Detail#claimed} show where no digest covers that.
 */
public final class LogChange {
    /** What became of a measurement. */
    public enum Kind {
        /** Only the second log has it. */
        ADDED("added", "was added"),
        /** Only the first log has it. */
        REMOVED("removed", "is gone"),
        /** Another measurement of the same thing is in its place. */
        CHANGED("changed", "changed"),
        /** It is in another place in the order of its PCR. */
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

    private final Kind kind;
    private final Optional<Measurement> before;
    private final Optional<Measurement> after;
    private final Subject subject;
    private final boolean subjectClaimed;
    private final List<Detail> details;

    LogChange(
            Kind kind,
            Optional<Measurement> before,
            Optional<Measurement> after,
            Subject subject,
            boolean subjectClaimed,
            List<Detail> details) {
        this.kind = kind;
        this.before = before;
        this.after = after;
        this.subject = subject;
        this.subjectClaimed = subjectClaimed;
        this.details = List.copyOf(details);
    }

    /** {@return what became of the measurement} */
    public Kind kind() {
        return kind;
    }

    /** {@return the measurement of the first log; empty if it was added} */
    public Optional<Measurement> before() {
        return before;
    }

    /** {@return the measurement of the second log; empty if it was removed} */
    public Optional<Measurement> after() {
        return after;
    }

    /** {@return what kind of thing the measurement is about} */
    public Topic topic() {
        return subject.topic();
    }

    /** {@return what the measurement is about, such as {@code BootOrder}; printable} */
    public String subject() {
        return subject.text();
    }

    /** {@return whether no digest covers the subject} */
    public boolean isSubjectClaimed() {
        return subjectClaimed;
    }

    /**
     * {@return what differs in the data, with the values of both sides; the values of one side for a measurement that was added or
     * removed; nothing if it moved}
     */
    public List<Detail> details() {
        return details;
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
        return new LogChangeText(this).message();
    }
}
