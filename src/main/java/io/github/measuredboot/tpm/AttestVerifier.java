package io.github.measuredboot.tpm;

import static io.github.measuredboot.tpm.QuoteVerifier.refused;

import java.util.EnumSet;
import java.util.Set;

/**
 * Checks that a key signed a statement of the expected type for the expected nonce. What the statement then says about the TPM
 * is in {@link VerifiedAttest#attested}. For a quote, {@link QuoteVerifier} also checks the values.
 *
 * <p>The rules are the same for every type: the signature and its scheme, the signer's name, the nonce, and the weaknesses
 * that {@link QuoteFinding} lists, which are refused unless the caller tolerates them by name.
 */
public final class AttestVerifier {
    private AttestVerifier() {}

    /**
     * Verifies a statement.
     *
     * @param <T> the expected type
     * @param attest the statement
     * @param signature the signature over it
     * @param type what the statement must be about, such as {@code Attested.Certify.class}
     * @param key the key that must have signed it
     * @param nonce the nonce that it must carry
     * @return the statement, verified
     * @throws QuoteRefusedException if the statement does not pass these checks, or has a weakness that is refused by default
     */
    public static <T extends Attested> VerifiedAttest<T> verify(
            Attest attest, TpmSignature signature, Class<T> type, AttestationKey key, Nonce nonce)
            throws QuoteRefusedException {
        return verify(attest, signature, type, key, nonce, Set.of());
    }

    /**
     * Verifies a statement and accepts it in spite of some weaknesses.
     *
     * @param <T> the expected type
     * @param attest the statement
     * @param signature the signature over it
     * @param type what the statement must be about, such as {@code Attested.Certify.class}
     * @param key the key that must have signed it
     * @param nonce the nonce that it must carry
     * @param tolerated the weaknesses that become findings instead of refusals
     * @return the statement, verified
     * @throws QuoteRefusedException if the statement does not pass these checks, or has another weakness that is refused by
     *     default
     */
    public static <T extends Attested> VerifiedAttest<T> verify(
            Attest attest,
            TpmSignature signature,
            Class<T> type,
            AttestationKey key,
            Nonce nonce,
            Set<QuoteFinding> tolerated)
            throws QuoteRefusedException {
        return check(attest, signature, type, key, nonce).requireTolerated(tolerated);
    }

    /** All but the weaknesses. */
    static <T extends Attested> VerifiedAttest<T> check(
            Attest attest, TpmSignature signature, Class<T> type, AttestationKey key, Nonce nonce)
            throws QuoteRefusedException {
        Set<QuoteFinding> findings = EnumSet.noneOf(QuoteFinding.class);
        if (!type.isInstance(attest.attested())) {
            throw refused(
                    QuoteRefusal.TYPE_DIFFERS,
                    "the statement is of the type "
                            + attest.attested().getClass().getSimpleName() + ", expected " + type.getSimpleName());
        }
        QuoteKey quoteKey = new QuoteKey(key, findings);
        quoteKey.requireSignature(signature, attest.encode());
        quoteKey.requireSigner(attest.qualifiedSigner());
        nonce.require(attest.extraData(), findings);
        if (!attest.clockInfo().safe()) {
            findings.add(QuoteFinding.CLOCK_NOT_SAFE);
        }
        return new VerifiedAttest<>(attest, type.cast(attest.attested()), key, findings);
    }
}
