/**
 * What a TPM holds and states: hash algorithms, digests, PCR banks, PCR values, and quotes over them.
 *
 * <p>{@link io.github.measuredboot.tpm.PcrValues} read from a file are an assertion of whoever wrote the file. They are
 * proved by a quote: {@link io.github.measuredboot.tpm.QuoteVerifier} makes {@link
 * io.github.measuredboot.tpm.QuotedPcrs} of them, which name just the banks and PCRs that the quote is over.
 *
 * <p>What the caller has to do: choose a fresh {@link io.github.measuredboot.tpm.Nonce} for each quote, know that the
 * {@link io.github.measuredboot.tpm.AttestationKey} is that of a TPM, and look at {@link
 * io.github.measuredboot.tpm.QuotedPcrs#findings}: by a key that is not restricted, anything can be signed.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.tpm;

import org.jspecify.annotations.NullMarked;
