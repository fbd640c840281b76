package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.crypto.Sm2Key;
import io.github.measuredboot.internal.crypto.VerificationKey;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.util.Optional;
import java.util.Set;

/** A public key that was checked, by what it can verify. */
sealed interface KeyMaterial {
    /** What the JDK has signatures with. */
    Set<HashAlgorithm> HASHES = Set.of(
            HashAlgorithm.SHA1,
            HashAlgorithm.SHA256,
            HashAlgorithm.SHA384,
            HashAlgorithm.SHA512,
            HashAlgorithm.SHA3_256,
            HashAlgorithm.SHA3_384,
            HashAlgorithm.SHA3_512);

    Set<TpmSignature.Scheme> schemes();

    Set<HashAlgorithm> hashes();

    boolean verify(TpmSignature signature, Bytes message);

    /** What the JDK can use for other operations; empty for keys that only Bouncy Castle knows. */
    Optional<PublicKey> publicKey();

    /** The bytes of an RSA signature; 0 for other keys. */
    default int signatureSize() {
        return 0;
    }

    /** The bytes of each number of a signature; 0 for RSA. */
    default int coordinateSize() {
        return 0;
    }

    default boolean isShortRsa() {
        return false;
    }

    record Rsa(VerificationKey key) implements KeyMaterial {
        private static final int ENOUGH_BITS = 2048;

        @Override
        public Optional<PublicKey> publicKey() {
            return Optional.of(key.key());
        }

        @Override
        public Set<TpmSignature.Scheme> schemes() {
            return Set.of(TpmSignature.Scheme.RSASSA, TpmSignature.Scheme.RSAPSS);
        }

        @Override
        public Set<HashAlgorithm> hashes() {
            return HASHES;
        }

        @Override
        public int signatureSize() {
            return (key.bits() + Byte.SIZE - 1) / Byte.SIZE;
        }

        @Override
        public boolean isShortRsa() {
            return key.bits() < ENOUGH_BITS;
        }

        @Override
        public boolean verify(TpmSignature signature, Bytes message) {
            HashAlgorithm hash = signature.hash();
            return signature instanceof TpmSignature.Rsa rsa
                    && (rsa.scheme() == TpmSignature.Scheme.RSASSA
                            ? key.verifyRsaPkcs1(
                                    hash.jcaName(),
                                    message.toByteArray(),
                                    rsa.sig().toByteArray())
                            : key.verifyRsaPss(
                                    hash.jcaName(),
                                    hash.digestSize(),
                                    message.toByteArray(),
                                    rsa.sig().toByteArray()));
        }
    }

    record Ecc(VerificationKey key, int coordinateSize) implements KeyMaterial {
        @Override
        public Optional<PublicKey> publicKey() {
            return Optional.of(key.key());
        }

        @Override
        public Set<TpmSignature.Scheme> schemes() {
            return Set.of(TpmSignature.Scheme.ECDSA);
        }

        @Override
        public Set<HashAlgorithm> hashes() {
            return HASHES;
        }

        @Override
        public boolean verify(TpmSignature signature, Bytes message) {
            return signature instanceof TpmSignature.Ecc ecc
                    && key.verifyEcdsa(
                            ecc.hash().jcaName(),
                            message.toByteArray(),
                            number(ecc.signatureR()),
                            number(ecc.signatureS()));
        }
    }

    record Sm2(Sm2Key key, int coordinateSize) implements KeyMaterial {
        @Override
        public Optional<PublicKey> publicKey() {
            return Optional.empty();
        }

        @Override
        public Set<TpmSignature.Scheme> schemes() {
            return Set.of(TpmSignature.Scheme.SM2);
        }

        @Override
        public Set<HashAlgorithm> hashes() {
            return Set.of(HashAlgorithm.SM3_256, HashAlgorithm.SHA256);
        }

        @Override
        public boolean verify(TpmSignature signature, Bytes message) {
            return signature instanceof TpmSignature.Ecc ecc
                    && ecc.hash()
                            .newMessageDigest()
                            .map(digest -> {
                                message.update(digest);
                                return key.verify(digest.digest(), number(ecc.signatureR()), number(ecc.signatureS()));
                            })
                            .orElse(false);
        }
    }

    static KeyMaterial of(PublicArea.Parameters parameters) throws InvalidKeyException {
        if (parameters instanceof PublicArea.Rsa rsa) {
            BigInteger modulus = number(rsa.modulus());
            if (modulus.bitLength() != rsa.keyBits()) {
                throw new InvalidKeyException(
                        "the modulus has " + modulus.bitLength() + " bits, keyBits says " + rsa.keyBits());
            }
            long exponent = rsa.exponent() == 0 ? PublicArea.Rsa.DEFAULT_EXPONENT : rsa.exponent();
            return rsa(modulus, BigInteger.valueOf(exponent));
        }
        PublicArea.Ecc ecc = (PublicArea.Ecc) parameters;
        EccCurve curve = EccCurve.find(known -> known.id == ecc.curveId())
                .orElseThrow(() -> new InvalidKeyException(
                        String.format("the curve 0x%04x is not NIST P-256, P-384, P-521 or SM2 P-256", ecc.curveId())));
        return ecc(curve, number(ecc.x()), number(ecc.y()));
    }

    static KeyMaterial rsa(BigInteger modulus, BigInteger exponent) throws InvalidKeyException {
        return new Rsa(VerificationKey.rsa(modulus, exponent));
    }

    static KeyMaterial ecc(EccCurve curve, BigInteger x, BigInteger y) throws InvalidKeyException {
        return curve == EccCurve.SM2_P256
                ? new Sm2(Sm2Key.of(x, y), curve.coordinateSize)
                : new Ecc(VerificationKey.ec(curve.jcaName, x, y), curve.coordinateSize);
    }

    static BigInteger number(Bytes bigEndian) {
        return new BigInteger(1, bigEndian.toByteArray());
    }
}
