package io.github.measuredboot.diagnosis;

import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedBank;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * What was measured otherwise in one replay than in another: where two boots of a machine differ. Two measurements are the
 * same if their digests are, in all banks that both replays have; their types and data are not looked at.
 *
 * @param pcrs the PCRs with a difference, by ascending index
 */
public record LogDifference(List<PcrChange> pcrs) {
    /**
     * One PCR. Its measurements are the same at the beginning, differ, and may be the same again at the end.
     *
     * @param pcr the PCR index
     * @param sameAtStart how many measurements are the same at the beginning
     * @param before those that differ, of the first replay; may be empty
     * @param after those that stand in their place, of the second; may be empty
     */
    public record PcrChange(int pcr, int sameAtStart, List<Measurement> before, List<Measurement> after) {
        /**
         * Copies the lists.
         *
         * @param pcr the PCR index
         * @param sameAtStart how many measurements are the same at the beginning
         * @param before those that differ, of the first replay
         * @param after those that stand in their place, of the second
         */
        public PcrChange {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }

        /**
         * The first difference in words.
         *
         * @return a sentence for a person
         */
        public String sentence() {
            String same = "PCR " + pcr + ": the first " + sameAtStart + " event(s) are the same; ";
            if (before.isEmpty()) {
                return same + "then " + after + " came in.";
            }
            return same
                    + (after.isEmpty()
                            ? "then " + before + " are gone."
                            : after + " stand where " + before + " stood.");
        }
    }

    /**
     * Copies the list.
     *
     * @param pcrs the PCRs with a difference, by ascending index
     */
    public LogDifference {
        pcrs = List.copyOf(pcrs);
    }

    /**
     * Compares two replays.
     *
     * @param before the first
     * @param after the second
     * @return the PCRs whose measurements differ; none if the replays have no bank in common
     */
    public static LogDifference between(Replay before, Replay after) {
        List<HashAlgorithm> banks = before.banks().stream()
                .map(ReplayedBank::algorithm)
                .filter(algorithm -> after.bank(algorithm).isPresent())
                .toList();
        BiPredicate<Measured, Measured> same =
                (a, b) -> banks.stream().allMatch(bank -> Objects.equals(a.digest(bank), b.digest(bank)));
        List<List<Measured>> ofBefore = Measured.byPcr(before);
        List<List<Measured>> ofAfter = Measured.byPcr(after);
        List<PcrChange> changes = new ArrayList<>();
        for (int pcr = 0; pcr < ofBefore.size(); pcr++) {
            compare(pcr, extended(ofBefore.get(pcr)), extended(ofAfter.get(pcr)), same)
                    .ifPresent(changes::add);
        }
        return new LogDifference(changes);
    }

    private static Optional<PcrChange> compare(
            int pcr, List<Measured> before, List<Measured> after, BiPredicate<Measured, Measured> same) {
        int shorter = Math.min(before.size(), after.size());
        int start = 0;
        while (start < shorter && same.test(before.get(start), after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && same.test(before.get(before.size() - 1 - end), after.get(after.size() - 1 - end))) {
            end++;
        }
        List<Measurement> changedBefore = ids(before.subList(start, before.size() - end));
        List<Measurement> changedAfter = ids(after.subList(start, after.size() - end));
        return changedBefore.isEmpty() && changedAfter.isEmpty()
                ? Optional.empty()
                : Optional.of(new PcrChange(pcr, start, changedBefore, changedAfter));
    }

    private static List<Measured> extended(List<Measured> measured) {
        return measured.stream().filter(m -> !m.isNoAction()).toList();
    }

    private static List<Measurement> ids(List<Measured> measured) {
        return measured.stream().map(Measured::id).toList();
    }
}
