/**
 * Whose key signed a quote: that an attestation key (AK) is in a TPM, proved by the certificate of that TPM's endorsement key (EK).
 *
 * <h2>Enrol a key, first step: a challenge</h2>
 *
 * <p>The machine sends its EK certificate and the public areas of EK and AK. The verifier checks the certificate up to roots
 * that it trusts, which are those of the TPM manufacturers, and encrypts a secret that only the TPM with both keys reveals:
 *
 * <pre>{@code
 * VerifiedCertificate certificate = CertificateVerifier.trusting(List.of(TpmCertificate.decode(Bytes.wrap(rootCertificate))))
 *         .verify(TpmCertificate.decode(Bytes.wrap(ekCertificate)), TpmCertificate.Purpose.ENDORSEMENT_KEY, Instant.now());
 * EndorsementKey ek = EndorsementKey.of(PublicArea.decode(Bytes.wrap(ekPublic))).requireCertificate(certificate);
 * AttestationKey ak = AttestationKey.decode(Bytes.wrap(akPublic));
 *
 * CredentialChallenge.Issued issued =
 *         CredentialChallenge.issue(ek, ak, new SecureRandom(), Instant.now().plusSeconds(300));
 * byte[] send = issued.credential().encode().toByteArray();  // for tpm2_activatecredential
 * byte[] store = issued.challenge().encode().toByteArray();  // for the second step
 * }</pre>
 *
 * <h2>Second step: the answer</h2>
 *
 * <pre>{@code
 * try {
 *     KeyIdentity identity = KeyIdentity.byEndorsementKey(
 *             CredentialChallenge.decode(Bytes.wrap(storedChallenge)),
 *             Bytes.wrap(answer),
 *             Instant.now(),
 *             endorsementKey,
 *             endorsementCertificate,
 *             key);
 *     System.out.println(identity.level() + ": store the name " + key.name().orElseThrow().toHex());
 * } catch (AttestationRefusedException e) {
 *     System.err.println(e.reason());
 * }
 * }</pre>
 *
 * <p>Forget a challenge once it has been answered, so that no answer is accepted twice.
 *
 * <h2>Later quotes</h2>
 *
 * <p>What is stored is the name of the key and the {@link io.github.measuredboot.attest.IdentityLevel}. {@link
 * io.github.measuredboot.replay.Evidence} takes the identity together with the quote, and {@link
 * io.github.measuredboot.replay.ReplayedLog#signer} returns it:
 *
 * <pre>{@code
 * KeyIdentity signer = KeyIdentity.enrolled(key, Bytes.wrap(storedKeyName), IdentityLevel.PROVED_BY_EK);
 * ReplayedLog replayed = Evidence.of(Replay.of(log))
 *         .withValues(values)
 *         .withQuote(quote, signer, nonce)
 *         .evaluate();
 * }</pre>
 *
 * <p>A key can also be vouched for by a certificate of its own, or by another key of the same TPM that certified it: see {@link
 * io.github.measuredboot.attest.KeyIdentity}. No root is built in, nothing is fetched, and times and random numbers come from the caller.
 *
 * <p>Every type in this package is immutable and safe for use by multiple threads.
 */
@NullMarked
package io.github.measuredboot.attest;

import org.jspecify.annotations.NullMarked;
