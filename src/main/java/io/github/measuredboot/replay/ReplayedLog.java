package io.github.measuredboot.replay;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.QuotedPcrs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A log whose replay was compared with PCR values: it says which of them the digests of the log reproduce, and which of
 * those a quote proves.
 */
public final class ReplayedLog {
    private final Replay replay;
    private final Optional<QuotedPcrs> quoted;
    private final List<PcrComparison> comparisons;
    private final List<BankFinding> bankFindings;

    private ReplayedLog(
            Replay replay,
            Optional<QuotedPcrs> quoted,
            List<PcrComparison> comparisons,
            List<BankFinding> bankFindings) {
        this.replay = replay;
        this.quoted = quoted;
        this.comparisons = comparisons;
        this.bankFindings = bankFindings;
    }

    static ReplayedLog of(Replay replay, PcrValues asserted, Optional<QuotedPcrs> quoted) {
        return of(replay, asserted, quoted, new PcrSelection(List.of()));
    }

    static ReplayedLog of(Replay replay, PcrValues asserted, Optional<QuotedPcrs> quoted, PcrSelection wanted) {
        GivenValues given = new GivenValues(asserted, quoted);
        List<PcrComparison> comparisons = new ArrayList<>();
        Stream.of(
                        replay.banks().stream().map(ReplayedBank::algorithm),
                        given.banks().stream().map(PcrBank::algorithm),
                        wanted.banks().stream().map(PcrSelection.Bank::algorithm))
                .flatMap(algorithms -> algorithms)
                .distinct()
                .forEach(algorithm -> compareBank(replay, given, wanted, algorithm, comparisons));
        return new ReplayedLog(replay, quoted, List.copyOf(comparisons), BankFindings.of(replay, given, comparisons));
    }

    private static void compareBank(
            Replay replay,
            GivenValues values,
            PcrSelection wanted,
            HashAlgorithm algorithm,
            List<PcrComparison> comparisons) {
        Optional<ReplayedBank> bank = replay.bank(algorithm);
        TreeSet<Integer> pcrs = new TreeSet<>(values.pcrs(algorithm));
        for (int pcr = 0; pcr < BankReplay.PCR_COUNT; pcr++) {
            if (extendCount(bank, pcr) > 0) {
                pcrs.add(pcr);
            }
        }
        wanted.banks().stream()
                .filter(selected -> selected.algorithm().equals(algorithm))
                .forEach(selected -> pcrs.addAll(selected.pcrs()));

        List<PcrComparison> ofBank = pcrs.stream()
                .map(pcr -> comparePcr(replay, values, algorithm, bank, pcr))
                .toList();
        boolean notActive = isNotActive(ofBank);
        for (PcrComparison comparison : ofBank) {
            boolean given = comparison.given().isPresent();
            comparisons.add(notActive && given ? withStatus(comparison, PcrStatus.BANK_NOT_ACTIVE) : comparison);
        }
    }

    private static PcrComparison comparePcr(
            Replay replay, GivenValues values, HashAlgorithm algorithm, Optional<ReplayedBank> bank, int pcr) {
        Optional<Bytes> replayed = bank.flatMap(b -> b.value(pcr));
        Optional<Bytes> given = values.value(algorithm, pcr);
        PcrStatus status;
        if (given.isEmpty()) {
            status = PcrStatus.NO_VALUE;
        } else if (extendCount(bank, pcr) == 0) {
            Bytes initial = Bytes.wrap(InitialPcrValues.of(algorithm, pcr, replay.startupLocality()));
            status = given.get().equals(initial) ? PcrStatus.INITIAL_VALUE : PcrStatus.NO_EVENTS;
        } else if (replayed.isEmpty()) {
            status = PcrStatus.NOT_REPLAYABLE;
        } else {
            status = given.equals(replayed) ? PcrStatus.MATCHES : PcrStatus.DIFFERS;
        }
        return new PcrComparison(algorithm, pcr, status, replayed, given, values.isQuoted(algorithm, pcr));
    }

    private static int extendCount(Optional<ReplayedBank> bank, int pcr) {
        return bank.map(b -> b.extendCount(pcr)).orElse(0);
    }

