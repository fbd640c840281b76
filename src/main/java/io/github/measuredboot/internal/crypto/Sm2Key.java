package io.github.measuredboot.internal.crypto;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;

/** A public key on the curve sm2p256v1. */
public final class Sm2Key {
    public static final int BITS = 256;

    private final ECPublicKeyParameters key;

    private Sm2Key(ECPublicKeyParameters key) {
        this.key = key;
    }

    /**
     * Checks the point.
     *
     * @throws InvalidKeyException if it is not on the curve
     */
    public static Sm2Key of(BigInteger x, BigInteger y) throws InvalidKeyException {
        X9ECParameters curve = GMNamedCurves.getByName("sm2p256v1");
        try {
            return new Sm2Key(
                    new ECPublicKeyParameters(curve.getCurve().validatePoint(x, y), new ECDomainParameters(curve)));
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException("the point is not on the curve", e);
        }
    }

    /** A TPM signs the digest of the message as it is, where GB/T 32918.2 hashes the signer's identity Z before it. */
    public boolean verify(byte[] messageDigest, BigInteger r, BigInteger s) {
        BigInteger order = key.getParameters().getN();
        if (!VerificationKey.isScalar(r, order) || !VerificationKey.isScalar(s, order)) {
            return false;
        }
        SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE, new GivenDigest(messageDigest));
        signer.init(false, key);
        return signer.verifySignature(PlainDSAEncoding.INSTANCE.encode(order, r, s));
    }

    private static final class GivenDigest implements Digest {
        private final byte[] value;

        GivenDigest(byte[] value) {
            this.value = value;
        }

        @Override
        public String getAlgorithmName() {
            return "given";
        }

        @Override
        public int getDigestSize() {
            return value.length;
        }

        @Override
        public void update(byte in) {}

        @Override
        public void update(byte[] in, int offset, int length) {}

        @Override
        public int doFinal(byte[] out, int offset) {
            System.arraycopy(value, 0, out, offset, value.length);
            return value.length;
        }

        @Override
        public void reset() {}
    }
}
