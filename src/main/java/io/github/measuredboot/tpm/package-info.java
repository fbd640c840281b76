/**
 * What a TPM 2.0 holds: hash algorithms, digests, PCR banks, and the PCR values that somebody says a TPM has.
 *
 * <p>{@link io.github.measuredboot.tpm.PcrValues} read from a file are an assertion of whoever wrote the file. Nothing in
 * this package proves that they came from a TPM.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.tpm;

import org.jspecify.annotations.NullMarked;
