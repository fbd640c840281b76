package io.github.measuredboot.attest;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.crypto.CertificateSyntaxException;
import io.github.measuredboot.internal.crypto.X509;
import io.github.measuredboot.internal.text.Printable;
import java.math.BigInteger;
import java.security.PublicKey;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The certificate of a TPM's key, or of an authority that issues such certificates. It is a claim until {@link
 * CertificateVerifier} has verified it: anyone can write any manufacturer into a certificate.
 */
public final class TpmCertificate {
    /** The maximum size of a certificate in bytes. */
    public static final int MAX_SIZE = 1 << 16;

    static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    static final String BASIC_CONSTRAINTS = "2.5.29.19";
    static final String KEY_USAGE = "2.5.29.15";
    static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String SUBJECT_DIRECTORY_ATTRIBUTES = "2.5.29.9";
    private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";
    private static final String MANUFACTURER = "2.23.133.2.1";
    private static final String MODEL = "2.23.133.2.2";
    private static final String VERSION = "2.23.133.2.3";
    private static final int MAX_SERIAL_NUMBER_SIZE = 20;
    private static final int LAST_YEAR = 9999;

    /** What a certificate is for, by its extended key usage. */
    public enum Purpose {
        /** The certificate of an endorsement key (tcg-kp-EKCertificate). */
        ENDORSEMENT_KEY("endorsement-key", "2.23.133.8.1"),
        /** The certificate of an attestation key (tcg-kp-AIKCertificate). */
        ATTESTATION_KEY("attestation-key", "2.23.133.8.3"),
        /** The certificate of a platform (tcg-kp-PlatformAttributeCertificate). */
        PLATFORM("platform", "2.23.133.8.2");

        private final String id;
        private final String oid;

        Purpose(String id, String oid) {
            this.id = id;
            this.oid = oid;
        }

        /** {@return the stable name, as it appears in reports and JSON} */
        public String id() {
            return id;
        }
    }

    private static final String ANY_EXTENDED_KEY_USAGE = "2.5.29.37.0";
    private static final String PURPOSES_OF_THE_TCG = "2.23.133.8.";

    private final Bytes encoded;
    private final X509 x509;
    private final List<X509.Attribute> names;
    private final Optional<List<String>> specification;
    private final List<String> extendedKeyUsage;
    private final Optional<Integer> keyUsage;
    private final Optional<Integer> pathLength;
    private final Optional<GoogleInstance> googleInstance;

    private TpmCertificate(Bytes encoded) throws CertificateSyntaxException {
        this.encoded = encoded;
        this.x509 = X509.read(encoded.toByteArray());
        Optional<byte[]> alternativeName = value(SUBJECT_ALTERNATIVE_NAME);
        this.names = alternativeName.isPresent() ? X509.directoryAttributes(alternativeName.get()) : List.of();
        Optional<byte[]> attributes = value(SUBJECT_DIRECTORY_ATTRIBUTES);
        this.specification = attributes.isPresent() ? X509.tpmSpecification(attributes.get()) : Optional.empty();
        Optional<byte[]> extendedUsage = value(EXTENDED_KEY_USAGE);
        this.extendedKeyUsage = extendedUsage.isPresent() ? X509.oids(extendedUsage.get()) : List.of();
        Optional<byte[]> usage = value(KEY_USAGE);
        this.keyUsage = usage.isPresent() ? Optional.of(X509.keyUsage(usage.get())) : Optional.empty();
        Optional<byte[]> constraints = value(BASIC_CONSTRAINTS);
        this.pathLength = constraints.isPresent() ? X509.pathLength(constraints.get()) : Optional.empty();
        Optional<byte[]> instance = value(GoogleInstance.EXTENSION);
        this.googleInstance =
                instance.isPresent() ? Optional.of(GoogleInstance.read(instance.get())) : Optional.empty();
    }

    private Optional<byte[]> value(String oid) {
        return x509.extension(oid).map(X509.Extension::value);
    }

    /**
     * Decodes a certificate in DER.
     *
     * @param der the certificate and nothing else; for what is stored in NV indexes and PEM files, use {@link CertificateFiles}
     * @return the certificate, sharing the bytes
     * @throws MalformedDataException if it is not a certificate, or its key is neither an RSA key of 1024 to 4096 bits nor on a
     *     NIST curve
     */
    public static TpmCertificate decode(Bytes der) throws MalformedDataException {
        if (der.length() > MAX_SIZE) {
            throw new MalformedDataException(
                    new Fault(0, "Certificate", "size", der.length() + " bytes are more than " + MAX_SIZE));
        }
        try {
            return new TpmCertificate(der);
        } catch (CertificateSyntaxException e) {
            throw new MalformedDataException(new Fault(0, "Certificate", e.field(), e.reason()));
        }
    }

    /** {@return the certificate in DER} */
    public Bytes encoded() {
        return encoded;
    }

    /** {@return the subject's name for display, empty if it has none} */
    public String subject() {
        return Printable.of(x509.subject());
    }

    /** {@return the issuer's name for display} */
    public String issuer() {
        return Printable.of(x509.issuer());
    }

    /** {@return the serial number, of any sign and size} */
    public BigInteger serialNumber() {
        return x509.serialNumber();
    }

    /** {@return the first moment of validity} */
    public Instant notBefore() {
        return x509.notBefore();
    }

    /** {@return the last moment of validity} */
    public Instant notAfter() {
        return x509.notAfter();
    }

    /** {@return the key that is certified} */
    public PublicKey publicKey() {
        return x509.key();
    }

