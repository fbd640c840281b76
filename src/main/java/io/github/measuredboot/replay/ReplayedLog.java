package io.github.measuredboot.replay;

import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.QuotedPcrs;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A log whose replay was compared with PCR values. It reports which of them the digests of the log reproduce, and which of
 * those a quote proves. Each bank is replayed and compared only once, when it is first requested.
 */
public final class ReplayedLog {
    private static final int LAST_FIRMWARE_PCR = 7;

    private final Replay replay;
    private final GivenValues given;
    private final PcrSelection wanted;
    private final Predicate<PcrComparison> kept;
    private final @Nullable ReplayedLog whole;
    private final List<HashAlgorithm> algorithms;
    private final Map<HashAlgorithm, BankComparison> comparisonsByBank = new ConcurrentHashMap<>();
    private final Map<HashAlgorithm, VerifiedLog> verifiedByBank = new ConcurrentHashMap<>();

    private ReplayedLog(
            Replay replay,
            GivenValues given,
            PcrSelection wanted,
            Predicate<PcrComparison> kept,
            @Nullable ReplayedLog whole) {
        this.whole = whole;
        this.replay = replay;
        this.given = given;
        this.wanted = wanted;
        this.kept = kept;
        Set<HashAlgorithm> all = new LinkedHashSet<>();
        replay.banks().forEach(bank -> all.add(bank.algorithm()));
        all.addAll(given.algorithms());
        wanted.banks().forEach(bank -> all.add(bank.algorithm()));
        this.algorithms = List.copyOf(all);
    }

    static ReplayedLog of(Replay replay, PcrValues asserted, Optional<QuotedPcrs> quoted) {
        return of(replay, asserted, quoted, Optional.empty(), new PcrSelection(List.of()));
    }

    static ReplayedLog of(
            Replay replay,
            PcrValues asserted,
            Optional<QuotedPcrs> quoted,
            Optional<KeyIdentity> signer,
            PcrSelection wanted) {
        return new ReplayedLog(replay, new GivenValues(asserted, quoted, signer), wanted, comparison -> true, null);
    }

    private BankComparison compareBank(HashAlgorithm algorithm) {
        return BankComparison.of(replay, given, algorithm, pcr -> wanted.contains(algorithm, pcr), kept);
    }

    /** {@return the replay that was compared} */
    public Replay replay() {
        return replay;
    }

    /** {@return the verified quote, or empty if all values are asserted} */
    public Optional<QuotedPcrs> quoted() {
        return given.quoted();
    }

    /**
     * The key that signed the quote, and who vouches for it: what a quote proves, it proves of the TPM that holds this key.
     *
     * @return the identity; empty if there is no quote, or none with its key
     */
    public Optional<KeyIdentity> signer() {
        return given.signer();
    }

    /**
     * The comparisons of every PCR that an event extends or for which a value was given.
     *
     * @return the comparisons, by bank in the order of the log, then by PCR
     */
    public List<PcrComparison> comparisons() {
        return algorithms.stream()
                .flatMap(algorithm -> comparisons(algorithm).stream())
                .toList();
    }

    /**
     * The comparisons of one bank.
     *
     * @param algorithm the bank
     * @return the comparisons, by PCR; empty if neither the log nor the values have the bank
     */
    public List<PcrComparison> comparisons(HashAlgorithm algorithm) {
        return bankComparison(algorithm).comparisons();
    }

    private BankComparison bankComparison(HashAlgorithm algorithm) {
        return comparisonsByBank.computeIfAbsent(algorithm, this::compareBank);
    }

    /**
     * Whether a PCR value was given for a bank.
     *
     * @param algorithm the bank
     * @return true if PCR values or a quote have at least one value of it
     */
    public boolean isGiven(HashAlgorithm algorithm) {
        return given.isGiven(algorithm);
    }

    /**
     * The locality from which TPM2_Startup was sent, as the replay of PCR 0 needed it in one bank. It is proved as far as the
     * value of PCR 0 is.
     *
     * @param algorithm the bank
     * @return 0, 3 or 4; empty if PCR 0 is not reproduced
     */
    public OptionalInt startupLocality(HashAlgorithm algorithm) {
        Optional<PcrComparison> pcr0 = comparison(algorithm, 0).filter(PcrComparison::isReproduced);
        if (pcr0.isEmpty()) {
            return OptionalInt.empty();
        }
        boolean asClaimed = pcr0.get().status() == PcrStatus.INITIAL_VALUE
                || replay.bank(algorithm)
                        .map(bank -> bank.value(0).equals(pcr0.get().given()))
                        .orElse(true);
        return OptionalInt.of(asClaimed ? replay.startupLocality() : replay.localityWithoutHcrtm());
    }

