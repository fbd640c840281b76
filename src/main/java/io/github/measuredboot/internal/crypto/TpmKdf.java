package io.github.measuredboot.internal.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** HMAC and the key derivation functions of TPM 2.0 Library, Part 1, section 11.4.10, over any hash function. */
public final class TpmKdf {
    private static final int INNER_PAD = 0x36;
    private static final int OUTER_PAD = 0x5c;

    private final MessageDigest digest;
    private final int blockSize;

    /** The digest is used up by each call and must not be shared. */
    public TpmKdf(MessageDigest digest) {
        this.digest = digest;
        this.blockSize = blockSize(digest);
    }

    private static int blockSize(MessageDigest digest) {
        int size = digest.getDigestLength();
        if (digest.getAlgorithm().startsWith("SHA3")) {
            return 200 - 2 * size;
        }
        return size > 32 ? 128 : 64;
    }

    public byte[] hmac(byte[] key, byte[]... message) {
        byte[] padded = Arrays.copyOf(key.length > blockSize ? digest.digest(key) : key, blockSize);
        digest.update(xor(padded, INNER_PAD));
        for (byte[] part : message) {
            digest.update(part);
        }
        byte[] inner = digest.digest();
        digest.update(xor(padded, OUTER_PAD));
        return digest.digest(inner);
    }

    private static byte[] xor(byte[] bytes, int pad) {
        byte[] result = bytes.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= (byte) pad;
        }
        return result;
    }

    /** KDFa; the number of bits is a multiple of 8. */
    public byte[] kdfa(byte[] key, String label, byte[] contextU, byte[] contextV, int bits) {
        return expand(bits, counter -> hmac(key, counter, terminated(label), contextU, contextV, u32(bits)));
    }

    /** KDFe; the number of bits is a multiple of 8. */
    public byte[] kdfe(byte[] z, String label, byte[] partyU, byte[] partyV, int bits) {
        return expand(bits, counter -> {
            digest.update(counter);
            digest.update(z);
            digest.update(terminated(label));
            digest.update(partyU);
            return digest.digest(partyV);
        });
    }

    private interface Block {
        byte[] at(byte[] counter);
    }

    private static byte[] expand(int bits, Block block) {
        byte[] result = new byte[bits / Byte.SIZE];
        int filled = 0;
        for (int counter = 1; filled < result.length; counter++) {
            byte[] next = block.at(u32(counter));
            int size = Math.min(next.length, result.length - filled);
            System.arraycopy(next, 0, result, filled, size);
            filled += size;
        }
        return result;
    }

    /** With the zero byte that a TPM counts to every label. */
    static byte[] terminated(String label) {
        return (label + '\0').getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] u32(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }
}
