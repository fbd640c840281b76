package io.github.measuredboot.internal.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPoint;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** How a seed goes to the holder of a key: TPM 2.0 Library, Part 1, annexes B.10 (RSA) and C.6 (ECC). */
public final class SeedEncryption {
    private SeedEncryption() {}

    /** A seed, and what lets the holder of the key find it: for RSA one number, for ECC the coordinates of a point. */
    public static final class Seed {
        private final byte[] seed;
        private final byte[][] encrypted;

        private Seed(byte[] seed, byte[]... encrypted) {
            this.seed = seed;
            this.encrypted = encrypted;
        }

        public byte[] seed() {
            return seed;
        }

        public byte[][] encrypted() {
            return encrypted;
        }
    }

    /** OAEP with one hash function for the label and the mask, which is not said of every provider's OAEP. */
    public static Seed rsa(PublicKey key, MessageDigest digest, String label, SecureRandom random)
            throws InvalidKeyException {
        byte[] seed = bytes(random, digest.getDigestLength());
        int size = ((RSAPublicKey) key).getModulus().bitLength() + Byte.SIZE - 1;
        byte[] message = oaep(seed, size / Byte.SIZE, digest, TpmKdf.terminated(label), random);
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, random);
            return new Seed(seed, cipher.doFinal(message));
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyException("this JVM does not encrypt with the RSA key", e);
        }
    }

    private static byte[] oaep(byte[] message, int size, MessageDigest digest, byte[] label, SecureRandom random)
            throws InvalidKeyException {
        int hashSize = digest.getDigestLength();
        int blockSize = size - hashSize - 1;
        if (message.length + 1 > blockSize - hashSize) {
            throw new InvalidKeyException(
                    "an RSA key of " + size + " bytes is too short for OAEP with " + digest.getAlgorithm());
        }
        byte[] block = new byte[blockSize];
        System.arraycopy(digest.digest(label), 0, block, 0, hashSize);
        block[blockSize - message.length - 1] = 1;
        System.arraycopy(message, 0, block, blockSize - message.length, message.length);
        byte[] maskSeed = bytes(random, hashSize);
        mask(block, maskSeed, digest);
        mask(maskSeed, block, digest);
        byte[] encoded = new byte[size];
        System.arraycopy(maskSeed, 0, encoded, 1, hashSize);
        System.arraycopy(block, 0, encoded, 1 + hashSize, blockSize);
        return encoded;
    }

    /** MGF1. */
    private static void mask(byte[] target, byte[] seed, MessageDigest digest) {
        int hashSize = digest.getDigestLength();
        for (int i = 0; i * hashSize < target.length; i++) {
            digest.update(seed);
            byte[] mask = digest.digest(new byte[] {(byte) (i >> 24), (byte) (i >> 16), (byte) (i >> 8), (byte) i});
            for (int j = 0; j < hashSize && i * hashSize + j < target.length; j++) {
                target[i * hashSize + j] ^= mask[j];
            }
        }
    }

    private static byte[] bytes(SecureRandom random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** An ephemeral key of the same curve. */
    public static Seed ecc(PublicKey key, MessageDigest digest, String label, SecureRandom random)
            throws InvalidKeyException {
        ECPublicKey remote = (ECPublicKey) key;
        int size = (remote.getParams().getCurve().getField().getFieldSize() + Byte.SIZE - 1) / Byte.SIZE;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(remote.getParams(), random);
            KeyPair ephemeral = generator.generateKeyPair();
            ECPoint point = ((ECPublicKey) ephemeral.getPublic()).getW();
            byte[] z = agree(ephemeral, remote);
            byte[] x = padded(point.getAffineX(), size);
            byte[] y = padded(point.getAffineY(), size);
            byte[] seed = new TpmKdf(digest)
                    .kdfe(z, label, x, padded(remote.getW().getAffineX(), size), digest.getDigestLength() * Byte.SIZE);
            return new Seed(seed, x, y);
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyException("this JVM does not agree on a secret with the ECC key", e);
        }
    }

    private static byte[] agree(KeyPair own, PublicKey other) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own.getPrivate());
        agreement.doPhase(other, true);
        return agreement.generateSecret();
    }

    private static byte[] padded(BigInteger number, int size) {
        byte[] bytes = new byte[size];
        VerificationKey.copyRight(number.toByteArray(), bytes, size);
        return bytes;
    }

    /** AES in CFB mode with an initialization vector of zeros. */
    public static byte[] aesCfb(byte[] key, byte[] plain) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new IvParameterSpec(new byte[cipher.getBlockSize()]));
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has AES", e);
        }
    }
}
