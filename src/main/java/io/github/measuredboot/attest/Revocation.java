package io.github.measuredboot.attest;

import io.github.measuredboot.internal.crypto.RevocationList;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What revocation lists say of a chain. */
final class Revocation {
    private static final int CRL_SIGN = 1 << 6;

    private final List<TpmCertificate> chain;
    private final List<List<RevocationList>> listsOfIssuers = new ArrayList<>();

    Revocation(List<TpmCertificate> chain, List<RevocationList> lists) {
        this.chain = chain;
        for (TpmCertificate issuer : chain.subList(1, chain.size())) {
            listsOfIssuers.add(
                    lists.stream().filter(list -> list.isOf(issuer.x509())).toList());
        }
    }

    /**
     * Any list of an issuer revokes, even if it is old, is of only part of the certificates, or is of an issuer that may not
     * sign lists.
     */
    Optional<BigInteger> revoked() {
        for (int i = 0; i < listsOfIssuers.size(); i++) {
            BigInteger serialNumber = chain.get(i).serialNumber();
            if (listsOfIssuers.get(i).stream().anyMatch(list -> list.revokes(serialNumber))) {
                return Optional.of(serialNumber);
            }
        }
        return Optional.empty();
    }

    /** What is not listed is proved not to be revoked only by a whole list of an issuer that may sign lists. */
    void addFindings(Instant at, Set<CertificateFinding> findings) {
        for (int i = 0; i < listsOfIssuers.size(); i++) {
            boolean maySign = chain.get(i + 1)
                    .keyUsage()
                    .map(usage -> (usage & CRL_SIGN) != 0)
                    .orElse(true);
            List<RevocationList> whole = listsOfIssuers.get(i).stream()
                    .filter(list -> maySign && list.isComplete())
                    .toList();
            List<RevocationList> current =
                    whole.stream().filter(list -> list.isCurrent(at)).toList();
            TpmCertificate.addIf(whole.isEmpty(), CertificateFinding.REVOCATION_NOT_CHECKED, findings);
            TpmCertificate.addIf(
                    !whole.isEmpty() && current.isEmpty(), CertificateFinding.REVOCATION_LIST_OUTDATED, findings);
            TpmCertificate.addIf(
                    !current.isEmpty() && current.stream().allMatch(RevocationList::isSha1),
                    CertificateFinding.SHA1_REVOCATION_LIST,
                    findings);
        }
    }
}
