package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import java.math.BigInteger;
import java.security.InvalidKeyException;

/** The keys of a TPM 1.2: TPM_PUBKEY (TPM 1.2, Part 2, section 10.5), and the public part of TPM_KEY and TPM_KEY12 (10.2, 10.3). */
final class Tpm12Key {
    private static final String STRUCTURE = "TPM_PUBKEY";
    private static final Bytes RSA = Bytes.parseHex("00000001");
    private static final Bytes KEY_VERSION = Bytes.parseHex("01010000");
    private static final Bytes KEY12_TAG = Bytes.parseHex("00280000");
    private static final int PRIMES = 2;
    private static final BigInteger DEFAULT_EXPONENT = BigInteger.valueOf(65_537);

    private Tpm12Key() {}

    static boolean isKey(Bytes bytes) {
        return bytes.startsWith(RSA) || bytes.startsWith(KEY_VERSION) || bytes.startsWith(KEY12_TAG);
    }

    static KeyMaterial decode(Bytes bytes) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(bytes, 0, STRUCTURE);
        boolean whole = !bytes.startsWith(RSA);
        if (whole) {
            cursor.bytes(4, "ver");
            cursor.u16be("keyUsage");
            cursor.u32be("keyFlags");
            cursor.u8("authDataUsage");
        }
        if (cursor.u32be("algorithmID") != 1) {
            throw cursor.fault("algorithmID", "is not TPM_ALG_RSA");
        }
        cursor.u16be("encScheme");
        cursor.u16be("sigScheme");
        ByteCursor parameters = new ByteCursor(
                cursor.bytes(cursor.u32be("parmSize"), "parms"), cursor.inputPosition(), "TPM_RSA_KEY_PARMS");
        long bits = parameters.u32be("keyLength");
        if (parameters.u32be("numPrimes") != PRIMES) {
            throw parameters.fault("numPrimes", "is not " + PRIMES);
        }
        Bytes exponent = parameters.bytes(parameters.u32be("exponentSize"), "exponent");
        Sized.requireEnd(parameters);
        if (whole) {
            cursor.bytes(cursor.u32be("PCRInfoSize"), "PCRInfo");
        }
        BigInteger modulus = KeyMaterial.number(cursor.bytes(cursor.u32be("keyLength"), "key"));
        if (whole) {
            cursor.bytes(cursor.u32be("encSize"), "encData");
        }
        Sized.requireEnd(cursor);
        if (modulus.bitLength() != bits) {
            throw cursor.fault("key", "has " + modulus.bitLength() + " bits, keyLength says " + bits);
        }
        try {
            return KeyMaterial.rsa(modulus, exponent.isEmpty() ? DEFAULT_EXPONENT : KeyMaterial.number(exponent));
        } catch (InvalidKeyException e) {
            throw cursor.fault("key", String.valueOf(e.getMessage()));
        }
    }
}
