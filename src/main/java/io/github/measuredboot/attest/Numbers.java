package io.github.measuredboot.attest;

import io.github.measuredboot.bytes.Bytes;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.util.List;
import java.util.Optional;

/** Numbers of keys in the form of a TPM. */
final class Numbers {
    private static final List<String> CURVES = List.of("secp256r1", "secp384r1", "secp521r1");

    private Numbers() {}

    /** Big-endian, with zeros in front. */
    static Bytes unsigned(BigInteger number, int size) {
        byte[] digits = number.toByteArray();
        byte[] padded = new byte[size];
        int count = Math.min(digits.length, size);
        System.arraycopy(digits, digits.length - count, padded, size - count, count);
        return Bytes.wrap(padded);
    }

    /** The JDK's name of the curve of a key; empty if it is none of the NIST curves that TPMs have. */
    static Optional<String> curve(ECPublicKey key) {
        return CURVES.stream().filter(name -> isOn(name, key.getParams())).findFirst();
    }

    private static boolean isOn(String curve, ECParameterSpec given) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(curve));
            ECParameterSpec known = parameters.getParameterSpec(ECParameterSpec.class);
            return known.getCurve().equals(given.getCurve())
                    && known.getGenerator().equals(given.getGenerator())
                    && known.getOrder().equals(given.getOrder())
                    && known.getCofactor() == given.getCofactor();
        } catch (NoSuchAlgorithmException | InvalidParameterSpecException e) {
            return false;
        }
    }
}
