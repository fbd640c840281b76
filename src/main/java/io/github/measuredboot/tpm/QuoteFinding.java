package io.github.measuredboot.tpm;

/** What is weak about a quote that was accepted. {@link QuotedPcrs#requireNone} refuses the quote for some of them. */
public enum QuoteFinding {
    /** The caller gave no nonce: the quote may be of an earlier boot. */
    NONCE_NOT_CHECKED("no nonce was checked: the quote may be an old one"),

    /** The key's public area is unknown: nothing says that only a TPM can sign with it, or only quotes. */
    KEY_ATTRIBUTES_UNKNOWN("the key's attributes are not known: whoever vouches for the key has to vouch for them"),

    /** The key is not restricted: whoever may use it can have it sign a forged quote. */
    KEY_NOT_RESTRICTED("the key is not restricted: it signs forged quotes too"),

    /** The key may leave its TPM. */
    KEY_NOT_FIXED_TO_TPM("the key is not fixed to its TPM"),

    /** The public area says that the key may not sign, and yet it did. */
    KEY_NOT_SIGNING("the key is not a signing key"),

    /** An RSA key of less than 2048 bits. */
    SHORT_RSA_KEY("the RSA key has less than 2048 bits"),

    /** The signature and the digest over the PCR values use SHA-1. */
    SHA1_SIGNATURE("signature and PCR digest use SHA-1"),

    /** PCRs of a SHA-1 bank are quoted: events with the same digest in it can be made. */
    SHA1_BANK("a SHA-1 bank is quoted"),

    /** A bank is quoted without PCRs, as a TPM does that lacks a bank which was asked for. */
    EMPTY_BANK("a bank is quoted with no PCR: the TPM may lack it"),

    /** The TPM's clock may have been at this time before, as after a loss of power. */
    CLOCK_NOT_SAFE("the TPM says that its clock is not safe");

    private final String message;

    QuoteFinding(String message) {
        this.message = message;
    }

    /**
     * What it means.
     *
     * @return one line for a person
     */
    public String message() {
        return message;
    }
}
