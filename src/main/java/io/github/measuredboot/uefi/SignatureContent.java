package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import java.util.List;

/** What an entry of a signature list is (UEFI 32.4.1). */
public sealed interface SignatureContent {
    /**
     * The fields for display.
     *
     * @param offset where the entry begins, after its owner
     * @return the fields, with offsets counted from where {@code offset} is counted
     */
    List<Field> fields(int offset);

    /**
     * A certificate.
     *
     * @param certificate its summary, or why there is none
     */
    record X509(Certificate certificate) implements SignatureContent {
        @Override
        public List<Field> fields(int offset) {
            return certificate.fields(offset);
        }
    }

    /**
     * The hash of an image: its Authenticode digest.
     *
     * @param digest the digest of the list's algorithm
     */
    record Hash(Bytes digest) implements SignatureContent {
        @Override
        public List<Field> fields(int offset) {
            return List.of(Field.binary("digest", digest, offset));
        }
    }

    /**
     * The hash of a certificate's TBSCertificate, and the time from which the certificate is revoked.
     *
     * @param toBeSignedHash the digest of the list's algorithm
     * @param timeOfRevocation the time; all zero if the certificate is revoked whatever the time
     */
    record CertificateHash(Bytes toBeSignedHash, EfiTime timeOfRevocation) implements SignatureContent {
        @Override
        public List<Field> fields(int offset) {
            return List.of(
                    Field.binary("toBeSignedHash", toBeSignedHash, offset),
                    Field.text(
                            "timeOfRevocation",
                            timeOfRevocation.toString(),
                            offset + toBeSignedHash.length(),
                            EfiTime.SIZE));
        }
    }

    /** Something without a structure that this library takes apart. */
    record Opaque(Bytes bytes) implements SignatureContent {
        @Override
        public List<Field> fields(int offset) {
            return List.of(Field.binary("signatureData", bytes, offset));
        }
    }
}
