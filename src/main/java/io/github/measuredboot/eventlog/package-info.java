/**
 * TCG PC Client event logs: reading, looking at single events, and writing.
 *
 * <h2>Read</h2>
 *
 * <pre>{@code
 * EventLog firmwareLog = EventLog.read(logFile); // for instance /sys/kernel/security/tpm0/binary_bios_measurements
 * for (Event event : firmwareLog.events()) {
 *     System.out.println(event.number() + " PCR " + event.pcrIndex() + " " + event.claimedType().name());
 * }
 * }</pre>
 *
 * <p>Both formats of the TCG PC Client Platform Firmware Profile (PFP) are read: SHA-1 logs of {@code TCG_PCR_EVENT} structures, and
 * crypto-agile logs, in which {@code TCG_PCR_EVENT2} structures follow a Spec ID Event03 header. Real firmware departs from the
 * specification in known ways; a log that does so is still read, and has {@link io.github.measuredboot.eventlog.Diagnostic}s. Data that
 * cannot be read lead to a {@link io.github.measuredboot.bytes.MalformedDataException}. For diagnosis, {@link
 * io.github.measuredboot.eventlog.EventLog#examine} returns the events before the fault:
 *
 * <pre>{@code
 * EventLog.Examination examination = EventLog.examine(Bytes.wrap(logBytes), ParseLimits.DEFAULT);
 * examination.fault().ifPresent(fault -> System.err.println(fault.message()));
 * examination.readable().diagnostics().forEach(diagnostic -> System.err.println(diagnostic.message()));
 * }</pre>
 *
 * <p>An {@link io.github.measuredboot.eventlog.EventLog} is known to be well framed, and no more than that. Everything in it, event types
 * and digests included, is a claim by the machine that sent it, until a replay has reproduced PCR values that can be trusted: see {@link
 * io.github.measuredboot.replay}. The data of events are decoded by {@link io.github.measuredboot.eventlog.data}.
 *
 * <h2>Other logs</h2>
 *
 * <p>What the operating system measures is recorded in separate logs: systemd's {@link io.github.measuredboot.eventlog.UserspaceLog}, or,
 * together with the firmware's events, a {@link io.github.measuredboot.eventlog.CanonicalEventLog}. Both are JSON, which package {@link
 * io.github.measuredboot.json} reads.
 *
 * <p>Every type of this package is immutable and safe for use by several threads, as long as nobody
 * changes an array that was given to {@code wrap}.
 */
@NullMarked
package io.github.measuredboot.eventlog;

import org.jspecify.annotations.NullMarked;
