package io.github.measuredboot.policy;

import io.github.measuredboot.attest.IdentityLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known about one machine's attestations: when it was enrolled, its newest report, its newest failure, and how many
 * there were. Adding reports in any order, and any of them several times, leads to the same newest report, the same newest
 * failure and the same status. Only {@link #attestationCount}, {@link #consecutiveFailures} and {@link #lastSuccess} depend on
 * the order: they take into account only reports that were the newest when they were added, so a report that comes late is not
 * counted.
 *
 * <p>Order is decided by the numbers of reports and enrolments, which the verifier hands out, and never by a clock: a clock
 * that is set back, or a report that was delayed, changes no verdict. Times only count missed intervals. If the clock is behind
 * the time of the newest report, no interval counts as missed, and {@link Assessment#clockIsBehind()} is true. The machine then
 * times out later than it should, by as much as the clock went back.
 */
public final class AttestationRecord {
    private final long generation;
    private final Instant enrolledAt;
    private final IdentityLevel identity;
    private final Optional<Report> newest;
    private final Optional<Report> newestFailure;
    private final OptionalLong clearedThrough;
    private final Earlier earlier;

    private AttestationRecord(
            long generation,
            Instant enrolledAt,
            IdentityLevel identity,
            Optional<Report> newest,
            Optional<Report> newestFailure,
            OptionalLong clearedThrough,
            Earlier earlier) {
        requireOfGeneration(generation, newest);
        requireOfGeneration(generation, newestFailure);
        requireOfGeneration(generation, earlier.success());
        long highest = newest.map(Report::number).orElse(Long.MIN_VALUE);
        boolean isConsistent = newest.isPresent()
                ? newestFailure
                                .map(report -> !report.accepted() && report.number() <= highest)
                                .orElse(true)
                        && (newest.get().accepted() || newestFailure.equals(newest))
                        && earlier.success()
                                .map(report -> report.number() < highest)
                                .orElse(true)
                : newestFailure.isEmpty() && earlier.equals(Earlier.NOTHING);
        if (!isConsistent
                || (clearedThrough.isPresent() && (newest.isEmpty() || clearedThrough.getAsLong() > highest))) {
            throw new IllegalArgumentException("reports that contradict each other: newest " + newest
                    + ", newest failure " + newestFailure + ", cleared through " + clearedThrough + ", " + earlier);
        }
        this.generation = generation;
        this.enrolledAt = enrolledAt;
        this.identity = identity;
        this.newest = newest;
        this.newestFailure = newestFailure;
        this.clearedThrough = clearedThrough;
        this.earlier = earlier;
    }

    /** {@return the number of the enrolment; higher for every later one of the same machine} */
    public long generation() {
        return generation;
    }

    /** {@return when the machine was enrolled} */
    public Instant enrolledAt() {
        return enrolledAt;
    }

    /** {@return how far it was proved at the enrolment that the machine's attestation key is in a TPM} */
    public IdentityLevel identity() {
        return identity;
    }

    /** {@return the report with the highest number, if there is one} */
    public Optional<Report> newest() {
        return newest;
    }

    /** {@return the rejected report with the highest number, if there is one} */
    public Optional<Report> newestFailure() {
        return newestFailure;
    }

    /** {@return the number of the report up to which an operator has cleared failures} */
    public OptionalLong clearedThrough() {
        return clearedThrough;
    }

    /** {@return what came before the newest report} */
    public Earlier earlier() {
        return earlier;
    }

    /** The number of missed intervals after which a machine has timed out. */
    public static final int MISSED_UNTIL_TIMEOUT = 5;

    /** The status of a machine. */
    public enum Status {
        /** It has not reported since it was enrolled, and has not yet timed out. */
        PENDING,
        /** Its newest report was accepted, and fewer than five intervals have been missed since. */
        PASS,
        /**
         * Its newest report was rejected or, with {@link Clearing#BY_OPERATOR}, any report was rejected that no operator has
         * cleared. Silence does not change this.
         */
        FAIL,
        /** Five intervals have passed since its newest report, which was accepted, or since its enrolment if there is none. */
        TIMEOUT
    }

    /** What makes a machine that has failed pass again. */
    public enum Clearing {
        /** A newer report that is accepted. */
        BY_PASS,
        /**
         * An operator, by {@link #clearFailuresThrough}. Until then a failure stays, even one whose report came late, after
         * newer reports that were accepted.
         */
        BY_OPERATOR
    }

    /** What happened to a report. */
    public enum Disposition {
        /** It is the newest one now. */
        RECORDED,
        /** It was recorded before. */
        DUPLICATE,
        /**
         * A report with a higher number is known: this one came late. It changes nothing, unless it was rejected and is the newest
         * failure.
         */
        OLDER,
        /** Another report with the same number but another result is known, and is kept: of two such reports, the rejected one is kept. */
        OVERRULED,
        /** It belongs to another enrolment of this machine and is dropped. */
        OTHER_ENROLMENT
    }

    /**
     * The outcome of one attestation.
     *
     * @param generation the enrolment in which it was asked for
     * @param number the number of the challenge that it answers; higher for every later one of the enrolment
     * @param at when it was verified, by the verifier's clock
     * @param accepted whether the verdict was to accept
     */
    public record Report(long generation, long number, Instant at, boolean accepted) {
        private boolean prevailsOver(Report other) {
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
     * What is kept of the reports before the newest one, so that another report with the number of the newest one, which
     * overrules it, is not counted as an additional report.
     *
     * @param reports how many there were
     * @param failures how many of the last of them were rejected in a row
     * @param success the last of them that was accepted
     */
    public record Earlier(long reports, long failures, Optional<Report> success) {
        private static final Earlier NOTHING = new Earlier(0, 0, Optional.empty());

        /**
         * Validates the components.
         *
         * @param reports how many there were
         * @param failures how many of the last of them were rejected in a row
         * @param success the last of them that was accepted
         * @throws IllegalArgumentException if the numbers contradict each other, or {@code success} was rejected
         */
        public Earlier {
            boolean isPossible = failures >= 0 && failures <= reports - (success.isPresent() ? 1 : 0);
            if (!isPossible || success.filter(report -> !report.accepted()).isPresent()) {
                throw new IllegalArgumentException(
                        failures + " failures of " + reports + " reports, the last success being " + success);
            }
        }
    }

    /**
     * A record with one more report.
     *
     * @param record the record, the same as before if the report changes nothing
     * @param disposition what happened to the report
     */
    public record Addition(AttestationRecord record, Disposition disposition) {}

    /**
     * The status of a machine at some time.
     *
     * @param status the status
     * @param missedIntervals how many whole intervals passed without a report, 0 to {@link #MISSED_UNTIL_TIMEOUT}
     * @param clockIsBehind whether the time is before that of the newest report or, without one, of the enrolment
     */
    public record Assessment(Status status, int missedIntervals, boolean clockIsBehind) {}

    /**
     * Returns a builder for a record that was stored in a form other than {@code AttestationRecordJson}.
     *
     * @param generation {@link #generation}
     * @param enrolledAt {@link #enrolledAt}
     * @return a builder of a record without reports
     */
    public static Builder builder(long generation, Instant enrolledAt) {
        return new Builder(generation, enrolledAt);
    }

    /** Rebuilds a record from its parts. For use by one thread. */
    public static final class Builder {
        private final long generation;
        private final Instant enrolledAt;
        private IdentityLevel identity = IdentityLevel.UNKNOWN;
        private Optional<Report> newest = Optional.empty();
        private Optional<Report> newestFailure = Optional.empty();
        private OptionalLong clearedThrough = OptionalLong.empty();
        private Earlier earlier = Earlier.NOTHING;

        private Builder(long generation, Instant enrolledAt) {
            this.generation = generation;
            this.enrolledAt = enrolledAt;
        }

        /** Sets {@link AttestationRecord#identity()}. */
        public Builder identity(IdentityLevel level) {
            identity = level;
            return this;
        }

        /** Sets {@link AttestationRecord#newest()}. */
        public Builder newest(Report report) {
            newest = Optional.of(report);
            return this;
        }

        /** Sets {@link AttestationRecord#newestFailure()}. */
        public Builder newestFailure(Report report) {
            newestFailure = Optional.of(report);
            return this;
        }

        /** Sets {@link AttestationRecord#clearedThrough()}. */
        public Builder clearedThrough(long number) {
            clearedThrough = OptionalLong.of(number);
            return this;
        }

        /** Sets {@link AttestationRecord#earlier()}. */
        public Builder earlier(Earlier reports) {
            earlier = reports;
            return this;
        }

        /**
         * Builds the record.
         *
         * @return the record
         * @throws IllegalArgumentException if a report belongs to another enrolment, or the reports contradict each other
         */
        public AttestationRecord build() {
            return new AttestationRecord(
                    generation, enrolledAt, identity, newest, newestFailure, clearedThrough, earlier);
        }
    }

    private static void requireOfGeneration(long generation, Optional<Report> report) {
        if (report.isPresent() && report.get().generation() != generation) {
            throw new IllegalArgumentException(
                    "a report of enrolment " + report.get().generation() + " in the record of enrolment " + generation);
        }
    }

    /**
     * Returns the record of a machine that was just enrolled.
     *
     * @param generation the number of the enrolment, higher than that of any earlier one of the machine. A verifier that
     *     forgets a machine when it is removed can use the time of the enrolment
     * @param at when it is enrolled
     * @return a record without reports
     */
    public static AttestationRecord enrol(long generation, Instant at) {
        return builder(generation, at).build();
    }

    /**
     * Returns this record with what the enrolment has proved about the machine's attestation key. Another enrolment has to
     * prove it anew.
     *
     * @param level the level of the key's identity ({@code KeyIdentity.level})
     * @return the record with that level, which is {@link IdentityLevel#UNKNOWN} until it is set
     */
    public AttestationRecord withIdentity(IdentityLevel level) {
        return new AttestationRecord(generation, enrolledAt, level, newest, newestFailure, clearedThrough, earlier);
    }

    /**
     * Returns a new record for this machine after it was removed and is enrolled again. Reports of the previous enrolment are
     * dropped from now on.
     *
     * @param at when it is enrolled
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
     * @return the record with it, and what happened to it
     */
    public Addition add(Report report) {
        if (report.generation() != generation) {
            return new Addition(this, Disposition.OTHER_ENROLMENT);
        }
        Optional<Report> failure = report.accepted()
                        || newestFailure
                                .filter(known -> !report.prevailsOver(known))
                                .isPresent()
                ? newestFailure
                : Optional.of(report);
        if (newest.isEmpty() || report.prevailsOver(newest.get())) {
            boolean isOneMore =
                    newest.isEmpty() || report.number() > newest.get().number();
            Earlier before =
                    isOneMore ? new Earlier(attestationCount(), consecutiveFailures(), lastSuccess()) : earlier;
            return new Addition(
                    new AttestationRecord(
                            generation, enrolledAt, identity, Optional.of(report), failure, clearedThrough, before),
                    Disposition.RECORDED);
        }
        Report known = newest.get();
        if (report.number() < known.number()) {
            return new Addition(
                    failure.equals(newestFailure)
                            ? this
                            : new AttestationRecord(
                                    generation, enrolledAt, identity, newest, failure, clearedThrough, earlier),
                    Disposition.OLDER);
        }
        boolean agrees = report.accepted() == known.accepted();
        return new Addition(this, agrees ? Disposition.DUPLICATE : Disposition.OVERRULED);
    }

    /**
     * How many attestations there have been since the enrolment, whether accepted or rejected. Reports that came late are not
     * counted.
     *
     * @return 0 if there was none
     */
    public long attestationCount() {
        return earlier.reports() + (newest.isPresent() ? 1 : 0);
    }

    /**
     * How many of the last attestations were rejected in a row, the newest included.
     *
     * @return 0 if the newest was accepted or there was none
     */
    public long consecutiveFailures() {
        return newest.isEmpty() || newest.get().accepted() ? 0 : earlier.failures() + 1;
    }

    /** {@return the last report that was accepted, or empty if there was none since the enrolment} */
    public Optional<Report> lastSuccess() {
        return newest.filter(Report::accepted).or(earlier::success);
    }

    /**
     * Returns the record after an operator has looked into the failures up to some report and cleared them, for {@link
     * Clearing#BY_OPERATOR}. The newest report still has to be accepted for the machine to pass, and a failure of a later
     * report fails it again.
     *
     * @param number the number of the last report that the operator has seen
     * @return the record with the decision; failures that were cleared before stay cleared
     * @throws IllegalArgumentException if there is no report with that number or a higher one: a future failure cannot be
     *     cleared
     */
    public AttestationRecord clearFailuresThrough(long number) {
        if (newest.isEmpty() || number > newest.get().number()) {
            throw new IllegalArgumentException("no report has the number " + number + " yet");
        }
        long cleared = Math.max(number, clearedThrough.orElse(number));
        return new AttestationRecord(
                generation, enrolledAt, identity, newest, newestFailure, OptionalLong.of(cleared), earlier);
    }

    /**
     * The status of the machine, given that a pass clears a failure.
     *
     * @param now the time, by the same clock as the times of the reports
     * @param interval how often a report is expected
     * @return the status, which depends on nothing but this record and the arguments
     * @throws IllegalArgumentException if {@code interval} is not positive
     */
    public Assessment assess(Instant now, Duration interval) {
        return assess(now, interval, Clearing.BY_PASS);
    }

    /**
     * The status of the machine.
     *
     * @param now the time, by the same clock as the times of the reports
     * @param interval how often a report is expected
     * @param clearing what makes a machine that has failed pass again
     * @return the status, which depends on nothing but this record and the arguments
     * @throws IllegalArgumentException if {@code interval} is not positive
     */
    public Assessment assess(Instant now, Duration interval, Clearing clearing) {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("an interval of " + interval);
        }
        Instant last = newest.map(Report::at).orElse(enrolledAt);
        int missed = missedIntervals(Duration.between(last, now), interval);
        return new Assessment(status(missed, clearing), missed, now.isBefore(last));
    }

    private Status status(int missed, Clearing clearing) {
        if (hasFailed(clearing)) {
            return Status.FAIL;
        }
        if (missed >= MISSED_UNTIL_TIMEOUT) {
            return Status.TIMEOUT;
        }
        return newest.isPresent() ? Status.PASS : Status.PENDING;
    }

    private boolean hasFailed(Clearing clearing) {
        boolean newestFailed = newest.filter(report -> !report.accepted()).isPresent();
        boolean isUncleared = newestFailure
                .filter(report -> clearedThrough.isEmpty() || report.number() > clearedThrough.getAsLong())
                .isPresent();
        return newestFailed || (clearing == Clearing.BY_OPERATOR && isUncleared);
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

    private List<Object> components() {
        return List.of(generation, enrolledAt, identity, newest, newestFailure, clearedThrough, earlier);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AttestationRecord that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    @Override
    public String toString() {
        return "AttestationRecord" + components();
    }
}
