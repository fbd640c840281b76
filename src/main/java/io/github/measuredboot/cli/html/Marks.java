package io.github.measuredboot.cli.html;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.boot.Claim;
import io.github.measuredboot.boot.Phase;
import io.github.measuredboot.cli.html.View.Label;
import io.github.measuredboot.cli.html.View.Value;
import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.replay.PcrProof;
import java.util.List;

/** How far something is proved, in a word. */
record Marks(boolean compared, boolean onlyClaimed, BootSummary summary) {
    static final Label PROVED = new Label("proved", "proved");
    static final Label REPRODUCED = new Label("reproduced", "reproduced");
    static final Label COVERED = new Label("covered", "covered");
    static final Label LATE = new Label("late", "late");
    static final Label CLAIMED = new Label("claimed", "claimed");
    static final Label REFUTED = new Label("refuted", "refuted");

    static Marks of(BootInput boot) {
        return new Marks(boot.summary().verified().isPresent(), boot.onlyClaimed(), boot.summary());
    }

    Label of(Claim<?> claim) {
        return claim.coverage() == Coverage.COVERED && !onlyClaimed && isLate(claim) ? LATE : word(claim);
    }

    /** Of what is measured after the separator as a rule, such as images: that is not late. */
    Label word(Claim<?> claim) {
        return switch (claim.coverage()) {
            case COVERED -> covered(claim.pcrProof());
            case NOT_COVERED, NEVER_MEASURED -> CLAIMED;
            case CONTRADICTED -> REFUTED;
        };
    }

    Label covered(PcrProof proof) {
        return switch (proof) {
            case QUOTED -> PROVED;
            case ASSERTED -> REPRODUCED;
            case UNPROVED -> compared || onlyClaimed ? CLAIMED : COVERED;
        };
    }

    Label late() {
        return onlyClaimed ? CLAIMED : LATE;
    }

    private boolean isLate(Claim<?> claim) {
        return claim.phase() == Phase.CLOSED
                || (claim.phase() != Phase.PRE_OS && summary.registers().isFirmware(claim.register()));
    }

    List<Value> legend() {
        if (onlyClaimed) {
            return List.of(
                    new Value(
                            CLAIMED.text(),
                            "only the log says so, and which registers it extends only its header, which is not measured"),
                    refuted());
        }
        return compared
                ? List.of(
                        new Value(PROVED.text(), "the digest of the event covers it, and a quote proves the PCR"),
                        new Value(
                                REPRODUCED.text(),
                                "the digest of the event covers it, and the log gives the PCR value that was given; no quote proves"
                                        + " the value"),
                        new Value(
                                CLAIMED.text(), "only the log says so, or the log does not give the value of the PCR"),
                        lateInWords(),
                        refuted())
                : List.of(
                        new Value(COVERED.text(), "by the digest of the event: proved as soon as the PCR is"),
                        new Value(CLAIMED.text(), "only the log says so"),
                        lateInWords(),
                        refuted());
    }

    private static Value lateInWords() {
        return new Value(LATE.text(), "not before a separator, where an operating system can measure as well");
    }

    private static Value refuted() {
        return new Value(REFUTED.text(), "the digest is that of something else");
    }
}
