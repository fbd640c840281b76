package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.tpm.PcrBank;
import java.util.List;
import java.util.Optional;

/** The PCR values that a log gives and, with values to compare them with, how these compare. */
record ReplayReport(String log, Replay replay, List<PcrBank> banks, Optional<Compared> compared) implements Report {
    record Compared(List<PcrComparison> comparisons, Explanation explanation) {}

    @Override
    public void lines(TextOutput out) {
        ReplayText.heading(log, replay).forEach(out);
        compared.ifPresentOrElse(with -> ReplayText.comparison(with, out), () -> ReplayText.values(banks, out));
    }

    /**
     * {@code log}, the replay, {@code pcrs} (bank to index to hex), {@code diagnostics} and, with values, {@code comparison}: bank to
     * index to {@code status} and, where they are known, both values.
     */
    @Override
    public void members(DataWriter out) {
        out.put("log", log);
        EvidenceMembers.replay(out, replay);
        out.object(
                "pcrs",
                () -> banks.forEach(bank -> out.object(
                        bank.algorithm().name(),
                        () -> bank.values().forEach((pcr, value) -> out.put(String.valueOf(pcr), value)))));
        EvidenceMembers.diagnostics(out, replay);
        compared.ifPresent(with -> {
            EvidenceMembers.comparisons(out, "comparison", with.comparisons(), comparison -> {});
            EvidenceMembers.explanation(out, with.explanation());
        });
    }
}
