package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;

/**
 * Bytes that should be a certificate and are none.
 *
 * @param encoded the bytes
 * @param fault what is wrong
 */
public record BrokenCertificate(Bytes encoded, Fault fault) implements Certificate {}
