package io.github.measuredboot.tpm;

/**
 * What is weak about a quote. {@link QuoteVerifier} refuses a quote for the weaknesses that are {@linkplain
 * #isRefusedByDefault() refused by default}, unless the caller tolerates them one by one. Those that are tolerated, and all
 * that are not refused by default, are among {@link QuotedPcrs#findings}.
 */
public enum QuoteFinding {
    /** The caller gave no nonce: the quote may be of an earlier boot. {@link QuotedPcrs#isFresh} is false. */
    NONCE_NOT_CHECKED("nonce-not-checked", false, "no nonce was checked: the quote may be an old one"),

    /** The nonce has fewer than 16 bytes. Whoever collects quotes for nonces of their own choice may already have one for this nonce. */
    SHORT_NONCE(
            "short-nonce",
            true,
            "the nonce has fewer than " + Nonce.ENOUGH_BYTES + " bytes: it may have been guessed or used before"),

    /** The key's public area is unknown: nothing says that only a TPM can sign with it, or only quotes. */
    KEY_ATTRIBUTES_UNKNOWN(
            "key-attributes-unknown",
            false,
            "the key's attributes are not known: whoever vouches for the key has to vouch for them"),

    /** The key is not restricted: whoever may use it can have it sign a forged quote. */
    KEY_NOT_RESTRICTED("key-not-restricted", true, "the key is not restricted: it signs forged quotes too"),

    /** The attribute fixedTPM is clear: the key may leave its TPM. */
    KEY_NOT_FIXED_TO_TPM(
            "key-not-fixed-to-tpm",
            true,
            "the key is not fixed to its TPM: it can be copied to where quotes are forged"),

    /** The attribute fixedParent is clear: the key may be moved to a parent that someone else holds. */
    KEY_NOT_FIXED_TO_PARENT(
            "key-not-fixed-to-parent",
            true,
            "the key is not fixed to its parent: it can be copied to where quotes are forged"),

    /** The attribute sensitiveDataOrigin is clear: the private key was made elsewhere and loaded into the TPM. */
    KEY_NOT_MADE_BY_TPM("key-not-made-by-tpm", true, "the TPM did not make the key: whoever made it can forge quotes"),

    /** The public area says that the key may not sign, yet it did. */
    KEY_NOT_SIGNING("key-not-signing", true, "the key is not a signing key: no TPM signs with it"),

    /** The key also decrypts, which no TPM allows for a restricted signing key. */
    KEY_DECRYPTING(
            "key-decrypting", true, "the key is a decryption key too: no TPM makes a restricted signing key like that"),

    /** The key is restricted but bound to no scheme for signing, which no TPM allows. */
    KEY_WITHOUT_SCHEME(
            "key-without-scheme",
            true,
            "the key is bound to no signing scheme: no TPM makes a restricted signing key like that"),

    /** The name of the key is made with SHA-1, or with no hash function that is known here: two keys may have the same name. */
    KEY_NAME_WEAK(
            "key-name-weak",
            true,
            "the key's name is made with SHA-1 or an unknown hash function: another key may have the same name"),

    /** An RSA key of fewer than 2048 bits. */
    SHORT_RSA_KEY("short-rsa-key", true, "the RSA key has fewer than 2048 bits: it can be factored"),

    /** The signature of a TPM 2.0 and its digest over the PCR values use SHA-1. */
    SHA1_SIGNATURE(
            "sha1-signature",
            true,
            "signature and PCR digest use SHA-1, which a TPM 2.0 need not use: they can be forged"),

    /** A TPM 1.2, which has no other hash algorithm, signed with SHA-1. */
    TPM12_SIGNATURE("tpm12-signature", false, "a TPM 1.2 made the quote: signature and PCR digest use SHA-1"),

    /** PCRs of a SHA-1 bank are quoted: different events with the same digest in that bank can be made. */
    SHA1_BANK("sha1-bank", false, "a SHA-1 bank is quoted"),

    /** A bank is quoted without PCRs, as by a TPM that lacks a bank that was asked for. */
    EMPTY_BANK("empty-bank", false, "a bank is quoted with no PCR: the TPM may lack it"),

    /** The TPM's clock may have been at this time before, as after a loss of power. */
    CLOCK_NOT_SAFE("clock-not-safe", false, "the TPM says that its clock is not safe");

    private final String id;
    private final boolean refusedByDefault;
    private final String message;

    QuoteFinding(String id, boolean refusedByDefault, String message) {
        this.id = id;
        this.refusedByDefault = refusedByDefault;
        this.message = message;
    }

    /** {@return the name that reports and JSON use} */
    public String id() {
        return id;
    }

    /**
     * {@return whether {@link QuoteVerifier} refuses a quote with this weakness by default, with {@link QuoteRefusal#TOO_WEAK}}
     */
    public boolean isRefusedByDefault() {
        return refusedByDefault;
    }

    /** {@return what the finding means, in one line} */
    public String message() {
        return message;
    }
}
