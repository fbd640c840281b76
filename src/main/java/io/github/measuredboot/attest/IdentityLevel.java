package io.github.measuredboot.attest;

import java.util.Arrays;
import java.util.Optional;

/** How far it is proved that a key lives in a TPM, and in which one. */
public enum IdentityLevel {
    /**
     * The TPM that holds an endorsement key, certified or known to the caller, opened a credential for the key: the key is in
     * that TPM, and has the attributes that its name was made of.
     */
    PROVED_BY_EK(
            "proved-by-ek",
            "it is in the TPM that holds an endorsement key which was vouched for, and opened a credential"),

    /**
     * A certificate for the key, or for the key that certified it, leads to a root that the caller trusts: the issuer vouches
     * for it.
     */
    PROVED_BY_CERTIFICATE(
            "proved-by-certificate", "a certificate that leads to a trusted root says that it is in a TPM"),

    /** The caller gave the key and vouches for it. */
    ASSERTED("asserted", "the caller vouches for it, and nothing proves that it is in a TPM"),

    /** Nobody vouches for the key: anyone may have made it. */
    UNKNOWN("unknown", "nobody vouches for it: anyone may have made it");

    private final String id;
    private final String message;

    IdentityLevel(String id, String message) {
        this.id = id;
        this.message = message;
    }

    /** {@return the stable name, as it appears in JSON} */
    public String id() {
        return id;
    }

    /**
     * Returns the level with an id.
     *
     * @param id the id
     * @return the level, or empty if no level has that id
     */
    public static Optional<IdentityLevel> byId(String id) {
        return Arrays.stream(values()).filter(level -> level.id.equals(id)).findFirst();
    }

    /** {@return what the level means for the key, in one line for a person} */
    public String message() {
        return message;
    }

    /** {@return whether cryptography leads from a root that the caller trusts to the key} */
    public boolean isProved() {
        return this == PROVED_BY_EK || this == PROVED_BY_CERTIFICATE;
    }
}
