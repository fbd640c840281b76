/**
 * What a TPM holds and signs: hash algorithms, digests, PCR values, attestation keys, and quotes.
 *
 * <h2>PCR values</h2>
 *
 * <p>{@link io.github.measuredboot.tpm.PcrValues} are read from sysfs, from what {@code tpm2_pcrread} prints or writes, or from JSON
 * ({@link io.github.measuredboot.json.PcrValuesJson}). They are asserted by whoever wrote them.
 *
 * <pre>{@code
 * PcrValues pcrs = PcrValues.parsePcrread("""
 *         sha256:
 *           7 : 0xB5710BF57D25623E4019027DA116821FA99F5C81E9E38B87671CC574F9281439
 *         """);
 * Bytes value = pcrs.value(HashAlgorithm.SHA256, 7).orElseThrow();
 * PcrSelection selection = PcrSelection.parse("sha256:0-7,11"); // as tpm2_quote -l takes it
 * }</pre>
 *
 * <h2>Quotes</h2>
 *
 * <p>A verified quote turns values into a proof. Most callers hand the quote to {@link io.github.measuredboot.replay.Evidence},
 * which does what {@link io.github.measuredboot.tpm.QuoteVerifier} does:
 *
 * <pre>{@code
 * AttestationKey ak = AttestationKey.decode(Bytes.wrap(akPublic)); // TPM2B_PUBLIC, PEM, DER or a certificate
 * Quote signed = Quote.decode(Bytes.wrap(attest), Bytes.wrap(signature)); // as tpm2_quote -m and -s write them
 * PcrSelection required = PcrSelection.parse("sha256:0-7");
 * QuotedPcrs quoted = QuoteVerifier.verify(signed, ak, Nonce.of(Bytes.wrap(nonceBytes)), values, required);
 * boolean proved = quoted.isQuoted(HashAlgorithm.SHA256, 7);
 * }</pre>
 *
 * <p>{@link io.github.measuredboot.tpm.QuotedPcrs} has only the PCRs that the quote is over. A quote that proves nothing, or
 * that is too weak to prove anything, results in a {@link io.github.measuredboot.tpm.QuoteRefusedException}; a weakness that
 * the caller tolerates by name is among {@link io.github.measuredboot.tpm.QuotedPcrs#findings}.
 *
 * <h2>What the caller has to do</h2>
 *
 * <ul>
 * <li>Choose a random {@link io.github.measuredboot.tpm.Nonce} of at least 16 bytes for each quote, and accept it only once.
 * <li>Know that the {@link io.github.measuredboot.tpm.AttestationKey} is in the TPM of this machine: enrol its name, for
 * example with {@code TPM2_ActivateCredential}, and compare it with {@link
 * io.github.measuredboot.tpm.AttestationKey#requireName}.
 * <li>Check the chain, the validity and the revocation of a certificate, if the key comes in a certificate.
 * </ul>
 *
 * <p>Every type in this package is immutable and safe for use by multiple threads.
 */
@NullMarked
package io.github.measuredboot.tpm;

import org.jspecify.annotations.NullMarked;
