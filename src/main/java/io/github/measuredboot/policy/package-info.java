/**
 * What a machine is measured against, and how it fared over time.
 *
 * <p>A {@link io.github.measuredboot.policy.ReferenceState} holds what is expected of a machine that boots a Unified Kernel
 * Image: digests of its firmware, its Secure Boot keys, the digest of the image. {@link
 * io.github.measuredboot.policy.ReferenceStateDiff} tells two of them apart and names what happened. {@link
 * io.github.measuredboot.policy.FirstUsePins} holds the values of PCRs that no rule covers, for one boot; {@link
 * io.github.measuredboot.policy.AttestationRecord} turns a machine's reports into one status.
 *
 * <p>A reference state is as good as its source. One that was made from a log whose PCRs were not compared with a quote is
 * the claim of whoever sent the log.
 *
 * <p>Nothing here reads a clock or keeps anything: times are arguments, and storing the values is the caller's.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.policy;

import org.jspecify.annotations.NullMarked;
