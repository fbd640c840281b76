package io.github.measuredboot.diagnosis;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.diagnosis.Hypothesis.Kind;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedBank;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tries every hypothesis on one PCR of one bank, always in the same order. For one thread. */
final class HypothesisSearch {
    static final List<String> PHASES = List.of("enter-initrd", "leave-initrd", "sysinit", "ready", "shutdown", "final");

    private static final String INVOCATION = MeasuredConstant.EXIT_BOOT_SERVICES_INVOCATION.description();
    private static final String SUCCESS = MeasuredConstant.EXIT_BOOT_SERVICES_SUCCESS.description();
    private static final String FAILURE = MeasuredConstant.EXIT_BOOT_SERVICES_FAILURE.description();
    private static final List<Bytes> EXIT_BOOT_SERVICES_DATA =
            Stream.of(INVOCATION, SUCCESS, FAILURE).map(HypothesisSearch::utf8).toList();
    private static final List<List<String>> EXIT_BOOT_SERVICES_SEQUENCES =
            List.of(List.of(INVOCATION, SUCCESS), List.of(INVOCATION), List.of(SUCCESS), List.of(INVOCATION, FAILURE));
    private static final int PHASES_PCR = 11;
    private static final List<Integer> LOCALITIES = List.of(0, 3, 4);

    private final Replay replay;
    private final HashAlgorithm algorithm;
    private final int pcr;
    private final Bytes given;
    private final List<Measured> all;
    private final List<Replay> others;
    private final PcrExtender extender;
    private final SearchBudget budget;
    private final Bytes initial;
    private final List<Measured> extended;
    private final List<Bytes> digests;
    private final List<Bytes> states = new ArrayList<>();
    private final Bytes last;
    private final List<Hypothesis> found = new ArrayList<>();
    private boolean cutShort;

    HypothesisSearch(
            Replay replay,
            PcrComparison comparison,
            List<Measured> all,
            List<Replay> others,
            PcrExtender extender,
            SearchBudget budget) {
        this.replay = replay;
        this.algorithm = comparison.algorithm();
        this.pcr = comparison.pcr();
        this.given = comparison.given().orElseThrow();
        this.all = all;
        this.others = others;
        this.extender = extender;
        this.budget = budget;
        this.initial = extender.initial(pcr, replay.startupLocality());
        this.extended =
                all.stream().filter(measured -> measured.isExtended(algorithm)).toList();
        this.digests = digests(extended);
        Bytes state = initial;
        states.add(state);
        for (Bytes digest : digests) {
            state = extender.extend(state, digest);
            states.add(state);
        }
        this.last = state;
    }

    private List<Bytes> digests(List<Measured> measured) {
        return measured.stream()
                .map(one -> Objects.requireNonNull(one.digest(algorithm)))
                .toList();
    }

    List<Hypothesis> run() {
        if (!extended.isEmpty()) {
            startup();
            laterEventsNotExtended();
            exitBootServicesNotExtended();
            singleEvents();
        }
        for (List<String> actions : EXIT_BOOT_SERVICES_SEQUENCES) {
            List<Bytes> hashes = actions.stream().map(this::hash).toList();
            test(extender.extend(last, hashes), Hypothesis.ofValues(Kind.EXIT_BOOT_SERVICES_NOT_LOGGED, actions));
        }
        noActionExtended(0);
        noActionExtended(1);
        phasesNotLogged();
        digestsOfOtherBanks();
        withDigestsOfData();
        otherLogs();
        return found.stream().distinct().toList();
    }

    boolean isCutShort() {
        return cutShort;
    }

    private boolean test(Bytes value, Hypothesis hypothesis) {
        return value.equals(given) && found.add(hypothesis);
    }

    private void startup() {
        List<Integer> localities = pcr == 0 ? LOCALITIES : List.of(replay.startupLocality());
        for (int locality : localities) {
            if (test(extender.initial(pcr, locality), Hypothesis.of(Kind.NEVER_EXTENDED))) {
                break;
            }
        }
        for (int locality : localities) {
            if (locality != replay.startupLocality()) {
                test(
                        extender.extend(extender.initial(pcr, locality), digests),
                        Hypothesis.ofValues(
                                Kind.STARTUP_LOCALITY,
                                List.of(String.valueOf(replay.startupLocality()), String.valueOf(locality))));
            }
        }
    }

    private void laterEventsNotExtended() {
        IntStream.range(1, extended.size())
                .filter(count -> states.get(count).equals(given))
                .mapToObj(count -> restHypothesis(count, extended.subList(count, extended.size())))
                .findFirst()
                .ifPresent(found::add);
    }

    private Hypothesis restHypothesis(int count, List<Measured> rest) {
        if (rest.stream().allMatch(measured -> measured.isAction(EXIT_BOOT_SERVICES_DATA))) {
            return Hypothesis.of(Kind.EXIT_BOOT_SERVICES_NOT_EXTENDED, ids(rest));
        }
        int copied = rest.size();
        boolean isCopy = copied <= count
                && digests.subList(count - copied, count).equals(digests.subList(count, digests.size()));
        return isCopy
                ? Hypothesis.of(Kind.FINAL_EVENTS_LOGGED_TWICE, rest.get(0).id())
                : Hypothesis.of(
                        Kind.LATER_EVENTS_NOT_EXTENDED,
                        extended.get(count - 1).id(),
                        rest.get(0).id());
    }

