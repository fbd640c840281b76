package io.github.measuredboot.internal.crypto;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A list of certificates that their issuer has revoked (RFC 5280, section 5), verified only by {@link #isOf}. */
public final class RevocationList {
    private static final int CONTEXT_0 = 0xa0;

    private final SignedValue whole;
    private final CertificateName issuer;
    private final Instant thisUpdate;
    private final Optional<Instant> nextUpdate;
    private final Set<BigInteger> serialNumbers = new TreeSet<>();
    private final SortedMap<String, X509.Extension> extensions;

    private RevocationList(SignedValue whole) throws CertificateSyntaxException {
        this.whole = whole;
        Der fields = whole.signed().open();
        if (fields.nextIs(Der.INTEGER)) {
            fields.next("version");
        }
        whole.requireAlgorithm(fields);
        this.issuer = CertificateName.read(fields.next(Der.SEQUENCE, "issuer"));
        this.thisUpdate = X509.time(fields.next("thisUpdate"), "thisUpdate");
        boolean hasNext = fields.nextIs(Der.UTC_TIME) || fields.nextIs(Der.GENERALIZED_TIME);
        this.nextUpdate = hasNext ? Optional.of(X509.time(fields.next("nextUpdate"), "nextUpdate")) : Optional.empty();
        if (fields.nextIs(Der.SEQUENCE)) {
            Der entries = fields.next("revokedCertificates").open();
            while (entries.hasMore()) {
                Der entry = entries.next(Der.SEQUENCE, "revokedCertificate").open();
                serialNumbers.add(X509.integer(entry.next(Der.INTEGER, "userCertificate"), "userCertificate"));
            }
        }
        this.extensions = fields.nextIs(CONTEXT_0)
                ? X509.extensions(fields.next("crlExtensions").open())
                : new TreeMap<>();
        fields.requireEnd("tbsCertList");
    }

    public static RevocationList read(byte[] der) throws CertificateSyntaxException {
        return new RevocationList(SignedValue.read(der, "CertificateList", "tbsCertList"));
    }

    public boolean isOf(X509 issuerCertificate) {
        return issuer.match(issuerCertificate.subjectName()) != CertificateName.Match.DIFFERENT
                && issuerCertificate.hasSigned(whole);
    }

    public boolean isSha1() {
        return whole.isSha1();
    }

    /** A list with a critical extension may cover only a part: what it lists is revoked, and what it does not list may be too. */
    public boolean isComplete() {
        return extensions.values().stream().noneMatch(X509.Extension::critical);
    }

    public boolean isCurrent(Instant at) {
        return !at.isBefore(thisUpdate)
                && nextUpdate.map(next -> !at.isAfter(next)).orElse(true);
    }

    public boolean revokes(BigInteger serialNumber) {
        return serialNumbers.contains(serialNumber);
    }
}
