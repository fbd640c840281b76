/**
 * Which data of a log its digests cover, and how far each field is bound to a digest.
 *
 * <p>For many types of events the digest is the hash of the event data. For others it is the hash of something that the log does not
 * hold, and then the data are only what the machine says.
 *
 * <pre>{@code
 * CheckedLog checked = CheckedLog.of(log);
 * for (CheckedEvent event : checked.events()) {
 *     EventData data = event.claimedData();
 *     for (Field field : data.fields()) {
 *         Coverage coverage = event.coverage(HashAlgorithm.SHA256, field);
 *         System.out.println(event.event().number() + " " + field.name() + " " + coverage);
 *     }
 * }
 * }</pre>
 *
 * <p>A {@link io.github.measuredboot.eventlog.check.DigestCheck} has the rule by which the digest was understood, and the result. Real
 * firmware departs from the specification in known ways. Each of them is a {@link io.github.measuredboot.eventlog.check.DigestQuirk} with
 * a {@link io.github.measuredboot.eventlog.check.DigestQuirk.Severity}, and a caller may refuse some of them:
 *
 * <pre>{@code
 * CheckedLog strict = CheckedLog.of(log, AcceptedQuirks.NONE);
 * boolean contradicted = strict.events().stream()
 *         .flatMap(event -> event.checks().stream())
 *         .anyMatch(check -> check.status() == DigestStatus.DIFFERS);
 * }</pre>
 *
 * <p>All of this is claimed, covered or not: whoever writes a log can write digests that fit it. A covered field is as trustworthy as the
 * PCR of its event in that bank, and {@link io.github.measuredboot.replay.VerifiedLog} hands out only what such a PCR covers. Nothing
 * covers the type of an event. An event that extends no PCR (one of type EV_NO_ACTION, or of a PCR above 23) is covered in no bank.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.eventlog.check;

import org.jspecify.annotations.NullMarked;
