/**
 * Immutable views of binary data, the one exception for data that is not what it should be, and the limits of a reader.
 *
 * <p>Every type of this package is immutable and safe for use by several threads. A {@link
 * io.github.measuredboot.bytes.Bytes} that shares its array with the caller keeps that promise as long as the caller
 * leaves the array alone.
 *
 * @serial exclude
 */
@NullMarked
package io.github.measuredboot.bytes;

import org.jspecify.annotations.NullMarked;
