/**
 * The structures of UEFI and of the TCG PC Client Platform Firmware Profile that a measured boot leaves behind: variables and what
 * they hold, GPT, image load events, handoff tables, firmware blobs.
 *
 * <p>A {@code decode(data, offset)} decodes all of {@code data}; {@code offset} is where they begin in the whole input, and counts
 * only for the {@link io.github.measuredboot.bytes.Fault} of the exception.
 *
 * <p>Every type of this package is immutable and safe for use by several threads. Structures have {@code decode(data, offset)}, where
 * {@code offset} is the place of the data in the whole input and serves the faults alone, and {@code encode()}, which gives the same
 * bytes back. Integers are little-endian and unsigned; 32 bits come as a {@code long}, and 64 bits come as a {@code long} that is negative
 * from 2<sup>63</sup> on. Decoding throws {@link io.github.measuredboot.bytes.MalformedDataException} and nothing else; a {@link
 * io.github.measuredboot.uefi.Certificate} that cannot be read is kept with its fault.
 *
 * <p>What is decoded is what somebody wrote down. Whether a PCR covers it is for other packages to say.
 */
@NullMarked
package io.github.measuredboot.uefi;

import org.jspecify.annotations.NullMarked;
