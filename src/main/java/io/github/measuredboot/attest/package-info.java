/**
 * Who speaks: from the certificate of a TPM's endorsement key to the key that signs quotes.
 *
 * <p>A quote proves PCR values of the TPM that holds a key. That the key is in a TPM, and in which, is what this package is
 * about. The result is a {@link io.github.measuredboot.attest.KeyIdentity}, and its {@link
 * io.github.measuredboot.attest.IdentityLevel} says who vouches for the key. {@code Evidence.withQuote} takes it.
 *
 * <p>A verifier enrols a machine in two steps. First the machine sends the certificate of its endorsement key, from the NV index
 * that {@link io.github.measuredboot.attest.EkTemplate#certificateIndex} names, and the public areas of its endorsement key
 * and its attestation key:
 *
 * <pre>{@code
 * List<TpmCertificate> sent = CertificateFiles.readNv(nvContents);
 * VerifiedCertificate certificate = CertificateVerifier.trusting(CertificateFiles.read(Path.of("roots.pem")))
 *         .withIntermediates(sent)
 *         .verify(sent.get(0), TpmCertificate.Purpose.ENDORSEMENT_KEY, now);
 * EndorsementKey ek = EndorsementKey.of(PublicArea.decode(ekPublic)).requireCertificate(certificate);
 * AttestationKey ak = AttestationKey.decode(akPublic);
 * CredentialChallenge.Issued issued = CredentialChallenge.issue(ek, ak, secureRandom, now.plusSeconds(300));
 * }</pre>
 *
 * <p>The verifier sends {@code issued.credential().encode()}, which {@code tpm2_activatecredential -i} takes, and stores {@code
 * issued.challenge().encode()}. Then the machine sends what its TPM revealed:
 *
 * <pre>{@code
 * KeyIdentity identity = KeyIdentity.byEndorsementKey(
 *         CredentialChallenge.decode(stored), answer, now, ek, certificate, ak);
 * Evidence evidence = Evidence.of(replay).withValues(pcrValues).withQuote(quote, identity, nonce);
 * }</pre>
 *
 * <p>After that the name of the key ({@code ak.name()}) and the level are on record, and {@link
 * io.github.measuredboot.attest.KeyIdentity#enrolled} is all that a later boot needs.
 *
 * <p>Other ways to an identity are a certificate for the attestation key itself, such as that of an IAK or of a cloud's virtual
 * TPM ({@link io.github.measuredboot.attest.KeyIdentity#byCertificate}), and the statement of such a key about another key of its
 * TPM ({@link io.github.measuredboot.attest.KeyIdentity#byCertify}).
 *
 * <p>What vendors' certificates do against the rules is a {@link io.github.measuredboot.attest.CertificateFinding}; the worst are
 * refused unless the caller tolerates them by name. No root is built in, nothing is fetched, and the time is always the caller's.
 *
 * <p>Every type of this package is immutable and safe for use by several threads.
 */
@NullMarked
package io.github.measuredboot.attest;

import org.jspecify.annotations.NullMarked;
