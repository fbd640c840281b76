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
 *     event.coveredData(HashAlgorithm.SHA256, VariableEventData.class)
 *             .ifPresent(variable -> use(variable));
 * }
 * }</pre>
 *
 * <p>A covered field is as trustworthy as the PCR of the event in that bank: see {@link io.github.measuredboot.replay}. The
 * type of an event is covered by nothing.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.eventlog.check;

import org.jspecify.annotations.NullMarked;
