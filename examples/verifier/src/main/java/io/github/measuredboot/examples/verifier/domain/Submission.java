package io.github.measuredboot.examples.verifier.domain;

import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.Quote;
import io.github.measuredboot.tpm.QuoteRefusedException;

/**
 * What a machine sent for one challenge.
 *
 * @param nonce the nonce of the challenge
 * @param pcrs the PCRs that it asked for
 * @param logs the logs
 * @param attest what the TPM signed
 * @param signature its signature
 * @param pcrValues the values of the PCRs, one after the other
 */
public record Submission(
        Bytes nonce, PcrSelection pcrs, Measurements logs, byte[] attest, byte[] signature, byte[] pcrValues) {

    /**
     * Finds out what it proves.
     *
     * @param signer the key that must have signed it
     * @return the evidence
     * @throws MalformedDataException if a part cannot be read
     * @throws QuoteRefusedException if the quote proves nothing
     */
    public ReplayedLog evaluate(KeyIdentity signer) throws MalformedDataException, QuoteRefusedException {
        return Evidence.of(logs.replay())
                .withValues(PcrValues.parsePcrreadBinary(Bytes.wrap(pcrValues), pcrs))
                .withQuote(Quote.decode(Bytes.wrap(attest), Bytes.wrap(signature)), signer, Nonce.of(nonce))
                .evaluate();
    }
}
