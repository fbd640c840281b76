package io.github.measuredboot.uefi.image;

import io.github.measuredboot.tpm.Digest;

/**
 * The two events of PCR 11 (EV_IPL) with which systemd's stub measures a section.
 *
 * @param section the section's name
 * @param name the digest of the first event: of the name and a NUL
 * @param content the digest of the second event: of the section as it is in memory, VirtualSize bytes
 */
public record SectionMeasurement(String section, Digest name, Digest content) {}
