package io.github.measuredboot.boot;

import io.github.measuredboot.eventlog.check.MeasuredConstant;
import java.util.Optional;

/**
 * What firmware has done (PFP 10.4.3 and 10.4.4): an event with the digest of a known text, whatever type it claims, or one of type
 * EV_EFI_ACTION, EV_ACTION or EV_OMIT_BOOT_DEVICE_EVENTS.
 *
 * @param constant the known text that this is; empty for any other
 * @param text the text
 */
public record Action(Optional<MeasuredConstant> constant, String text) {}
