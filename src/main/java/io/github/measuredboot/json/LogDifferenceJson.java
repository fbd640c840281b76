package io.github.measuredboot.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.measuredboot.diagnosis.Change;
import io.github.measuredboot.diagnosis.LogDifference;
import io.github.measuredboot.diagnosis.Measurement;
import io.github.measuredboot.diagnosis.PcrDifference;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.io.IOException;
import java.util.Optional;

/** What two logs measured differently, in JSON: an object on one line. */
public final class LogDifferenceJson {
    private LogDifferenceJson() {}

    /**
     * A comparison of two logs: {@code log} (the second), {@code old} (the first), {@code same, banks, message}, and {@code
     * measurements}: for each PCR that differs {@code pcr, kept, exact, changes}. A change has {@code kind} (added, removed,
     * changed, moved), {@code topic, subject, subjectClaimed, message}, {@code before} and {@code after} where they are there
     * ({@code log}, which is {@code firmware} or {@code userspace}, and {@code number}), and {@code details} ({@code field,
     * before, after, claimed}).
     *
     * @param oldName what to call the first
     * @param newName what to call the second
     * @param difference how they differ
     * @return the object
     */
    public static String report(String oldName, String newName, LogDifference difference) {
        return JsonReports.report(newName, json -> {
            json.writeStringField("old", oldName);
            json.writeBooleanField("same", difference.isSame());
            json.writeArrayFieldStart("banks");
            for (HashAlgorithm bank : difference.banks()) {
                json.writeString(bank.name());
            }
            json.writeEndArray();
            json.writeStringField("message", difference.message());
            json.writeArrayFieldStart("measurements");
            for (PcrDifference pcr : difference.pcrs()) {
                writePcr(json, pcr);
            }
            json.writeEndArray();
        });
    }

    private static void writePcr(JsonGenerator json, PcrDifference pcr) throws IOException {
        json.writeStartObject();
        json.writeNumberField("pcr", pcr.pcr());
        json.writeNumberField("kept", pcr.keptCount());
        json.writeBooleanField("exact", pcr.exact());
        json.writeArrayFieldStart("changes");
        for (Change change : pcr.changes()) {
            writeChange(json, change);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeChange(JsonGenerator json, Change change) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", change.kind().id());
        json.writeStringField("topic", change.topic().id());
        json.writeStringField("subject", change.subject());
        json.writeBooleanField("subjectClaimed", change.isSubjectClaimed());
        json.writeStringField("message", change.message());
        writeMeasurement(json, "before", change.before());
        writeMeasurement(json, "after", change.after());
        json.writeArrayFieldStart("details");
        for (Change.Detail detail : change.details()) {
            json.writeStartObject();
            json.writeStringField("field", detail.field());
            if (detail.before().isPresent()) {
                json.writeStringField("before", detail.before().get());
            }
            if (detail.after().isPresent()) {
                json.writeStringField("after", detail.after().get());
            }
            json.writeBooleanField("claimed", detail.claimed());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeMeasurement(JsonGenerator json, String name, Optional<Measurement> measurement)
            throws IOException {
        if (measurement.isPresent()) {
            json.writeObjectFieldStart(name);
            json.writeStringField("log", measurement.get().isUserspace() ? "userspace" : "firmware");
            json.writeNumberField("number", measurement.get().index());
            json.writeEndObject();
        }
    }
}
