/**
 * JSON in and out: PCR values, systemd's userspace log, canonical event logs, and what the library has to say about a log.
 *
 * <p>Also here: reference states and their differences, predictions, and verifications. Text that is not JSON, or not of the form
 * that is asked for, leads to a {@link io.github.measuredboot.bytes.MalformedDataException} and no other exception.
 *
 * <p>Numbers are JSON numbers, binary data is lower-case hexadecimal, hash algorithms have the names of tpm2-tools.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.json;

import org.jspecify.annotations.NullMarked;
