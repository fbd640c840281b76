package io.github.measuredboot.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.diagnosis.Explanation.PcrExplanation;
import io.github.measuredboot.diagnosis.Explanation.Remark;
import io.github.measuredboot.diagnosis.Hypothesis;
import io.github.measuredboot.eventlog.Diagnostic;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.check.DigestCheck;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The reports of the command line in JSON, each an object on one line. */
public final class JsonReports {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonReports() {}

    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * All events of a log: {@code log, format, algorithms, events} (each {@code number, offset, pcr, type, digests, checks,
     * size, data, structure, fields}), {@code diagnostics}, and {@code error} if the log could be read only in part. {@code
     * checks} says for each bank what the digest covers, {@code structure} and {@code fields} are the decoded data.
     *
     * @param name what to call the log
     * @param checked the events that could be read
     * @param fault what is wrong with the log, if anything is
     * @return the object
     */
    public static String events(String name, CheckedLog checked, Optional<Fault> fault) {
        EventLog log = checked.log();
        return report(name, json -> {
            writeFormat(json, log);
            json.writeArrayFieldStart("events");
            for (CheckedEvent event : checked.events()) {
                writeEvent(json, event);
            }
            json.writeEndArray();
            writeDiagnostics(json, log.diagnostics());
            if (fault.isPresent()) {
                writeError(json, fault.get());
            }
        });
    }

    /**
     * The replay of a log: {@code log, format, algorithms, events} (their number), {@code startupLocality, pcrs} (bank to
     * index to hex) and {@code diagnostics}; with a userspace log also {@code userspaceRecords} (their number) and {@code
     * userspaceDiagnostics}.
     *
     * @param name what to call the log
     * @param replay the replay
     * @param banks the replayed values to report
     * @return the object
     */
    public static String replay(String name, Replay replay, List<PcrBank> banks) {
        return report(name, json -> writeReplay(json, replay, banks));
    }

    /**
     * The replay of a log as above, and how it compares with PCR values: {@code "comparison"} holds for each bank and index a
     * {@code "status"} and, where they are known, both values.
     *
     * @param name what to call the log
     * @param replay the replay
     * @param banks the replayed values to report
     * @param comparisons the comparisons to report, by bank
     * @param explanation why values differ: {@code "explanation"} is an array of {@code bank, pcr, status, hypotheses,
     *     remarks}, the latter two arrays of {@code code, sentence}
     * @return the object
     */
    public static String comparison(
            String name, Replay replay, List<PcrBank> banks, List<PcrComparison> comparisons, Explanation explanation) {
        return report(name, json -> {
            writeReplay(json, replay, banks);
            json.writeObjectFieldStart("comparison");
            for (HashAlgorithm bank : comparisons.stream()
                    .map(PcrComparison::algorithm)
                    .distinct()
                    .toList()) {
                json.writeObjectFieldStart(bank.name());
                for (PcrComparison comparison : comparisons) {
                    if (comparison.algorithm().equals(bank)) {
                        writeComparison(json, comparison);
                    }
                }
                json.writeEndObject();
            }
            json.writeEndObject();
            writeExplanation(json, explanation);
        });
    }

    /**
     * A log that is malformed: {@code log} and {@code error} with {@code offset, structure, field, reason, message}.
     *
     * @param name what to call the log
     * @param fault what is wrong
     * @return the object
     */
    public static String malformed(String name, Fault fault) {
        return report(name, json -> writeError(json, fault));
    }

    /**
     * A log that could not be read at all: {@code log} and {@code error} with {@code message}.
     *
     * @param name what to call the log
     * @param message why
     * @return the object
     */
    public static String unreadable(String name, String message) {
        return report(name, json -> {
            json.writeObjectFieldStart("error");
            json.writeStringField("message", message);
            json.writeEndObject();
        });
    }

    static String report(String name, Body body) {
        return object(json -> {
            json.writeStringField("log", name);
            body.write(json);
        });
    }

