/**
 * Replay of event logs, comparison with the PCR values of a TPM, and the events that these prove.
 *
 * <h2>From evidence to a result</h2>
 *
 * <p>{@link io.github.measuredboot.replay.Evidence} takes everything that a machine sent; it is the one call that most
 * verifiers need:
 *
 * <pre>{@code
 * ReplayedLog replayed = Evidence.of(Replay.of(EventLog.copyOf(logBytes)))
 *         .withValues(values)
 *         .withQuote(quote, key, nonce)
 *         .evaluate();
 * if (!replayed.isProved(HashAlgorithm.SHA256, 7)) {
 *     throw new SecurityException("nothing proves what the log says of PCR 7");
 * }
 * }</pre>
 *
 * <p>A {@link io.github.measuredboot.replay.Replay} is arithmetic on the claims of a log. The {@link
 * io.github.measuredboot.replay.ReplayedLog} says for which banks and PCRs the log reproduces the values that were given
 * ({@link io.github.measuredboot.replay.ReplayedLog#isReproduced}), and whether a quote proves them ({@link
 * io.github.measuredboot.replay.ReplayedLog#isProved}). Without a quote, a result is only as good as the values are:
 *
 * <pre>{@code
 * ReplayedLog asserted = Replay.of(log).compareWith(values);
 * for (PcrComparison pcr : asserted.comparisons(HashAlgorithm.SHA256)) {
 *     System.out.println(pcr.pcr() + " " + pcr.status());
 * }
 * }</pre>
 *
 * <p>A PCR that was extended by something that is not in the log is never a success: see {@link
 * io.github.measuredboot.replay.PcrStatus}. Why values differ is explained by package {@code diagnosis}.
 *
 * <h2>Verified events</h2>
 *
 * <p>What the events say is read from a {@link io.github.measuredboot.replay.VerifiedLog}, which has only the events of PCRs
 * that are reproduced in one bank, and their data only where the digest covers it:
 *
 * <pre>{@code
 * for (VerifiedEvent event : evidence.verified(HashAlgorithm.SHA256).events(7)) {
 *     if (!event.isAfterSeparator()) {
 *         event.coveredVariable().flatMap(VariableEventData::known).ifPresent(System.out::println);
 *     }
 * }
 * }</pre>
 *
 * <p>A reproduced PCR proves the digests of its events in this bank, their number and their order. It does not prove the
 * types of the events, data that a digest does not cover, EV_NO_ACTION events, or the order of events of different PCRs.
 *
 * <p>Every type in this package is immutable and safe for use by multiple threads.
 */
@NullMarked
package io.github.measuredboot.replay;

import org.jspecify.annotations.NullMarked;
