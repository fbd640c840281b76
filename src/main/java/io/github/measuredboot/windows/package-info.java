/**
 * What Windows measures: the tree of tagged events in its part of the event log (WBCL, {@code wbcl.h} of the Windows SDK),
 * and the state of the boot that it describes.
 *
 * <p>Nothing here is proved. A {@link io.github.measuredboot.windows.SipaElement} says what it claims; whether a digest
 * covers it, and whether the PCR replays, is for the event that it comes from to tell. Elements of EV_NO_ACTION events and
 * those that say themselves that they are not measured stay claims. After the separator {@code WBCL} in PCRs 12 to
 * 14 anybody may have written.
 *
 * <p>All integers are little-endian. Decoding never throws: what breaks its structure is kept with its bytes and the fault.
 * Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.windows;

import org.jspecify.annotations.NullMarked;
