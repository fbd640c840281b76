/**
 * GUIDs as UEFI stores and prints them, and names for those that are widely known. A name is for people: decide by the 16 bytes.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.uefi.guid;

import org.jspecify.annotations.NullMarked;
