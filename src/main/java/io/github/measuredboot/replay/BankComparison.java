package io.github.measuredboot.replay;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares the PCRs of one bank. Where the log leaves the start of a PCR open, because it only claims one, the given value
 * decides: the PCR is reproduced if one of the starts leads to that value. Used by one thread until it is complete.
 */
final class BankComparison {
    private static final int SIZE = PcrBank.MAX_INDEX + 1;

    private final Replay replay;
    private final GivenValues.Bank given;
    private final HashAlgorithm algorithm;
    private final @Nullable ReplayedBank bank;
    private final @Nullable Bytes[] replayed = new @Nullable Bytes[SIZE];
    private final @Nullable DynamicPcrStart[] shownStarts = new @Nullable DynamicPcrStart[SIZE];
    private final @Nullable PcrComparison[] byPcr = new @Nullable PcrComparison[SIZE];
    private final List<PcrComparison> comparisons = new ArrayList<>();
    private @Nullable ReplayedBank fromOtherStarts;

    private BankComparison(Replay replay, GivenValues given, HashAlgorithm algorithm) {
        this.replay = replay;
        this.given = given.bank(algorithm);
        this.algorithm = algorithm;
        this.bank = replay.bank(algorithm).orElse(null);
    }

    /** Compares each PCR that is wanted, that has a value, or that an event extends. */
    static BankComparison of(
            Replay replay,
            GivenValues given,
            HashAlgorithm algorithm,
            IntPredicate wanted,
            Predicate<PcrComparison> kept) {
        BankComparison comparison = new BankComparison(replay, given, algorithm);
        comparison.compare(wanted);
        comparison.keep(kept);
        return comparison;
    }

    List<PcrComparison> comparisons() {
        return Collections.unmodifiableList(comparisons);
    }

    Optional<PcrComparison> comparison(int pcr) {
        return pcr >= 0 && pcr < SIZE ? Optional.ofNullable(byPcr[pcr]) : Optional.empty();
    }

    /** The start that the value of an extended PCR shows; empty if the log does not lead to the value. */
    Optional<DynamicPcrStart> shownStart(int pcr) {
        return Optional.ofNullable(shownStarts[pcr]);
    }

    private void compare(IntPredicate wanted) {
        boolean launchShown = false;
        for (int pcr = 0; pcr < SIZE; pcr++) {
            replayed[pcr] = replayed(pcr);
            launchShown |= shownStarts[pcr] == DynamicPcrStart.ZEROS && DynamicPcrStart.isResetByLaunchAlone(pcr);
        }
        for (int pcr = 0; pcr < SIZE; pcr++) {
            if (given.value(pcr) != null || extendCount(pcr) > 0 || wanted.test(pcr)) {
                comparisons.add(comparison(pcr, status(pcr, launchShown)));
            }
        }
        if (isNotActive()) {
            comparisons.replaceAll(comparison -> comparison.given().isPresent()
                    ? comparison(comparison.pcr(), PcrStatus.BANK_NOT_ACTIVE)
                    : comparison);
        }
    }

    private void keep(Predicate<PcrComparison> kept) {
        comparisons.removeIf(kept.negate());
        for (PcrComparison comparison : comparisons) {
            byPcr[comparison.pcr()] = comparison;
        }
    }

    private int extendCount(int pcr) {
        return bank == null ? 0 : bank.extendCount(pcr);
    }

    private @Nullable Bytes replayed(int pcr) {
        Bytes value = given.value(pcr);
        Bytes asClaimed = valueIn(bank, pcr);
        if (value == null || asClaimed == null) {
            return asClaimed;
        }
        boolean dynamic = DynamicPcrStart.applies(pcr);
        if (value.equals(asClaimed)) {
            shownStarts[pcr] = dynamic ? replay.dynamicPcrStart() : null;
            return asClaimed;
        }
        if ((dynamic || isLocalityOpen(pcr)) && Objects.equals(value, valueIn(fromOtherStarts(), pcr))) {
            shownStarts[pcr] = dynamic ? replay.dynamicPcrStart().other() : null;
            return value;
        }
        return asClaimed;
    }

    private static @Nullable Bytes valueIn(@Nullable ReplayedBank bank, int pcr) {
        return bank == null ? null : bank.value(pcr).orElse(null);
    }

    private @Nullable ReplayedBank fromOtherStarts() {
        if (fromOtherStarts == null) {
            fromOtherStarts = replay.withOtherStarts(algorithm).orElse(null);
        }
        return fromOtherStarts;
    }

    private boolean isLocalityOpen(int pcr) {
        return pcr == 0 && replay.localityWithoutHcrtm() != replay.startupLocality();
    }

    private PcrStatus status(int pcr, boolean launchShown) {
        Bytes value = given.value(pcr);
        if (value == null) {
            return PcrStatus.NO_VALUE;
        }
        if (extendCount(pcr) == 0) {
            return isInitial(pcr, value, launchShown) ? PcrStatus.INITIAL_VALUE : PcrStatus.NO_EVENTS;
        }
        if (replayed[pcr] == null) {
            return PcrStatus.NOT_REPLAYABLE;
        }
        return value.equals(replayed[pcr]) ? PcrStatus.MATCHES : PcrStatus.DIFFERS;
    }

    /** Zeros in PCR 17 to 22 need a dynamic launch that the log accounts for: it has extended one of PCR 17 to 19. */
    private boolean isInitial(int pcr, Bytes value, boolean launchShown) {
        return isInitial(pcr, value, DynamicPcrStart.ONES)
                || (launchShown && isInitial(pcr, value, DynamicPcrStart.ZEROS));
    }

    private boolean isInitial(int pcr, Bytes value, DynamicPcrStart start) {
        return new InitialPcrValues(replay.startupLocality(), start).isInitial(pcr, value);
    }

    /** All values alike, zeros or ones, although not all of them can be so in a bank that is extended. */
    private boolean isNotActive() {
        return comparisons.stream().anyMatch(comparison -> comparison.status().isFailure())
                && (areFilledWith(0x00) || areFilledWith(0xff));
    }

    private boolean areFilledWith(int filler) {
        return comparisons.stream()
                .flatMap(comparison -> comparison.given().stream())
                .allMatch(value -> value.isFilledWith(filler));
    }

    private PcrComparison comparison(int pcr, PcrStatus status) {
        return new PcrComparison(
                algorithm,
                pcr,
                status,
                Optional.ofNullable(replayed[pcr]),
                Optional.ofNullable(given.value(pcr)),
                given.isQuoted(pcr));
    }
}
