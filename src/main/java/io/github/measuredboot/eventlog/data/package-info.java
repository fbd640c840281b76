/**
 * The data of events, decoded by the type that the event claims, one record for each structure.
 *
 * <p>Decoding never fails: see {@link io.github.measuredboot.eventlog.data.MalformedEventData}. Nothing here says what a digest
 * covers; that is what {@link io.github.measuredboot.eventlog.check} is for.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.eventlog.data;

import org.jspecify.annotations.NullMarked;
