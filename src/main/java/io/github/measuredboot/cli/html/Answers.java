package io.github.measuredboot.cli.html;

import io.github.measuredboot.cli.html.View.Answer;
import io.github.measuredboot.cli.html.View.Tone;
import io.github.measuredboot.diagnosis.Diagnosis;
import io.github.measuredboot.diagnosis.Explanation;
import io.github.measuredboot.diagnosis.LogDifference;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.ReplayedLog;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The first line of a page: a word and a sentence. */
final class Answers {
    private static final int LAST_FIRMWARE_PCR = 7;

    private Answers() {}

    static Answer judged(Diagnosis diagnosis) {
        Tone tone = diagnosis
                .verdict()
                .map(verdict -> switch (verdict.outcome()) {
                    case ACCEPTED -> Tone.GOOD;
                    case ACCEPTED_IF_FRESH, ACCEPTED_IF_VALUES_ARE_TRUE -> Tone.CAUTION;
                    case REJECTED -> Tone.BAD;
                })
                .orElse(Tone.NEUTRAL);
        return split(tone, diagnosis.headline());
    }

    static Answer compared(LogDifference difference, MeasurementRegisters registers) {
        if (difference.isSame()) {
            return new Answer(Tone.GOOD, "SAME", "both boots extend every register by the same digests");
        }
        String message = difference.message(registers);
        String[] parts = message.split(" ", 2);
        return difference.banks().isEmpty()
                ? split(Tone.CAUTION, message)
                : new Answer(Tone.CAUTION, parts[0].toUpperCase(Locale.ROOT), parts[1]);
    }

    private static Answer split(Tone tone, String message) {
        String[] parts = message.split(": ", 2);
        return parts.length == 2
                ? new Answer(tone, parts[0].toUpperCase(Locale.ROOT), parts[1])
                : new Answer(tone, message.toUpperCase(Locale.ROOT), "");
    }

    /** Without a reference state: whether the log gives the values. */
    static Answer replayed(ReplayedLog evidence) {
        List<PcrComparison> given = evidence.comparisons().stream()
                .filter(comparison -> comparison.given().isPresent())
                .toList();
        List<PcrComparison> wrong = given.stream()
                .filter(comparison -> comparison.status().isFailure() && comparison.pcr() != Explanation.IMA_PCR)
                .toList();
        if (given.isEmpty()) {
            return new Answer(
                    Tone.NEUTRAL,
                    "NOT COMPARED",
                    "no PCR value and no quote was given, and all of this is what the log claims");
        }
        if (wrong.isEmpty()) {
            boolean quoted = given.stream().allMatch(PcrComparison::isProved);
            return new Answer(
                    quoted ? Tone.GOOD : Tone.CAUTION,
                    quoted ? "PROVED" : "REPRODUCED",
                    (quoted
                                    ? "the log gives all PCR values that the quote proves"
                                    : "the log gives all PCR values that were given")
                            + "; no reference state says whether they are the expected ones");
        }
        boolean ofFirmware = wrong.stream().anyMatch(comparison -> comparison.pcr() <= LAST_FIRMWARE_PCR);
        return new Answer(
                ofFirmware ? Tone.BAD : Tone.CAUTION,
                ofFirmware ? "DIFFERENT" : "REPRODUCED IN PCR 0 TO 7",
                "the log does not give the value of PCR "
                        + wrong.stream()
                                .map(comparison -> comparison.pcr())
                                .distinct()
                                .sorted()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ")));
    }

    static Answer malformed(String message, ReplayedLog evidence) {
        boolean isEmpty = evidence.replay().log().events().isEmpty();
        return new Answer(
                Tone.BAD,
                "MALFORMED LOG",
                message + (isEmpty ? "; no event can be read" : "; the events before that are shown"));
    }

    static Answer refused(String message) {
        return new Answer(
                Tone.BAD, "QUOTE REFUSED", message + "; nothing is proved, and what follows is what the log claims");
    }
}
