package io.github.measuredboot.diagnosis;

import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.refstate.DigestSet;
import java.util.OptionalInt;

/**
 * An event, as a reference state expects it or as a log has it.
 *
 * @param number its number in the log; empty for an event of a reference state, and for a record of the userspace log
 * @param claimedType the type that it claims; a state has that of the good boot
 * @param description what was measured, printable; empty if that is not known
 * @param descriptionClaimed whether the description is read from a log whose digest does not cover it
 * @param digests the digests, in the banks that were compared
 */
public record EventReference(
        OptionalInt number, EventType claimedType, String description, boolean descriptionClaimed, DigestSet digests) {}
