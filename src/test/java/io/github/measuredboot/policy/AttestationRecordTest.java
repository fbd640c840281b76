package io.github.measuredboot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.attest.IdentityLevel;
import io.github.measuredboot.policy.AttestationRecord.Addition;
import io.github.measuredboot.policy.AttestationRecord.Assessment;
import io.github.measuredboot.policy.AttestationRecord.Clearing;
import io.github.measuredboot.policy.AttestationRecord.Disposition;
import io.github.measuredboot.policy.AttestationRecord.Earlier;
import io.github.measuredboot.policy.AttestationRecord.Report;
import io.github.measuredboot.policy.AttestationRecord.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AttestationRecordTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    @Test
    void aNewMachineIsPendingAndTimesOutAfterFiveIntervals() {
        AttestationRecord record = AttestationRecord.enrol(1, START);
        assertEquals(new Assessment(Status.PENDING, 0, false), assess(record, 0));
        assertEquals(new Assessment(Status.PENDING, 4, false), assess(record, 49));
        assertEquals(new Assessment(Status.TIMEOUT, 5, false), assess(record, 50));
        assertEquals(new Assessment(Status.TIMEOUT, 5, false), assess(record, 500_000));
    }

    @Test
    void aMachineTimesOutFiveIntervalsAfterItsReportAndRecovers() {
        AttestationRecord record =
                AttestationRecord.enrol(1, START).add(pass(1, 7)).record();
        assertEquals(Status.PASS, assess(record, 7).status());
        assertEquals(new Assessment(Status.PASS, 4, false), assess(record, 56));
        assertEquals(new Assessment(Status.TIMEOUT, 5, false), assess(record, 57));
        AttestationRecord recovered = record.add(pass(2, 60)).record();
        assertEquals(Status.PASS, assess(recovered, 61).status());
        AttestationRecord broken = record.add(fail(2, 60)).record();
        assertEquals(Status.FAIL, assess(broken, 61).status());
    }

    @Test
    void silenceDoesNotHideAFailure() {
        AttestationRecord failed =
                AttestationRecord.enrol(1, START).add(fail(1, 0)).record();
        assertEquals(new Assessment(Status.FAIL, 5, false), assess(failed, 100_000));
        assertEquals(
                Status.PASS,
                assess(failed.add(pass(2, 100_000)).record(), 100_000).status());
    }

    @Test
    void attestationsFailuresAndTheLastSuccessAreCounted() {
        AttestationRecord record = AttestationRecord.enrol(1, START);
        assertEquals(List.of(0L, 0L, Optional.empty()), counts(record));
        record = record.add(fail(1, 1)).record();
        assertEquals(List.of(1L, 1L, Optional.empty()), counts(record));
        record = record.add(pass(2, 2)).record();
        assertEquals(List.of(2L, 0L, Optional.of(pass(2, 2))), counts(record));
        record = record.add(fail(4, 4)).record();
        record = record.add(fail(7, 7)).record();
        assertEquals(List.of(4L, 2L, Optional.of(pass(2, 2))), counts(record));
        for (Report again : List.of(fail(7, 7), pass(7, 8), pass(3, 3), fail(4, 4), pass(2, 2))) {
            assertEquals(counts(record), counts(record.add(again).record()), again.toString());
        }
        assertEquals(
                List.of(5L, 0L, Optional.of(pass(9, 9))),
                counts(record.add(pass(9, 9)).record()));
        assertEquals(List.of(0L, 0L, Optional.empty()), counts(record.enrolAgain(START)));
    }

    /** The first of two reports of one number was accepted, and counted as a success until the second one came. */
    @Test
    void anOverruledSuccessIsNoSuccessAndNoAttestationOfItsOwn() {
        AttestationRecord record = AttestationRecord.enrol(1, START);
        for (Report report : List.of(pass(1, 1), fail(2, 2), pass(3, 3), fail(3, 4))) {
            record = record.add(report).record();
        }
        assertEquals(List.of(3L, 2L, Optional.of(pass(1, 1))), counts(record));
    }

    private static List<Object> counts(AttestationRecord record) {
        return List.of(record.attestationCount(), record.consecutiveFailures(), record.lastSuccess());
    }

    /** An attacker is found out once, restores what is looked at, and passes from then on. */
    @Test
    void whereAnOperatorMustClearAFailureAPassDoesNot() {
        AttestationRecord record = AttestationRecord.enrol(1, START);
        for (Report report : List.of(pass(1, 1), fail(2, 2), pass(3, 3))) {
            record = record.add(report).record();
        }
        assertEquals(Status.PASS, assess(record, 3).status());
        assertEquals(Status.FAIL, assessByOperator(record, 3));
        assertEquals(Status.FAIL, assessByOperator(record.clearFailuresThrough(1), 3), "another failure");
        AttestationRecord cleared = record.clearFailuresThrough(2);
        assertEquals(Status.PASS, assessByOperator(cleared, 3));
        assertEquals(cleared, cleared.clearFailuresThrough(1), "what was cleared stays cleared");
        assertEquals(Status.FAIL, assessByOperator(cleared.add(fail(4, 4)).record(), 4));
        AttestationRecord failedAgain =
                cleared.add(fail(4, 4)).record().add(pass(5, 5)).record();
        assertEquals(Status.FAIL, assessByOperator(failedAgain, 5));
        assertEquals(Status.TIMEOUT, assessByOperator(cleared, 100));
        assertEquals(Status.FAIL, assessByOperator(record, 100));
        assertEquals(Status.PENDING, assessByOperator(record.enrolAgain(START), 3));
    }

    @Test
    void aFailureThatComesLateStillNeedsAnOperator() {
        AttestationRecord passed =
                AttestationRecord.enrol(1, START).add(pass(5, 5)).record();
        Addition late = passed.add(fail(4, 4));
        assertEquals(Disposition.OLDER, late.disposition());
        assertEquals(Status.PASS, assess(late.record(), 5).status());
        assertEquals(Status.FAIL, assessByOperator(late.record(), 5));
        assertSame(late.record(), late.record().add(fail(3, 3)).record());
        AttestationRecord cleared = passed.clearFailuresThrough(5);
        assertEquals(Status.PASS, assessByOperator(cleared.add(fail(4, 4)).record(), 5));
    }

    @Test
    void aFailureOfTheNewestReportIsNoMatterOfClearing() {
        AttestationRecord failed =
                AttestationRecord.enrol(1, START).add(fail(1, 1)).record().clearFailuresThrough(1);
        assertEquals(Status.FAIL, assessByOperator(failed, 1));
        assertEquals(Status.FAIL, assess(failed, 1).status());
        assertEquals(Status.PASS, assessByOperator(failed.add(pass(2, 2)).record(), 2));
    }

    @Test
    void failuresToComeCannotBeCleared() {
        AttestationRecord none = AttestationRecord.enrol(1, START);
        assertThrows(IllegalArgumentException.class, () -> none.clearFailuresThrough(0));
        AttestationRecord one = none.add(pass(1, 1)).record();
        assertThrows(IllegalArgumentException.class, () -> one.clearFailuresThrough(2));
        assertThrows(
                IllegalArgumentException.class,
                () -> of(one.newest(), Optional.empty(), OptionalLong.of(2), one.earlier()));
    }

    @Test
    void recordsThatContradictThemselvesAreRefused() {
        Earlier none = new Earlier(0, 0, Optional.empty());
        OptionalLong notCleared = OptionalLong.empty();
        for (Optional<Report> failure :
                List.of(Optional.<Report>empty(), Optional.of(fail(1, 1)), Optional.of(pass(2, 2)))) {
            assertThrows(IllegalArgumentException.class, () -> of(Optional.of(fail(2, 2)), failure, notCleared, none));
        }
        assertThrows(
                IllegalArgumentException.class, () -> of(Optional.empty(), Optional.of(fail(1, 1)), notCleared, none));
        assertThrows(IllegalArgumentException.class, () -> new Earlier(1, 2, Optional.empty()));
        assertThrows(IllegalArgumentException.class, () -> new Earlier(1, 1, Optional.of(pass(1, 1))));
        assertThrows(IllegalArgumentException.class, () -> new Earlier(1, 0, Optional.of(fail(1, 1))));
    }

    @Test
    void partsOfARecordFitTogetherUpToTheirLastNumber() {
        Earlier one = new Earlier(1, 0, Optional.of(pass(1, 1)));
        Earlier none = new Earlier(0, 0, Optional.empty());
        assertFits(true, Optional.of(pass(2, 2)), Optional.empty(), OptionalLong.empty(), one);
        assertFits(false, Optional.of(pass(1, 2)), Optional.empty(), OptionalLong.empty(), one);
        assertFits(true, Optional.of(pass(2, 2)), Optional.of(fail(2, 2)), OptionalLong.of(2), none);
        assertFits(false, Optional.of(pass(2, 2)), Optional.of(fail(3, 2)), OptionalLong.empty(), none);
        assertFits(false, Optional.of(pass(2, 2)), Optional.empty(), OptionalLong.of(3), none);
        assertFits(false, Optional.empty(), Optional.empty(), OptionalLong.of(0), none);
        assertFits(false, Optional.empty(), Optional.empty(), OptionalLong.empty(), one);
        assertFits(true, Optional.empty(), Optional.empty(), OptionalLong.empty(), none);
        Report other = new Report(2, 2, START, true);
        Report otherFailure = new Report(2, 1, START, false);
        assertFits(false, Optional.of(other), Optional.empty(), OptionalLong.empty(), none);
        assertFits(false, Optional.of(pass(2, 2)), Optional.of(otherFailure), OptionalLong.empty(), none);
        assertFits(
                false,
                Optional.of(pass(3, 2)),
                Optional.empty(),
                OptionalLong.empty(),
                new Earlier(1, 0, Optional.of(other)));
        assertEquals(1, new Earlier(2, 1, Optional.of(pass(1, 1))).failures());
        assertEquals(2, new Earlier(2, 2, Optional.empty()).failures());
        assertThrows(IllegalArgumentException.class, () -> new Earlier(1, -1, Optional.empty()));
    }

    private static AttestationRecord of(
            Optional<Report> newest, Optional<Report> failure, OptionalLong cleared, Earlier earlier) {
        AttestationRecord.Builder record = AttestationRecord.builder(1, START).earlier(earlier);
        newest.ifPresent(record::newest);
        failure.ifPresent(record::newestFailure);
        cleared.ifPresent(record::clearedThrough);
        return record.build();
    }

    private static void assertFits(
            boolean fits, Optional<Report> newest, Optional<Report> failure, OptionalLong cleared, Earlier earlier) {
        if (fits) {
            assertEquals(newest, of(newest, failure, cleared, earlier).newest());
        } else {
            assertThrows(IllegalArgumentException.class, () -> of(newest, failure, cleared, earlier));
        }
    }

    private static Status assessByOperator(AttestationRecord record, int minutes) {
        return record.assess(START.plus(Duration.ofMinutes(minutes)), INTERVAL, Clearing.BY_OPERATOR)
                .status();
    }

    @Test
    void aReportThatComesLateChangesNothing() {
        AttestationRecord record =
                AttestationRecord.enrol(1, START).add(fail(5, 50)).record();
        Addition late = record.add(pass(4, 60));
        assertEquals(Disposition.OLDER, late.disposition());
        assertSame(record, late.record());
    }

    @Test
    void ofTwoReportsOfOneNumberTheRejectedOneStands() {
        AttestationRecord record =
                AttestationRecord.enrol(1, START).add(pass(5, 50)).record();
        assertEquals(Disposition.DUPLICATE, record.add(pass(5, 50)).disposition());
        assertEquals(Disposition.DUPLICATE, record.add(pass(5, 51)).disposition());
        Addition rejected = record.add(fail(5, 51));
        assertEquals(Disposition.RECORDED, rejected.disposition());
        assertEquals(Disposition.OVERRULED, rejected.record().add(pass(5, 50)).disposition());
    }

    @Test
    void reportsOfAnotherEnrolmentAreDropped() {
        AttestationRecord before =
                AttestationRecord.enrol(1, START).add(fail(9, 1)).record();
        AttestationRecord again = before.enrolAgain(START.plusSeconds(600));
        assertEquals(2, again.generation());
        assertEquals(Status.PENDING, assess(again, 10).status());
        for (long generation : new long[] {1, 3}) {
            Addition dropped = again.add(new Report(generation, 10, START.plusSeconds(700), true));
            assertEquals(Disposition.OTHER_ENROLMENT, dropped.disposition());
            assertSame(again, dropped.record());
        }
        assertEquals(
                Disposition.RECORDED, again.add(new Report(2, 1, START, true)).disposition());
        assertThrows(
                IllegalArgumentException.class,
                () -> AttestationRecord.builder(2, START)
                        .newest(new Report(1, 1, START, true))
                        .build());
        AttestationRecord last = AttestationRecord.enrol(Long.MAX_VALUE, START);
        assertThrows(ArithmeticException.class, () -> last.enrolAgain(START));
    }

    @Test
    void aClockThatWasSetBackIsReportedAndReportsStillCount() {
        AttestationRecord record =
                AttestationRecord.enrol(1, START).add(pass(1, 1000)).record();
        assertEquals(new Assessment(Status.PASS, 0, true), assess(record, 0));
        AttestationRecord failed = record.add(fail(2, 10)).record();
        assertEquals(new Assessment(Status.FAIL, 0, false), assess(failed, 10));
        AttestationRecord passed = record.add(pass(2, 10)).record();
        assertEquals(new Assessment(Status.TIMEOUT, 5, false), assess(passed, 60));
        assertTrue(assess(AttestationRecord.enrol(1, START), -1).clockIsBehind());
    }

    @Test
    void extremeTimesAndIntervalsAreFine() {
        AttestationRecord record = AttestationRecord.enrol(1, Instant.MIN);
        assertEquals(
                Status.TIMEOUT, record.assess(Instant.MAX, Duration.ofNanos(1)).status());
        assertEquals(
                Status.PENDING,
                record.assess(Instant.MAX, Duration.ofSeconds(Long.MAX_VALUE)).status());
        assertEquals(
                new Assessment(Status.PENDING, 0, true),
                AttestationRecord.enrol(1, Instant.MAX).assess(Instant.MIN, Duration.ofNanos(1)));
        assertThrows(IllegalArgumentException.class, () -> record.assess(START, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> record.assess(START, Duration.ofSeconds(-1)));
    }

    @Provide
    Arbitrary<List<Report>> reports() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 3),
                        Arbitraries.longs().between(0, 6),
                        Arbitraries.integers().between(-20, 100),
                        Arbitraries.of(true, false))
                .as((generation, number, minutes, accepted) ->
                        new Report(generation, number, START.plus(Duration.ofMinutes(minutes)), accepted))
                .list()
                .ofMaxSize(20);
    }

    @Property
    void orderAndRepetitionsOfReportsDoNotMatter(@ForAll("reports") List<Report> reports, @ForAll long seed) {
        List<Report> shuffled = new ArrayList<>(reports);
        shuffled.addAll(reports);
        Collections.shuffle(shuffled, new Random(seed));
        AttestationRecord one = addAll(reports);
        AttestationRecord other = addAll(shuffled);
        assertEquals(one.newest(), other.newest());
        assertEquals(one.newestFailure(), other.newestFailure());
        for (int minutes = -20; minutes < 200; minutes += 10) {
            assertEquals(assess(one, minutes), assess(other, minutes));
            assertEquals(assessByOperator(one, minutes), assessByOperator(other, minutes));
        }
    }

    @Property
    void anOperatorIsAskedJustAfterAFailure(@ForAll("reports") List<Report> reports) {
        AttestationRecord record = addAll(reports);
        boolean anyFailed = reports.stream().anyMatch(report -> report.generation() == 2 && !report.accepted());
        assertEquals(anyFailed, assessByOperator(record, 0) == Status.FAIL);
    }

    @Property
    void theStatusIsThatOfAMachineDescribedInWords(
            @ForAll("reports") List<Report> reports, @ForAll("minutes") int minutes) {
        AttestationRecord record = addAll(reports);
        List<Report> counting =
                reports.stream().filter(report -> report.generation() == 2).toList();
        long highest = counting.stream().mapToLong(Report::number).max().orElse(-1);
        List<Report> newest =
                counting.stream().filter(report -> report.number() == highest).toList();
        Instant now = START.plus(Duration.ofMinutes(minutes));

        Status expected;
        if (newest.stream().anyMatch(report -> !report.accepted())) {
            expected = Status.FAIL;
        } else {
            Instant last =
                    newest.stream().map(Report::at).min(Instant::compareTo).orElse(START);
            boolean isSilent = !last.plus(INTERVAL.multipliedBy(5)).isAfter(now);
            expected = isSilent ? Status.TIMEOUT : newest.isEmpty() ? Status.PENDING : Status.PASS;
        }
        assertEquals(expected, record.assess(now, INTERVAL).status());
    }

    @Provide
    Arbitrary<Integer> minutes() {
        return Arbitraries.integers().between(-100, 300);
    }

    /** Steps of a machine's life against a model that keeps the whole history. */
    @Property
    void aLifeOfStepsAgreesWithItsHistory(@ForAll("steps") List<Integer> steps) {
        AttestationRecord record = AttestationRecord.enrol(0, START);
        Instant now = START;
        long number = 0;
        List<Report> history = new ArrayList<>();
        Set<Report> known = new HashSet<>();
        Instant enrolled = START;
        for (int step : steps) {
            switch (step) {
                case 0 -> now = now.plus(INTERVAL);
                case 1, 2 -> {
                    number++;
                    Report report = new Report(record.generation(), number, now, step == 1);
                    assertEquals(Disposition.RECORDED, record.add(report).disposition());
                    record = record.add(report).record();
                    history.add(report);
                    known.add(report);
                }
                case 3 -> {
                    record = record.enrolAgain(now);
                    enrolled = now;
                    history.clear();
                }
                default -> {
                    AttestationRecord unchanged = record;
                    known.forEach(
                            old -> assertSame(unchanged, unchanged.add(old).record()));
                }
            }
            Optional<Report> last = history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1));
            assertEquals(last, record.newest());
            assertEquals(history.size(), record.attestationCount());
            int failures = 0;
            while (failures < history.size()
                    && !history.get(history.size() - 1 - failures).accepted()) {
                failures++;
            }
            assertEquals(failures, record.consecutiveFailures());
            assertEquals(
                    failures < history.size()
                            ? Optional.of(history.get(history.size() - 1 - failures))
                            : Optional.empty(),
                    record.lastSuccess());
            Duration silence = Duration.between(last.map(Report::at).orElse(enrolled), now);
            Status expected = last.map(report -> report.accepted() ? Status.PASS : Status.FAIL)
                    .orElse(Status.PENDING);
            if (expected != Status.FAIL && silence.dividedBy(INTERVAL) >= 5) {
                expected = Status.TIMEOUT;
            }
            Assessment assessment = record.assess(now, INTERVAL);
            assertEquals(expected, assessment.status());
            assertFalse(assessment.clockIsBehind());
        }
    }

    @Provide
    Arbitrary<List<Integer>> steps() {
        return Arbitraries.of(0, 0, 0, 0, 1, 1, 2, 3, 4).list().ofMaxSize(60);
    }

    private static AttestationRecord addAll(List<Report> reports) {
        AttestationRecord record = AttestationRecord.enrol(2, START);
        for (Report report : reports) {
            record = record.add(report).record();
        }
        return record;
    }

    private static Assessment assess(AttestationRecord record, int minutes) {
        return record.assess(START.plus(Duration.ofMinutes(minutes)), INTERVAL);
    }

    private static Report pass(long number, int minutes) {
        return new Report(1, number, START.plus(Duration.ofMinutes(minutes)), true);
    }

    private static Report fail(long number, int minutes) {
        return new Report(1, number, START.plus(Duration.ofMinutes(minutes)), false);
    }

    @Test
    void recordsAreEqualByAllTheirParts() {
        AttestationRecord record =
                AttestationRecord.enrol(1, START).add(fail(1, 1)).record();
        AttestationRecord same =
                AttestationRecord.enrol(1, START).add(fail(1, 1)).record();
        assertEquals(record, same);
        assertEquals(record.hashCode(), same.hashCode());
        assertEquals(Optional.of(fail(1, 1)), record.newestFailure());
        assertTrue(record.toString().contains(fail(1, 1).toString()), record.toString());
        AttestationRecord enrolled = AttestationRecord.enrol(1, START);
        assertNotEquals(enrolled, AttestationRecord.enrol(2, START));
        assertNotEquals(enrolled, AttestationRecord.enrol(1, START.plusSeconds(1)));
        assertNotEquals(enrolled, enrolled.withIdentity(IdentityLevel.PROVED_BY_EK));
        assertNotEquals(enrolled, record);
        assertNotEquals(record, record.add(fail(2, 2)).record());
        assertNotEquals(record, record.clearFailuresThrough(1));
    }

    @Test
    void theIdentityIsThatOfTheEnrolment() {
        AttestationRecord enrolled = AttestationRecord.enrol(1, START);
        assertEquals(IdentityLevel.UNKNOWN, enrolled.identity());
        AttestationRecord proved = enrolled.withIdentity(IdentityLevel.PROVED_BY_EK);
        AttestationRecord later =
                proved.add(fail(1, 1)).record().add(pass(1, 2)).record();
        assertEquals(IdentityLevel.PROVED_BY_EK, later.identity());
        assertEquals(IdentityLevel.PROVED_BY_EK, later.clearFailuresThrough(1).identity());
        assertEquals(IdentityLevel.PROVED_BY_EK, later.add(fail(1, 1)).record().identity());
        assertEquals(IdentityLevel.UNKNOWN, later.enrolAgain(START).identity());
    }
}
