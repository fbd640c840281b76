/**
 * Verdicts: whether a machine booted what it should have.
 *
 * <table class="plain">
 * <caption>The main types</caption>
 * <thead><tr><th scope="col">type</th><th scope="col">what it is</th></tr></thead>
 * <tbody>
 * <tr><td>{@link io.github.measuredboot.policy.Enrolment}</td><td>makes a reference state of a good boot, and checks that it
 * accepts that boot</td></tr>
 * <tr><td>{@link io.github.measuredboot.policy.BootPolicy}</td><td>judges evidence by a reference state</td></tr>
 * <tr><td>{@link io.github.measuredboot.policy.PolicyOptions}</td><td>what the policy lets pass; each option's documentation
 * says what it gives up</td></tr>
 * <tr><td>{@link io.github.measuredboot.policy.Verdict}, {@link io.github.measuredboot.policy.Finding}</td><td>the outcome, and
 * what each {@link io.github.measuredboot.policy.Rule} found</td></tr>
 * <tr><td>{@link io.github.measuredboot.policy.CoverageReport}</td><td>which PCRs and events the verdict depends on, and how far</td></tr>
 * <tr><td>{@link io.github.measuredboot.policy.EventPolicy}, {@link io.github.measuredboot.policy.Clauses}</td><td>custom
 * policies</td></tr>
 * <tr><td>{@link io.github.measuredboot.policy.AttestationRecord}</td><td>the reports of a machine, and its status</td></tr>
 * <tr><td>{@link io.github.measuredboot.policy.FirstUsePins}</td><td>PCR values that must not change within a boot</td></tr>
 * </tbody>
 * </table>
 *
 * <h2>Judge a boot</h2>
 *
 * <pre>{@code
 * BootPolicy policy = BootPolicy.of(state);
 * PcrSelection toQuote = policy.requiredPcrs(HashAlgorithm.SHA256, false); // what to ask the machine's TPM for
 * Verdict verdict = policy.evaluate(evidence);
 * if (!verdict.isAccepted()) {
 *     verdict.rejections().forEach(finding -> System.err.println(finding.message()));
 * }
 * }</pre>
 *
 * <p>{@link io.github.measuredboot.policy.Verdict#isAccepted()} is true only if a quote with a fresh nonce proves every PCR
 * that the policy needs. Rules recognize an event by its digest, or by data that the digest covers, and by its place before or
 * after the separator of its own PCR. The type that an event claims decides nothing.
 *
 * <p>What to let pass is a named decision:
 *
 * <pre>{@code
 * PolicyOptions options = PolicyOptions.builderFor(state)
 *         .allowSecureBootOff()
 *         .mode(1, PcrMode.FREE)
 *         .build();
 * Verdict verdict = BootPolicy.of(state, options).evaluate(evidence);
 * }</pre>
 *
 * <h2>Custom rules</h2>
 *
 * <p>{@link io.github.measuredboot.policy.BootPolicy#and} adds a clause. A policy that consists only of custom clauses is an
 * {@link io.github.measuredboot.policy.EventPolicy}. Each PCR that it judges has one {@link
 * io.github.measuredboot.refstate.PcrMode mode} and must be reproduced, and clauses accept its events.
 *
 * <pre>{@code
 * BootPolicy stricter = BootPolicy.of(state).and("nothing-in-pcr-14", List.of(14), Clauses.empty(14));
 *
 * EventPolicy images = EventPolicy.builder()
 *         .judge(4, PcrMode.SEQUENCE)
 *         .require("images", List.of(4), Clauses.sequence(4, state.alternatives(4)))
 *         .build();
 * Verdict verdict = images.evaluate(evidence, HashAlgorithm.SHA256);
 * }</pre>
 *
 * <h2>What to store</h2>
 *
 * <p>For each kind of machine, store its reference state; for each machine, store the name of its attestation key and its
 * {@link io.github.measuredboot.policy.AttestationRecord}. The record orders reports by the numbers that the verifier gave its
 * challenges, and provides the status of the machine:
 *
 * <pre>{@code
 * AttestationRecord record = AttestationRecord.enrol(1, Instant.EPOCH);
 * record = record.add(new AttestationRecord.Report(1, 1, Instant.EPOCH.plusSeconds(60), true)).record();
 * AttestationRecord.Assessment now = record.assess(Instant.EPOCH.plusSeconds(90), Duration.ofMinutes(1));
 * assert now.status() == AttestationRecord.Status.PASS;
 * }</pre>
 *
 * <p>Nothing here reads a clock or keeps anything: times are arguments, and storage is left to the caller.
 *
 * <p>Every type in this package except the builders is immutable and safe for use by multiple threads.
 */
@NullMarked
package io.github.measuredboot.policy;

import org.jspecify.annotations.NullMarked;
