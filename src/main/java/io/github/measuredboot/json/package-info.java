/**
 * JSON in and out: PCR values, systemd's userspace log, canonical event logs, and what the library has to say about a log.
 *
 * <p>Numbers are JSON numbers, binary data is lower-case hexadecimal, hash algorithms have the names of tpm2-tools.
 */
@NullMarked
package io.github.measuredboot.json;

import org.jspecify.annotations.NullMarked;
