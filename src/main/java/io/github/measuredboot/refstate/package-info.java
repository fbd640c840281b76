/**
 * Reference states: what is expected of a machine.
 *
 * <p>A {@link io.github.measuredboot.refstate.ReferenceState} has for each PCR a {@link
 * io.github.measuredboot.refstate.PcrMode mode} and the pinned events, the Secure Boot keys, and alternatives of firmware. It is
 * made of the evidence of a good boot, and only of what the PCR values of that boot prove. {@code policy.Enrolment} makes one
 * and checks that it accepts this evidence:
 *
 * <pre>{@code
 * ReplayedLog good = Evidence.of(Replay.of(EventLog.copyOf(log)))
 *         .withValues(values)
 *         .withQuote(quote, key, nonce)
 *         .evaluate();
 * ReferenceState state = Enrolment.enrol(good, ReferenceStateMaker.create());
 * String json = ReferenceStateJson.write(state, ReferenceStateJson.Form.FULL);
 * }</pre>
 *
 * <p>A machine that boots no Unified Kernel Image gets a state of its images: {@code
 * ReferenceStateMaker.create().withProfile(Profile.IMAGES)}.
 *
 * <p>When the UKI is about to change, {@link io.github.measuredboot.refstate.UkiRollout} makes the next state from the file of
 * the new UKI, before any machine has booted it, and {@link io.github.measuredboot.refstate.ReferenceStateMerge} makes one state
 * that accepts both while the fleet moves. What the claimed types of events decide here is what a person is shown, and which
 * image is called the UKI; a policy judges by the digests.
 *
 * <p>All types are immutable and thread-safe, builders excepted.
 */
@NullMarked
package io.github.measuredboot.refstate;

import org.jspecify.annotations.NullMarked;
