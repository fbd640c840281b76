/**
 * Verdicts: whether a machine booted what it should have.
 *
 * <p>{@link io.github.measuredboot.policy.BootPolicy} judges evidence by a {@link
 * io.github.measuredboot.refstate.ReferenceState}:
 *
 * <pre>{@code
 * BootPolicy policy = BootPolicy.of(state);
 * PcrSelection toQuote = policy.requiredPcrs(HashAlgorithm.SHA256, false);  // what to ask the machine's TPM for
 * Verdict verdict = policy.evaluate(evidence.evaluate());
 * if (!verdict.isAccepted()) {
 *     verdict.rejections().forEach(finding -> System.err.println(finding.message()));
 * }
 * }</pre>
 *
 * <p>What it lets pass is said by {@link io.github.measuredboot.policy.PolicyOptions}; each option's documentation says what it
 * gives up. A clause of one's own is added by {@link io.github.measuredboot.policy.BootPolicy#and}, and a policy of nothing but
 * one's own clauses is an {@link io.github.measuredboot.policy.EventPolicy}, made of the same parts: each PCR that it judges
 * has one {@link io.github.measuredboot.refstate.PcrMode mode} and must be reproduced, and {@link
 * io.github.measuredboot.policy.Clauses clauses} accept its events.
 *
 * <pre>{@code
 * EventPolicy policy = EventPolicy.builder()
 *         .judge(4, PcrMode.SEQUENCE)
 *         .require("loader", List.of(4), Clauses.sequence(4, List.of(pinnedEvents)))
 *         .build();
 * Verdict verdict = policy.evaluate(replayed, HashAlgorithm.SHA256);
 * }</pre>
 *
 * <p>Rules recognise an event by its digest, or by data that the digest covers, and by its place before or after the separator
 * of its own PCR. The type that an event claims decides nothing.
 *
 * <p>{@link io.github.measuredboot.policy.Enrolment} makes a reference state and checks that it accepts the evidence that it was
 * made of. {@link io.github.measuredboot.policy.FirstUsePins} holds the values of PCRs that no rule covers, for one boot; {@link
 * io.github.measuredboot.policy.AttestationRecord} turns a machine's reports into one status.
 *
 * <p>Nothing here reads a clock or keeps anything: times are arguments, and storing the values is the caller's.
 *
 * <p>Every type of this package is immutable and safe for use by several threads, builders excepted.
 */
@NullMarked
package io.github.measuredboot.policy;

import org.jspecify.annotations.NullMarked;
