/**
 * Reference states: what is expected of a machine.
 *
 * <h2>What a state has</h2>
 *
 * <p>A {@link io.github.measuredboot.refstate.ReferenceState} has a {@link io.github.measuredboot.refstate.PcrMode mode} and
 * the pinned events for each PCR, the Secure Boot keys, and the alternatives of firmware. Each PCR has exactly one mode:
 *
 * <table class="plain">
 * <caption>Modes</caption>
 * <thead><tr><th scope="col">mode</th><th scope="col">accepts</th></tr></thead>
 * <tbody>
 * <tr><td>{@link io.github.measuredboot.refstate.PcrMode#SEQUENCE sequence}</td><td>exactly the pinned events, in order; after
 * the separator, only what is pinned for that place</td></tr>
 * <tr><td>{@link io.github.measuredboot.refstate.PcrMode#CONTENT content}</td><td>events whose content is covered and satisfies
 * the rule for its place, and pinned events</td></tr>
 * <tr><td>{@link io.github.measuredboot.refstate.PcrMode#EMPTY empty}</td><td>separators and nothing else</td></tr>
 * <tr><td>{@link io.github.measuredboot.refstate.PcrMode#FREE free}</td><td>anything that reproduces the value; nothing in this
 * PCR is evidence</td></tr>
 * </tbody>
 * </table>
 *
 * <h2>Enrol a machine</h2>
 *
 * <p>A state is made from the evidence of a good boot, and only from what the PCR values of that boot prove. {@link
 * io.github.measuredboot.policy.Enrolment} makes one and checks that it accepts this evidence. What to store is the state's
 * JSON:
 *
 * <pre>{@code
 * ReplayedLog good = Evidence.of(Replay.of(EventLog.copyOf(logBytes)))
 *         .withValues(values)
 *         .withQuote(quote, key, nonce)
 *         .evaluate();
 * ReferenceState reference = Enrolment.enrol(good, ReferenceStateMaker.create());
 * String json = ReferenceStateJson.write(reference, ReferenceStateJson.Form.FULL);
 * }</pre>
 *
 * <p>A machine that does not boot a Unified Kernel Image (UKI) gets a state of its images. What else to pin or to leave free is
 * chosen in the same place:
 *
 * <pre>{@code
 * ReferenceStateMaker maker = ReferenceStateMaker.builder()
 *         .profile(ReferenceState.Profile.IMAGES)
 *         .mode(1, PcrMode.SEQUENCE) // the settings of the machine must stay as they are
 *         .banks(Set.of(HashAlgorithm.SHA256))
 *         .build();
 * }</pre>
 *
 * <h2>Allow a second UKI during a rollout</h2>
 *
 * <p>{@link io.github.measuredboot.refstate.UkiRollout} makes the state of the next UKI from its file, before any machine has booted it, and {@link
 * io.github.measuredboot.refstate.ReferenceStateMerge} makes one state that accepts both while the fleet moves:
 *
 * <pre>{@code
 * ReferenceState next = UkiRollout.withUki(state, UnifiedKernelImage.of(PeImage.read(ukiFile)));
 * ReferenceStateMerge merge = ReferenceStateMerge.of(List.of(state, next));
 * merge.variations().forEach(varied -> System.out.println("PCR " + varied.pcr() + ": " + varied.message()));
 * ReferenceState both = merge.state();
 * }</pre>
 *
 * <p>Once all machines have moved, {@code next} replaces it. New firmware and new keys cannot be predicted: enrol a machine
 * that has them, and merge its state.
 *
 * <p>The claimed types of events determine what a person is shown, which events of PCR 2 are called firmware blobs, and which
 * image is called the UKI. A policy judges by the digests.
 *
 * <p>Every type in this package except the builders is immutable and safe for use by multiple threads.
 */
@NullMarked
package io.github.measuredboot.refstate;

import org.jspecify.annotations.NullMarked;
