package io.github.measuredboot.internal.crypto;

import java.math.BigInteger;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The signature of a certificate or of a revocation list, and its algorithm. */
@SuppressWarnings("ArrayRecordComponent")
record SignatureValue(byte[] algorithmIdentifier, Optional<Scheme> scheme, byte[] signature) {
    private static final String RSASSA_PSS = "1.2.840.113549.1.1.10";
    private static final String MGF1 = "1.2.840.113549.1.1.8";
    private static final String SHA1 = "SHA-1";
    private static final Map<String, Scheme> SCHEMES = Map.ofEntries(
            scheme("1.2.840.113549.1.1.5", "SHA1withRSA", SHA1),
            scheme("1.2.840.113549.1.1.11", "SHA256withRSA", "SHA-256"),
            scheme("1.2.840.113549.1.1.12", "SHA384withRSA", "SHA-384"),
            scheme("1.2.840.113549.1.1.13", "SHA512withRSA", "SHA-512"),
            scheme("1.2.840.10045.4.1", "SHA1withECDSA", SHA1),
            scheme("1.2.840.10045.4.3.2", "SHA256withECDSA", "SHA-256"),
            scheme("1.2.840.10045.4.3.3", "SHA384withECDSA", "SHA-384"),
            scheme("1.2.840.10045.4.3.4", "SHA512withECDSA", "SHA-512"));
    private static final Map<String, String> HASHES = Map.of(
            "1.3.14.3.2.26", SHA1,
            "2.16.840.1.101.3.4.2.1", "SHA-256",
            "2.16.840.1.101.3.4.2.2", "SHA-384",
            "2.16.840.1.101.3.4.2.3", "SHA-512");

    record Scheme(String jcaName, String hash, @Nullable PSSParameterSpec pss) {}

    private static Map.Entry<String, Scheme> scheme(String oid, String jcaName, String hash) {
        return Map.entry(oid, new Scheme(jcaName, hash, null));
    }

    /** What follows the part that is signed. */
    static SignatureValue read(Der whole) throws CertificateSyntaxException {
        Der.Value identifier = whole.next(Der.SEQUENCE, "signatureAlgorithm");
        byte[] signature = X509.bits(whole.next(Der.BIT_STRING, "signatureValue"));
        whole.requireEnd("signatureValue");
        Der algorithm = identifier.open();
        String oid = Der.oid(algorithm.next(Der.OID, "algorithm"), "algorithm");
        Optional<Scheme> scheme = oid.equals(RSASSA_PSS) ? pss(algorithm) : Optional.ofNullable(SCHEMES.get(oid));
        return new SignatureValue(identifier.encoded(), scheme, signature);
    }

    /** Each parameter at most once and in its place; what is not there has its default value. */
    private static Optional<Scheme> pss(Der algorithm) throws CertificateSyntaxException {
        Der parameters = algorithm.next(Der.SEQUENCE, "RSASSA-PSS-params").open();
        algorithm.requireEnd("RSASSA-PSS-params");
        Optional<String> hash = Optional.of(SHA1);
        Optional<String> mgfHash = Optional.of(SHA1);
        BigInteger saltLength = BigInteger.valueOf(20);
        BigInteger trailer = BigInteger.ONE;
        if (parameters.nextIs(0xa0)) {
            hash = hash(only(parameters, Der.SEQUENCE, "hashAlgorithm").open());
        }
        if (parameters.nextIs(0xa1)) {
            Der mgf = only(parameters, Der.SEQUENCE, "maskGenAlgorithm").open();
            boolean isMgf1 = Der.oid(mgf.next(Der.OID, "maskGenAlgorithm"), "maskGenAlgorithm")
                    .equals(MGF1);
            Optional<String> ofMgf =
                    hash(mgf.next(Der.SEQUENCE, "hashAlgorithm").open());
            mgf.requireEnd("maskGenAlgorithm");
            mgfHash = isMgf1 ? ofMgf : Optional.empty();
        }
        if (parameters.nextIs(0xa2)) {
            saltLength = X509.integer(only(parameters, Der.INTEGER, "saltLength"), "saltLength");
        }
        if (parameters.nextIs(0xa3)) {
            trailer = X509.integer(only(parameters, Der.INTEGER, "trailerField"), "trailerField");
        }
        parameters.requireEnd("RSASSA-PSS-params");
        if (saltLength.signum() < 0 || saltLength.bitLength() > 10 || !trailer.equals(BigInteger.ONE)) {
            throw new CertificateSyntaxException("RSASSA-PSS-params", "are not possible");
        }
        if (hash.isEmpty() || mgfHash.isEmpty()) {
            return Optional.empty();
        }
        PSSParameterSpec spec = new PSSParameterSpec(
                hash.get(), "MGF1", new MGF1ParameterSpec(mgfHash.get()), saltLength.intValue(), 1);
        boolean isSha1 = hash.get().equals(SHA1) || mgfHash.get().equals(SHA1);
        return Optional.of(new Scheme("RSASSA-PSS", isSha1 ? SHA1 : hash.get(), spec));
    }

    /** What a tag of its own is around. */
    private static Der.Value only(Der parameters, int tag, String field) throws CertificateSyntaxException {
        Der wrapper = parameters.next(field).open();
        Der.Value value = wrapper.next(tag, field);
        wrapper.requireEnd(field);
        return value;
    }

    private static Optional<String> hash(Der algorithm) throws CertificateSyntaxException {
        return Optional.ofNullable(HASHES.get(Der.oid(algorithm.next(Der.OID, "hash"), "hash")));
    }

    boolean isSha1() {
        return scheme.isPresent() && scheme.get().hash.equals(SHA1);
    }

    boolean isOver(byte[] message, VerificationKey key) {
        return scheme.isPresent() && key.verify(scheme.get().jcaName, scheme.get().pss, message, signature);
    }
}
