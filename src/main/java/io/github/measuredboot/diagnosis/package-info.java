/**
 * Why a machine is not as expected, for a person who has to act on it.
 *
 * <h2>Why does the TPM have another value than this log gives?</h2>
 *
 * <p>An {@link io.github.measuredboot.diagnosis.Explanation} tries what real machines do: events that were logged but never
 * extended, another startup locality, a bank that was capped, a log of another boot.
 *
 * <pre>{@code
 * ReplayedLog replayed = Replay.of(EventLog.copyOf(otherLogBytes)).compareWith(values);
 * for (Explanation.PcrExplanation pcr : Explanation.of(replayed).pcrs()) {
 *     pcr.messages().forEach(message -> System.out.println("PCR " + pcr.pcr() + ": " + message));
 * }
 * }</pre>
 *
 * <h2>What did this boot measure differently from that one?</h2>
 *
 * <p>A {@link io.github.measuredboot.diagnosis.LogDifference} compares two logs event by event and reports what their data say about each difference.
 *
 * <pre>{@code
 * LogDifference difference = LogDifference.between(Replay.of(log), Replay.of(EventLog.copyOf(otherLogBytes)));
 * System.out.println(difference.message()); // for instance "different in PCR 1: BootOrder changed from 0001, 0000 to 0000, 0001"
 * for (PcrDifference pcr : difference.pcrs()) {
 *     for (LogChange change : pcr.changes()) {
 *         System.out.println(pcr.pcr() + " " + change.place() + ": " + change.message());
 *     }
 * }
 * }</pre>
 *
 * <h2>What do these two reference states expect differently?</h2>
 *
 * <p>A {@link io.github.measuredboot.diagnosis.StateDifference} compares them PCR by PCR, and key by key.
 *
 * <pre>{@code
 * ReferenceState now = ReferenceStateMaker.create().make(evidence);
 * StateDifference difference = StateDifference.between(state, now);
 * System.out.println(difference.message() + " " + difference.categories());
 * }</pre>
 *
 * <h2>Why is this boot not accepted, and what can be done?</h2>
 *
 * <p>A {@link io.github.measuredboot.diagnosis.Diagnosis} has the verdict of {@link io.github.measuredboot.policy.BootPolicy}
 * and, for each finding that rejects the boot, the events that differ from the reference state. If the log does not give the
 * PCR values, the diagnosis compares what the log claims, and marks that as claimed ({@link
 * io.github.measuredboot.diagnosis.StateChange#isClaimed}). Its {@link io.github.measuredboot.diagnosis.Hint hints} name
 * commands and options.
 *
 * <pre>{@code
 * Diagnosis diagnosis = Diagnosis.of(evidence, state, PolicyOptions.defaultsFor(state));
 * System.out.println(diagnosis.message()); // for instance "REJECTED: the UKI has changed (PCR 4, event 24: ...)"
 * diagnosis.hints().forEach(hint -> System.out.println(hint.message()));
 * }</pre>
 *
 * <p>None of this proves anything. Text that no digest covers is marked as claimed, and even covered text is worth no more than the
 * PCR values that reproduce its digest. A verdict is made by a policy.
 *
 * <p>Every type in this package is immutable and safe for use by multiple threads.
 */
@NullMarked
package io.github.measuredboot.diagnosis;

import org.jspecify.annotations.NullMarked;
