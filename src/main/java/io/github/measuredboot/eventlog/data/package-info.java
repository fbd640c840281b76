/**
 * The data of events, decoded by the type that the event claims, one record for each structure.
 *
 * <pre>{@code
 * EventData data = EventData.decode(event);
 * if (data instanceof ImageLoadData image) {
 *     show(image.imageLoad().devicePath());
 * }
 * }</pre>
 *
 * <p>Every {@link io.github.measuredboot.eventlog.data.EventData} keeps its bytes as {@code raw()}. Decoding never fails: see {@link io.github.measuredboot.eventlog.data.MalformedEventData}. Nothing here says what a digest
 * covers; that is what {@link io.github.measuredboot.eventlog.check} is for. Data to
 * decide by come from there.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.eventlog.data;

import org.jspecify.annotations.NullMarked;
