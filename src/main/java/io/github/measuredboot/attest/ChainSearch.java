package io.github.measuredboot.attest;

import io.github.measuredboot.internal.crypto.CertificateName;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds chains from a certificate to roots: a depth-first search that stays bounded however many certificates of one name an
 * attacker gives.
 */
final class ChainSearch {
    private static final int MAX_CHAIN = 8;
    private static final int MAX_SIGNATURES = 64;
    private static final int MAX_CHAINS = 8;
    private static final int KEY_CERT_SIGN = 1 << 5;

    private final List<TpmCertificate> roots;
    private final List<TpmCertificate> intermediates;
    private final TpmCertificate.Purpose purpose;
    private final List<List<TpmCertificate>> found = new ArrayList<>();
    private int signatures;

    ChainSearch(List<TpmCertificate> roots, List<TpmCertificate> intermediates, TpmCertificate.Purpose purpose) {
        this.roots = roots;
        this.intermediates = intermediates;
        this.purpose = purpose;
    }

    List<List<TpmCertificate>> chainsOf(TpmCertificate certificate) {
        extend(new ArrayList<>(List.of(certificate)));
        return found;
    }

    private void extend(List<TpmCertificate> chain) {
        TpmCertificate last = chain.get(chain.size() - 1);
        if (roots.contains(last)) {
            found.add(List.copyOf(chain));
            return;
        }
        if (chain.size() == MAX_CHAIN) {
            return;
        }
        for (List<TpmCertificate> candidates : List.of(roots, intermediates)) {
            for (TpmCertificate issuer : candidates) {
                if (isIssuer(issuer, last, chain)) {
                    chain.add(issuer);
                    extend(chain);
                    chain.remove(chain.size() - 1);
                }
            }
        }
    }

    private boolean isIssuer(TpmCertificate issuer, TpmCertificate subject, List<TpmCertificate> chain) {
        if (signatures == MAX_SIGNATURES
                || found.size() == MAX_CHAINS
                || subject.x509().issuerMatches(issuer.x509()) == CertificateName.Match.DIFFERENT
                || chain.contains(issuer)
                || !mayIssue(issuer, chain.size() - 1)) {
            return false;
        }
        signatures++;
        return subject.x509().isSignedBy(issuer.x509());
    }

    /** An authority that names purposes issues certificates for no others; roots are the caller's choice. */
    private boolean isForPurpose(TpmCertificate issuer) {
        return roots.contains(issuer) || !issuer.hasExtendedKeyUsage() || issuer.isForAny(purpose);
    }

    private boolean mayIssue(TpmCertificate issuer, int authoritiesBelow) {
        boolean isOldRoot = issuer.x509().version() < 3 && roots.contains(issuer);
        return isOldRoot
                || (isForPurpose(issuer)
                        && issuer.pathLength()
                                .map(most -> authoritiesBelow <= most)
                                .orElse(false)
                        && issuer.keyUsage()
                                .map(usage -> (usage & KEY_CERT_SIGN) != 0)
                                .orElse(true));
    }
}
