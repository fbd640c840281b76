/**
 * Executables that the firmware loads: PE images with the digests that it measures, and unified kernel images with what
 * systemd's stub measures of them. From these a reference state can be made before any machine has booted the image.
 *
 * <p>Every type of this package is immutable and safe for use by several threads. Nothing is copied out of a file that is
 * given as {@link io.github.measuredboot.bytes.Bytes}, and hostile files lead to no other exception than {@link
 * io.github.measuredboot.bytes.MalformedDataException}.
 */
@NullMarked
package io.github.measuredboot.uefi.image;

import org.jspecify.annotations.NullMarked;
