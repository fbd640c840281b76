package io.github.measuredboot.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.measuredboot.diagnosis.Diagnosis;
import io.github.measuredboot.diagnosis.Reason;
import java.io.IOException;
import java.util.Optional;

/** What {@code measuredboot diagnose} says of one log, in JSON: an object on one line. */
public final class DiagnosisJson {
    private DiagnosisJson() {}

    /**
     * A diagnosis: {@code log, good, valuesGiven, message}; with a reference state {@code state}, {@code verdict} as {@link
     * VerdictJson} has it, {@code reasons} (each {@code id, pcrs, message, changes, explanation}; explanation is an array of
     * texts) and {@code acceptedChanges}, with changes as {@link StateDifferenceJson} has them; {@code hints} (each {@code id,
     * message}); {@code quote} where there is one; {@code pcrs} and {@code explanation} as {@code verify} and {@code replay}
     * have them.
     *
     * @param name what to call the log
     * @param stateName what to call the reference state, if there is one
     * @param diagnosis the diagnosis
     * @return the object
     */
    public static String report(String name, Optional<String> stateName, Diagnosis diagnosis) {
        return JsonReports.report(name, json -> {
            json.writeBooleanField("good", diagnosis.isGood());
            json.writeBooleanField("valuesGiven", diagnosis.hasValues());
            json.writeStringField("message", diagnosis.message());
            if (stateName.isPresent()) {
                json.writeStringField("state", stateName.get());
            }
            if (diagnosis.verdict().isPresent()) {
                VerdictJson.write(json, diagnosis.verdict().get());
                writeReasons(json, diagnosis);
                StateDifferenceJson.writeChanges(json, "acceptedChanges", diagnosis.acceptedChanges());
            }
            StateDifferenceJson.writeHints(json, diagnosis.hints());
            if (diagnosis.evidence().quoted().isPresent()) {
                VerificationJson.writeQuote(json, diagnosis.evidence().quoted().get());
            }
            VerificationJson.writePcrs(json, diagnosis.evidence().comparisons());
            JsonReports.writeExplanation(json, diagnosis.explanation());
        });
    }

    private static void writeReasons(JsonGenerator json, Diagnosis diagnosis) throws IOException {
        json.writeArrayFieldStart("reasons");
        for (Reason reason : diagnosis.reasons()) {
            json.writeStartObject();
            json.writeStringField("id", reason.id());
            json.writeArrayFieldStart("pcrs");
            for (int pcr : reason.finding().pcrs()) {
                json.writeNumber(pcr);
            }
            json.writeEndArray();
            json.writeStringField("message", reason.message());
            StateDifferenceJson.writeChanges(json, "changes", reason.changes());
            json.writeArrayFieldStart("explanation");
            for (String sentence : reason.explanation()) {
                json.writeString(sentence);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
