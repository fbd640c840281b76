package io.github.measuredboot.attest;

/** Why a certificate, a key, a credential or a report does not prove what it was given for. */
public enum AttestationRefusal {
    /** No chain of certificates leads from this one to a root that the caller trusts. */
    NO_PATH_TO_ROOT("no-path-to-root"),

    /** A revocation list of the issuer revokes a certificate of the chain. */
    REVOKED("revoked"),

    /** A certificate has peculiarities that the caller does not tolerate: {@link AttestationRefusedException#findings}. */
    CERTIFICATE_NOT_ACCEPTED("certificate-not-accepted"),

    /** The certificate is for another purpose, for example for an attestation key instead of an endorsement key. */
    PURPOSE_DIFFERS("purpose-differs"),

    /** The certificate, or the statement, is for another key. */
    KEY_DIFFERS("key-differs"),

    /** A public area is not that of an endorsement key. */
    NOT_AN_ENDORSEMENT_KEY("not-an-endorsement-key"),

    /** The key breaks the rules for attestation keys. */
    NOT_AN_ATTESTATION_KEY("not-an-attestation-key"),

    /** This library or JVM cannot compute with the key's algorithms. */
    NOT_SUPPORTED("not-supported"),

    /** The answer to a challenge is not the secret in it. */
    ANSWER_WRONG("answer-wrong"),

    /** The answer to a challenge comes too late. */
    EXPIRED("expired"),

    /** The name of the object or the NV index in the statement is not that of the object or index that was given for it. */
    NAME_DIFFERS("name-differs"),

    /** The hash of the creation data is not the one that was signed. */
    CREATION_DIFFERS("creation-differs"),

    /** The NV index is not what it should be: not written, of another type, or only read in part. */
    INDEX_DIFFERS("index-differs"),

    /** The records do not give the value that the TPM certified. */
    VALUE_DIFFERS("value-differs"),

    /** A report lacks a part that the proof needs, or has it in another place. */
    INCOMPLETE("incomplete"),

    /** A report has a part that this library does not know, and that is therefore not verified. */
    UNKNOWN_PART("unknown-part"),

    /** Two forms of the same value in one document contradict each other. */
    CONTRADICTION("contradiction"),

    /** The TPM audited other commands than those of the report, or others in between. */
    AUDIT_DIFFERS("audit-differs");

    private final String id;

    AttestationRefusal(String id) {
        this.id = id;
    }

    /** {@return the stable name, as it appears in reports and JSON} */
    public String id() {
        return id;
    }
}
