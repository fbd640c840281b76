/**
 * EFI device paths (UEFI 2.11 chapter 10), from bytes to nodes, from nodes to text and back.
 *
 * @see io.github.measuredboot.uefi.devicepath.DevicePath
 */
@NullMarked
package io.github.measuredboot.uefi.devicepath;

import org.jspecify.annotations.NullMarked;
