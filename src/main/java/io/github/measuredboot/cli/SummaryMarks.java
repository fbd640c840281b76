package io.github.measuredboot.cli;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.boot.Claim;
import io.github.measuredboot.boot.Phase;
import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.tpm.Digest;
import java.util.List;
import java.util.Optional;

/** The word before each statement of a summary, which says how far it is proved. */
record SummaryMarks(BootSummary summary, boolean onlyClaimed) {
    private static final List<String> CLAIMED_LEGEND = List.of(
            "  covered   by the digest of event [n]: proved once the PCR is",
            "  late      covered, but not before a separator: an operating system can measure there as well",
            "  claimed   only the log says so",
            "  REFUTED   the digest is that of something else",
            "  measured  the digest of something that is not in the log");
    private static final List<String> VERIFIED_LEGEND = List.of(
            "  proved    by the digest of event [n], and a quote proves its PCR",
            "  asserted  by the digest of event [n], if the PCR value that was given is true",
            "  claimed   only the log says so, or the PCR is not reproduced",
            "  REFUTED   the digest is that of something else",
            "What is late is not before a separator: an operating system can measure there as well.");

    private boolean isCompared() {
        return summary.verified().isPresent();
    }

    List<String> legend() {
        return isCompared() ? VERIFIED_LEGEND : CLAIMED_LEGEND;
    }

    String of(Claim<?> statement) {
        return switch (statement.coverage()) {
            case COVERED -> onlyClaimed ? "claimed" : covered(statement.pcrProof(), "covered");
            case NOT_COVERED, NEVER_MEASURED -> "claimed";
            case CONTRADICTED -> "REFUTED";
        };
    }

    /** Also whether it was measured too late to be the firmware's own. */
    String withPhase(Claim<?> statement) {
        return withPhase(
                statement,
                statement.phase() != Phase.PRE_OS
                        && statement.coverage() == Coverage.COVERED
                        && summary.registers().isFirmware(statement.register()));
    }

    /** Windows closes its PCRs: what is measured into them later is not of the boot. */
    String ofWindows(Claim<?> statement) {
        return withPhase(statement, statement.phase() == Phase.CLOSED);
    }

    private String withPhase(Claim<?> statement, boolean isLate) {
        if (!isLate || onlyClaimed) {
            return of(statement);
        }
        return isCompared() ? of(statement) + ", late:" : "late";
    }

    String ofDigest(Optional<Claim<Digest>> digest) {
        return digest.filter(stated -> stated.coverage() == Coverage.COVERED && !onlyClaimed)
                .map(stated -> covered(stated.pcrProof(), "measured"))
                .orElse("claimed");
    }

    private String covered(PcrProof proof, String withoutValues) {
        if (!isCompared()) {
            return withoutValues;
        }
        return switch (proof) {
            case QUOTED -> "proved";
            case ASSERTED -> "asserted";
            case UNPROVED -> "claimed";
        };
    }
}
