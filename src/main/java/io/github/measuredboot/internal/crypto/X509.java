package io.github.measuredboot.internal.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An X.509 certificate as vendors of TPMs make it: serial numbers of any sign and size, an empty subject, RSAES-OAEP as the
 * algorithm of the key. Nothing is verified but that the parts are there.
 */
public final class X509 {
    private static final int CONTEXT_0 = 0xa0;
    private static final int CONTEXT_1 = 0x81;
    private static final int CONTEXT_2 = 0x82;
    private static final int CONTEXT_3 = 0xa3;
    private static final String RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
    private static final String RSAES_OAEP = "1.2.840.113549.1.1.7";
    private static final String EC_PUBLIC_KEY = "1.2.840.10045.2.1";
    private static final Map<String, String> CURVES =
            Map.of("1.2.840.10045.3.1.7", "secp256r1", "1.3.132.0.34", "secp384r1", "1.3.132.0.35", "secp521r1");

    /** One extension. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Extension(boolean critical, byte[] value) {}

    private final SignedValue whole;
    private final int version;
    private final BigInteger serialNumber;
    private final CertificateName issuer;
    private final CertificateName subject;
    private final Instant notBefore;
    private final Instant notAfter;
    private final VerificationKey key;
    private final boolean oaepKey;
    private final SortedMap<String, Extension> extensions;

    private X509(SignedValue whole) throws CertificateSyntaxException {
        this.whole = whole;
        Der fields = whole.signed().open();
        this.version = fields.nextIs(CONTEXT_0) ? version(fields.next("version")) : 1;
        this.serialNumber = integer(fields.next(Der.INTEGER, "serialNumber"), "serialNumber");
        whole.requireAlgorithm(fields);
        this.issuer = CertificateName.read(fields.next(Der.SEQUENCE, "issuer"));
        Der validity = fields.next(Der.SEQUENCE, "validity").open();
        this.notBefore = time(validity.next("notBefore"), "notBefore");
        this.notAfter = time(validity.next("notAfter"), "notAfter");
        validity.requireEnd("validity");
        this.subject = CertificateName.read(fields.next(Der.SEQUENCE, "subject"));
        Der info = fields.next(Der.SEQUENCE, "subjectPublicKeyInfo").open();
        Der algorithm = info.next(Der.SEQUENCE, "algorithm").open();
        String keyAlgorithm = Der.oid(algorithm.next(Der.OID, "algorithm"), "algorithm");
        this.oaepKey = keyAlgorithm.equals(RSAES_OAEP);
        this.key = key(keyAlgorithm, algorithm, bits(info.next(Der.BIT_STRING, "subjectPublicKey")));
        info.requireEnd("subjectPublicKeyInfo");
        for (int unique : new int[] {CONTEXT_1, CONTEXT_2}) {
            if (fields.nextIs(unique)) {
                fields.next("uniqueID");
            }
        }
        this.extensions =
                fields.nextIs(CONTEXT_3) ? extensions(fields.next("extensions").open()) : new TreeMap<>();
        fields.requireEnd("tbsCertificate");
    }

    public static X509 read(byte[] der) throws CertificateSyntaxException {
        return new X509(SignedValue.read(der, "Certificate", "tbsCertificate"));
    }

    private static int version(Der.Value value) throws CertificateSyntaxException {
        Der wrapper = value.open();
        BigInteger version = integer(wrapper.next(Der.INTEGER, "version"), "version");
        wrapper.requireEnd("version");
        if (version.signum() < 0 || version.compareTo(BigInteger.TWO) > 0) {
            throw new CertificateSyntaxException("version", "is not 1, 2 or 3");
        }
        return version.intValue() + 1;
    }

    static BigInteger integer(Der.Value value, String field) throws CertificateSyntaxException {
        if (value.size() == 0) {
            throw new CertificateSyntaxException(field, "is empty");
        }
        return new BigInteger(value.content());
    }

    static byte[] bits(Der.Value value) throws CertificateSyntaxException {
        byte[] content = value.content();
        if (content.length == 0 || content[0] != 0) {
            throw new CertificateSyntaxException("BIT STRING", "has not a whole number of bytes");
        }
        return Arrays.copyOfRange(content, 1, content.length);
    }

    static Instant time(Der.Value value, String field) throws CertificateSyntaxException {
        String digits = new String(value.content(), StandardCharsets.ISO_8859_1);
        if (value.tag() == Der.UTC_TIME && digits.matches("[0-9]{12}Z")) {
            digits = (digits.charAt(0) < '5' ? "20" : "19") + digits;
        } else if (value.tag() != Der.GENERALIZED_TIME || !digits.matches("[0-9]{14}Z")) {
            throw new CertificateSyntaxException(field, "is not a time in seconds and UTC");
        }
        try {
            return LocalDateTime.of(
                            number(digits, 0, 4),
                            number(digits, 4, 6),
                            number(digits, 6, 8),
                            number(digits, 8, 10),
                            number(digits, 10, 12),
                            number(digits, 12, 14))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new CertificateSyntaxException(field, "is not a time: " + digits);
        }
    }

    private static int number(String digits, int from, int to) {
        return Integer.parseInt(digits.substring(from, to));
    }

    private static VerificationKey key(String oid, Der parameters, byte[] bits) throws CertificateSyntaxException {
        try {
            if (oid.equals(RSA_ENCRYPTION) || oid.equals(RSAES_OAEP)) {
                Der input = new Der(bits);
                Der numbers = input.next(Der.SEQUENCE, "RSAPublicKey").open();
                input.requireEnd("RSAPublicKey");
                BigInteger modulus = integer(numbers.next(Der.INTEGER, "modulus"), "modulus");
                BigInteger exponent = integer(numbers.next(Der.INTEGER, "publicExponent"), "publicExponent");
                numbers.requireEnd("RSAPublicKey");
                return VerificationKey.rsa(modulus, exponent);
            }
            if (oid.equals(EC_PUBLIC_KEY)) {
                String curve = CURVES.get(Der.oid(parameters.next(Der.OID, "namedCurve"), "namedCurve"));
                int size = bits.length / 2;
                if (curve == null || bits.length % 2 == 0 || bits[0] != 4) {
                    throw new CertificateSyntaxException(
                            "subjectPublicKey", "is not an uncompressed point of P-256, P-384 or P-521");
                }
                return VerificationKey.ec(
                        curve,
                        new BigInteger(1, Arrays.copyOfRange(bits, 1, 1 + size)),
                        new BigInteger(1, Arrays.copyOfRange(bits, 1 + size, bits.length)));
            }
        } catch (InvalidKeyException e) {
            throw new CertificateSyntaxException("subjectPublicKey", String.valueOf(e.getMessage()));
        }
        throw new CertificateSyntaxException("algorithm", oid + " is neither RSA nor ECC");
    }

    static SortedMap<String, Extension> extensions(Der wrapper) throws CertificateSyntaxException {
        SortedMap<String, Extension> extensions = new TreeMap<>();
        Der list = wrapper.next(Der.SEQUENCE, "extensions").open();
        wrapper.requireEnd("extensions");
        while (list.hasMore()) {
            Der extension = list.next(Der.SEQUENCE, "extension").open();
            String oid = Der.oid(extension.next(Der.OID, "extnID"), "extnID");
            boolean critical = extension.nextIs(Der.BOOLEAN) && bool(extension.next("critical"), "critical");
            byte[] value = extension.next(Der.OCTET_STRING, "extnValue").content();
            extension.requireEnd("extension");
            if (extensions.put(oid, new Extension(critical, value)) != null) {
                throw new CertificateSyntaxException("extnID", oid + " is there twice");
            }
        }
        return extensions;
    }

    private static boolean bool(Der.Value value, String field) throws CertificateSyntaxException {
        if (value.size() != 1) {
            throw new CertificateSyntaxException(field, "has " + value.size() + " bytes");
        }
        return value.content()[0] != 0;
    }

    public boolean isSignedBy(X509 other) {
        return whole.isBy(other.key);
    }

    boolean hasSigned(SignedValue value) {
        return value.isBy(key);
    }

    public boolean isSha1() {
        return whole.isSha1();
    }

    public int version() {
        return version;
    }

    public BigInteger serialNumber() {
        return serialNumber;
    }

    public Instant notBefore() {
        return notBefore;
    }

    public Instant notAfter() {
        return notAfter;
    }

    public PublicKey key() {
        return key.key();
    }

    public int keyBits() {
        return key.bits();
    }

    public boolean hasOaepKey() {
        return oaepKey;
    }

    public Optional<Extension> extension(String oid) {
        return Optional.ofNullable(extensions.get(oid));
    }

    public List<String> criticalExtensions() {
        return extensions.entrySet().stream()
                .filter(extension -> extension.getValue().critical())
                .map(Map.Entry::getKey)
                .toList();
    }

    public boolean hasEmptySubject() {
        return subject.isEmpty();
    }

    public String subject() {
        return subject.text();
    }

    public String issuer() {
        return issuer.text();
    }

    CertificateName subjectName() {
        return subject;
    }

    public CertificateName.Match issuerMatches(X509 other) {
        return issuer.match(other.subject);
    }

    /** The attributes of the directory names of a SubjectAlternativeName: object identifier and value, in order. */
    public record Attribute(String oid, String value) {}