    /** All values alike, zeros or ones, although not all of them can be so in a bank that is extended. */
    private static boolean isNotActive(List<PcrComparison> comparisons) {
        List<Bytes> given =
                comparisons.stream().flatMap(c -> c.given().stream()).toList();
        boolean uniform = given.stream().allMatch(value -> value.isFilledWith(0x00))
                || given.stream().allMatch(value -> value.isFilledWith(0xff));
        return uniform && comparisons.stream().anyMatch(c -> c.status().isFailure());
    }

    private static PcrComparison withStatus(PcrComparison comparison, PcrStatus status) {
        return new PcrComparison(
                comparison.algorithm(),
                comparison.pcr(),
                status,
                comparison.replayed(),
                comparison.given(),
                comparison.quoted());
    }

    /**
     * The replay.
     *
     * @return what was compared
     */
    public Replay replay() {
        return replay;
    }

    /**
     * The verified quote.
     *
     * @return what proves the values of the quoted PCRs, or empty if all values are asserted
     */
    public Optional<QuotedPcrs> quoted() {
        return quoted;
    }

    /**
     * The comparisons, of every PCR that an event extends or a value was given for.
     *
     * @return by bank in the order of the log, then by PCR
     */
    public List<PcrComparison> comparisons() {
        return comparisons;
    }

    /**
     * What is to be said of whole banks, each on its own and against the others.
     *
     * @return the findings, by bank in the order of {@link #comparisons}; they are the same after {@link #restrictedTo}
     */
    public List<BankFinding> bankFindings() {
        return bankFindings;
    }

    /**
     * The same with only some of the comparisons, for a caller to whom the other PCRs do not matter.
     *
     * @param wanted which comparisons to keep
     * @return a log that knows nothing of the PCRs that were left out: they are not reproduced
     */
    public ReplayedLog restrictedTo(Predicate<PcrComparison> wanted) {
        return new ReplayedLog(
                replay, quoted, comparisons.stream().filter(wanted).toList(), bankFindings);
    }

    private Optional<PcrComparison> comparison(HashAlgorithm algorithm, int pcr) {
        for (PcrComparison comparison : comparisons) {
            if (comparison.pcr() == pcr && comparison.algorithm().equals(algorithm)) {
                return Optional.of(comparison);
            }
        }
        return Optional.empty();
    }

    /**
     * Whether the log reproduces the value that was given for a PCR.
     *
     * @param algorithm the bank
     * @param pcr the PCR index
     * @return true if events extend the PCR and give the value ({@link PcrStatus#MATCHES}), or none does and the value is
     *     the initial one ({@link PcrStatus#INITIAL_VALUE}); false in all other cases, also if no value was given
     */
    public boolean isReproduced(HashAlgorithm algorithm, int pcr) {
        return comparison(algorithm, pcr).filter(PcrComparison::isReproduced).isPresent();
    }

    /**
     * Whether the log reproduces the value that a quote proves for a PCR.
     *
     * @param algorithm the bank
     * @param pcr the PCR index
     * @return true if the PCR is quoted and {@link #isReproduced}; false in all other cases
     */
    public boolean isProved(HashAlgorithm algorithm, int pcr) {
        return comparison(algorithm, pcr).filter(PcrComparison::isProved).isPresent();
    }

    /**
     * Whether a quote proves some PCRs and the log reproduces them all. A PCR that no event extends is proved if it has its
     * initial value: nothing was measured into it, as in all PCRs of a bank that the firmware does not extend. What events
     * say is proved only in the same bank, see {@link
     * io.github.measuredboot.eventlog.check.CheckedEvent#coveredData}.
     *
     * @param pcrs the PCRs
     * @return true if {@link #isProved} for each; false for no PCR at all
     */
    public boolean provesAll(PcrSelection pcrs) {
        return pcrs.banks().stream().anyMatch(bank -> !bank.pcrs().isEmpty())
                && pcrs.banks().stream()
                        .allMatch(bank -> bank.pcrs().stream().allMatch(pcr -> isProved(bank.algorithm(), pcr)));
    }

    /**
     * Whether the log accounts for all the values that were given.
     *
     * @return true if no comparison is a failure and at least one PCR matches; PCRs without a value do not count
     */
    public boolean accountsForAllValues() {
        return comparisons.stream().noneMatch(c -> c.status().isFailure())
                && comparisons.stream().anyMatch(c -> c.status() == PcrStatus.MATCHES);
    }
}
