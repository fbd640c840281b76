package io.github.measuredboot.internal.crypto;

import java.util.Arrays;

/**
 * What a certificate and a revocation list have in common: a part that is signed, and the signature over it, whose algorithm is
 * named in both.
 */
record SignedValue(Der.Value signed, SignatureValue signature) {
    static SignedValue read(byte[] der, String structure, String signedField) throws CertificateSyntaxException {
        Der input = new Der(der);
        Der whole = input.next(Der.SEQUENCE, structure).open();
        input.requireEnd(structure);
        Der.Value signed = whole.next(Der.SEQUENCE, signedField);
        return new SignedValue(signed, SignatureValue.read(whole));
    }

    /** The signed part has to name the same algorithm, because what follows it is not signed. */
    void requireAlgorithm(Der fields) throws CertificateSyntaxException {
        if (!Arrays.equals(fields.next(Der.SEQUENCE, "signature").encoded(), signature.algorithmIdentifier())) {
            throw new CertificateSyntaxException("signature", "is not the algorithm that follows the signed part");
        }
    }

    boolean isBy(VerificationKey key) {
        return signature.isOver(signed.encoded(), key);
    }

    boolean isSha1() {
        return signature.isSha1();
    }
}
