package io.github.measuredboot.attest;

/** How far it is proved that a key lives in a TPM, and in which one. */
public enum IdentityLevel {
    /**
     * The TPM that holds a certified endorsement key opened a credential for the key: the key is in that TPM, and has the
     * attributes that its name was made of.
     */
    PROVED_BY_EK("proved-by-ek"),

    /**
     * A certificate for the key, or for the key that certified it, leads to a root that the caller trusts: the issuer vouches
     * for it.
     */
    PROVED_BY_CERTIFICATE("proved-by-certificate"),

    /** The caller gave the key and vouches for it. */
    ASSERTED("asserted"),

    /** Nobody vouches for the key: anyone may have made it. */
    UNKNOWN("unknown");

    private final String id;

    IdentityLevel(String id) {
        this.id = id;
    }

    /** {@return the stable name, as it is in JSON} */
    public String id() {
        return id;
    }

    /** {@return whether cryptography leads from a root that the caller trusts to the key} */
    public boolean isProved() {
        return this == PROVED_BY_EK || this == PROVED_BY_CERTIFICATE;
    }
}
