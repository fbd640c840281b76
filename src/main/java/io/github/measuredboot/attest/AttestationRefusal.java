package io.github.measuredboot.attest;

/** Why a certificate, a key, a credential or a report does not prove what it was given for. */
public enum AttestationRefusal {
    /** No chain of certificates leads from this one to a root that the caller trusts. */
    NO_PATH_TO_ROOT,

    /** A list of the issuer revokes a certificate of the chain. */
    REVOKED,

    /** A certificate has peculiarities that the caller does not tolerate: {@link AttestationRefusedException#findings}. */
    CERTIFICATE_NOT_ACCEPTED,

    /** The certificate is for another purpose, an attestation key instead of an endorsement key, say. */
    PURPOSE_DIFFERS,

    /** The certificate, or the statement, is for another key. */
    KEY_DIFFERS,

    /** A public area is not that of an endorsement key. */
    NOT_AN_ENDORSEMENT_KEY,

    /** The key breaks the rules for attestation keys. */
    NOT_AN_ATTESTATION_KEY,

    /** This library or JVM cannot compute with the key's algorithms. */
    NOT_SUPPORTED,

    /** The answer to a challenge is not the secret in it. */
    ANSWER_WRONG,

    /** The answer to a challenge comes too late. */
    EXPIRED,

    /** The statement has another name for the object or the NV index than what was given for it has. */
    NAME_DIFFERS,

    /** The hash of the creation data is not the one that was signed. */
    CREATION_DIFFERS,

    /** The NV index is not what it should be: not written, of another type, or only read in part. */
    INDEX_DIFFERS,

    /** The records do not give the value that the TPM certified. */
    VALUE_DIFFERS,

    /** A report lacks a part that the proof needs, or has it at another place. */
    INCOMPLETE,

    /** A report has a part that this library does not know, and that is therefore not verified. */
    UNKNOWN_PART,

    /** Two forms of the same value in one document contradict each other. */
    CONTRADICTION,

    /** The TPM audited other commands than those of the report, or others in between. */
    AUDIT_DIFFERS
}