    /** The attributes of all names, however they are spread over them. */
    public static List<Attribute> directoryAttributes(byte[] generalNames) throws CertificateSyntaxException {
        List<Attribute> attributes = new ArrayList<>();
        Der names = new Der(generalNames).next(Der.SEQUENCE, "GeneralNames").open();
        while (names.hasMore()) {
            Der.Value name = names.next("GeneralName");
            if (name.tag() == 0xa4) {
                Der rdns = name.open().next(Der.SEQUENCE, "directoryName").open();
                while (rdns.hasMore()) {
                    Der rdn = rdns.next("RelativeDistinguishedName").open();
                    while (rdn.hasMore()) {
                        addAttribute(
                                rdn.next(Der.SEQUENCE, "AttributeTypeAndValue").open(), attributes);
                    }
                }
            }
        }
        return attributes;
    }

    private static void addAttribute(Der attribute, List<Attribute> attributes) throws CertificateSyntaxException {
        String oid = Der.oid(attribute.next(Der.OID, "type"), "type");
        Der.Value value = attribute.next("value");
        attributes.add(new Attribute(oid, new String(value.content(), StandardCharsets.UTF_8)));
    }

    /** The object identifiers of an extended key usage. */
    public static List<String> oids(byte[] sequence) throws CertificateSyntaxException {
        List<String> oids = new ArrayList<>();
        Der list = new Der(sequence).next(Der.SEQUENCE, "ExtKeyUsage").open();
        while (list.hasMore()) {
            oids.add(Der.oid(list.next(Der.OID, "KeyPurposeId"), "KeyPurposeId"));
        }
        return oids;
    }

