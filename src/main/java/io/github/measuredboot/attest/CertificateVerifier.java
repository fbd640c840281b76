package io.github.measuredboot.attest;

import static io.github.measuredboot.attest.TpmCertificate.addIf;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.crypto.CertificateName;
import io.github.measuredboot.internal.crypto.CertificateSyntaxException;
import io.github.measuredboot.internal.crypto.RevocationList;
import io.github.measuredboot.internal.crypto.X509;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies that a certificate of a TPM's key leads to a root that the caller trusts, at a time that the caller gives (RFC
 * 5280, section 6, and the TCG's profiles). No root is built in, nothing is fetched, and no clock is read.
 *
 * <pre>{@code
 * VerifiedCertificate certificate = CertificateVerifier.trusting(CertificateFiles.read(Path.of("roots.pem")))
 *         .withIntermediates(chainFromTheTpm)
 *         .verify(ekCertificate, TpmCertificate.Purpose.ENDORSEMENT_KEY, now);
 * }</pre>
 */
public final class CertificateVerifier {
    private static final int ENOUGH_RSA_BITS = 2048;
    private static final int KEY_ENCIPHERMENT = 1 << 2;
    private static final int KEY_AGREEMENT = 1 << 4;
    private static final int DIGITAL_SIGNATURE = 1;
    private static final Set<String> PROCESSED = Set.of(
            TpmCertificate.BASIC_CONSTRAINTS,
            TpmCertificate.KEY_USAGE,
            TpmCertificate.EXTENDED_KEY_USAGE,
            TpmCertificate.SUBJECT_ALTERNATIVE_NAME,
            "2.5.29.9",
            "2.5.29.14",
            "2.5.29.32",
            "2.5.29.35");

    private final List<TpmCertificate> roots;
    private final List<TpmCertificate> intermediates;
    private final List<RevocationList> revocationLists;
    private final Set<CertificateFinding> tolerated;

    private CertificateVerifier(
            List<TpmCertificate> roots,
            List<TpmCertificate> intermediates,
            List<RevocationList> revocationLists,
            Set<CertificateFinding> tolerated) {
        this.roots = List.copyOf(roots);
        this.intermediates = List.copyOf(intermediates);
        this.revocationLists = List.copyOf(revocationLists);
        this.tolerated = Set.copyOf(tolerated);
    }

    /**
     * Returns a verifier that trusts some certificates, at which a chain may end. Each is trusted as it is, whether self-signed
     * or not.
     *
     * @param roots the certificates
     * @return a verifier without intermediate certificates or revocation lists, which tolerates nothing
     */
    public static CertificateVerifier trusting(List<TpmCertificate> roots) {
        return new CertificateVerifier(roots, List.of(), List.of(), Set.of());
    }

    /**
     * Adds certificates that a chain may go through. They need not be trusted, and may come from the TPM.
     *
     * @param certificates the certificates, in any order
     * @return the verifier with them, which replace any earlier ones
     */
    public CertificateVerifier withIntermediates(List<TpmCertificate> certificates) {
        return new CertificateVerifier(roots, certificates, revocationLists, tolerated);
    }

    /**
     * Adds revocation lists. If there is none for an issuer, that is a finding ({@link
     * CertificateFinding#REVOCATION_NOT_CHECKED}) among {@link VerifiedCertificate#findings}.
     *
     * @param lists the lists in DER ({@link CertificateFiles#readRevocationLists})
     * @return the verifier with them, which replace any earlier ones
     * @throws MalformedDataException if one is not a revocation list
     */
    public CertificateVerifier withRevocationLists(List<Bytes> lists) throws MalformedDataException {
        List<RevocationList> read = new ArrayList<>();
        for (Bytes list : lists) {
            try {
                read.add(RevocationList.read(list.toByteArray()));
            } catch (CertificateSyntaxException e) {
                throw new MalformedDataException(new Fault(0, "CertificateList", e.field(), e.reason()));
            }
        }
        return new CertificateVerifier(roots, intermediates, read, tolerated);
    }

    /**
     * Accepts certificates in spite of some findings that are refused by default.
     *
     * @param findings all findings to tolerate
     * @return the verifier with this decision, which replaces any earlier one
     */
    public CertificateVerifier tolerating(Set<CertificateFinding> findings) {
        return new CertificateVerifier(roots, intermediates, revocationLists, findings);
    }

