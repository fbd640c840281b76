package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.diagnosis.Explanation.PcrExplanation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why PCRs differ: each text once, after the PCRs that it is about. */
final class ExplanationText {
    private ExplanationText() {}

    static List<String> lines(Explanation explanation) {
        return lines(explanation.pcrs());
    }

    static List<String> lines(List<PcrExplanation> explained) {
        Map<List<String>, Map<String, List<Integer>>> pcrsBySentences = new LinkedHashMap<>();
        for (PcrExplanation pcr : explained) {
            pcrsBySentences
                    .computeIfAbsent(pcr.messages(), sentences -> new LinkedHashMap<>())
                    .computeIfAbsent(pcr.algorithm().name(), bank -> new ArrayList<>())
                    .add(pcr.pcr());
        }
        List<String> lines = new ArrayList<>();
        pcrsBySentences.forEach((sentences, pcrs) -> {
            List<String> banks = new ArrayList<>();
            pcrs.forEach((bank, indexes) -> banks.add(bank + " " + indexes));
            lines.add("why " + String.join(", ", banks) + ":");
            sentences.forEach(sentence -> lines.add("  " + sentence));
        });
        return lines;
    }
}
