package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.Diagnosis;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.json.VerdictMembers;
import java.util.Optional;

/** Why a boot is not as expected. */
record DiagnosisReport(String log, Optional<String> state, Diagnosis diagnosis) implements Report {
    @Override
    public void lines(TextOutput out) {
        DiagnosisText.print(log, state, diagnosis, out);
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
            out.objects("reasons", diagnosis.reasons(), reason -> {
                out.put("id", reason.id())
                        .numbers("pcrs", reason.finding().pcrs())
                        .put("message", reason.message());
                StateChangeMembers.changes(out, "changes", reason.changes());
                out.texts("explanation", reason.explanation());
            });
            StateChangeMembers.changes(out, "acceptedChanges", diagnosis.acceptedChanges());
        });
        StateChangeMembers.hints(out, diagnosis.hints());
        EvidenceMembers.quote(out, diagnosis.evidence());
        EvidenceMembers.pcrs(out, diagnosis.evidence().comparisons());
        LaunchStarts.of(diagnosis.evidence()).members(out);
        EvidenceMembers.explanation(out, diagnosis.explanation());
    }
}