    /**
     * The start of a PCR from 17 to 22, as its value shows it: the start from which the events of the log lead to that value.
     * It is proved as far as the value is, whatever the log claims.
     *
     * @param algorithm the bank
     * @param pcr the PCR index
     * @return zeros after a dynamic launch, otherwise ones; empty for other PCRs, and if no event extends the PCR or it is not
     *     reproduced
     */
    public Optional<DynamicPcrStart> dynamicPcrStart(HashAlgorithm algorithm, int pcr) {
        return comparison(algorithm, pcr).flatMap(c -> bankComparison(algorithm).shownStart(pcr));
    }

    /**
     * The events of one bank that are more than a claim.
     *
     * @param algorithm the bank
     * @return the events of all PCRs that are reproduced in this bank; the same object on each call
     */
    public VerifiedLog verified(HashAlgorithm algorithm) {
        return verifiedByBank.computeIfAbsent(algorithm, bank -> new VerifiedLog(this, bank));
    }

    /**
     * Remarks about whole banks, both on their own and compared with each other.
     *
     * @return the findings, by bank in the order of {@link #comparisons}; they are the same after {@link #restrictedTo}
     */
    public List<BankFinding> bankFindings() {
        return BankFindings.of(unrestricted(), given);
    }

    /**
     * Returns the same log with only some of the comparisons, for a caller to whom the other PCRs do not matter.
     *
     * @param choice which comparisons to keep
     * @return a log that knows nothing of the PCRs that were left out: they are not reproduced
     */
    public ReplayedLog restrictedTo(Predicate<PcrComparison> choice) {
        return new ReplayedLog(replay, given, wanted, kept.and(choice), unrestricted());
    }

    /**
     * Returns the same log with all comparisons. Policies and reference states always use all of them: what a caller leaves out
     * of a report may still contradict the log.
     *
     * @return the log before {@link #restrictedTo}
     */
    public ReplayedLog unrestricted() {
        return whole == null ? this : whole;
    }

    /**
     * The comparison of one PCR.
     *
     * @param algorithm the bank
     * @param pcr the PCR index
     * @return the comparison, or empty if there is neither an event nor a value
     */
    public Optional<PcrComparison> comparison(HashAlgorithm algorithm, int pcr) {
        return bankComparison(algorithm).comparison(pcr);
    }

    /**
     * Whether a PCR of the operating system (8 to 23) can be taken to have its initial value although nothing shows that: no
     * event extends it, no value was given for it, and there is no quote that should be over it. Like everything without a
     * quote, what is concluded from this depends on whether the given values are true.
     *
     * @param algorithm the bank
     * @param pcr the PCR index
     * @return false if there is an event, a value or a quote, and for PCR 0 to 7
     */
    public boolean isTakenAsInitial(HashAlgorithm algorithm, int pcr) {
        return pcr > LAST_FIRMWARE_PCR
                && quoted().isEmpty()
                && comparison(algorithm, pcr).isEmpty();
    }

    /**
     * How far the value of a PCR is proved.
     *
     * @param algorithm the bank
     * @param pcr the PCR index
     * @return the proof
     */
    public PcrProof proof(HashAlgorithm algorithm, int pcr) {
        return PcrProof.of(this, algorithm, pcr);
    }

    /**
     * Whether the log reproduces the value that was given for a PCR.
     *
     * @param algorithm the bank
     * @param pcr the PCR index
     * @return true if events extend the PCR and give the value ({@link PcrStatus#MATCHES}), or none does and the value is
     *     the initial one ({@link PcrStatus#INITIAL_VALUE}); false in all other cases, including if no value was given
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
     * contain is proved only in the same bank: see {@link #verified}.
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
        List<PcrComparison> comparisons = comparisons();
        return comparisons.stream().noneMatch(c -> c.status().isFailure())
                && comparisons.stream().anyMatch(c -> c.status() == PcrStatus.MATCHES);
    }
}
