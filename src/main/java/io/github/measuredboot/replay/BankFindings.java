package io.github.measuredboot.replay;

import io.github.measuredboot.eventlog.ExtendTable;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Looks at each bank on its own and against the others. */
final class BankFindings {
    private final Replay replay;
    private final GivenValues given;
    private final ReplayedLog replayed;
    private final List<PcrComparison> comparisons;
    private final List<BankFinding> findings = new ArrayList<>();

    private BankFindings(ReplayedLog replayed, GivenValues given) {
        this.replay = replayed.replay();
        this.given = given;
        this.replayed = replayed;
        this.comparisons = replayed.comparisons();
    }

    static List<BankFinding> of(ReplayedLog replayed, GivenValues given) {
        return new BankFindings(replayed, given).find();
    }

    private List<BankFinding> find() {
        Map<Integer, List<Integer>> eventsWithoutDigest = eventsWithoutDigest();
        Set<HashAlgorithm> algorithms = new LinkedHashSet<>();
        replay.banks().forEach(bank -> algorithms.add(bank.algorithm()));
        algorithms.addAll(given.algorithms());
        comparisons.forEach(comparison -> algorithms.add(comparison.algorithm()));
        for (HashAlgorithm algorithm : algorithms) {
            replay.bank(algorithm)
                    .ifPresentOrElse(
                            bank -> inLog(bank, eventsWithoutDigest),
                            () -> add(algorithm, BankFinding.Kind.NOT_IN_LOG, List.of()));
            if (given.isLeftOutByTheQuote(algorithm)) {
                add(algorithm, BankFinding.Kind.NOT_QUOTED, List.of());
            }
            if (comparisons.stream()
                    .anyMatch(c -> c.algorithm().equals(algorithm) && c.status() == PcrStatus.BANK_NOT_ACTIVE)) {
                add(algorithm, BankFinding.Kind.NOT_ACTIVE, List.of());
            }
            addIfAny(algorithm, BankFinding.Kind.DYNAMIC_LAUNCH, startingAt(algorithm, DynamicPcrStart.ZEROS));
            addIfAny(algorithm, BankFinding.Kind.NO_DYNAMIC_LAUNCH, startingAt(algorithm, DynamicPcrStart.ONES));
            addIfAny(algorithm, BankFinding.Kind.CONTRADICTS_OTHER_BANK, contradictions(algorithm));
        }
        return List.copyOf(findings);
    }

    private void inLog(ReplayedBank bank, Map<Integer, List<Integer>> eventsWithoutDigest) {
        HashAlgorithm algorithm = bank.algorithm();
        if (!bank.isReplayable()) {
            add(algorithm, BankFinding.Kind.NOT_REPLAYABLE, List.of());
        }
        if (!given.isGiven(algorithm)) {
            add(algorithm, BankFinding.Kind.NO_VALUES, List.of());
        }
        addIfAny(
                algorithm,
                BankFinding.Kind.DIGESTS_MISSING,
                eventsWithoutDigest.getOrDefault(algorithm.id(), List.of()));
        addIfAny(
                algorithm,
                BankFinding.Kind.FEWER_EXTENDS,
                IntStream.range(0, PcrBank.PCR_COUNT)
                        .filter(pcr -> replay.banks().stream()
                                .anyMatch(other -> other.extendCount(pcr) > bank.extendCount(pcr)))
                        .boxed()
                        .toList());
    }

    private Map<Integer, List<Integer>> eventsWithoutDigest() {
        List<HashAlgorithm> algorithms = replay.log().algorithms();
        Map<Integer, List<Integer>> events = new TreeMap<>();
        ExtendTable extended = replay.logExtends();
        for (int i = 0; i < extended.size(); i++) {
            for (int bank = 0; bank < algorithms.size(); bank++) {
                if (extended.digestOffset(i, bank) < 0) {
                    events.computeIfAbsent(algorithms.get(bank).id(), begun -> new ArrayList<>())
                            .add(extended.event(i));
                }
            }
        }
        return events;
    }

    private List<Integer> startingAt(HashAlgorithm algorithm, DynamicPcrStart start) {
        return IntStream.range(0, PcrBank.PCR_COUNT)
                .filter(pcr -> replayed.dynamicPcrStart(algorithm, pcr).stream().anyMatch(start::equals))
                .boxed()
                .toList();
    }

    private List<Integer> contradictions(HashAlgorithm algorithm) {
        return comparisons.stream()
                .filter(c -> c.algorithm().equals(algorithm) && c.status() == PcrStatus.DIFFERS)
                .map(PcrComparison::pcr)
                .filter(pcr -> comparisons.stream().anyMatch(c -> c.pcr() == pcr && c.status() == PcrStatus.MATCHES))
                .toList();
    }

    private void addIfAny(HashAlgorithm algorithm, BankFinding.Kind kind, List<Integer> numbers) {
        if (!numbers.isEmpty()) {
            add(algorithm, kind, numbers);
        }
    }

    private void add(HashAlgorithm algorithm, BankFinding.Kind kind, List<Integer> numbers) {
        findings.add(new BankFinding(algorithm, kind, numbers));
    }
}
