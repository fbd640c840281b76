/**
 * What the digests of a log cover of its data, and how far each field is bound to them.
 *
 * <p>For many types of events the digest is the hash of the event data. For others it is the hash of something that the log
 * does not hold, and then the data are only what the machine says. Real firmware departs from the specification in known
 * ways: each is a {@link io.github.measuredboot.eventlog.check.DigestQuirk}, and a caller can refuse it.
 *
 * <pre>{@code
 * CheckedLog checked = CheckedLog.of(log);
 * for (CheckedEvent event : checked.events()) {
 *     EventData data = event.claimedData();
 *     Coverage proof = event.proof(HashAlgorithm.SHA256, 0, data.raw().length());
 *     show(event.event(), data, proof);
 * }
 * }</pre>
 *
 * <p>All of this is claimed, covered or not: who writes a log can write digests that fit it. A covered field is as trustworthy
 * as the PCR of its event in that bank, and {@code replay.VerifiedLog} hands out only what such a PCR covers. The type of an
 * event is covered by nothing. An event that extends no PCR, which is one of type EV_NO_ACTION or of a PCR above 23, is covered
 * in no bank.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.eventlog.check;

import org.jspecify.annotations.NullMarked;
