package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.json.VerdictMembers;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.replay.ReplayedLog;

/** The verdict on a boot. */
record CheckReport(
        String log,
        String state,
        Verdict verdict,
        ReplayedLog replayed,
        Explanation explanation,
        String culprits,
        ShownPcrs shown,
        ShownDigests digests)
        implements Report {
    @Override
    public void lines(TextOutput out) {
        out.accept(VerdictText.headline(verdict, replayed, culprits, out));
        replayed.signer().map(IdentityText::line).map(out::shortened).ifPresent(out);
        shown.note(out);
        if (!out.isVerbose()) {
            CheckText.print(this, out);
            return;
        }
        ReplayText.heading(log, replayed).forEach(out);
        out.accept("against the reference state " + InputFile.called(state) + ":");
        VerdictText.lines(verdict, replayed, shown).forEach(out);
        ExplanationText.lines(shown.explanations(explanation.pcrs())).forEach(out);
    }

    /** {@code log, state, message, verdict}, {@code quote} where there is one, {@code pcrs, explanation}. */
    @Override
    public void members(DataWriter out) {
        out.put("log", log)
                .put("state", state)
                .put(
                        "message",
                        VerdictText.word(verdict.outcome()) + ": " + VerdictText.reason(verdict, replayed, culprits))
                .object("verdict", () -> VerdictMembers.write(out, verdict));
        EvidenceMembers.quote(out, replayed);
        shown.members(out);
        EvidenceMembers.pcrs(out, shown.comparisons(replayed.comparisons()));
        LaunchStarts.of(replayed).members(out);
        EvidenceMembers.explanation(out, shown.explanations(explanation.pcrs()));
    }
}
