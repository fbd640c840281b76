package io.github.measuredboot.attest;

import io.github.measuredboot.bytes.Bytes;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;

/** Numbers of keys in the form of a TPM. */
final class Numbers {
    private static final int P256_BITS = 256;
    private static final int P384_BITS = 384;

    private Numbers() {}

    /** Big-endian, with zeros in front. */
    static Bytes unsigned(BigInteger number, int size) {
        byte[] digits = number.toByteArray();
        byte[] padded = new byte[size];
        int count = Math.min(digits.length, size);
        System.arraycopy(digits, digits.length - count, padded, size - count, count);
        return Bytes.wrap(padded);
    }

    /** The TPM_ECC_CURVE of a key that was made by this library, which makes none on other curves than these. */
    static int curveId(ECPublicKey key) {
        return switch (key.getParams().getCurve().getField().getFieldSize()) {
            case P256_BITS -> 3;
            case P384_BITS -> 4;
            default -> 5;
        };
    }
}
