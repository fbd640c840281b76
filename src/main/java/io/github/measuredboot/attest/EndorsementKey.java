package io.github.measuredboot.attest;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.PublicArea;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The public half of a key that decrypts credentials inside a TPM. It is the key's certificate that says that a TPM holds the
 * private half: {@link #requireCertificate}.
 */
public final class EndorsementKey {
    private static final long ADMIN_WITH_POLICY = 1 << 7;

    private final PublicArea publicArea;
    private final PublicKey key;

    private EndorsementKey(PublicArea publicArea, PublicKey key) {
        this.publicArea = publicArea;
        this.key = key;
    }

    /**
     * Returns the endorsement key with a public area, as {@code tpm2_createek -u} writes it.
     *
     * @param publicArea the public area; a vendor's own template is accepted: see {@link #template}
     * @return the key
     * @throws MalformedDataException if its numbers are not those of an RSA key or of a point on a NIST curve
     * @throws AttestationRefusedException if its attributes are not those of an endorsement key: restricted, decrypt without
     *     sign, fixedTPM, fixedParent, sensitiveDataOrigin and adminWithPolicy; or if it is an SM2 key
     */
    public static EndorsementKey of(PublicArea publicArea) throws MalformedDataException, AttestationRefusedException {
        PublicKey key = AttestationKey.of(publicArea)
                .publicKey()
                .orElseThrow(() -> new AttestationRefusedException(
                        AttestationRefusal.NOT_SUPPORTED, "credentials for SM2 keys are not made"));
        if (!publicArea.isRestricted()
                || !publicArea.isDecrypting()
                || publicArea.isSigning()
                || !publicArea.isFixedToTpm()
                || !publicArea.isFixedToParent()
                || !publicArea.isMadeByTpm()
                || (publicArea.objectAttributes() & ADMIN_WITH_POLICY) == 0) {
            throw new AttestationRefusedException(
                    AttestationRefusal.NOT_AN_ENDORSEMENT_KEY,
                    String.format(
                            "the attributes 0x%08x are not those of an endorsement key",
                            publicArea.objectAttributes()));
        }
        return new EndorsementKey(publicArea, key);
    }

    /**
     * Returns the endorsement key of a certificate. The certificate does not hold the whole public area, which the template
     * completes.
     *
     * @param certificate the certificate, verified
     * @param template the template from which the TPM made the key
     * @return the key
     * @throws AttestationRefusedException if the certificate is not for an endorsement key, or the template makes no such key
     */
    public static EndorsementKey of(VerifiedCertificate certificate, EkTemplate template)
            throws AttestationRefusedException {
        requirePurpose(certificate);
        PublicKey key = certificate.certificate().publicKey();
        return new EndorsementKey(
                template.publicArea(key)
                        .orElseThrow(() -> new AttestationRefusedException(
                                AttestationRefusal.KEY_DIFFERS,
                                "the certificate's key is not one that the template " + template + " makes")),
                key);
    }

    /**
     * Checks that a certificate is for this key.
     *
     * @param certificate the certificate, verified
     * @return this key, for which it is now proved that whoever the certificate names vouches for it
     * @throws AttestationRefusedException if the certificate is for another key or purpose
     */
    public EndorsementKey requireCertificate(VerifiedCertificate certificate) throws AttestationRefusedException {
        requirePurpose(certificate);
        certificate.requireKey(key);
        return this;
    }

    private static void requirePurpose(VerifiedCertificate certificate) throws AttestationRefusedException {
        if (certificate.purpose() != TpmCertificate.Purpose.ENDORSEMENT_KEY) {
            throw new AttestationRefusedException(
                    AttestationRefusal.PURPOSE_DIFFERS, "the certificate was not verified for an endorsement key");
        }
    }

    /** {@return the public area} */
    public PublicArea publicArea() {
        return publicArea;
    }

    /** {@return the key for the JDK's cryptography} */
    public PublicKey publicKey() {
        return key;
    }

    /** {@return the template from which the key was made; empty for a vendor's own template} */
    public Optional<EkTemplate> template() {
        return EkTemplate.of(publicArea);
    }

    /**
     * Encrypts a secret so that only the TPM that holds this key reveals it, and only if that TPM has loaded an object with the
     * given name. This is TPM2_MakeCredential without a TPM. {@link CredentialChallenge} is the protocol around it.
     *
     * @param objectName the name of the attestation key
     * @param secret what only that TPM is to learn, at most as many bytes as a digest of this key's nameAlg has
     * @param random the source of the seed and of an ephemeral key
     * @return the credential, as {@code tpm2_activatecredential} takes it
     * @throws AttestationRefusedException if this JVM cannot compute with the key's algorithms
     * @throws IllegalArgumentException if the secret is empty or too long
     */
    public CredentialBlob makeCredential(Bytes objectName, Bytes secret, SecureRandom random)
            throws AttestationRefusedException {
        return CredentialMaker.make(publicArea, key, objectName, secret, random);
    }
}