    static String object(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static void writeFormat(JsonGenerator json, EventLog log) throws IOException {
        json.writeStringField("format", log.format().id());
        json.writeArrayFieldStart("algorithms");
        for (HashAlgorithm algorithm : log.algorithms()) {
            json.writeString(algorithm.name());
        }
        json.writeEndArray();
    }

    private static void writeEvent(JsonGenerator json, CheckedEvent checked) throws IOException {
        Event event = checked.event();
        json.writeStartObject();
        json.writeNumberField("number", event.number());
        json.writeNumberField("offset", event.offset());
        json.writeNumberField("pcr", event.pcrIndex());
        json.writeStringField("type", event.claimedType().name());
        json.writeObjectFieldStart("digests");
        for (Digest digest : event.digests()) {
            json.writeStringField(digest.algorithm().name(), digest.value().toHex());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("checks");
        for (DigestCheck check : checked.checks()) {
            writeCheck(json, check);
        }
        json.writeEndObject();
        json.writeNumberField("size", event.data().length());
        json.writeStringField("data", event.data().toHex());
        json.writeStringField("structure", StructureNames.of(checked.claimedData()));
        json.writeFieldName("fields");
        EventFieldsJson.writeObject(json, checked.claimedData().fields());
        json.writeEndObject();
    }

    private static void writeCheck(JsonGenerator json, DigestCheck check) throws IOException {
        json.writeObjectFieldStart(check.algorithm().name());
        json.writeStringField("status", check.status().id());
        json.writeStringField(
                "code", check.status().id().toUpperCase(Locale.ROOT).replace('-', '_'));
        json.writeStringField("covers", check.rule().description());
        if (check.quirk().isPresent()) {
            json.writeStringField("quirk", check.quirk().get().id());
        }
        json.writeEndObject();
    }

    private static void writeReplay(JsonGenerator json, Replay replay, List<PcrBank> banks) throws IOException {
        EventLog log = replay.log();
        writeFormat(json, log);
        json.writeNumberField("events", log.events().size());
        if (replay.userspaceLog().isPresent()) {
            json.writeNumberField(
                    "userspaceRecords", replay.userspaceLog().get().records().size());
        }
        json.writeNumberField("startupLocality", replay.startupLocality());
        json.writeObjectFieldStart("pcrs");
        for (PcrBank bank : banks) {
            json.writeObjectFieldStart(bank.algorithm().name());
            for (var pcr : bank.values().entrySet()) {
                json.writeStringField(pcr.getKey().toString(), pcr.getValue().toHex());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        List<Diagnostic> diagnostics = new ArrayList<>(log.diagnostics());
        diagnostics.addAll(replay.diagnostics());
        writeDiagnostics(json, diagnostics);
        if (replay.userspaceLog().isPresent()) {
            json.writeFieldName("userspaceDiagnostics");
            writeDiagnosticArray(json, replay.userspaceLog().get().diagnostics());
        }
    }

    private static void writeComparison(JsonGenerator json, PcrComparison comparison) throws IOException {
        json.writeObjectFieldStart(String.valueOf(comparison.pcr()));
        json.writeStringField("status", comparison.status().id());
        if (comparison.replayed().isPresent()) {
            json.writeStringField("replayed", comparison.replayed().get().toHex());
        }
        if (comparison.given().isPresent()) {
            json.writeStringField("given", comparison.given().get().toHex());
        }
        json.writeEndObject();
    }

    static void writeExplanation(JsonGenerator json, Explanation explanation) throws IOException {
        json.writeArrayFieldStart("explanation");
        for (PcrExplanation pcr : explanation.pcrs()) {
            json.writeStartObject();
            json.writeStringField("bank", pcr.algorithm().name());
            json.writeNumberField("pcr", pcr.pcr());
            json.writeStringField("status", pcr.status().id());
            json.writeArrayFieldStart("hypotheses");
            for (Hypothesis hypothesis : pcr.hypotheses()) {
                writeSentence(json, hypothesis.kind().id(), hypothesis.message());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("remarks");
            for (Remark remark : pcr.remarks()) {
                writeSentence(json, remark.id(), remark.message());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeSentence(JsonGenerator json, String code, String sentence) throws IOException {
        json.writeStartObject();
        json.writeStringField("code", code);
        json.writeStringField("sentence", sentence);
        json.writeEndObject();
    }

    static void writeDiagnostics(JsonGenerator json, List<Diagnostic> diagnostics) throws IOException {
        json.writeFieldName("diagnostics");
        writeDiagnosticArray(json, diagnostics);
    }

    private static void writeDiagnosticArray(JsonGenerator json, List<Diagnostic> diagnostics) throws IOException {
        json.writeStartArray();
        for (Diagnostic diagnostic : diagnostics) {
            json.writeStartObject();
            json.writeStringField("code", diagnostic.code().id());
            json.writeNumberField("offset", diagnostic.offset());
            json.writeStringField("message", diagnostic.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void writeError(JsonGenerator json, Fault fault) throws IOException {
        json.writeObjectFieldStart("error");
        json.writeNumberField("offset", fault.offset());
        json.writeStringField("structure", fault.structure());
        json.writeStringField("field", fault.field());
        json.writeStringField("reason", fault.reason());
        json.writeStringField("message", fault.message());
        json.writeEndObject();
    }
}
