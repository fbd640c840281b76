/**
 * TCG PC Client event logs: reading, looking at single events, and writing.
 *
 * <p>An {@link io.github.measuredboot.eventlog.EventLog} is well framed, and that is all. Everything in it, event types
 * and digests included, is a claim of the machine that sent it, until a replay has reproduced PCR values that can be
 * trusted; see {@link io.github.measuredboot.replay}.
 *
 * <pre>{@code
 * EventLog log = EventLog.read(Path.of("/sys/kernel/security/tpm0/binary_bios_measurements"));
 * for (Event event : log.events()) {
 *     System.out.println(event.number() + " PCR " + event.pcrIndex() + " " + event.claimedType().name());
 * }
 * }</pre>
 *
 * <p>Both formats of the TCG PC Client Platform Firmware Profile (PFP) are read: SHA-1 logs of {@code TCG_PCR_EVENT}
 * structures, and crypto-agile logs, where {@code TCG_PCR_EVENT2} structures follow a Spec ID Event03 header. All integers
 * are little-endian. Peculiarities of real firmware are read and told as {@link
 * io.github.measuredboot.eventlog.Diagnostic}s; what cannot be read as a log leads to a {@link
 * io.github.measuredboot.bytes.MalformedDataException}.
 *
 * <p>What the operating system measured afterwards is in another log: systemd's {@link
 * io.github.measuredboot.eventlog.UserspaceLog}, or, together with the firmware's events, a {@link
 * io.github.measuredboot.eventlog.CanonicalEventLog}. Both are JSON; package {@code json} reads them.
 *
 * <p>Every type of this package but {@link io.github.measuredboot.eventlog.EventLogBuilder} is immutable and safe for use
 * by several threads, provided that nobody changes an array that {@code EventLog.wrap} shares.
 */
@NullMarked
package io.github.measuredboot.eventlog;

import org.jspecify.annotations.NullMarked;
