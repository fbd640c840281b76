package io.github.measuredboot.attest;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PublicArea;
import io.github.measuredboot.tpm.PublicArea.Scheme;
import io.github.measuredboot.tpm.PublicArea.Symmetric;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The templates from which TPMs make endorsement keys (TCG EK Credential Profile 2.5, annex B). With the template, the key in a
 * certificate gives the whole public area, and therefore the name.
 */
public enum EkTemplate {
    /** L-1: RSA 2048 in the low range. */
    L1(2048, "", 0, 0, HashAlgorithm.SHA256, 128, 0x01c00002),
    /** L-2: P-256 in the low range. */
    L2(0, "secp256r1", 3, 32, HashAlgorithm.SHA256, 128, 0x01c0000a),
    /** H-1: RSA 2048 in the high range. */
    H1(2048, "", 0, 0, HashAlgorithm.SHA256, 128, 0x01c00012),
    /** H-2: P-256 in the high range. */
    H2(0, "secp256r1", 3, 32, HashAlgorithm.SHA256, 128, 0x01c00014),
    /** H-3: P-384. */
    H3(0, "secp384r1", 4, 48, HashAlgorithm.SHA384, 256, 0x01c00016),
    /** H-4: P-521. */
    H4(0, "secp521r1", 5, 66, HashAlgorithm.SHA512, 256, 0x01c00018),
    /** H-6: RSA 3072. */
    H6(3072, "", 0, 0, HashAlgorithm.SHA384, 256, 0x01c0001c),
    /** H-7: RSA 4096. */
    H7(4096, "", 0, 0, HashAlgorithm.SHA384, 256, 0x01c0001e);

    private static final long LOW_RANGE_ATTRIBUTES = 0x000300b2;
    private static final long USER_WITH_AUTH = 1 << 6;
    private static final BigInteger DEFAULT_EXPONENT = BigInteger.valueOf(65537);
    private static final int AES = 0x0006;
    private static final int CFB = 0x0043;
    private static final Bytes POLICY_A =
            Bytes.parseHex("837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa");
    private static final Bytes POLICY_B_SHA256 =
            Bytes.parseHex("ca3d0a99a2b93906f7a3342414efcfb3a385d44cd1fd459089d19b5071c0b7a0");
    private static final Bytes POLICY_B_SHA384 = Bytes.parseHex(
            "b26e7d28d11a50bc53d882bcf5fd3a1a074148bb35d3b4e4cb1c0ad9" + "bde419cacb47ba09699646150f9fc000f3f80e12");
    private static final Bytes POLICY_B_SHA512 =
            Bytes.parseHex("b8221ca69e8550a4914de3faa6a18c072cc01208073a928d5d66d59e"
                    + "f79e49a429c41a6b269571d57edb25fbdb1838425608b413cd616a5f6db5b6071af99bea");

    private final int rsaBits;
    private final String curve;
    private final int curveId;
    private final int coordinateSize;

    @SuppressWarnings("ImmutableEnumChecker")
    private final HashAlgorithm nameAlg;

    private final int aesBits;
    private final long certificateIndex;

    EkTemplate(
            int rsaBits,
            String curve,
            int curveId,
            int coordinateSize,
            HashAlgorithm nameAlg,
            int aesBits,
            long certificateIndex) {
        this.rsaBits = rsaBits;
        this.curve = curve;
        this.curveId = curveId;
        this.coordinateSize = coordinateSize;
        this.nameAlg = nameAlg;
        this.aesBits = aesBits;
        this.certificateIndex = certificateIndex;
    }

    /** {@return the NV index that holds the certificate of the endorsement key that is made from this template} */
    public long certificateIndex() {
        return certificateIndex;
    }

    private boolean isLowRange() {
        return this == L1 || this == L2;
    }

    private long attributes() {
        return isLowRange() ? LOW_RANGE_ATTRIBUTES : LOW_RANGE_ATTRIBUTES | USER_WITH_AUTH;
    }

    private Bytes policy() {
        if (isLowRange()) {
            return POLICY_A;
        }
        return nameAlg.equals(HashAlgorithm.SHA256)
                ? POLICY_B_SHA256
                : nameAlg.equals(HashAlgorithm.SHA384) ? POLICY_B_SHA384 : POLICY_B_SHA512;
    }

    private Symmetric symmetric() {
        return new Symmetric(
                AES,
                Bytes.parseHex(HexFormat.of().toHexDigits((short) aesBits)
                        + HexFormat.of().toHexDigits((short) CFB)));
    }

    /**
     * The public area that a key of this template has.
     *
     * @param key the key, from a certificate
     * @return the public area, or empty if the key is of another kind or size, or has an exponent other than 65537
     */
    public Optional<PublicArea> publicArea(PublicKey key) {
        return parameters(key).map(parameters -> new PublicArea(nameAlg.id(), attributes(), policy(), parameters));
    }

    private Optional<PublicArea.Parameters> parameters(PublicKey key) {
        Scheme none = new Scheme(Scheme.NULL, Bytes.EMPTY);
        if (key instanceof RSAPublicKey rsa
                && rsa.getModulus().bitLength() == rsaBits
                && rsa.getPublicExponent().equals(DEFAULT_EXPONENT)) {
            Bytes modulus = Numbers.unsigned(rsa.getModulus(), rsaBits / Byte.SIZE);
            return Optional.of(new PublicArea.Rsa(symmetric(), none, rsaBits, 0, modulus));
        }
        if (key instanceof ECPublicKey ecc && Numbers.curve(ecc).equals(Optional.of(curve))) {
            Bytes x = Numbers.unsigned(ecc.getW().getAffineX(), coordinateSize);
            Bytes y = Numbers.unsigned(ecc.getW().getAffineY(), coordinateSize);
            return Optional.of(new PublicArea.Ecc(symmetric(), none, curveId, none, x, y));
        }
        return Optional.empty();
    }

    /**
     * The template from which a public area was made.
     *
     * @param area the public area of a key
     * @return the template, or empty if the area fits none: then it is not the area of a standard endorsement key
     */
    public static Optional<EkTemplate> of(PublicArea area) {
        return Arrays.stream(values()).filter(template -> template.fits(area)).findFirst();
    }

    private boolean fits(PublicArea area) {
        boolean sameKind = area.parameters() instanceof PublicArea.Rsa rsa
                ? rsa.keyBits() == rsaBits
                        && rsa.exponent() == 0
                        && rsa.scheme().isNull()
                        && rsa.symmetric().equals(symmetric())
                : area.parameters() instanceof PublicArea.Ecc ecc
                        && ecc.curveId() == curveId
                        && ecc.scheme().isNull()
                        && ecc.kdf().isNull()
                        && ecc.symmetric().equals(symmetric());
        return sameKind
                && area.nameAlg() == nameAlg.id()
                && area.objectAttributes() == attributes()
                && area.authPolicy().equals(policy());
    }
}
