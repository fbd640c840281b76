package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.PcrStatus;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.PcrBank;
import java.util.List;
import java.util.Optional;

/** The PCR values that a log gives and, with values to compare them with, how these compare. */
record ReplayReport(String log, Replay replay, List<PcrBank> banks, boolean chosen, Optional<Compared> compared)
        implements Report {
    private static final int HEADING = 6;
    private static final int EXPLANATION = 12;

    record Compared(ReplayedLog replayed, Explanation explanation) {
        List<PcrComparison> comparisons() {
            return replayed.comparisons();
        }

        /** At least one PCR matches, and none fails. */
        boolean isGood() {
            return comparisons().stream().anyMatch(comparison -> comparison.status() == PcrStatus.MATCHES)
                    && comparisons().stream().noneMatch(ComparisonText::isFailure);
        }

        ComparisonText text() {
            return new ComparisonText(comparisons(), explanation, false);
        }

        String reason() {
            String wrong = text().wrong();
            List<PcrComparison> matching = comparisons().stream()
                    .filter(comparison -> comparison.status() == PcrStatus.MATCHES)
                    .toList();
            return !wrong.isEmpty()
                    ? wrong
                    : matching.isEmpty()
                            ? "no value was given for a PCR that the log extends"
                            : "the log gives the values of PCR " + ComparisonText.pcrs(matching);
        }
    }

    @Override
    public void lines(TextOutput out) {
        compared.ifPresent(with -> out.accept(message(with, out)));
        out.section(ReplayText.heading(log, replay, starts()), HEADING);
        compared.ifPresentOrElse(with -> comparison(with, out), () -> ReplayText.values(replay, banks, out));
    }

    private LaunchStarts starts() {
        return compared.map(with -> LaunchStarts.of(with.replayed())).orElseGet(() -> LaunchStarts.of(replay, banks));
    }

    private String message(Compared with, TextOutput out) {
        String word = word(with);
        return (with.isGood() ? out.good(word) : out.bad(word)) + ": " + with.reason();
    }

    /** Of a choice it is not the word for all. */
    private String word(Compared with) {
        return (with.isGood() ? "MATCH" : "DIFFERENT") + (chosen ? " OF WHAT WAS CHOSEN" : "");
    }

    private static void comparison(Compared with, TextOutput out) {
        if (out.isVerbose()) {
            ReplayText.comparison(with, out);
        } else {
            with.text().table(out);
            out.section(ExplanationText.lines(ComparisonText.relevant(with.explanation())), EXPLANATION);
        }
    }

    /**
     * {@code log}, the replay, {@code pcrs} (bank to index to hex), {@code diagnostics} and, with values, {@code comparison}: bank to
     * index to {@code status} and, where they are known, both values.
     */
    @Override
    public void members(DataWriter out) {
        out.put("log", log);
        EvidenceMembers.replay(out, replay);
        out.object(
                "pcrs",
                () -> banks.forEach(bank -> out.object(
                        bank.algorithm().name(),
                        () -> bank.values().forEach((pcr, value) -> out.put(String.valueOf(pcr), value)))));
        starts().members(out);
        EvidenceMembers.diagnostics(out, replay);
        compared.ifPresent(with -> {
            out.put("matches", with.isGood()).put("message", (chosen ? "of what was chosen: " : "") + with.reason());
            EvidenceMembers.comparisons(out, "comparison", with.comparisons(), comparison -> {});
            EvidenceMembers.explanation(out, with.explanation().pcrs());
        });
    }
}
