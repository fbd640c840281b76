package io.github.measuredboot.attest;

/**
 * Where the virtual TPMs of clouds keep the certificates of their keys ({@code tpm2_nvread}, {@link CertificateFiles#readNv}).
 * Amazon's NitroTPM has none: Amazon's interface provides the endorsement key of an instance instead, for {@link
 * KeyIdentity#byKnownEndorsementKey}.
 */
public enum CloudKey {
    /** Google's RSA attestation key, whose certificate names a {@link GoogleInstance}. */
    GOOGLE_RSA(0x01c10000),

    /** Google's ECC attestation key. */
    GOOGLE_ECC(0x01c10002),

    /** Azure's attestation key. */
    AZURE(0x01c101d0);

    private final long certificateIndex;

    CloudKey(long certificateIndex) {
        this.certificateIndex = certificateIndex;
    }

    /** {@return the NV index that holds the certificate of the attestation key} */
    public long certificateIndex() {
        return certificateIndex;
    }
}
