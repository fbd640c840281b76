/**
 * The story of a boot: what state Secure Boot was in, what was loaded, with which command line.
 *
 * <pre>{@code
 * ReplayedLog replayed = Evidence.of(Replay.of(log)).withValues(values).evaluate();
 * BootSummary summary = BootSummary.of(replayed, HashAlgorithm.SHA256);
 * Optional<Boolean> secureBoot = summary.secureBoot().coveredMode(KnownVariable.SECURE_BOOT);
 * }</pre>
 *
 * <p>Every statement is a {@link io.github.measuredboot.boot.Claim}: it names its event, how far a digest covers it, and how far the
 * PCR of the digest is proved. {@link io.github.measuredboot.boot.Claim#covered()} gives a value only where the digest covers it and
 * the PCR is reproduced; what is merely claimed has to be asked for by that name. Of a log without PCR values all is claimed.
 *
 * <p>No digest covers the type of an event: what is said about Secure Boot goes by the place and the content of an event, and that an
 * event is a firmware version, an image or a command line is a claim where only its type says so. The order of events of different PCRs
 * is not proved by anything.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.boot;

import org.jspecify.annotations.NullMarked;
