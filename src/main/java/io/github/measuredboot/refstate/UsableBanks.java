package io.github.measuredboot.refstate;

import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.replay.PcrStatus;
import io.github.measuredboot.replay.ReplayedBank;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** The banks in which the log is proved for all PCRs that are needed. */
final class UsableBanks {
    private final ReplayedLog evidence;
    private final SortedSet<Integer> needed;
    private final SortedSet<HashAlgorithm> chosen;

    UsableBanks(ReplayedLog evidence, SortedSet<Integer> needed, SortedSet<HashAlgorithm> chosen) {
        this.evidence = evidence;
        this.needed = needed;
        this.chosen = chosen;
    }

    List<HashAlgorithm> find() throws ReferenceStateException {
        List<HashAlgorithm> usable = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (HashAlgorithm bank : HashAlgorithm.standard()) {
            if (!chosen.isEmpty() && !chosen.contains(bank)) {
                continue;
            }
            boolean logged = evidence.replay()
                    .bank(bank)
                    .filter(ReplayedBank::isReplayable)
                    .isPresent();
            if (!logged && isContradicted(bank)) {
                throw new ReferenceStateException(List.of("the log has no digests of " + bank
                        + ", which the TPM extends: choose the banks to pin with --bank"));
            }
            if (logged && evidence.isGiven(bank)) {
                Optional<String> reason = reasonAgainst(bank);
                if (reason.isPresent() && isContradicted(bank)) {
                    throw new ReferenceStateException(List.of(reason.get()));
                }
                reason.ifPresentOrElse(reasons::add, () -> usable.add(bank));
            }
        }
        if (usable.isEmpty()) {
            throw new ReferenceStateException(
                    reasons.isEmpty()
                            ? List.of("there is no bank that the log has and PCR values were given for")
                            : reasons);
        }
        return usable;
    }

    private boolean isContradicted(HashAlgorithm bank) {
        return needed.stream()
                .flatMap(pcr -> evidence.comparison(bank, pcr).stream())
                .anyMatch(pcr -> pcr.status().isFailure() && pcr.status() != PcrStatus.BANK_NOT_ACTIVE);
    }

    static boolean isProved(ReplayedLog evidence, HashAlgorithm bank, int pcr) {
        PcrProof required = evidence.quoted().isPresent() ? PcrProof.QUOTED : PcrProof.ASSERTED;
        return evidence.proof(bank, pcr).compareTo(required) <= 0;
    }

    private Optional<String> reasonAgainst(HashAlgorithm bank) {
        List<String> wrong = needed.stream()
                .filter(pcr -> !evidence.isTakenAsInitial(bank, pcr) && !isProved(evidence, bank, pcr))
                .map(pcr -> pcr + " ("
                        + evidence.comparison(bank, pcr)
                                .map(comparison -> comparison.isReproduced() ? "not quoted" : comparison.status() + "")
                                .orElse("no value")
                        + ")")
                .toList();
        if (!wrong.isEmpty()) {
            return Optional.of("bank " + bank + ": the log is not proved for PCR " + String.join(", ", wrong));
        }
        return evidence.replay().log().events().stream()
                .filter(event -> isNeeded(event) && event.digest(bank).isEmpty())
                .findFirst()
                .map(event -> "bank " + bank + ": event " + event.number() + " has no digest of it");
    }

    private boolean isNeeded(Event event) {
        return event.isMeasured() && needed.contains((int) event.pcrIndex());
    }
}
