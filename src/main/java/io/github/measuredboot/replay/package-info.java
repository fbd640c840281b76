/**
 * Replay of an event log, and its comparison with the PCR values of a TPM.
 *
 * <p>A {@link io.github.measuredboot.replay.Replay} is arithmetic on the claims of a log. It becomes worth something by
 * {@link io.github.measuredboot.replay.Replay#compareWith}: the {@link io.github.measuredboot.replay.ReplayedLog} says
 * for which banks and PCRs the digests of the log reproduce the values that the caller gave. That is as good as the
 * values are: if they are asserted, so is the result. Values that a quote proves make it a proof ({@link
 * io.github.measuredboot.replay.ReplayedLog#isProved}); {@link io.github.measuredboot.replay.Evidence} is the one call for
 * all of this.
 *
 * <pre>{@code
 * ReplayedLog replayed = Replay.of(EventLog.copyOf(log)).compareWith(PcrValues.readSysfs(Path.of("/sys/class/tpm/tpm0")));
 * if (!replayed.isReproduced(HashAlgorithm.SHA256, 7)) {
 *     throw new SecurityException("PCR 7 is not what the log says");
 * }
 * }</pre>
 *
 * <p>What the events say is read through {@link io.github.measuredboot.replay.VerifiedLog}, which has only the events of PCRs
 * that are reproduced in one bank, and their data only where the digest covers them:
 *
 * <pre>{@code
 * for (VerifiedEvent event : replayed.verified(HashAlgorithm.SHA256).events(7)) {
 *     if (!event.isAfterSeparator()) {
 *         event.coveredVariable().flatMap(VariableEventData::known).ifPresent(System.out::println);
 *     }
 * }
 * }</pre>
 *
 * <p>What a reproduced PCR proves: the digests of this PCR's events in this bank, their number and their order. What it
 * does not: the types of the events, any data that a digest does not cover, and the EV_NO_ACTION events.
 *
 * <p>Why values differ is a question for the package {@code diagnosis}.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.replay;

import org.jspecify.annotations.NullMarked;
