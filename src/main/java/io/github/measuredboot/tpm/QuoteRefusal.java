package io.github.measuredboot.tpm;

/** Why a quote, or another statement of a TPM, proves nothing. */
public enum QuoteRefusal {
    /** The signature's scheme or hash algorithm is not that of the key, or does not go with a key of its kind. */
    SCHEME_DIFFERS("scheme-differs"),

    /** This library or JVM does not have the combination of scheme and hash algorithm. */
    SCHEME_NOT_SUPPORTED("scheme-not-supported"),

    /** The key did not sign this. */
    SIGNATURE_WRONG("signature-wrong"),

    /** The statement is of a type other than the one that was expected. */
    TYPE_DIFFERS("type-differs"),

    /** The quote names another key as its signer. */
    SIGNER_DIFFERS("signer-differs"),

    /** The quote was made for another nonce. */
    NONCE_DIFFERS("nonce-differs"),

    /** The quote is over no PCR at all. */
    NO_PCRS("no-pcrs"),

    /** A PCR that the caller requires is not in the quote. */
    REQUIRED_PCR_NOT_QUOTED("required-pcr-not-quoted"),

    /** The caller gave no value for a PCR that is in the quote. */
    PCR_VALUE_MISSING("pcr-value-missing"),

    /** The digest in the quote is not that of the given values. */
    PCR_DIGEST_DIFFERS("pcr-digest-differs"),

    /** The TPM was reset or restarted between two statements that should be of one boot. */
    BOOT_DIFFERS("boot-differs"),

    /** Of two statements of one boot, the one that should be later has the earlier time. */
    CLOCK_NOT_IN_ORDER("clock-not-in-order"),

    /** A TPM 1.2 quote by a key of a TPM 2.0, which signs such bytes for anyone. */
    KEY_OF_TPM_2("key-of-tpm-2"),

    /** The quote has weaknesses that the caller does not tolerate: {@link QuoteRefusedException#weaknesses}. */
    TOO_WEAK("too-weak");

    private final String id;

    QuoteRefusal(String id) {
        this.id = id;
    }

    /** {@return the name that reports and JSON use} */
    public String id() {
        return id;
    }
}