    /**
     * Checks that this certificate is for a key, whoever issued it.
     *
     * @param key the key
     * @throws AttestationRefusedException if it is for another key ({@link AttestationRefusal#KEY_DIFFERS})
     */
    public void requireKey(PublicKey key) throws AttestationRefusedException {
        if (!publicKey().equals(key)) {
            throw new AttestationRefusedException(
                    AttestationRefusal.KEY_DIFFERS, "the certificate is for another key than the one that was given");
        }
    }

    /**
     * The manufacturer of the TPM, as the certificate states it.
     *
     * @return {@code id:} and eight hexadecimal digits ({@link TpmManufacturer#byAttribute}), if the certificate says so
     */
    public Optional<String> manufacturer() {
        return name(MANUFACTURER);
    }

    /** {@return the model of the TPM, as the certificate states it} */
    public Optional<String> model() {
        return name(MODEL);
    }

    /** {@return the version of the TPM's firmware, as the certificate states it, such as {@code id:00010002}} */
    public Optional<String> version() {
        return name(VERSION);
    }

    private Optional<String> name(String oid) {
        return names.stream()
                .filter(attribute -> attribute.oid().equals(oid))
                .map(attribute -> Printable.of(attribute.value()))
                .findFirst();
    }

    /** {@return the TPM specification: family, level and revision, as in {@code 2.0 0 138}} */
    public Optional<String> specification() {
        return specification.map(parts -> Printable.of(String.join(" ", parts)));
    }

    /**
     * Whether the certificate is for a purpose.
     *
     * @param purpose the purpose in question
     * @return true if the extended key usage has it
     */
    public boolean isFor(Purpose purpose) {
        return extendedKeyUsage.contains(purpose.oid);
    }

    /** For another purpose of the TCG, which excludes this one; a purpose of others, such as TLS, leaves it open. */
    boolean isForAnother(Purpose purpose) {
        return !isFor(purpose) && extendedKeyUsage.stream().anyMatch(oid -> oid.startsWith(PURPOSES_OF_THE_TCG));
    }

    boolean isForAny(Purpose purpose) {
        return isFor(purpose) || extendedKeyUsage.contains(ANY_EXTENDED_KEY_USAGE);
    }

    /**
     * The value of an extension, such as the instance information in certificates of a cloud.
     *
     * @param oid the object identifier in dotted form
     * @return the content of the OCTET STRING
     */
    public Optional<Bytes> extension(String oid) {
        return value(oid).map(Bytes::wrap);
    }

    /**
     * Where this certificate by itself departs from the profile of such certificates. {@link CertificateVerifier} adds what
     * depends on the time and the chain.
     *
     * @return the findings in the order of their enum
     */
    public Set<CertificateFinding> findings() {
        Set<CertificateFinding> findings = EnumSet.noneOf(CertificateFinding.class);
        addIf(x509.hasEmptySubject(), CertificateFinding.EMPTY_SUBJECT, findings);
        addIf(
                x509.hasEmptySubject()
                        && !x509.extension(SUBJECT_ALTERNATIVE_NAME)
                                .map(X509.Extension::critical)
                                .orElse(false),
                CertificateFinding.SUBJECT_ALTERNATIVE_NAME_NOT_CRITICAL,
                findings);
        addIf(
                manufacturer().isEmpty() || model().isEmpty() || version().isEmpty(),
                CertificateFinding.NO_TPM_ATTRIBUTES,
                findings);
        addIf(
                manufacturer().isPresent()
                        && TpmManufacturer.byAttribute(manufacturer().get()).isEmpty(),
                CertificateFinding.UNKNOWN_MANUFACTURER,
                findings);
        addIf(x509.hasOaepKey(), CertificateFinding.OAEP_KEY, findings);
        addIf(serialNumber().signum() <= 0, CertificateFinding.SERIAL_NUMBER_NOT_POSITIVE, findings);
        addIf(
                serialNumber().toByteArray().length > MAX_SERIAL_NUMBER_SIZE,
                CertificateFinding.SERIAL_NUMBER_TOO_LONG,
                findings);
        addIf(x509.version() != 3, CertificateFinding.NOT_VERSION_3, findings);
        addIf(
                x509.extension(AUTHORITY_INFORMATION_ACCESS).isEmpty(),
                CertificateFinding.NO_AUTHORITY_INFORMATION,
                findings);
        addIf(
                notAfter().atZone(java.time.ZoneOffset.UTC).getYear() == LAST_YEAR,
                CertificateFinding.NEVER_EXPIRES,
                findings);
        addIf(pathLength.isPresent(), CertificateFinding.CA_CERTIFICATE, findings);
        addIf(extendedKeyUsage.isEmpty(), CertificateFinding.NO_EXTENDED_KEY_USAGE, findings);
        return findings;
    }

    /** {@return the instance that the virtual TPM belongs to, in Google's certificates} */
    public Optional<GoogleInstance> googleInstance() {
        return googleInstance;
    }

    static void addIf(boolean isSo, CertificateFinding finding, Set<CertificateFinding> findings) {
        if (isSo) {
            findings.add(finding);
        }
    }

    X509 x509() {
        return x509;
    }

    boolean hasExtendedKeyUsage() {
        return !extendedKeyUsage.isEmpty();
    }

    Optional<Integer> keyUsage() {
        return keyUsage;
    }

    /** Empty unless this is the certificate of an authority. */
    Optional<Integer> pathLength() {
        return pathLength;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TpmCertificate that && encoded.equals(that.encoded);
    }

    @Override
    public int hashCode() {
        return encoded.hashCode();
    }

    @Override
    public String toString() {
        return "TpmCertificate[subject=" + subject() + ", issuer=" + issuer() + ", manufacturer="
                + manufacturer().orElse("unknown") + "]";
    }
}
