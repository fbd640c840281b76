package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.policy.AttestationRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The clock of the service, and how often machines report.
 *
 * @param clock the clock
 * @param interval how often a machine reports
 * @param nonceLifetime how long a challenge may be answered
 */
public record Timing(Clock clock, Duration interval, Duration nonceLifetime) {
    /** {@return the time, to the millisecond, which each database keeps} */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** {@return when a machine that reports no more times out} */
    public Instant dueAfter(Instant last) {
        return last.plus(interval.multipliedBy(AttestationRecord.MISSED_UNTIL_TIMEOUT));
    }

    /** {@return the status of a machine now} */
    public AttestationRecord.Assessment assess(AttestationRecord record) {
        return record.assess(now(), interval);
    }
}
