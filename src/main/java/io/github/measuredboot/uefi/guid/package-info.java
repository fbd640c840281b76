/**
 * GUIDs: 16 bytes, one canonical text, and names for display.
 *
 * <pre>{@code
 * Guid guid = Guid.of("8be4df61-93ca-11d2-aa0d-00e098032b8c");
 * String name = KnownGuids.name(guid).orElse("unknown"); // EFI_GLOBAL_VARIABLE
 * Bytes inMemory = guid.toBytes();                       // 61 df e4 8b ca 93 ...
 * Guid swapped = guid.byteSwapped();                     // 61dfe48b-ca93-d211-aa0d-00e098032b8c
 * }</pre>
 *
 * <p>The first three fields of a GUID are little-endian in memory. Some tools print the bytes in the order in which they are stored
 * instead; {@link io.github.measuredboot.uefi.guid.KnownGuids#unswap} recognizes such a text if it is the swapped form of a well-known
 * GUID. Names are for display only: decide by the GUID.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.uefi.guid;

import org.jspecify.annotations.NullMarked;
