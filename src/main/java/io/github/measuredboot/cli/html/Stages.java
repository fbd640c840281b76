package io.github.measuredboot.cli.html;

import io.github.measuredboot.boot.Action;
import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.boot.Claim;
import io.github.measuredboot.eventlog.check.Coverage;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.eventlog.data.SeparatorData;
import java.util.List;

/**
 * Where the stages of a boot begin in the order of the log: at the first separator, and after the last event with which the loader
 * takes over.
 */
record Stages(int count, int firstSeparator, int lastOfLoader) {
    static final List<String> TITLES = List.of("Firmware", "Boot manager and loaders", "Operating system");
    static final int FIRMWARE = 0;
    static final int LOADER = 1;
    static final int SYSTEM = 2;

    private static final List<String> HINTS =
            List.of("until the first separator", "until boot services end", "after boot services have ended");

    static Stages of(BootSummary summary, int count) {
        int separator = count;
        for (Claim<SeparatorData.Kind> claim : summary.separators()) {
            if (claim.coverage() == Coverage.COVERED && summary.registers().isFirmware(claim.register())) {
                separator = Math.min(separator, claim.eventNumber());
            }
        }
        int last = -1;
        for (Claim<Action> action : summary.actions()) {
            if (action.claimedValue()
                    .constant()
                    .filter(MeasuredConstant::isExitBootServices)
                    .isPresent()) {
                last = Math.max(last, action.eventNumber());
            }
        }
        return new Stages(count, separator, last > separator ? last : count - 1);
    }

    boolean hasSeparator() {
        return firstSeparator < count;
    }

    int of(int event) {
        if (hasSeparator() && event < firstSeparator) {
            return FIRMWARE;
        }
        return event <= lastOfLoader ? LOADER : SYSTEM;
    }

    int begin(int stage) {
        return stage == FIRMWARE ? 0 : stage == LOADER ? (hasSeparator() ? firstSeparator : 0) : lastOfLoader + 1;
    }

    int end(int stage) {
        return stage == SYSTEM ? count : Math.max(begin(stage), begin(stage + 1));
    }

    String title(int stage) {
        return stage == LOADER && !hasSeparator() ? "Everything that the log has" : TITLES.get(stage);
    }

    String hint(int stage) {
        return stage == LOADER && !hasSeparator() ? "no separator shows where the firmware ends" : HINTS.get(stage);
    }
}
