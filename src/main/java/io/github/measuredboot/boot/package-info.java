/**
 * What happened in a boot: the firmware, the state of Secure Boot, what was loaded and with which command line.
 *
 * <pre>{@code
 * BootSummary summary = BootSummary.of(evidence, HashAlgorithm.SHA256);
 * Optional<Boolean> secureBoot = summary.secureBoot().coveredMode(KnownVariable.SECURE_BOOT);
 * for (LoadedImage image : summary.images()) {
 *     System.out.println("event " + image.eventNumber() + ", " + image.phase());
 * }
 * for (Claim<FirmwareData.Version> version : summary.firmwareVersions()) {
 *     System.out.println(version.covered().map(Object::toString).orElse("claimed: " + version.claimedValue()));
 * }
 * }</pre>
 *
 * <p>Every statement is a {@link io.github.measuredboot.boot.Claim}: it names its event, and says how far a digest covers it and how far
 * the PCR of the digest is proved. {@link io.github.measuredboot.boot.Claim#covered()} gives a value only where the digest covers it and
 * the PCR is reproduced; what is merely claimed has to be asked for by that name. A summary of a log without PCR values has claims only:
 *
 * <pre>{@code
 * BootSummary claimed = BootSummary.of(CheckedLog.of(log), HashAlgorithm.SHA256);
 * }</pre>
 *
 * <p>No digest covers the type of an event. What is said about Secure Boot goes by the place and the content of events. Where only the
 * type of an event says that it is a firmware version, an image or a command line, that is a claim. The order of events of different PCRs
 * is not proved by anything.
 *
 * <p>The log of a confidential VM numbers measurement registers instead of PCRs: see {@link io.github.measuredboot.eventlog.MeasurementRegisters}.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.boot;

import org.jspecify.annotations.NullMarked;
