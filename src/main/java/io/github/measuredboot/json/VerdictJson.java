package io.github.measuredboot.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.policy.Constraint;
import io.github.measuredboot.policy.CoverageReport;
import io.github.measuredboot.policy.Finding;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.replay.ReplayedLog;
import java.io.IOException;
import java.util.Map;

/** What {@code measuredboot check} says, in JSON: an object on one line. Names are in lower case. */
public final class VerdictJson {
    private VerdictJson() {}

    /**
     * A verdict: {@code log, state}; {@code verdict} with {@code outcome} ({@code accepted, accepted-if-fresh,
     * accepted-if-values-are-true} or {@code rejected}), {@code bank}, {@code findings} (each {@code rule, outcome, required, rejects, pcrs, events, expected,
     * found, constraint, proof}; an event is {@code number, offset}) and {@code coverage} ({@code pcrs}, each {@code pcr,
     * required, proof, events}, and {@code logBytes}, both by constraint); {@code quote} where there is one; {@code pcrs} and
     * {@code explanation} as {@code verify} and {@code replay} have them.
     *
     * @param name what to call the log
     * @param stateName what to call the reference state
     * @param verdict the verdict
     * @param replayed what was judged
     * @param explanation why PCR values differ
     * @return the object
     */
    public static String report(
            String name, String stateName, Verdict verdict, ReplayedLog replayed, Explanation explanation) {
        return JsonReports.report(name, json -> {
            json.writeStringField("state", stateName);
            write(json, verdict);
            if (replayed.quoted().isPresent()) {
                VerificationJson.writeQuote(json, replayed.quoted().get());
            }
            VerificationJson.writePcrs(json, replayed.comparisons());
            JsonReports.writeExplanation(json, explanation);
        });
    }

    static void write(JsonGenerator json, Verdict verdict) throws IOException {
        json.writeObjectFieldStart("verdict");
        json.writeStringField("outcome", verdict.outcome().id());
        json.writeStringField("bank", verdict.bank().name());
        json.writeArrayFieldStart("findings");
        for (Finding finding : verdict.findings()) {
            write(json, finding);
        }
        json.writeEndArray();
        write(json, verdict.coverage());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("rule", finding.rule());
        json.writeStringField("outcome", finding.outcome().id());
        json.writeBooleanField("required", finding.required());
        json.writeBooleanField("rejects", finding.isRejection());
        json.writeArrayFieldStart("pcrs");
        for (int pcr : finding.pcrs()) {
            json.writeNumber(pcr);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("events");
        for (Finding.Place event : finding.events()) {
            json.writeStartObject();
            write(json, event);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("expected", finding.expected());
        json.writeStringField("found", finding.found());
        json.writeStringField("constraint", finding.constraint().id());
        json.writeStringField("proof", finding.proof().id());
        json.writeEndObject();
    }

    static void write(JsonGenerator json, Finding.Place event) throws IOException {
        json.writeNumberField("number", event.number());
        json.writeNumberField("offset", event.offset());
    }

    private static void write(JsonGenerator json, CoverageReport coverage) throws IOException {
        json.writeObjectFieldStart("coverage");
        json.writeArrayFieldStart("pcrs");
        for (CoverageReport.Pcr pcr : coverage.pcrs()) {
            json.writeStartObject();
            json.writeNumberField("pcr", pcr.pcr());
            json.writeBooleanField("required", pcr.required());
            json.writeStringField("proof", pcr.proof().id());
            write(json, "events", pcr.events());
            json.writeEndObject();
        }
        json.writeEndArray();
        write(json, "logBytes", coverage.logBytes());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Map<Constraint, Integer> counts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Constraint constraint : Constraint.values()) {
            json.writeNumberField(constraint.id(), counts.getOrDefault(constraint, 0));
        }
        json.writeEndObject();
    }
}
