package io.github.measuredboot.tpm;

import static io.github.measuredboot.tpm.QuoteVerifier.refused;

import io.github.measuredboot.bytes.Bytes;
import java.util.Optional;
import java.util.Set;

/** The part of a verification that is about the key. */
final class QuoteKey {
    private final AttestationKey key;
    private final Set<QuoteFinding> findings;

    QuoteKey(AttestationKey key, Set<QuoteFinding> findings) {
        this.key = key;
        this.findings = findings;
    }

    void requireSignature(TpmSignature signature, Bytes message) throws QuoteRefusedException {
        requireScheme(signature);
        requireGoodSignature(signature, message);
        if (signature.hash().equals(HashAlgorithm.SHA1)) {
            findings.add(QuoteFinding.SHA1_SIGNATURE);
        }
        findings.addAll(key.weaknesses());
    }

    void requireTpm12Signature(Bytes signature, Bytes message) throws QuoteRefusedException {
        if (key.publicArea().isPresent()) {
            throw refused(
                    QuoteRefusal.KEY_OF_TPM_2,
                    "this is a TPM 1.2 quote, and the key is of a TPM 2.0, which signs such bytes for everyone");
        }
        findings.addAll(key.weaknesses());
        findings.add(QuoteFinding.TPM12_SIGNATURE);
        if (signature.length() > TpmSignature.Rsa.MAX_SIZE) {
            throw refused(QuoteRefusal.SIGNATURE_WRONG, "the signature has " + signature.length() + " bytes");
        }
        TpmSignature rsassa = new TpmSignature.Rsa(TpmSignature.Scheme.RSASSA, HashAlgorithm.SHA1, signature);
        requireScheme(rsassa);
        requireGoodSignature(rsassa, message);
    }

    private void requireScheme(TpmSignature signature) throws QuoteRefusedException {
        KeyMaterial material = key.material();
        if (!material.schemes().contains(signature.scheme())) {
            throw refused(
                    QuoteRefusal.SCHEME_DIFFERS,
                    "the signature is " + name(signature) + ", the key is for " + material.schemes());
        }
        if (!material.hashes().contains(signature.hash())) {
            throw refused(QuoteRefusal.SCHEME_NOT_SUPPORTED, name(signature) + " cannot be checked by this library");
        }
        Optional<PublicArea.Scheme> bound =
                key.publicArea().map(area -> area.parameters().scheme()).filter(scheme -> !scheme.isNull());
        if (bound.isPresent()
                && (bound.get().id() != signature.scheme().id()
                        || !bound.get()
                                .hashAlg()
                                .equals(Optional.of(signature.hash().id())))) {
            throw refused(
                    QuoteRefusal.SCHEME_DIFFERS,
                    String.format(
                            "the signature is %s, the key is bound to scheme 0x%04x with hash 0x%04x",
                            name(signature),
                            bound.get().id(),
                            bound.get().hashAlg().orElse(PublicArea.Scheme.NULL)));
        }
    }

    private static String name(TpmSignature signature) {
        return signature.scheme() + " with " + signature.hash();
    }

    private void requireGoodSignature(TpmSignature signature, Bytes message) throws QuoteRefusedException {
        if (!key.material().verify(signature, message)) {
            throw refused(QuoteRefusal.SIGNATURE_WRONG, "the key did not sign this quote");
        }
    }

    /** A TPM makes the qualified name with the key's nameAlg, so a different algorithm there means a different public area. */
    void requireSigner(Bytes qualifiedSigner) throws QuoteRefusedException {
        if (key.qualifiedName().isPresent() && !key.qualifiedName().get().equals(qualifiedSigner)) {
            throw refused(
                    QuoteRefusal.SIGNER_DIFFERS,
                    "the quote's qualified signer is " + qualifiedSigner.toHex() + ", expected "
                            + key.qualifiedName().get().toHex());
        }
        Optional<Bytes> name = key.name();
        if (name.isPresent()
                && (qualifiedSigner.length() != name.get().length()
                        || !qualifiedSigner
                                .slice(0, Short.BYTES)
                                .equals(name.get().slice(0, Short.BYTES)))) {
            throw refused(
                    QuoteRefusal.SIGNER_DIFFERS,
                    "the quote's qualified signer " + qualifiedSigner.toHex()
                            + " is not made by the hash algorithm of the key's name "
                            + name.get().toHex());
        }
    }
}
