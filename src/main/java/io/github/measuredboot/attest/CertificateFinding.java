package io.github.measuredboot.attest;

/**
 * Where a certificate departs from RFC 5280 and the TCG's profiles, or what was not checked about it. Faults for which no
 * vendor has an excuse are {@linkplain #isRefusedByDefault() refused by default}; the others are only reported.
 */
public enum CertificateFinding {
    /** The validity has ended, at the time that the caller gave. */
    EXPIRED("expired", true, "the certificate has expired"),

    /** The validity has not begun, at the time that the caller gave. */
    NOT_YET_VALID("not-yet-valid", true, "the certificate is not valid yet"),

    /** A certificate of the chain is signed with SHA-1. */
    SHA1_SIGNATURE(
            "sha1-signature",
            true,
            "a certificate of the chain is signed with SHA-1, for which collisions can be made"),

    /** An RSA key of fewer than 2048 bits. */
    SHORT_RSA_KEY("short-rsa-key", true, "an RSA key of the chain has fewer than 2048 bits"),

    /** A critical extension that this library does not process, such as name constraints. */
    UNKNOWN_CRITICAL_EXTENSION(
            "unknown-critical-extension", true, "a critical extension is not known: what it restricts is not checked"),

    /** The certificate of the TPM's key claims to be that of a certification authority. */
    CA_CERTIFICATE("ca-certificate", true, "the certificate of a TPM's key may issue certificates"),

    /** No extended key usage says what the certificate is for. */
    NO_EXTENDED_KEY_USAGE(
            "no-extended-key-usage", true, "no extended key usage says that this is the certificate of such a key"),

    /** The extended key usage has purposes, but none of the TCG's, as may be so in certificates of clouds. */
    OTHER_EXTENDED_KEY_USAGE(
            "other-extended-key-usage", true, "the extended key usage has other purposes, and none of the TCG's"),

    /** The key usage does not fit the key. */
    KEY_USAGE_DIFFERS("key-usage-differs", true, "the key usage does not go with such a key"),

    /** The manufacturer, model or version is not among the names. */
    NO_TPM_ATTRIBUTES(
            "no-tpm-attributes", false, "the names do not say which TPM it is: manufacturer, model and version"),

    /** The manufacturer is not in the TCG's registry. */
    UNKNOWN_MANUFACTURER("unknown-manufacturer", false, "the manufacturer is not in the TCG's registry"),

    /** The subject is empty, as the profile allows. */
    EMPTY_SUBJECT("empty-subject", false, "the subject is empty"),

    /** The subject is empty, and the subject alternative name is not critical, as it then must be. */
    SUBJECT_ALTERNATIVE_NAME_NOT_CRITICAL(
            "subject-alternative-name-not-critical",
            false,
            "the subject is empty and the alternative name not critical"),

    /** The key's algorithm is RSAES-OAEP instead of rsaEncryption. */
    OAEP_KEY("oaep-key", false, "the key's algorithm is RSAES-OAEP, which many libraries do not read"),

    /** The serial number is negative or zero. */
    SERIAL_NUMBER_NOT_POSITIVE("serial-number-not-positive", false, "the serial number is not positive"),

    /** The serial number has more than 20 bytes. */
    SERIAL_NUMBER_TOO_LONG("serial-number-too-long", false, "the serial number has more than 20 bytes"),

    /** The version is not 3. */
    NOT_VERSION_3("not-version-3", false, "the certificate is not of version 3"),

    /** Nothing says where the issuer's certificate is. */
    NO_AUTHORITY_INFORMATION(
            "no-authority-information",
            false,
            "nothing says where the issuer's certificate is: the caller has to have it"),

    /** The name of the issuer is encoded differently from the way it is encoded in the issuer's own certificate. */
    NAME_ENCODING_DIFFERS(
            "name-encoding-differs",
            false,
            "the issuer's name is encoded in another way than in the issuer's certificate"),

    /** The certificate ends in the year 9999: it never expires. */
    NEVER_EXPIRES("never-expires", false, "the certificate never expires"),

    /** No usable revocation list was given for a certificate of the chain. */
    REVOCATION_NOT_CHECKED("revocation-not-checked", false, "no revocation list was given for each issuer"),

    /** The only current revocation lists of an issuer are signed with SHA-1. */
    SHA1_REVOCATION_LIST(
            "sha1-revocation-list",
            false,
            "a revocation list is signed with SHA-1: it revokes, and hardly proves what it does not list"),

    /** Revocation lists of an issuer were given, and none of them is current at the time that the caller gave. */
    REVOCATION_LIST_OUTDATED("revocation-list-outdated", true, "a revocation list is out of date");

    private final String id;
    private final boolean refusedByDefault;
    private final String message;

    CertificateFinding(String id, boolean refusedByDefault, String message) {
        this.id = id;
        this.refusedByDefault = refusedByDefault;
        this.message = message;
    }

    /** {@return the stable name, as it appears in reports and JSON} */
    public String id() {
        return id;
    }

    /** {@return whether a certificate with this finding is refused unless the caller tolerates it} */
    public boolean isRefusedByDefault() {
        return refusedByDefault;
    }

    /** {@return what the finding means, in one line for a person} */
    public String message() {
        return message;
    }
}
