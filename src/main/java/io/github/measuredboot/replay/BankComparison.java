package io.github.measuredboot.replay;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Compares the PCRs of one bank. Where the log leaves the start of a PCR open, because it only claims one, the value that was
 * given decides: the PCR is reproduced if one of the starts leads to it. Used by one thread, until it is complete.
 */
final class BankComparison {
    private final Replay replay;
    private final GivenValues given;
    private final HashAlgorithm algorithm;
    private final Optional<ReplayedBank> bank;
    private final Map<Integer, DynamicPcrStart> shownStarts = new TreeMap<>();
    private final List<PcrComparison> comparisons = new ArrayList<>();
    private final Optional<ReplayedBank> fromOtherStarts;

    private BankComparison(Replay replay, GivenValues given, HashAlgorithm algorithm) {
        this.replay = replay;
        this.given = given;
        this.algorithm = algorithm;
        this.bank = replay.bank(algorithm);
        this.fromOtherStarts = replay.withOtherStarts(algorithm);
    }

    static BankComparison of(
            Replay replay,
            GivenValues given,
            HashAlgorithm algorithm,
            SortedSet<Integer> pcrs,
            Predicate<PcrComparison> kept) {
        BankComparison comparison = new BankComparison(replay, given, algorithm);
        comparison.compare(pcrs);
        comparison.comparisons.removeIf(kept.negate());
        return comparison;
    }

    List<PcrComparison> comparisons() {
        return Collections.unmodifiableList(comparisons);
    }

    /** The start that the value of an extended PCR shows. */
    Optional<DynamicPcrStart> shownStart(int pcr) {
        return Optional.ofNullable(shownStarts.get(pcr));
    }

    private void compare(SortedSet<Integer> pcrs) {
        Map<Integer, Optional<Bytes>> replayed = new TreeMap<>();
        for (int pcr : pcrs) {
            replayed.put(pcr, replayed(pcr));
        }
        boolean launchShown = shownStarts.entrySet().stream()
                .anyMatch(shown -> shown.getValue() == DynamicPcrStart.ZEROS
                        && DynamicPcrStart.isResetByLaunchAlone(shown.getKey()));
        replayed.forEach((pcr, value) -> comparisons.add(comparison(pcr, status(pcr, value, launchShown), value)));
        if (isNotActive()) {
            comparisons.replaceAll(comparison -> comparison.given().isPresent()
                    ? comparison(comparison.pcr(), PcrStatus.BANK_NOT_ACTIVE, comparison.replayed())
                    : comparison);
        }
    }

    private Optional<Bytes> replayed(int pcr) {
        Optional<Bytes> value = given.value(algorithm, pcr);
        Optional<Bytes> asClaimed = bank.flatMap(b -> b.value(pcr));
        if (value.isEmpty() || asClaimed.isEmpty()) {
            return asClaimed;
        }
        boolean dynamic = DynamicPcrStart.applies(pcr);
        if (value.equals(asClaimed)) {
            if (dynamic) {
                shownStarts.put(pcr, replay.dynamicPcrStart());
            }
            return asClaimed;
        }
        if ((dynamic || isLocalityOpen(pcr)) && value.equals(fromOtherStarts.flatMap(b -> b.value(pcr)))) {
            if (dynamic) {
                shownStarts.put(pcr, replay.dynamicPcrStart().other());
            }
            return value;
        }
        return asClaimed;
    }

    private boolean isLocalityOpen(int pcr) {
        return pcr == 0 && replay.localityWithoutHcrtm() != replay.startupLocality();
    }

    private PcrStatus status(int pcr, Optional<Bytes> replayed, boolean launchShown) {
        Optional<Bytes> value = given.value(algorithm, pcr);
        if (value.isEmpty()) {
            return PcrStatus.NO_VALUE;
        }
        if (bank.map(b -> b.extendCount(pcr)).orElse(0) == 0) {
            return isInitial(pcr, value.get(), launchShown) ? PcrStatus.INITIAL_VALUE : PcrStatus.NO_EVENTS;
        }
        if (replayed.isEmpty()) {
            return PcrStatus.NOT_REPLAYABLE;
        }
        return value.equals(replayed) ? PcrStatus.MATCHES : PcrStatus.DIFFERS;
    }

    /** Zeros in PCR 17 to 22 need a dynamic launch that the log accounts for: it has extended one of PCR 17 to 19. */
    private boolean isInitial(int pcr, Bytes value, boolean launchShown) {
        return value.equals(initial(pcr, DynamicPcrStart.ONES))
                || (launchShown && value.equals(initial(pcr, DynamicPcrStart.ZEROS)));
    }

    private Bytes initial(int pcr, DynamicPcrStart start) {
        return new InitialPcrValues(replay.startupLocality(), start).bytes(algorithm, pcr);
    }

    /** All values alike, zeros or ones, although not all of them can be so in a bank that is extended. */
    private boolean isNotActive() {
        List<Bytes> values =
                comparisons.stream().flatMap(c -> c.given().stream()).toList();
        boolean uniform = values.stream().allMatch(value -> value.isFilledWith(0x00))
                || values.stream().allMatch(value -> value.isFilledWith(0xff));
        return uniform && comparisons.stream().anyMatch(c -> c.status().isFailure());
    }

    private PcrComparison comparison(int pcr, PcrStatus status, Optional<Bytes> replayed) {
        return new PcrComparison(
                algorithm, pcr, status, replayed, given.value(algorithm, pcr), given.isQuoted(algorithm, pcr));
    }
}
