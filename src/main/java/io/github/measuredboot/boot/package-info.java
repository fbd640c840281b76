/**
 * The story that a log tells of a boot: what state Secure Boot was in, what was loaded, with which command line.
 *
 * <p>Every statement is a {@link io.github.measuredboot.boot.Stated}: it names its event and says how far a digest covers it.
 * {@link io.github.measuredboot.boot.Stated#covered()} gives a value only where the digest covers it; what is merely claimed has
 * to be asked for by that name. Covered is not yet proved: the PCR must replay to a value that is trusted, and no digest covers
 * the type of an event. The order of events of different PCRs is not proved by anything.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.boot;

import org.jspecify.annotations.NullMarked;
