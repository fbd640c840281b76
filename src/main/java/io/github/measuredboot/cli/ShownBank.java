package io.github.measuredboot.cli;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Optional;
import java.util.function.Predicate;

/** The bank that is shown where any will do: SHA-256, as other tools do, unless the log or the values have more of another. */
final class ShownBank {
    private ShownBank() {}

    static Optional<HashAlgorithm> of(EventLog log) {
        return BootSummary.strongestBank(log)
                .map(strongest -> hasAsManyDigests(log, strongest) ? HashAlgorithm.SHA256 : strongest);
    }

    static Optional<HashAlgorithm> of(ReplayedLog replayed) {
        EventLog log = replayed.replay().log();
        return BootSummary.strongestBank(replayed)
                .map(strongest -> hasAsManyDigests(log, strongest) && isGivenAs(replayed, strongest)
                        ? HashAlgorithm.SHA256
                        : strongest);
    }

    private static boolean hasAsManyDigests(EventLog log, HashAlgorithm strongest) {
        return log.algorithms().contains(HashAlgorithm.SHA256)
                && digests(log, HashAlgorithm.SHA256) >= digests(log, strongest);
    }

    private static long digests(EventLog log, HashAlgorithm bank) {
        return log.events().stream()
                .filter(Event::isMeasured)
                .filter(event -> event.digestOffset(bank).isPresent())
                .count();
    }

    /** As many PCRs have to be reproduced, and as many proved. */
    private static boolean isGivenAs(ReplayedLog replayed, HashAlgorithm strongest) {
        return count(replayed, HashAlgorithm.SHA256, PcrComparison::isReproduced)
                        >= count(replayed, strongest, PcrComparison::isReproduced)
                && count(replayed, HashAlgorithm.SHA256, PcrComparison::isProved)
                        >= count(replayed, strongest, PcrComparison::isProved);
    }

    private static long count(ReplayedLog replayed, HashAlgorithm bank, Predicate<PcrComparison> which) {
        return EvidenceMembers.of(bank, replayed.comparisons()).stream()
                .filter(which)
                .count();
    }
}
