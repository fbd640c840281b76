package io.github.measuredboot.attest;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What a verifier remembers between the two steps of enrolling an attestation key: which keys the challenge was for, a hash of
 * the secret, and when it expires. It can be stored ({@link #encode}) where the machine cannot change it: whoever can replace
 * it decides which answer is accepted. The secret cannot be computed from it. A challenge that has been answered must be
 * forgotten, so that no answer is accepted twice.
 *
 * <pre>{@code
 * // the machine has sent its EK certificate, its EK and its AK (TPM2B_PUBLIC)
 * CredentialChallenge.Issued issued = CredentialChallenge.issue(ek, ak, random, now.plusSeconds(300));
 * send(issued.credential().encode());
 * store(issued.challenge().encode());
 * // the machine has sent what tpm2_activatecredential printed
 * KeyIdentity identity = KeyIdentity.byEndorsementKey(
 *         CredentialChallenge.decode(stored), answer, now, ek, ekCertificate, ak);
 * }</pre>
 */
public final class CredentialChallenge {
    private static final String STRUCTURE = "credential challenge";
    private static final int FORMAT = 1;
    private static final int MAX_NAME = 66;
    private static final int HASH_SIZE = HashAlgorithm.SHA256.digestSize();
    private static final int SECRET_SIZE = 32;
    private static final int SHA1_SIZE = HashAlgorithm.SHA1.digestSize();

    /**
     * A new challenge.
     *
     * @param credential what to send to the machine
     * @param challenge what to remember
     */
    public record Issued(CredentialBlob credential, CredentialChallenge challenge) {}

    private final Bytes endorsementKeyName;
    private final Bytes attestationKeyName;
    private final Bytes secretHash;
    private final Instant expires;

    private CredentialChallenge(Bytes endorsementKeyName, Bytes attestationKeyName, Bytes secretHash, Instant expires) {
        this.endorsementKeyName = endorsementKeyName;
        this.attestationKeyName = attestationKeyName;
        this.secretHash = secretHash;
        this.expires = expires;
    }

    /**
     * The first step: encrypts a new random secret for a TPM and a key in it.
     *
     * @param endorsementKey the key of the TPM; whether its certificate is good is checked when the answer comes, or before
     * @param key the attestation key, whose public area has to be known
     * @param random the source of the secret
     * @param expires the time from which an answer comes too late, to the second
     * @return what to send and what to remember
     * @throws AttestationRefusedException if the attestation key breaks the rules for such keys ({@link
     *     AttestationKey#weaknesses}), or this JVM cannot compute with the keys' algorithms
     */
    public static Issued issue(EndorsementKey endorsementKey, AttestationKey key, SecureRandom random, Instant expires)
            throws AttestationRefusedException {
        KeyIdentity.requireRules(key, true);
        Bytes name = name(key.name());
        byte[] secret =
                new byte[endorsementKey.publicArea().nameAlg() == HashAlgorithm.SHA1.id() ? SHA1_SIZE : SECRET_SIZE];
        random.nextBytes(secret);
        Bytes shared = Bytes.wrap(secret);
        CredentialBlob credential = endorsementKey.makeCredential(name, shared, random);
        Bytes ekName = name(endorsementKey.publicArea().name());
        return new Issued(
                credential,
                new CredentialChallenge(ekName, name, hash(shared), Instant.ofEpochSecond(expires.getEpochSecond())));
    }

    private static Bytes name(Optional<Bytes> name) throws AttestationRefusedException {
        return name.orElseThrow(() -> new AttestationRefusedException(
                AttestationRefusal.NOT_SUPPORTED, "the hash algorithm of a key's name is not supported"));
    }

    private static Bytes hash(Bytes secret) {
        return HashAlgorithm.SHA256.hash(secret).orElseThrow();
    }

    /** {@return the time from which an answer comes too late} */
    public Instant expires() {
        return expires;
    }

    /** {@return the name of the attestation key that the challenge is for} */
    public Bytes attestationKeyName() {
        return attestationKeyName;
    }

    /** {@return the name of the endorsement key that the challenge is for} */
    public Bytes endorsementKeyName() {
        return endorsementKeyName;
    }

    /**
     * Checks an answer, in a time that does not depend on how much of the answer is right. What the answer proves is for {@link
     * KeyIdentity#byEndorsementKey} to say.
     *
     * @param answer what the machine sent
     * @param now the current time by the caller's clock
     * @throws AttestationRefusedException if the answer is not the secret, or comes too late
     */
    public void requireAnswer(Bytes answer, Instant now) throws AttestationRefusedException {
        if (!MessageDigest.isEqual(hash(answer).toByteArray(), secretHash.toByteArray())) {
            throw new AttestationRefusedException(AttestationRefusal.ANSWER_WRONG, "the answer is not the secret");
        }
        if (!now.isBefore(expires)) {
            throw new AttestationRefusedException(
                    AttestationRefusal.EXPIRED, "the challenge has expired at " + expires);
        }
    }

    void requireAbout(EndorsementKey endorsementKey, AttestationKey key) throws AttestationRefusedException {
        if (!endorsementKey.publicArea().name().equals(Optional.of(endorsementKeyName))
                || !key.name().equals(Optional.of(attestationKeyName))) {
            throw new AttestationRefusedException(
                    AttestationRefusal.NAME_DIFFERS, "the challenge was issued for other keys");
        }
    }

    /**
     * Reads a stored challenge.
     *
     * @param bytes what {@link #encode} wrote
     * @return the challenge
     * @throws MalformedDataException if it is something else
     */
    public static CredentialChallenge decode(Bytes bytes) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(bytes, 0, STRUCTURE);
        if (cursor.u16be("format") != FORMAT) {
            throw cursor.fault("format", "is not " + FORMAT);
        }
        Bytes endorsementKeyName = name(cursor, "endorsementKeyName");
        Bytes attestationKeyName = name(cursor, "attestationKeyName");
        Bytes secretHash = cursor.bytes(HASH_SIZE, "secretHash");
        Instant expires;
        try {
            expires = Instant.ofEpochSecond(cursor.u64be("expires"));
        } catch (DateTimeException e) {
            throw cursor.fault("expires", "is not a time");
        }
        if (cursor.remaining() > 0) {
            throw cursor.fault("end", cursor.remaining() + " bytes are left over");
        }
        return new CredentialChallenge(endorsementKeyName, attestationKeyName, secretHash, expires);
    }

    private static Bytes name(ByteCursor cursor, String field) throws MalformedDataException {
        int size = cursor.u16be(field + ".size");
        if (size > MAX_NAME) {
            throw cursor.fault(field + ".size", size + " is more than " + MAX_NAME);
        }
        return cursor.bytes(size, field);
    }

    /** {@return the challenge as bytes to store} */
    public Bytes encode() {
        return new ByteWriter()
                .u16be(FORMAT)
                .u16be(endorsementKeyName.length())
                .bytes(endorsementKeyName)
                .u16be(attestationKeyName.length())
                .bytes(attestationKeyName)
                .bytes(secretHash)
                .u64be(expires.getEpochSecond())
                .toBytes();
    }
}