    private void exitBootServicesNotExtended() {
        Map<Boolean, List<Measured>> byKind = extended.stream()
                .collect(Collectors.partitioningBy(measured -> measured.isAction(EXIT_BOOT_SERVICES_DATA)));
        List<Measured> actions = byKind.getOrDefault(true, List.of());
        if (!actions.isEmpty()) {
            test(
                    extender.extend(initial, digests(byKind.getOrDefault(false, List.of()))),
                    Hypothesis.of(Kind.EXIT_BOOT_SERVICES_NOT_EXTENDED, ids(actions)));
        }
    }

    private void singleEvents() {
        int count = extended.size();
        if (!budget.takeSquareOf(count + 1)) {
            cutShort = true;
            return;
        }
        firstOf(
                Kind.EVENT_NOT_EXTENDED,
                IntStream.range(0, count - 1),
                i -> extender.extend(states.get(i), digests.subList(i + 1, count)));
        firstOf(
                Kind.EVENT_EXTENDED_TWICE,
                IntStream.range(0, count),
                i -> extender.extend(states.get(i + 1), digests.subList(i, count)));
        firstOf(
                Kind.FINAL_EVENTS_EXTENDED_TWICE,
                IntStream.rangeClosed(2, count).map(i -> count - i),
                i -> extender.extend(last, digests.subList(i, count)));
    }

    private void firstOf(Kind kind, IntStream indexes, IntFunction<Bytes> value) {
        for (int i : (Iterable<Integer>) indexes::iterator) {
            if (test(value.apply(i), Hypothesis.of(kind, extended.get(i).id()))) {
                return;
            }
        }
    }

    private void noActionExtended(int firstIndex) {
        for (boolean byHashOfData : new boolean[] {false, true}) {
            List<Measured> used = new ArrayList<>();
            Bytes value = initial;
            for (Measured measured : all) {
                Bytes digest = measured.digest(algorithm);
                if (measured.isNoAction()) {
                    digest = measured.id().index() < firstIndex
                            ? null
                            : byHashOfData ? extender.hash(Objects.requireNonNull(measured.data())) : digest;
                    if (digest != null) {
                        used.add(measured);
                    }
                }
                value = digest == null ? value : extender.extend(value, digest);
            }
            if (!used.isEmpty()) {
                String byWhat = byHashOfData ? "the hash of their data" : "the digests in the log";
                test(value, new Hypothesis(Kind.NO_ACTION_EXTENDED, ids(used), List.of(byWhat)));
            }
        }
    }

    private void phasesNotLogged() {
        for (int first = 0; pcr == PHASES_PCR && first < PHASES.size(); first++) {
            Bytes value = last;
            for (int phase = first; phase < PHASES.size(); phase++) {
                value = extender.extend(value, hash(PHASES.get(phase)));
                List<String> phases = PHASES.subList(first, phase + 1);
                if (test(value, Hypothesis.ofValues(Kind.PHASES_NOT_LOGGED, phases))) {
                    return;
                }
            }
        }
    }

    private void digestsOfOtherBanks() {
        for (ReplayedBank bank : replay.banks()) {
            HashAlgorithm other = bank.algorithm();
            List<Bytes> resized = all.stream()
                    .filter(measured -> !other.equals(algorithm) && measured.isExtended(other))
                    .map(measured -> extender.resized(Objects.requireNonNull(measured.digest(other))))
                    .toList();
            if (!resized.isEmpty()) {
                test(
                        extender.extend(initial, resized),
                        Hypothesis.ofValues(Kind.DIGESTS_OF_OTHER_BANK, List.of(other.name())));
            }
        }
    }

    private void withDigestsOfData() {
        capped(digests, List.of());
        List<Bytes> completed = new ArrayList<>();
        List<Measured> withoutDigest = new ArrayList<>();
        for (Measured measured : all) {
            Bytes digest = measured.digest(algorithm);
            if (!measured.isNoAction() && digest == null && measured.data() != null) {
                digest = extender.hash(measured.data());
                withoutDigest.add(measured);
            }
            if (!measured.isNoAction() && digest != null) {
                completed.add(digest);
            }
        }
        if (!withoutDigest.isEmpty()) {
            List<Measurement> ids = ids(withoutDigest);
            test(extender.extend(initial, completed), Hypothesis.of(Kind.DIGESTS_NOT_LOGGED, ids));
            capped(completed, ids);
        }
    }

    private void capped(List<Bytes> sequence, List<Measurement> otherDigests) {
        int count = sequence.size();
        IntFunction<Hypothesis> hypothesis =
                after -> new Hypothesis(Kind.BANK_CAPPED, otherDigests, List.of(String.valueOf(after)));
        Bytes atTheEnd = extender.extend(extender.extend(initial, sequence), extender.zero());
        if (test(atTheEnd, hypothesis.apply(count))) {
            return;
        }
        if (!budget.takeSquareOf(count + 1)) {
            cutShort = true;
            return;
        }
        Bytes before = initial;
        for (int i = 0; i < count; i++) {
            Bytes value = extender.extend(extender.extend(before, extender.zero()), sequence.subList(i, count));
            if (test(value, hypothesis.apply(i))) {
                return;
            }
            before = extender.extend(before, sequence.get(i));
        }
    }

    private void otherLogs() {
        for (int i = 0; i < others.size(); i++) {
            Optional<Bytes> value = others.get(i).bank(algorithm).flatMap(bank -> bank.value(pcr));
            Hypothesis otherLog = Hypothesis.ofValues(Kind.OTHER_LOG, List.of(String.valueOf(i)));
            value.ifPresent(bytes -> test(bytes, otherLog));
        }
    }

    private Bytes hash(String text) {
        return extender.hash(utf8(text));
    }

    private static List<Measurement> ids(List<Measured> measured) {
        return measured.stream().map(Measured::id).toList();
    }

    private static Bytes utf8(String text) {
        return Bytes.encode(text, StandardCharsets.UTF_8);
    }
}
