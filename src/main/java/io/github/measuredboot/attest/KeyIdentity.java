package io.github.measuredboot.attest;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.Attested;
import io.github.measuredboot.tpm.CreationData;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PublicArea;
import io.github.measuredboot.tpm.QuoteFinding;
import io.github.measuredboot.tpm.VerifiedAttest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An attestation key, and who says that it lives in a TPM. Each method that makes an identity says what has to be shown for it;
 * the two that need nothing, {@link #asserted} and {@link #unknown}, say so in their {@link #level}.
 */
public final class KeyIdentity {
    private final AttestationKey key;
    private final IdentityLevel level;
    private final Optional<VerifiedCertificate> certificate;

    private KeyIdentity(AttestationKey key, IdentityLevel level, Optional<VerifiedCertificate> certificate) {
        this.key = key;
        this.level = level;
        this.certificate = certificate;
    }

    /**
     * A key for which the caller vouches, for example because it is configured or was enrolled in another way.
     *
     * @param key the key
     * @return its identity, {@link IdentityLevel#ASSERTED}
     */
    public static KeyIdentity asserted(AttestationKey key) {
        return new KeyIdentity(key, IdentityLevel.ASSERTED, Optional.empty());
    }

    /**
     * A key for which nobody vouches.
     *
     * @param key the key
     * @return its identity, {@link IdentityLevel#UNKNOWN}
     */
    public static KeyIdentity unknown(AttestationKey key) {
        return new KeyIdentity(key, IdentityLevel.UNKNOWN, Optional.empty());
    }

    /**
     * A key that was enrolled earlier, as the caller's records say.
     *
     * @param key the key that is presented now
     * @param name the name of the key that is on record
     * @param level how far the identity was proved when it was enrolled
     * @return its identity
     * @throws AttestationRefusedException if the key that is presented has another name, or its name is unknown
     */
    public static KeyIdentity enrolled(AttestationKey key, Bytes name, IdentityLevel level)
            throws AttestationRefusedException {
        requireName(key, name, "on record");
        return new KeyIdentity(key, level, Optional.empty());
    }

    /**
     * The second step of enrolment: the machine has sent back the secret of a challenge. The key is therefore in the TPM that
     * holds the endorsement key, for which a certificate vouches.
     *
     * @param challenge the challenge, as {@link CredentialChallenge#issue} made it
     * @param answer what the machine sent: the output of {@code tpm2_activatecredential}
     * @param now the current time by the caller's clock
     * @param endorsementKey the endorsement key
     * @param certificate its certificate
     * @param key the attestation key
     * @return its identity, {@link IdentityLevel#PROVED_BY_EK}
     * @throws AttestationRefusedException if the answer is wrong or late, one of the keys is not the one that the challenge is
     *     about, the certificate is for another key, or the attestation key breaks the rules for such keys
     */
    public static KeyIdentity byEndorsementKey(
            CredentialChallenge challenge,
            Bytes answer,
            Instant now,
            EndorsementKey endorsementKey,
            VerifiedCertificate certificate,
            AttestationKey key)
            throws AttestationRefusedException {
        endorsementKey.requireCertificate(certificate);
        requireActivated(challenge, answer, now, endorsementKey, key);
        return new KeyIdentity(key, IdentityLevel.PROVED_BY_EK, Optional.of(certificate));
    }

    /**
     * Like {@link #byEndorsementKey}, for an endorsement key without a certificate that the caller knows to be that of a TPM:
     * from the interface of a cloud that issues no certificates, such as Amazon's, or from a manufacturer's list.
     *
     * @param challenge the challenge, as {@link CredentialChallenge#issue} made it
     * @param answer what the machine sent: the output of {@code tpm2_activatecredential}
     * @param now the current time by the caller's clock
     * @param endorsementKey the endorsement key, which must not come from the machine itself
     * @param key the attestation key
     * @return its identity, {@link IdentityLevel#PROVED_BY_EK} without a certificate
     * @throws AttestationRefusedException if the answer is wrong or late, one of the keys is not the one that the challenge is
     *     about, or the attestation key breaks the rules for such keys
     */
    public static KeyIdentity byKnownEndorsementKey(
            CredentialChallenge challenge, Bytes answer, Instant now, EndorsementKey endorsementKey, AttestationKey key)
            throws AttestationRefusedException {
        requireActivated(challenge, answer, now, endorsementKey, key);
        return new KeyIdentity(key, IdentityLevel.PROVED_BY_EK, Optional.empty());
    }

    private static void requireActivated(
            CredentialChallenge challenge, Bytes answer, Instant now, EndorsementKey endorsementKey, AttestationKey key)
            throws AttestationRefusedException {
        requireRules(key, true);
        challenge.requireAbout(endorsementKey, key);
        challenge.requireAnswer(answer, now);
    }

    /**
     * A key for which there is a certificate, such as an IAK, or the attestation key of a cloud's virtual TPM.
     *
     * <p>The certificate is for the numbers of the public key alone. The attributes and the name of the key are those of the public
     * area that the machine presents, and only the issuer's practice says that they are true.
     *
     * @param key the key
     * @param certificate the certificate, verified for {@link TpmCertificate.Purpose#ATTESTATION_KEY}
     * @return its identity, {@link IdentityLevel#PROVED_BY_CERTIFICATE}
     * @throws AttestationRefusedException if the certificate is for another key or purpose, or the key breaks the rules
     */
    public static KeyIdentity byCertificate(AttestationKey key, VerifiedCertificate certificate)
            throws AttestationRefusedException {
        if (certificate.purpose() != TpmCertificate.Purpose.ATTESTATION_KEY) {
            throw new AttestationRefusedException(
                    AttestationRefusal.PURPOSE_DIFFERS, "the certificate was not verified for an attestation key");
        }
        certificate.requireKey(key.publicKey()
                .orElseThrow(() -> new AttestationRefusedException(
                        AttestationRefusal.NOT_SUPPORTED, "certificates for SM2 keys are not supported")));
        requireRules(key, false);
        return new KeyIdentity(key, IdentityLevel.PROVED_BY_CERTIFICATE, Optional.of(certificate));
    }

    /**
     * A key that another key of the same TPM has certified with TPM2_Certify.
     *
     * @param statement what the other key signed, verified with {@code signer.key()}
     * @param signer the other key, for example an IAK with its certificate
     * @param key the key
     * @return its identity, of the signer's level
     * @throws AttestationRefusedException if the statement is about another key or of another signer, or the key breaks the
     *     rules
     */
    public static KeyIdentity byCertify(
            VerifiedAttest<Attested.Certify> statement, KeyIdentity signer, AttestationKey key)
            throws AttestationRefusedException {
        requireName(key, statement.attested().name(), "certified");
        return certified(statement, signer, key);
    }

    /**
     * A key that another key of the same TPM certified with TPM2_CertifyCreation when it was made.
     *
     * @param statement what the other key signed, verified with {@code signer.key()}
     * @param creation how the key was made
     * @param signer the other key
     * @param key the key
     * @return its identity, of the signer's level
     * @throws AttestationRefusedException if the statement is about another key or creation, or of another signer, or the key
     *     breaks the rules
     */
    public static KeyIdentity byCertifyCreation(
            VerifiedAttest<Attested.Creation> statement, CreationData creation, KeyIdentity signer, AttestationKey key)
            throws AttestationRefusedException {
        requireName(key, statement.attested().objectName(), "certified");
        Optional<Bytes> hash = key.publicArea()
                .flatMap(area -> HashAlgorithm.byId(area.nameAlg()))
                .flatMap(creation::hash);
        if (!hash.equals(Optional.of(statement.attested().creationHash()))) {
            throw new AttestationRefusedException(
                    AttestationRefusal.CREATION_DIFFERS, "the creation data is not what the TPM certified");
        }
        return certified(statement, signer, key);
    }

    private static KeyIdentity certified(VerifiedAttest<?> statement, KeyIdentity signer, AttestationKey key)
            throws AttestationRefusedException {
        if (!statement.isSignedBy(signer.key)) {
            throw new AttestationRefusedException(
                    AttestationRefusal.KEY_DIFFERS, "the statement was not verified with the signer's key");
        }
        requireRules(signer.key, false);
        requireRules(key, true);
        return new KeyIdentity(key, signer.level, signer.certificate);
    }

    private static void requireName(AttestationKey key, Bytes expected, String what)
            throws AttestationRefusedException {
        if (!key.name().equals(Optional.of(expected))) {
            throw new AttestationRefusedException(
                    AttestationRefusal.NAME_DIFFERS,
                    "the key's name is " + key.name().map(Bytes::toHex).orElse("not known") + ", that of the key "
                            + what + " " + expected.toHex());
        }
    }

    /** The rules are those of {@link AttestationKey#weaknesses}. */
    static void requireRules(AttestationKey key, boolean attributesNeeded) throws AttestationRefusedException {
        Set<QuoteFinding> broken = new TreeSet<>(key.weaknesses());
        broken.removeIf(weakness -> !weakness.isRefusedByDefault()
                && !(attributesNeeded && weakness == QuoteFinding.KEY_ATTRIBUTES_UNKNOWN));
        if (!broken.isEmpty()) {
            throw new AttestationRefusedException(
                    AttestationRefusal.NOT_AN_ATTESTATION_KEY,
                    String.join("; ", broken.stream().map(QuoteFinding::message).toList()));
        }
    }

    /** {@return the key} */
    public AttestationKey key() {
        return key;
    }

    /** {@return how far it is proved that the key lives in a TPM} */
    public IdentityLevel level() {
        return level;
    }

    /** {@return the certificate from which the proof starts, that of the endorsement key or of an attestation key} */
    public Optional<VerifiedCertificate> certificate() {
        return certificate;
    }

    /** {@return what is peculiar about the certificate from which the proof starts} */
    public List<CertificateFinding> findings() {
        return certificate.map(VerifiedCertificate::findings).orElse(List.of());
    }

    @Override
    public String toString() {
        return "KeyIdentity[" + level.id() + ", key="
                + key.publicArea().flatMap(PublicArea::name).map(Bytes::toHex).orElse("of unknown name") + "]";
    }
}
