package io.github.measuredboot.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one machine's attestations: when it was enrolled, and its newest report. Adding reports in any order, and
 * any of them several times, leads to the same record.
 *
 * <p>Order is decided by the numbers of reports and enrolments, which the verifier hands out, and never by a clock: a clock
 * that is set back, or a report that was long under way, changes no verdict. Times only count missed intervals. Where the
 * clock is behind the time of the newest report, none counts as missed, and {@link Assessment#clockIsBehind()} says so: a
 * machine then times out later than it should, by as much as the clock went back.
 *
 * @param generation the number of the enrolment; higher for every later one of the same machine
 * @param enrolledAt when the machine was enrolled
 * @param newest the report with the highest number, if there is one
 */
public record AttestationRecord(long generation, Instant enrolledAt, Optional<Report> newest) {
    /** After so many missed intervals a machine has timed out. */
    public static final int MISSED_UNTIL_TIMEOUT = 5;

    /** How a machine stands. */
    public enum Status {
        /** It has not reported since it was enrolled, and has not yet timed out. */
        PENDING,
        /** Its newest report was accepted, and fewer than five intervals were missed since. */
        PASS,
        /** Its newest report was rejected. Silence does not change this; only a newer report does. */
        FAIL,
        /** Five intervals passed since its newest report, which was accepted, or since its enrolment if there is none. */
        TIMEOUT
    }

    /** What became of a report. */
    public enum Disposition {
        /** It is the newest one now. */
        RECORDED,
        /** It was recorded before. */
        DUPLICATE,
        /** A report with a higher number is known: this one came late and changes nothing. */
        OLDER,
        /** A report of the same number says otherwise, and that one stands: of such two the rejected one does. */
        OVERRULED,
        /** It belongs to another enrolment of this machine and is dropped. */
        OTHER_ENROLMENT
    }

    /**
     * The outcome of one attestation.
     *
     * @param generation the enrolment it was asked for in
     * @param number the number of the challenge that it answers; higher for every later one of the enrolment
     * @param at when it was verified, by the verifier's clock
     * @param accepted whether the verdict was to accept
     */
    public record Report(long generation, long number, Instant at, boolean accepted) {
        private boolean standsAgainst(Report other) {
            if (number != other.number) {
                return number > other.number;
            }
            if (accepted != other.accepted) {
                return !accepted;
            }
            return at.isBefore(other.at);
        }
    }

    /**
     * A record with one more report.
     *
     * @param record the record, the same as before if the report changes nothing
     * @param disposition what became of the report
     */
    public record Addition(AttestationRecord record, Disposition disposition) {}

    /**
     * How a machine stands at some time.
     *
     * @param status the status
     * @param missedIntervals how many whole intervals passed without a report, 0 to {@link #MISSED_UNTIL_TIMEOUT}
     * @param clockIsBehind whether the time is before that of the newest report or, without one, of the enrolment
     */
    public record Assessment(Status status, int missedIntervals, boolean clockIsBehind) {}

    /**
     * Checks.
     *
     * @param generation the number of the enrolment
     * @param enrolledAt when the machine was enrolled
     * @param newest the report with the highest number, if there is one
     * @throws IllegalArgumentException if {@code newest} belongs to another enrolment
     */
    public AttestationRecord {
        if (newest.isPresent() && newest.get().generation() != generation) {
            throw new IllegalArgumentException(
                    "a report of enrolment " + newest.get().generation() + " in the record of enrolment " + generation);
        }
    }

    /**
     * The record of a machine that was just enrolled.
     *
     * @param generation the number of the enrolment, higher than that of any earlier one of the machine. A verifier that
     *     forgets a machine when it is removed can take the time of the enrolment
     * @param at when
     * @return a record without reports
     */
    public static AttestationRecord enrol(long generation, Instant at) {
        return new AttestationRecord(generation, at, Optional.empty());
    }

    /**
     * The record of this machine when it was removed and is enrolled again. Reports of the enrolment before are dropped
     * from now on.
     *
     * @param at when
     * @return a record without reports, of the next generation
     * @throws ArithmeticException if there is no next generation
     */
    public AttestationRecord enrolAgain(Instant at) {
        return enrol(Math.addExact(generation, 1), at);
    }

    /**
     * Adds a report.
     *
     * @param report a report on this machine
     * @return the record with it, and what became of it
     */
    public Addition add(Report report) {
        if (report.generation() != generation) {
            return new Addition(this, Disposition.OTHER_ENROLMENT);
        }
        if (newest.isEmpty() || report.standsAgainst(newest.get())) {
            return new Addition(
                    new AttestationRecord(generation, enrolledAt, Optional.of(report)), Disposition.RECORDED);
        }
        Report known = newest.get();
        if (report.number() < known.number()) {
            return new Addition(this, Disposition.OLDER);
        }
        boolean agrees = report.accepted() == known.accepted();
        return new Addition(this, agrees ? Disposition.DUPLICATE : Disposition.OVERRULED);
    }

    /**
     * How the machine stands.
     *
     * @param now the time, by the same clock as the times of the reports
     * @param interval how often a report is expected
     * @return the status, which depends on nothing but this record and the arguments
     * @throws IllegalArgumentException if {@code interval} is not positive
     */
    public Assessment assess(Instant now, Duration interval) {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("an interval of " + interval);
        }
        Instant last = newest.map(Report::at).orElse(enrolledAt);
        int missed = missedIntervals(Duration.between(last, now), interval);
        return new Assessment(status(missed), missed, now.isBefore(last));
    }

    private Status status(int missed) {
        if (newest.isPresent() && !newest.get().accepted()) {
            return Status.FAIL;
        }
        if (missed >= MISSED_UNTIL_TIMEOUT) {
            return Status.TIMEOUT;
        }
        return newest.isPresent() ? Status.PASS : Status.PENDING;
    }

    private static int missedIntervals(Duration elapsed, Duration interval) {
        Duration rest = elapsed;
        int missed = 0;
        while (missed < MISSED_UNTIL_TIMEOUT && rest.compareTo(interval) >= 0) {
            rest = rest.minus(interval);
            missed++;
        }
        return missed;
    }
}
