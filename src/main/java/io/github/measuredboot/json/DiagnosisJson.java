package io.github.measuredboot.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.measuredboot.policy.Diagnosis;
import io.github.measuredboot.policy.Diagnosis.PinnedField;
import io.github.measuredboot.policy.Hint;
import io.github.measuredboot.policy.ReferenceStateDiff;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What {@code measuredboot diagnose} says, in JSON, each report an object on one line. Names are in lower case. */
public final class DiagnosisJson {
    private DiagnosisJson() {}

    /**
     * A diagnosis: {@code log}; {@code state} if there is a reference state; {@code good, hasValues}; {@code quote} where
     * there is one; {@code pcrs} and {@code explanation} as {@code verify} and {@code replay} have them; with a state {@code
     * verdict} as {@code check} has it, {@code difference} ({@code same, categories, changes}) if there is one, and {@code
     * fields} (each {@code rule, name, status, expected, found, proof} and, if there is an event, {@code number, offset});
     * {@code hints} (each {@code code, sentence}).
     *
     * @param name what to call the log
     * @param stateName what to call the reference state, if there is one
     * @param diagnosis the diagnosis
     * @return the object
     */
    public static String report(String name, Optional<String> stateName, Diagnosis diagnosis) {
        return JsonReports.report(name, json -> {
            if (stateName.isPresent()) {
                json.writeStringField("state", stateName.get());
            }
            json.writeBooleanField("good", diagnosis.isGood());
            json.writeBooleanField("hasValues", diagnosis.hasValues());
            if (diagnosis.replayed().quoted().isPresent()) {
                VerificationJson.writeQuote(json, diagnosis.replayed().quoted().get());
            }
            VerificationJson.writePcrs(json, diagnosis.replayed().comparisons());
            JsonReports.writeExplanation(json, diagnosis.explanation());
            if (diagnosis.verdict().isPresent()) {
                VerdictJson.write(json, diagnosis.verdict().get());
                writeFields(json, diagnosis.fields());
            }
            if (diagnosis.difference().isPresent()) {
                json.writeObjectFieldStart("difference");
                ReferenceStateDiffJson.writeDifference(
                        json, diagnosis.difference().get());
                json.writeEndObject();
            }
            writeHints(json, diagnosis.hints());
        });
    }

    /**
     * A comparison of two reference states, or of a state and a log: {@code log} (the new one), {@code old, same, categories,
     * changes, hints}.
     *
     * @param oldName what to call the old one
     * @param newName what to call the new one
     * @param difference how they differ
     * @return the object
     */
    public static String comparison(String oldName, String newName, ReferenceStateDiff difference) {
        return JsonReports.report(newName, json -> {
            json.writeStringField("old", oldName);
            ReferenceStateDiffJson.writeDifference(json, difference);
            writeHints(json, Hint.of(difference));
        });
    }

    private static void writeFields(JsonGenerator json, List<PinnedField> fields) throws IOException {
        json.writeArrayFieldStart("fields");
        for (PinnedField field : fields) {
            json.writeStartObject();
            json.writeStringField("rule", field.rule());
            json.writeStringField("name", field.name());
            json.writeStringField("status", VerdictJson.lowerCase(field.status()));
            if (field.event().isPresent()) {
                VerdictJson.write(json, field.event().get());
            }
            json.writeStringField("expected", field.expected());
            json.writeStringField("found", field.found());
            json.writeStringField("proof", VerdictJson.lowerCase(field.proof()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeHints(JsonGenerator json, List<Hint> hints) throws IOException {
        json.writeArrayFieldStart("hints");
        for (Hint hint : hints) {
            json.writeStartObject();
            json.writeStringField("code", hint.code());
            json.writeStringField("sentence", hint.sentence());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