    /** The bits of a key usage, the first one lowest. */
    public static int keyUsage(byte[] bitString) throws CertificateSyntaxException {
        byte[] content = new Der(bitString).next(Der.BIT_STRING, "KeyUsage").content();
        int usage = 0;
        for (int i = 0; i < 2 && i + 1 < content.length; i++) {
            usage |= (Integer.reverse(content[i + 1]) >>> (Integer.SIZE - Byte.SIZE)) << (i * Byte.SIZE);
        }
        return usage;
    }

    /** Empty unless the subject is a CA; then the most certificates that may follow below it. */
    public static Optional<Integer> pathLength(byte[] basicConstraints) throws CertificateSyntaxException {
        Der fields =
                new Der(basicConstraints).next(Der.SEQUENCE, "BasicConstraints").open();
        if (!fields.nextIs(Der.BOOLEAN) || !bool(fields.next("cA"), "cA")) {
            return Optional.empty();
        }
        if (!fields.hasMore()) {
            return Optional.of(Integer.MAX_VALUE);
        }
        BigInteger length = integer(fields.next(Der.INTEGER, "pathLenConstraint"), "pathLenConstraint");
        return Optional.of(length.signum() < 0 || length.bitLength() > 16 ? 0 : length.intValue());
    }

    /** Family, level and revision of the TPM specification in a SubjectDirectoryAttributes, each as text; empty if none. */
    public static Optional<List<String>> tpmSpecification(byte[] subjectDirectoryAttributes)
            throws CertificateSyntaxException {
        Der attributes = new Der(subjectDirectoryAttributes)
                .next(Der.SEQUENCE, "SubjectDirectoryAttributes")
                .open();
        while (attributes.hasMore()) {
            Der attribute = attributes.next(Der.SEQUENCE, "Attribute").open();
            if (Der.oid(attribute.next(Der.OID, "type"), "type").equals("2.23.133.2.16")) {
                Der values = attribute.next(Der.SET, "values").open();
                Der fields = values.next(Der.SEQUENCE, "TPMSpecification").open();
                String family = new String(fields.next("family").content(), StandardCharsets.UTF_8);
                BigInteger level = integer(fields.next(Der.INTEGER, "level"), "level");
                BigInteger revision = integer(fields.next(Der.INTEGER, "revision"), "revision");
                return Optional.of(List.of(family, level.toString(), revision.toString()));
            }
        }
        return Optional.empty();
    }
}
