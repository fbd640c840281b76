package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.Explanation.PcrExplanation;
import io.github.measuredboot.eventlog.Diagnostic;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.json.LogMembers;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.Attest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.QuoteFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What several commands report of replay, PCR values and quotes. */
final class EvidenceMembers {
    private EvidenceMembers() {}

    /** {@code format, algorithms, events} (their number), {@code userspaceRecords} where there are any, {@code startupLocality}. */
    static void replay(DataWriter out, Replay replay) {
        LogMembers.format(out, replay.log());
        out.put("events", replay.log().events().size());
        replay.userspaceLog()
                .ifPresent(log -> out.put("userspaceRecords", log.records().size()));
        out.put("startupLocality", replay.startupLocality());
    }

    static void diagnostics(DataWriter out, Replay replay) {
        List<Diagnostic> diagnostics = new ArrayList<>(replay.log().diagnostics());
        diagnostics.addAll(replay.diagnostics());
        LogMembers.diagnostics(out, "diagnostics", diagnostics);
        replay.userspaceLog().ifPresent(log -> LogMembers.diagnostics(out, "userspaceDiagnostics", log.diagnostics()));
    }

    /**
     * The member named "quote", where there is a quote: {@code signer}, {@code fresh, findings} and, of a TPM 2.0, what it attests
     * besides the PCRs.
     */
    static void quote(DataWriter out, ReplayedLog replayed) {
        out.object("quote", replayed.quoted(), quoted -> {
            out.object("signer", replayed.signer(), signer -> IdentityText.members(out, signer));
            quoted.attest().ifPresent(attest -> attest(out, attest));
            out.put("fresh", quoted.isFresh());
            findings(out, "findings", quoted.findings());
        });
    }

    static void attest(DataWriter out, Attest attest) {
        out.put("qualifiedSigner", attest.qualifiedSigner())
                .put("nonce", attest.extraData())
                .put("clock", String.format("%016x", attest.clockInfo().clock()))
                .put("resetCount", attest.clockInfo().resetCount())
                .put("restartCount", attest.clockInfo().restartCount())
                .put("safe", attest.clockInfo().safe())
                .put("firmwareVersion", String.format("%016x", attest.firmwareVersion()));
    }

    static void findings(DataWriter out, String name, List<QuoteFinding> findings) {
        out.texts(name, findings.stream().map(QuoteFinding::id).toList());
    }

    /** {@code pcrs}: bank, to index, to {@code status, quoted, proved} and, where they are known, both values. */
    static void pcrs(DataWriter out, List<PcrComparison> comparisons) {
        comparisons(
                out,
                "pcrs",
                comparisons,
                comparison -> out.put("quoted", comparison.quoted()).put("proved", comparison.isProved()));
    }

    static void comparisons(
            DataWriter out, String name, List<PcrComparison> comparisons, Consumer<PcrComparison> afterStatus) {
        out.object(name, () -> {
            for (HashAlgorithm bank : banks(comparisons)) {
                out.object(
                        bank.name(),
                        () -> of(bank, comparisons)
                                .forEach(comparison -> out.object(String.valueOf(comparison.pcr()), () -> {
                                    out.put("status", comparison.status().id());
                                    afterStatus.accept(comparison);
                                    comparison.replayed().ifPresent(value -> out.put("replayed", value));
                                    comparison.given().ifPresent(value -> out.put("given", value));
                                })));
            }
        });
    }

    static List<HashAlgorithm> banks(List<PcrComparison> comparisons) {
        return comparisons.stream().map(PcrComparison::algorithm).distinct().toList();
    }

    static List<PcrComparison> of(HashAlgorithm bank, List<PcrComparison> comparisons) {
        return comparisons.stream()
                .filter(comparison -> comparison.algorithm().equals(bank))
                .toList();
    }

    /** An array of {@code bank, pcr, status, hypotheses, remarks}, the latter two arrays of {@code code, sentence}. */
    static void explanation(DataWriter out, List<PcrExplanation> explained) {
        out.objects(
                "explanation",
                explained,
                pcr -> out.put("bank", pcr.algorithm().name())
                        .put("pcr", pcr.pcr())
                        .put("status", pcr.status().id())
                        .objects(
                                "hypotheses",
                                pcr.hypotheses(),
                                hypothesis ->
                                        out.put("code", hypothesis.kind().id()).put("sentence", hypothesis.message()))
                        .objects(
                                "remarks",
                                pcr.remarks(),
                                remark -> out.put("code", remark.id()).put("sentence", remark.message())));
    }
}