    /**
     * Verifies a certificate. If several chains lead to a root, an acceptable one is used, if there is one among the first of
     * them.
     *
     * @param certificate the certificate
     * @param purpose what it must be for
     * @param at the time at which the whole chain must be valid
     * @return the certificate with its chain
     * @throws AttestationRefusedException if there is no chain to a root, or only chains that are revoked or not acceptable
     */
    public VerifiedCertificate verify(TpmCertificate certificate, TpmCertificate.Purpose purpose, Instant at)
            throws AttestationRefusedException {
        if (certificate.isForAnother(purpose)) {
            throw new AttestationRefusedException(
                    AttestationRefusal.PURPOSE_DIFFERS, "the certificate is not for the purpose " + purpose);
        }
        List<List<TpmCertificate>> chains = new ChainSearch(roots, intermediates, purpose).chainsOf(certificate);
        if (chains.isEmpty()) {
            throw new AttestationRefusedException(
                    AttestationRefusal.NO_PATH_TO_ROOT,
                    "no chain leads from the certificate, issued by " + certificate.issuer() + ", to one of "
                            + roots.size() + " roots");
        }
        return best(chains.stream().map(chain -> judge(chain, purpose, at)).toList())
                .result(purpose);
    }

    /** A chain that leads to a root, and what is peculiar about it. */
    private record Judged(
            List<TpmCertificate> chain,
            Set<CertificateFinding> findings,
            Set<CertificateFinding> refused,
            Optional<BigInteger> revoked) {
        VerifiedCertificate result(TpmCertificate.Purpose purpose) throws AttestationRefusedException {
            if (revoked.isPresent()) {
                throw new AttestationRefusedException(
                        AttestationRefusal.REVOKED,
                        "the issuer has revoked the certificate with the serial number "
                                + revoked.get().toString(16));
            }
            if (!refused.isEmpty()) {
                throw new AttestationRefusedException(refused, "the certificate or its chain");
            }
            return new VerifiedCertificate(purpose, chain, findings);
        }
    }

    /** Where several chains lead to a root, the order in which certificates were given does not decide. */
    private static Judged best(List<Judged> chains) {
        return Collections.min(
                chains,
                Comparator.<Judged, Boolean>comparing(judged -> judged.revoked.isPresent())
                        .thenComparing(judged -> judged.refused.size())
                        .thenComparing(judged -> judged.findings.size())
                        .thenComparing(judged -> judged.chain.size()));
    }

    private Judged judge(List<TpmCertificate> chain, TpmCertificate.Purpose purpose, Instant at) {
        Set<CertificateFinding> findings = findings(chain, at);
        Revocation revocation = new Revocation(chain, revocationLists);
        revocation.addFindings(at, findings);
        addIf(!isUsageOf(chain.get(0), purpose), CertificateFinding.KEY_USAGE_DIFFERS, findings);
        addIf(
                chain.get(0).hasExtendedKeyUsage() && !chain.get(0).isFor(purpose),
                CertificateFinding.OTHER_EXTENDED_KEY_USAGE,
                findings);
        Set<CertificateFinding> refused = EnumSet.noneOf(CertificateFinding.class);
        findings.stream()
                .filter(finding -> finding.isRefusedByDefault() && !tolerated.contains(finding))
                .forEach(refused::add);
        return new Judged(chain, findings, refused, revocation.revoked());
    }

    private static boolean isUsageOf(TpmCertificate certificate, TpmCertificate.Purpose purpose) {
        int wanted = purpose != TpmCertificate.Purpose.ENDORSEMENT_KEY
                ? DIGITAL_SIGNATURE
                : certificate.publicKey() instanceof RSAPublicKey ? KEY_ENCIPHERMENT : KEY_AGREEMENT;
        return certificate.keyUsage().map(usage -> (usage & wanted) != 0).orElse(true);
    }

    private Set<CertificateFinding> findings(List<TpmCertificate> chain, Instant at) {
        Set<CertificateFinding> findings = EnumSet.noneOf(CertificateFinding.class);
        findings.addAll(chain.get(0).findings());
        for (int i = 0; i < chain.size(); i++) {
            TpmCertificate certificate = chain.get(i);
            X509 x509 = certificate.x509();
            addIf(at.isBefore(certificate.notBefore()), CertificateFinding.NOT_YET_VALID, findings);
            addIf(at.isAfter(certificate.notAfter()), CertificateFinding.EXPIRED, findings);
            addIf(
                    certificate.publicKey() instanceof RSAPublicKey && x509.keyBits() < ENOUGH_RSA_BITS,
                    CertificateFinding.SHORT_RSA_KEY,
                    findings);
            addIf(
                    !PROCESSED.containsAll(x509.criticalExtensions()),
                    CertificateFinding.UNKNOWN_CRITICAL_EXTENSION,
                    findings);
            if (i + 1 < chain.size()) {
                TpmCertificate issuer = chain.get(i + 1);
                addIf(x509.isSha1(), CertificateFinding.SHA1_SIGNATURE, findings);
                addIf(
                        x509.issuerMatches(issuer.x509()) == CertificateName.Match.OTHER_ENCODING,
                        CertificateFinding.NAME_ENCODING_DIFFERS,
                        findings);
            }
        }
        return findings;
    }
}
