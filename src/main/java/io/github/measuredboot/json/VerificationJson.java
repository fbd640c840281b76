package io.github.measuredboot.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.eventlog.Diagnostic;
import io.github.measuredboot.replay.BankFinding;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.QuoteFinding;
import io.github.measuredboot.tpm.QuoteRefusedException;
import io.github.measuredboot.tpm.QuotedPcrs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What {@code measuredboot verify} says, in JSON: an object on one line. */
public final class VerificationJson {
    private VerificationJson() {}

    /**
     * The result: {@code log, format, algorithms, events} (their number), {@code startupLocality}; {@code quote} where there
     * is one, with {@code fresh}, its {@code findings} and, of a TPM 2.0, {@code qualifiedSigner, nonce, clock, resetCount, restartCount,
     * safe, firmwareVersion} (the 64-bit numbers in hexadecimal); {@code pcrs}: bank, to index, to {@code status, quoted,
     * proved} and, where they are known, {@code replayed} and {@code given}; {@code banks}: a list of {@code bank, kind,
     * numbers, message}; {@code diagnostics}; {@code explanation}: a list of {@code bank, pcr, status, hypotheses, remarks}.
     *
     * @param name what to call the log
     * @param replayed the result
     * @param explanation why PCRs differ
     * @return the object
     */
    public static String report(String name, ReplayedLog replayed, Explanation explanation) {
        return JsonReports.report(name, json -> {
            Replay replay = replayed.replay();
            JsonReports.writeFormat(json, replay.log());
            json.writeNumberField("events", replay.log().events().size());
            json.writeNumberField("startupLocality", replay.startupLocality());
            if (replayed.quoted().isPresent()) {
                writeQuote(json, replayed.quoted().get());
            }
            writePcrs(json, replayed.comparisons());
            writeBanks(json, replayed.bankFindings());
            List<Diagnostic> diagnostics = new ArrayList<>(replay.log().diagnostics());
            diagnostics.addAll(replay.diagnostics());
            JsonReports.writeDiagnostics(json, diagnostics);
            JsonReports.writeExplanation(json, explanation);
        });
    }

    /**
     * A refusal: {@code log} and {@code quote} with {@code refused} (the reason), {@code message} and {@code weaknesses}, the
     * findings for which a quote is {@code TOO_WEAK}.
     *
     * @param name what to call the log
     * @param refused why
     * @return the object
     */
    public static String refused(String name, QuoteRefusedException refused) {
        return JsonReports.report(name, json -> {
            json.writeObjectFieldStart("quote");
            json.writeStringField("refused", refused.reason().id());
            json.writeStringField("message", String.valueOf(refused.getMessage()));
            writeFindings(json, "weaknesses", refused.weaknesses());
            json.writeEndObject();
        });
    }

    static void writeQuote(JsonGenerator json, QuotedPcrs quoted) throws IOException {
        json.writeObjectFieldStart("quote");
        if (quoted.attest().isPresent()) {
            Attest attest = quoted.attest().get();
            json.writeStringField("qualifiedSigner", attest.qualifiedSigner().toHex());
            json.writeStringField("nonce", attest.extraData().toHex());
            json.writeStringField(
                    "clock", String.format("%016x", attest.clockInfo().clock()));
            json.writeNumberField("resetCount", attest.clockInfo().resetCount());
            json.writeNumberField("restartCount", attest.clockInfo().restartCount());
            json.writeBooleanField("safe", attest.clockInfo().safe());
            json.writeStringField("firmwareVersion", String.format("%016x", attest.firmwareVersion()));
        }
        json.writeBooleanField("fresh", quoted.isFresh());
        writeFindings(json, "findings", quoted.findings());
        json.writeEndObject();
    }

    private static void writeFindings(JsonGenerator json, String name, List<QuoteFinding> findings) throws IOException {
        json.writeArrayFieldStart(name);
        for (QuoteFinding finding : findings) {
            json.writeString(finding.id());
        }
        json.writeEndArray();
    }

    static void writePcrs(JsonGenerator json, List<PcrComparison> comparisons) throws IOException {
        json.writeObjectFieldStart("pcrs");
        for (HashAlgorithm bank :
                comparisons.stream().map(PcrComparison::algorithm).distinct().toList()) {
            json.writeObjectFieldStart(bank.name());
            for (PcrComparison comparison : comparisons) {
                if (comparison.algorithm().equals(bank)) {
                    writePcr(json, comparison);
                }
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writePcr(JsonGenerator json, PcrComparison comparison) throws IOException {
        json.writeObjectFieldStart(String.valueOf(comparison.pcr()));
        json.writeStringField("status", comparison.status().id());
        json.writeBooleanField("quoted", comparison.quoted());
        json.writeBooleanField("proved", comparison.isProved());
        if (comparison.replayed().isPresent()) {
            json.writeStringField("replayed", comparison.replayed().get().toHex());
        }
        if (comparison.given().isPresent()) {
            json.writeStringField("given", comparison.given().get().toHex());
        }
        json.writeEndObject();
    }

    private static void writeBanks(JsonGenerator json, List<BankFinding> findings) throws IOException {
        json.writeArrayFieldStart("banks");
        for (BankFinding finding : findings) {
            json.writeStartObject();
            json.writeStringField("bank", finding.algorithm().name());
            json.writeStringField("kind", finding.kind().id());
            json.writeArrayFieldStart("numbers");
            for (int number : finding.numbers()) {
                json.writeNumber(number);
            }
            json.writeEndArray();
            json.writeStringField("message", finding.kind().message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
