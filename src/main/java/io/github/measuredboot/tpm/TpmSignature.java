package io.github.measuredboot.tpm;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.internal.recognition.InputFormat;
import java.util.Arrays;

/**
 * A signature as a TPM 2.0 gives it: TPMT_SIGNATURE, as {@code tpm2_quote -s} writes it (TPM 2.0 Library, Part 2, section
 * 11.3). All numbers are big-endian.
 */
public sealed interface TpmSignature {
    /** The schemes that attestation keys use and this library can check. */
    enum Scheme {
        /** TPM_ALG_RSASSA: PKCS #1 v1.5. */
        RSASSA(0x0014),

        /** TPM_ALG_RSAPSS: PKCS #1 v2.1, MGF1 of the same hash algorithm. */
        RSAPSS(0x0016),

        /** TPM_ALG_ECDSA. */
        ECDSA(0x0018),

        /** TPM_ALG_SM2: GB/T 32918.2 over the hash of the message alone, without the signer's identity Z. */
        SM2(0x001b);

        private final int id;

        Scheme(int id) {
            this.id = id;
        }

        /** {@return the TPM_ALG_ID} */
        public int id() {
            return id;
        }

        boolean isRsa() {
            return this == RSASSA || this == RSAPSS;
        }
    }

    /** {@return the scheme (TPMT_SIGNATURE.sigAlg)} */
    Scheme scheme();

    /** {@return the hash algorithm of the signature, which in a quote is also that of the PCR digest} */
    HashAlgorithm hash();

    /** {@return what {@link #decode} reads} */
    Bytes encode();

    /**
     * TPMS_SIGNATURE_RSA.
     *
     * @param scheme {@link Scheme#RSASSA} or {@link Scheme#RSAPSS}
     * @param hash the hash algorithm
     * @param sig the signature, big-endian, at most 512 bytes
     */
    record Rsa(Scheme scheme, HashAlgorithm hash, Bytes sig) implements TpmSignature {
        static final int MAX_SIZE = 512;

        /** @throws IllegalArgumentException if the scheme is another, the algorithm not standard, or the signature too long */
        public Rsa {
            requireFit(scheme.isRsa(), scheme, hash);
            Sized.requireAtMost(MAX_SIZE, sig, "sig");
        }

        @Override
        public Bytes encode() {
            ByteWriter writer = new ByteWriter().u16be(scheme.id).u16be(hash.id());
            Sized.write(writer, sig);
            return writer.toBytes();
        }
    }

    /**
     * TPMS_SIGNATURE_ECC.
     *
     * @param scheme {@link Scheme#ECDSA} or {@link Scheme#SM2}
     * @param hash the hash algorithm
     * @param signatureR the number r, big-endian, at most 66 bytes
     * @param signatureS the number s, big-endian, at most 66 bytes
     */
    record Ecc(Scheme scheme, HashAlgorithm hash, Bytes signatureR, Bytes signatureS) implements TpmSignature {
        static final int MAX_SIZE = 66;

        /** @throws IllegalArgumentException if the scheme is another, the algorithm not standard, or a number too long */
        public Ecc {
            requireFit(!scheme.isRsa(), scheme, hash);
            Sized.requireAtMost(MAX_SIZE, signatureR, "signatureR");
            Sized.requireAtMost(MAX_SIZE, signatureS, "signatureS");
        }

        @Override
        public Bytes encode() {
            ByteWriter writer = new ByteWriter().u16be(scheme.id).u16be(hash.id());
            Sized.write(writer, signatureR);
            Sized.write(writer, signatureS);
            return writer.toBytes();
        }
    }

    private static void requireFit(boolean schemeFits, Scheme scheme, HashAlgorithm hash) {
        if (!schemeFits || !hash.isStandard()) {
            throw new IllegalArgumentException(scheme + " with " + hash + " is not a signature of this kind");
        }
    }

    /**
     * Decodes a TPMT_SIGNATURE.
     *
     * @param bytes the structure and nothing else
     * @return the signature, sharing {@code bytes}
     * @throws MalformedDataException if its scheme or hash algorithm is unknown, a size does not fit, or bytes are left over
     */
    static TpmSignature decode(Bytes bytes) throws MalformedDataException {
        String structure = "TPMT_SIGNATURE";
        ByteCursor cursor = new ByteCursor(bytes, 0, structure);
        int sigAlg = cursor.u16be("sigAlg");
        Scheme scheme = Arrays.stream(Scheme.values())
                .filter(known -> known.id == sigAlg)
                .findFirst()
                .orElseThrow(() -> InputFormat.explained(
                        cursor.fault(
                                "sigAlg",
                                String.format("0x%04x is not one of %s", sigAlg, Arrays.toString(Scheme.values()))),
                        structure,
                        bytes));
        int hashAlg = cursor.u16be("hash");
        HashAlgorithm hash = HashAlgorithm.byId(hashAlg)
                .orElseThrow(() -> cursor.fault(
                        "hash", String.format("0x%04x is not one of %s", hashAlg, HashAlgorithm.standard())));
        TpmSignature signature = scheme.isRsa()
                ? new Rsa(scheme, hash, Sized.read(cursor, "sig", Rsa.MAX_SIZE))
                : new Ecc(
                        scheme,
                        hash,
                        Sized.read(cursor, "signatureR", Ecc.MAX_SIZE),
                        Sized.read(cursor, "signatureS", Ecc.MAX_SIZE));
        Sized.requireEnd(cursor);
        return signature;
    }
}
