package io.github.measuredboot.internal.crypto;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import org.jspecify.annotations.Nullable;

/** A public key that was checked, and the signature schemes that go with it. Hash algorithms have their JCA names. */
public final class VerificationKey {
    public static final int MIN_RSA_BITS = 1024;
    public static final int MAX_RSA_BITS = 4096;
    private static final int MAX_EXPONENT_BITS = 32;
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private final PublicKey key;
    private final int bits;
    private final @Nullable BigInteger order;

    private VerificationKey(PublicKey key, int bits, @Nullable BigInteger order) {
        this.key = key;
        this.bits = bits;
        this.order = order;
    }

    /**
     * Checks the numbers.
     *
     * @throws InvalidKeyException if a TPM would not have such a key
     */
    public static VerificationKey rsa(BigInteger modulus, BigInteger exponent) throws InvalidKeyException {
        int bits = modulus.bitLength();
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS || !modulus.testBit(0)) {
            throw new InvalidKeyException("an RSA modulus of " + bits + " bits, last bit "
                    + (modulus.testBit(0) ? 1 : 0) + ", is not an odd one of " + MIN_RSA_BITS + " to " + MAX_RSA_BITS);
        }
        if (exponent.compareTo(THREE) < 0 || exponent.bitLength() > MAX_EXPONENT_BITS || !exponent.testBit(0)) {
            throw new InvalidKeyException(
                    "the RSA exponent is not odd, 3 or more and at most " + MAX_EXPONENT_BITS + " bits long");
        }
        try {
            return new VerificationKey(
                    KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)), bits, null);
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyException("the RSA key is refused: " + e.getMessage(), e);
        }
    }

    /**
     * Checks the point.
     *
     * @throws InvalidKeyException if the JVM has no such curve, or the point is not on it
     */
    public static VerificationKey ec(String curveName, BigInteger x, BigInteger y) throws InvalidKeyException {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(curveName));
            ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
            requireOnCurve(spec.getCurve(), x, y);
            PublicKey key = KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), spec));
            return new VerificationKey(key, spec.getOrder().bitLength(), spec.getOrder());
        } catch (NoSuchAlgorithmException | InvalidParameterSpecException e) {
            throw new InvalidKeyException("this JVM does not have the curve " + curveName, e);
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyException("the EC key is refused: " + e.getMessage(), e);
        }
    }

    private static void requireOnCurve(EllipticCurve curve, BigInteger x, BigInteger y) throws InvalidKeyException {
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        BigInteger right =
                x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB()).mod(p);
        if (x.signum() < 0
                || y.signum() < 0
                || x.compareTo(p) >= 0
                || y.compareTo(p) >= 0
                || !y.multiply(y).mod(p).equals(right)) {
            throw new InvalidKeyException("the point is not on the curve");
        }
    }

    /** {@return the key for other operations of the JDK} */
    public PublicKey key() {
        return key;
    }

    public int bits() {
        return bits;
    }

    public boolean verifyRsaPkcs1(String hash, byte[] message, byte[] signature) {
        return verify(scheme(hash) + "withRSA", null, message, signature);
    }

    /** Takes the two salt lengths that TPMs use: that of the hash, and the longest that fits the key. */
    public boolean verifyRsaPss(String hash, int hashSize, byte[] message, byte[] signature) {
        int encodedSize = (bits - 1 + Byte.SIZE - 1) / Byte.SIZE;
        int longestSalt = encodedSize - hashSize - 2;
        return verifyPssWithSalt(Math.min(hashSize, longestSalt), hash, message, signature)
                || (longestSalt > hashSize && verifyPssWithSalt(longestSalt, hash, message, signature));
    }

    private boolean verifyPssWithSalt(int saltLength, String hash, byte[] message, byte[] signature) {
        PSSParameterSpec parameters = new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), saltLength, 1);
        return verify("RSASSA-PSS", parameters, message, signature);
    }

    public boolean verifyEcdsa(String hash, byte[] message, BigInteger r, BigInteger s) {
        if (order == null || !isScalar(r, order) || !isScalar(s, order)) {
            return false;
        }
        int size = (bits + Byte.SIZE - 1) / Byte.SIZE;
        byte[] signature = new byte[2 * size];
        copyRight(r.toByteArray(), signature, size);
        copyRight(s.toByteArray(), signature, 2 * size);
        return verify(scheme(hash) + "withECDSAinP1363Format", null, message, signature);
    }

    static boolean isScalar(BigInteger number, BigInteger order) {
        return number.signum() > 0 && number.compareTo(order) < 0;
    }

    static void copyRight(byte[] number, byte[] target, int end) {
        int sign = number[0] == 0 ? 1 : 0;
        int size = number.length - sign;
        System.arraycopy(number, sign, target, end - size, size);
    }

    boolean verify(String algorithm, @Nullable AlgorithmParameterSpec parameters, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm);
            if (parameters != null) {
                verifier.setParameter(parameters);
            }
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (NoSuchAlgorithmException
                | InvalidAlgorithmParameterException
                | InvalidKeyException
                | SignatureException e) {
            return false;
        }
    }

    private static String scheme(String hash) {
        return hash.startsWith("SHA-") ? "SHA" + hash.substring("SHA-".length()) : hash;
    }
}
