package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;

/** What a TPM 1.2 states in a quote: the answer of TPM_Quote, or of TPM_Quote2. */
public sealed interface Tpm12Statement permits Tpm12QuoteInfo, Tpm12QuoteInfo2 {
    /** {@return the SHA-1 hash of the {@link Tpm12PcrComposite}, 20 bytes} */
    Bytes digestValue();

    /** {@return the verifier's nonce, 20 bytes} */
    Bytes externalData();

    /** {@return the bytes that are signed} */
    Bytes encode();

    /**
     * Whether the statement is about just the PCRs of a composite. The statement of TPM_Quote does not name PCRs: only the
     * digest binds them.
     *
     * @param composite the PCRs and values that are said to be quoted
     * @return false if the statement names other PCRs
     */
    boolean isAbout(Tpm12PcrComposite composite);

    /**
     * Whether some bytes begin like such a statement.
     *
     * @param bytes what may be a statement of a TPM 1.2 or 2.0
     * @return true if they have the marks of such a statement
     */
    static boolean isStatement(Bytes bytes) {
        return Tpm12QuoteInfo.isQuoteInfo(bytes) || Tpm12QuoteInfo2.isQuoteInfo2(bytes);
    }

    /**
     * Decodes either structure.
     *
     * @param bytes the structure and nothing else
     * @return the statement, sharing {@code bytes}
     * @throws MalformedDataException if it is malformed
     */
    static Tpm12Statement decode(Bytes bytes) throws MalformedDataException {
        return Tpm12QuoteInfo2.isQuoteInfo2(bytes) ? Tpm12QuoteInfo2.decode(bytes) : Tpm12QuoteInfo.decode(bytes);
    }
}
