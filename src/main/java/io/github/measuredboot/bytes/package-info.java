/**
 * Immutable byte sequences, the one exception for data that cannot be read, and the limits on reading.
 *
 * <h2>Bytes</h2>
 *
 * <p>A {@link io.github.measuredboot.bytes.Bytes} is a window over an array. Slicing copies nothing, and every access is checked against the window:
 *
 * <pre>{@code
 * Bytes bytes = Bytes.wrap(logBytes);
 * long pcr = bytes.u32(0);            // little-endian, as everything in an event log
 * Bytes digest = bytes.slice(8, 20);
 * String text = digest.toHex();
 * Bytes same = Bytes.parseHex(text);
 * }</pre>
 *
 * <p>{@link io.github.measuredboot.bytes.Bytes#wrap wrap} shares the caller's array, {@link io.github.measuredboot.bytes.Bytes#copyOf copyOf} does not. Sequences are
 * {@code Comparable}, equal by content, and safe as keys of a {@code TreeMap}.
 *
 * <h2>Faults</h2>
 *
 * <p>Whatever reads bytes or text from somebody else throws {@link io.github.measuredboot.bytes.MalformedDataException} if they are
 * malformed, and no other exception. Its {@link io.github.measuredboot.bytes.Fault} says where and why:
 *
 * <pre>{@code
 * try {
 *     EventLog.copyOf(new byte[] {1, 2, 3});
 * } catch (MalformedDataException e) {
 *     Fault fault = e.fault();
 *     System.err.println(fault.offset() + ": " + fault.structure() + ", " + fault.reason());
 * }
 * }</pre>
 *
 * <p>Methods called {@code parse}, {@code decode} and {@code read} are of this kind. Constructors and methods called {@code of} take what
 * the program has itself, and throw an {@link java.lang.IllegalArgumentException} if that does not make a value; {@link
 * io.github.measuredboot.bytes.Bytes#parseHex parseHex} is one of them, like the methods of that name in {@link java.util.HexFormat}.
 *
 * <p>Where reading must go on, a fault is a part of the result: see {@link
 * io.github.measuredboot.eventlog.EventLog#examine}.
 *
 * <h2>Limits</h2>
 *
 * <p>{@link io.github.measuredboot.bytes.ParseLimits} bounds the size of a log, and the numbers of its events and of its algorithms. The
 * defaults admit every known log:
 *
 * <pre>{@code
 * ParseLimits limits = ParseLimits.DEFAULT.withMaxLogSize(1 << 20).withMaxEvents(5_000);
 * EventLog small = EventLog.parse(Bytes.wrap(logBytes), limits);
 * }</pre>
 *
 * <p>Every type of this package is immutable and safe for use by several threads, as long as nobody changes an array that was
 * given to {@code wrap}.
 */
@NullMarked
package io.github.measuredboot.bytes;

import org.jspecify.annotations.NullMarked;
