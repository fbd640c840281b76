package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.Change;
import io.github.measuredboot.diagnosis.LogDifference;
import io.github.measuredboot.diagnosis.PcrDifference;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;

/** How two logs differ: the answer first, then each PCR and event. */
final class LogDifferenceText {
    private LogDifferenceText() {}

    static List<String> lines(LogDifference difference, EventLog before, EventLog after) {
        List<String> lines = new ArrayList<>();
        lines.add(difference.message());
        for (PcrDifference pcr : difference.pcrs()) {
            lines.add(pcr.message());
            for (Change change : pcr.changes()) {
                lines.add("  " + change.place() + ": " + change.message());
            }
        }
        addBanks(lines, "first", before, difference);
        addBanks(lines, "second", after, difference);
        if (!difference.isSame()) {
            lines.add(
                    "Nothing was compared with a TPM: both logs are taken at their word. What is marked \"claimed\" is not"
                            + " covered by a digest.");
        }
        return lines;
    }

    private static void addBanks(List<String> lines, String which, EventLog log, LogDifference difference) {
        List<HashAlgorithm> others = log.algorithms().stream()
                .filter(bank -> !difference.banks().contains(bank))
                .toList();
        if (!others.isEmpty()) {
            lines.add("Only the " + which + " log has the bank(s) " + others + ": they were not compared.");
        }
    }
}
