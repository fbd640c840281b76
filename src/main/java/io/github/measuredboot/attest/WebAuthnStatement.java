package io.github.measuredboot.attest;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.Attested;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PublicArea;
import java.security.PublicKey;
import java.util.Optional;

/**
 * The part of a WebAuthn attestation statement of the format {@code tpm} that is about the TPM (Web Authentication Level 3,
 * section 8.3): {@code certInfo} and {@code pubArea}. The signature over {@code certInfo} by the key of {@code x5c}, and that
 * certificate, are for the caller's WebAuthn library or for {@link CertificateVerifier} to verify.
 *
 * @param certInfo the statement
 * @param pubArea the public area of the credential's key
 */
public record WebAuthnStatement(Attest certInfo, PublicArea pubArea) {
    /**
     * Decodes the two byte strings.
     *
     * @param certInfo a TPMS_ATTEST
     * @param pubArea a TPMT_PUBLIC
     * @return the statement
     * @throws MalformedDataException if one is malformed
     */
    public static WebAuthnStatement decode(Bytes certInfo, Bytes pubArea) throws MalformedDataException {
        return new WebAuthnStatement(Attest.decode(certInfo), PublicArea.decode(pubArea));
    }

    /**
     * Checks what the specification requires of the two structures.
     *
     * @param hash the hash algorithm of the statement's {@code alg}
     * @param attToBeSigned authenticatorData and the hash of the client data, one after the other
     * @param credentialKey the public key of the credential, from authenticatorData
     * @throws AttestationRefusedException if {@code certInfo} is another type of statement or is for other data, or one of the
     *     two is about another key
     * @throws MalformedDataException if {@code pubArea} is not that of a possible key
     */
    public void require(HashAlgorithm hash, Bytes attToBeSigned, PublicKey credentialKey)
            throws AttestationRefusedException, MalformedDataException {
        if (!(certInfo.attested() instanceof Attested.Certify certified)) {
            throw new AttestationRefusedException(
                    AttestationRefusal.PURPOSE_DIFFERS, "certInfo is not a statement about a key");
        }
        if (!hash.hash(attToBeSigned).equals(Optional.of(certInfo.extraData()))) {
            throw new AttestationRefusedException(
                    AttestationRefusal.VALUE_DIFFERS, "certInfo was not made for this registration");
        }
        if (!pubArea.name().equals(Optional.of(certified.name()))) {
            throw new AttestationRefusedException(
                    AttestationRefusal.NAME_DIFFERS, "certInfo is about another key than pubArea");
        }
        if (!AttestationKey.of(pubArea).publicKey().equals(Optional.of(credentialKey))) {
            throw new AttestationRefusedException(
                    AttestationRefusal.KEY_DIFFERS, "pubArea is that of another key than the credential's");
        }
    }
}
