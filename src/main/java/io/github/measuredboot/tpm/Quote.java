package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;

/**
 * A TPM's signed statement about its PCRs. It is a claim until {@link QuoteVerifier} has checked it.
 */
public sealed interface Quote {
    /**
     * A quote of a TPM 2.0.
     *
     * @param attest the statement
     * @param signature the signature over its encoded form
     */
    record Tpm20(Attest attest, TpmSignature signature) implements Quote {
        /** @throws IllegalArgumentException if the statement is not a quote */
        public Tpm20 {
            if (!(attest.attested() instanceof Attested.Quote)) {
                throw new IllegalArgumentException("the statement is not a quote");
            }
        }
    }

    /**
     * A quote of a TPM 1.2.
     *
     * @param quoteInfo the statement
     * @param composite the selected PCRs and their values, of which the statement holds a hash
     * @param signature an RSA signature, PKCS #1 v1.5 with SHA-1, over the statement's encoded form
     */
    record Tpm12(Tpm12Statement quoteInfo, Tpm12PcrComposite composite, Bytes signature) implements Quote {}

    /**
     * Decodes the two files that {@code tpm2_quote} writes.
     *
     * @param attest the TPMS_ATTEST ({@code -m}), or a TPM2B_ATTEST
     * @param signature the TPMT_SIGNATURE ({@code -s}, format tss)
     * @return the quote, sharing the bytes
     * @throws MalformedDataException if one of them is malformed, or states something other than a quote
     */
    static Quote decode(Bytes attest, Bytes signature) throws MalformedDataException {
        return new Tpm20(Attest.decodeQuote(attest), TpmSignature.decode(signature));
    }

    /**
     * Decodes a quote whose signature may be bare, as cloud SDKs and openssl store it: an RSA signature of the size of the modulus,
     * an ECDSA signature in DER, or its two numbers one after the other, each as long as the curve's. The scheme and the hash
     * algorithm are those that the key is bound to. If it is bound to none, the hash algorithm is that of the quote's digest,
     * determined by its size, and an RSA signature is PKCS #1 v1.5 or PSS, whichever it verifies as.
     *
     * @param attest the TPMS_ATTEST or TPM2B_ATTEST
     * @param signature the TPMT_SIGNATURE or the bare signature
     * @param key the key that is to verify the quote
     * @return the quote, sharing the bytes; it is not verified
     * @throws MalformedDataException if one of them is malformed, or states something other than a quote
     */
    static Quote decode(Bytes attest, Bytes signature, AttestationKey key) throws MalformedDataException {
        Attest statement = Attest.decodeQuote(attest);
        return new Tpm20(statement, BareSignature.read(signature, key, statement));
    }

    /**
     * Decodes the output of TPM_Quote or TPM_Quote2 of a TPM 1.2. Use this method only with keys that are known to be those of
     * a TPM 1.2: a key of a TPM 2.0 that may sign with RSASSA and SHA-1 signs such a statement for anyone, and a key in PEM or
     * DER does not show which kind it is.
     *
     * @param quoteInfo the TPM_QUOTE_INFO; or the TPM_QUOTE_INFO2, followed by the TPM_CAP_VERSION_INFO if that was signed too
     * @param composite the TPM_PCR_COMPOSITE
     * @param signature the bytes of the signature alone
     * @return the quote, sharing the bytes
     * @throws MalformedDataException if one of the structures is malformed
     */
    static Quote decodeTpm12(Bytes quoteInfo, Bytes composite, Bytes signature) throws MalformedDataException {
        return new Tpm12(Tpm12Statement.decode(quoteInfo), Tpm12PcrComposite.decode(composite), signature);
    }
}
