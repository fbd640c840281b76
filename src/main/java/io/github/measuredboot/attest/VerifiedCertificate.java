package io.github.measuredboot.attest;

import java.security.PublicKey;
import java.util.List;
import java.util.Set;

/** A certificate whose chain leads to a root that the caller trusts. Instances are created only by {@link CertificateVerifier}. */
public final class VerifiedCertificate {
    private final TpmCertificate.Purpose purpose;
    private final List<TpmCertificate> chain;
    private final List<CertificateFinding> findings;

    VerifiedCertificate(TpmCertificate.Purpose purpose, List<TpmCertificate> chain, Set<CertificateFinding> findings) {
        this.purpose = purpose;
        this.chain = List.copyOf(chain);
        this.findings = List.copyOf(findings);
    }

    /** {@return the purpose for which the certificate was verified} */
    public TpmCertificate.Purpose purpose() {
        return purpose;
    }

    /** {@return the certificate itself, for whose content its issuer vouches} */
    public TpmCertificate certificate() {
        return chain.get(0);
    }

    /** {@return the certificate, its issuer and so on, with the trusted root last} */
    public List<TpmCertificate> chain() {
        return chain;
    }

    /** {@return what is peculiar about the certificate or its chain, tolerated or harmless, in the order of the enum} */
    public List<CertificateFinding> findings() {
        return findings;
    }

    /**
     * Checks that the certificate is for a key.
     *
     * @param key the key
     * @return this
     * @throws AttestationRefusedException if it is for another key ({@link AttestationRefusal#KEY_DIFFERS})
     */
    public VerifiedCertificate requireKey(PublicKey key) throws AttestationRefusedException {
        certificate().requireKey(key);
        return this;
    }
}
