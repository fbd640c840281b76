/**
 * What Windows measures: the tree of tagged events in its part of the event log (WBCL, {@code wbcl.h} of the Windows SDK), and the state
 * of the boot that it describes.
 *
 * <pre>{@code
 * Bytes data = Bytes.parseHex("01000400" + "01000000" + "01"); // one element: type, size, value
 * SipaTree tree = SipaTree.decode(data, 0);
 * tree.walk().forEach(element -> System.out.println(element));
 * WindowsBootState windows = new WindowsBootState(List.of(tree));
 * windows.flags(SipaEventType.BOOTDEBUGGING).forEach(fact -> System.out.println(fact.value()));
 * }</pre>
 *
 * <p>An event of type EV_EVENT_TAG, or an EV_NO_ACTION event of no PCR, whose data is such a tree is a {@link
 * io.github.measuredboot.eventlog.data.WindowsData}, and {@link io.github.measuredboot.boot.BootSummary#windows} has the state of the
 * boot together with what proves it.
 *
 * <p>Nothing here is proved. A {@link io.github.measuredboot.windows.SipaElement} is what it claims; whether a digest covers it, and
 * whether its PCR is reproduced, depends on the event that it comes from. Elements of EV_NO_ACTION events, and those that themselves say
 * that they are not measured, stay claims. Anybody may have written what follows the separator {@code WBCL} in PCR 12 to 14.
 *
 * <p>All integers are little-endian. Decoding never throws: what breaks its structure is kept with its bytes and the fault.
 * Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.windows;

import org.jspecify.annotations.NullMarked;
