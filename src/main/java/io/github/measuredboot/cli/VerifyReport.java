package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.replay.ReplayedLog;

/** What PCR values and a quote prove of a log. */
record VerifyReport(String log, ReplayedLog replayed, Explanation explanation) implements Report {
    @Override
    public void lines(TextOutput out) {
        VerifyText.lines(log, replayed, explanation).forEach(out);
    }

    /** {@code log}, the replay, {@code quote, pcrs, banks} (each {@code bank, kind, numbers, message}), {@code diagnostics, explanation}. */
    @Override
    public void members(DataWriter out) {
        out.put("log", log);
        EvidenceMembers.replay(out, replayed.replay());
        replayed.quoted().ifPresent(quoted -> EvidenceMembers.quote(out, quoted));
        EvidenceMembers.pcrs(out, replayed.comparisons());
        out.objects(
                "banks",
                replayed.bankFindings(),
                finding -> out.put("bank", finding.algorithm().name())
                        .put("kind", finding.kind().id())
                        .numbers("numbers", finding.numbers())
                        .put("message", finding.kind().message()));
        EvidenceMembers.diagnostics(out, replayed.replay());
        EvidenceMembers.explanation(out, explanation);
    }
}
