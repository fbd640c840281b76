/**
 * The data of events, decoded by the type that each event claims, with one Java type for each structure.
 *
 * <pre>{@code
 * for (Event event : log.events()) {
 *     EventData data = EventData.decode(event);
 *     if (data instanceof ImageLoadData image) {
 *         System.out.println(image.imageLoad().devicePath());
 *     } else if (data instanceof VariableEventData variable) {
 *         System.out.println(variable.variable().unicodeName());
 *     } else if (data instanceof MalformedEventData malformed) {
 *         System.err.println(malformed.fault().message());
 *     }
 * }
 * }</pre>
 *
 * <p>Decoding never fails. Data that break their structure are {@link io.github.measuredboot.eventlog.data.MalformedEventData}, data
 * without a known structure are {@link io.github.measuredboot.eventlog.data.OpaqueEventData}, and every {@link
 * io.github.measuredboot.eventlog.data.EventData} keeps its bytes as {@code raw()}. For display, {@link
 * io.github.measuredboot.eventlog.data.EventData#fields} gives the names and values in any structure, with their places:
 *
 * <pre>{@code
 * EventData data = EventData.decode(log.events().get(1));
 * data.fields().forEach(field -> System.out.println(field.offset() + " " + field.name() + ": " + field.value()));
 * }</pre>
 *
 * <p>All of this is claimed: the type, which chooses the structure, is covered by no digest. {@link
 * io.github.measuredboot.eventlog.check} says what a digest covers. Data to base decisions on come from {@link
 * io.github.measuredboot.replay.VerifiedEvent}, which does not go by types.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.eventlog.data;

import org.jspecify.annotations.NullMarked;
