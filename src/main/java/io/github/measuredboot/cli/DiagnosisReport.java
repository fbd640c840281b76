package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.Diagnosis;
import io.github.measuredboot.diagnosis.Reason;
import io.github.measuredboot.diagnosis.StateChange;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.json.VerdictMembers;
import java.util.List;
import java.util.Optional;

/** Why a boot is not as expected. */
record DiagnosisReport(
        String log, Optional<String> state, Diagnosis diagnosis, ShownPcrs shown, Optional<ShownDigests> digests)
        implements Report {
    /** What is about the PCRs that are shown. */
    List<Reason> reasons() {
        return diagnosis.reasons().stream()
                .filter(reason -> shown.includes(reason.finding().pcrs()))
                .toList();
    }

    List<StateChange> acceptedChanges() {
        return diagnosis.acceptedChanges().stream()
                .filter(change ->
                        change.pcr().isEmpty() || shown.includes(change.pcr().getAsInt()))
                .toList();
    }

    @Override
    public void lines(TextOutput out) {
        DiagnosisText.print(this, out);
    }

    /**
     * {@code log, good, valuesGiven, message}; with a reference state {@code state, verdict, reasons} (each {@code id, pcrs,
     * message, changes, explanation}) and {@code acceptedChanges}; {@code hints, quote, pcrs, explanation}.
     */
    @Override
    public void members(DataWriter out) {
        out.put("log", log)
                .put("good", diagnosis.isGood())
                .put("valuesGiven", diagnosis.hasValues())
                .put("message", DiagnosisText.message(diagnosis))
                .put("state", state);
        diagnosis.verdict().ifPresent(verdict -> {
            out.object("verdict", () -> VerdictMembers.write(out, verdict));
            out.objects("reasons", reasons(), reason -> {
                out.put("id", reason.id())
                        .numbers("pcrs", reason.finding().pcrs())
                        .put("message", reason.message());
                StateChangeMembers.changes(out, "changes", reason.changes());
                out.texts("explanation", reason.explanation());
            });
            StateChangeMembers.changes(out, "acceptedChanges", acceptedChanges());
        });
        StateChangeMembers.hints(out, diagnosis.hints());
        EvidenceMembers.quote(out, diagnosis.evidence());
        shown.members(out);
        EvidenceMembers.pcrs(out, shown.comparisons(diagnosis.evidence().comparisons()));
        LaunchStarts.of(diagnosis.evidence()).members(out);
        EvidenceMembers.explanation(
                out, shown.explanations(diagnosis.explanation().pcrs()));
    }
}
