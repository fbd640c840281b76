package io.github.measuredboot.uefi;

import io.github.measuredboot.bytes.Bytes;

/** What an entry of a signature list is (UEFI 32.4.1). */
public sealed interface SignatureContent {
    /**
     * A certificate.
     *
     * @param certificate its summary, or why there is none
     */
    record X509(Certificate certificate) implements SignatureContent {}

    /**
     * The hash of an image: its Authenticode digest.
     *
     * @param digest the digest of the list's algorithm
     */
    record Hash(Bytes digest) implements SignatureContent {}

    /**
     * The hash of a certificate's TBSCertificate, and from when on the certificate is revoked.
     *
     * @param toBeSignedHash the digest of the list's algorithm
     * @param timeOfRevocation the time; all zero if the certificate is revoked whatever the time
     */
    record CertificateHash(Bytes toBeSignedHash, EfiTime timeOfRevocation) implements SignatureContent {}

    /**
     * Something without a structure that this library takes apart.
     *
     * @param bytes all of it
     */
    record Opaque(Bytes bytes) implements SignatureContent {}
}
