package io.github.measuredboot.testing;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.binary.ByteWriter;

/** Keys of a TPM 1.2, right or wrong. */
public final class Tpm12Keys {
    public static final int RSA = 1;

    private Tpm12Keys() {}

    /** TPM_PUBKEY. */
    public static Bytes encode(int algorithm, Bytes parameters, Bytes modulus) {
        return new ByteWriter()
                .u32be(algorithm)
                .u16be(1)
                .u16be(2)
                .u32be(parameters.length())
                .bytes(parameters)
                .u32be(modulus.length())
                .bytes(modulus)
                .toBytes();
    }

    /** TPM_RSA_KEY_PARMS. */
    public static Bytes parameters(int bits, int primes, Bytes exponent) {
        return new ByteWriter()
                .u32be(bits)
                .u32be(primes)
                .u32be(exponent.length())
                .bytes(exponent)
                .toBytes();
    }
}
