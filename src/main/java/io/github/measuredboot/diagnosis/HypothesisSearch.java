package io.github.measuredboot.diagnosis;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.diagnosis.Hypothesis.Kind;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedBank;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Tries every hypothesis on one PCR of one bank, always in the same order. For one thread. */
final class HypothesisSearch {
    static final List<String> PHASES = List.of("enter-initrd", "leave-initrd", "sysinit", "ready", "shutdown", "final");
    static final List<String> EXIT_BOOT_SERVICES = List.of(
            "Exit Boot Services Invocation",
            "Exit Boot Services Returned with Success",
            "Exit Boot Services Returned with Failure");

    private static final List<Bytes> EXIT_BOOT_SERVICES_DATA =
            EXIT_BOOT_SERVICES.stream().map(HypothesisSearch::utf8).toList();
    private static final List<List<String>> EXIT_BOOT_SERVICES_SEQUENCES = List.of(
            EXIT_BOOT_SERVICES.subList(0, 2),
            EXIT_BOOT_SERVICES.subList(0, 1),
            EXIT_BOOT_SERVICES.subList(1, 2),
            List.of(EXIT_BOOT_SERVICES.get(0), EXIT_BOOT_SERVICES.get(2)));
    private static final int PHASES_PCR = 11;
    private static final int[] LOCALITIES = {0, 3, 4};

    private final Replay replay;
    private final HashAlgorithm algorithm;
    private final int pcr;
    private final Bytes given;
    private final List<Measured> all;
    private final List<Replay> others;
    private final PcrExtender extender;
    private final SearchBudget budget;
    private final List<Measured> extended = new ArrayList<>();
    private final List<Bytes> digests = new ArrayList<>();
    private final List<Bytes> states = new ArrayList<>();
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
        states.add(initial());
        for (Measured measured : all) {
            Bytes digest = measured.digest(algorithm);
            if (!measured.isNoAction() && digest != null) {
                extended.add(measured);
                digests.add(digest);
                states.add(extender.extend(last(states), digest));
            }
        }
    }

    List<Hypothesis> run() {
        neverExtended();
        startupLocality();
        laterEventsNotExtended();
        exitBootServicesNotExtended();
        singleEvents();
        exitBootServicesNotLogged();
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

    private void neverExtended() {
        if (!extended.isEmpty() && localities().stream().anyMatch(locality -> gives(extender.initial(pcr, locality)))) {
            found.add(Hypothesis.of(Kind.NEVER_EXTENDED));
        }
    }

    private List<Integer> localities() {
        List<Integer> localities = new ArrayList<>();
        for (int locality : LOCALITIES) {
            if (pcr == 0 || locality == replay.startupLocality()) {
                localities.add(locality);
            }
        }
        return localities;
    }

    private void startupLocality() {
        for (int locality : localities()) {
            if (locality != replay.startupLocality()
                    && gives(extender.extend(extender.initial(pcr, locality), digests))
                    && !extended.isEmpty()) {
                found.add(Hypothesis.ofValues(
                        Kind.STARTUP_LOCALITY,
                        List.of(String.valueOf(replay.startupLocality()), String.valueOf(locality))));
            }
        }
    }

    private void laterEventsNotExtended() {
        for (int count = 1; count < extended.size(); count++) {
            if (gives(states.get(count))) {
                List<Measured> rest = extended.subList(count, extended.size());
                found.add(restHypothesis(count, rest));
                return;
            }
        }
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
        List<Measured> actions = extended.stream()
                .filter(measured -> measured.isAction(EXIT_BOOT_SERVICES_DATA))
                .toList();
        List<Bytes> otherDigests = extended.stream()
                .filter(measured -> !measured.isAction(EXIT_BOOT_SERVICES_DATA))
                .map(measured -> Objects.requireNonNull(measured.digest(algorithm)))
                .toList();
        if (!actions.isEmpty() && gives(extender.extend(initial(), otherDigests))) {
            found.add(Hypothesis.of(Kind.EXIT_BOOT_SERVICES_NOT_EXTENDED, ids(actions)));
        }
    }

    private void singleEvents() {
        if (extended.isEmpty()) {
            return;
        }
        if (!budget.takeSquareOf(extended.size() + 1)) {
            cutShort = true;
            return;
        }
        int count = extended.size();
        for (int i = 0; i < count - 1; i++) {
            if (gives(extender.extend(states.get(i), digests.subList(i + 1, count)))) {
                found.add(Hypothesis.of(Kind.EVENT_NOT_EXTENDED, extended.get(i).id()));
                break;
            }
        }
        for (int i = 0; i < count; i++) {
            if (gives(extender.extend(states.get(i + 1), digests.subList(i, count)))) {
                found.add(
                        Hypothesis.of(Kind.EVENT_EXTENDED_TWICE, extended.get(i).id()));
                break;
            }
        }
        for (int first = count - 2; first >= 0; first--) {
            if (gives(extender.extend(last(states), digests.subList(first, count)))) {
                found.add(Hypothesis.of(
                        Kind.FINAL_EVENTS_EXTENDED_TWICE, extended.get(first).id()));
                break;
            }
        }
    }

    private void exitBootServicesNotLogged() {
        for (List<String> actions : EXIT_BOOT_SERVICES_SEQUENCES) {
            if (gives(extender.extend(last(states), hashes(actions)))) {
                found.add(Hypothesis.ofValues(Kind.EXIT_BOOT_SERVICES_NOT_LOGGED, actions));
            }
        }
    }

    private void noActionExtended(int firstIndex) {
        List<Measured> noActions = all.stream()
                .filter(measured -> measured.isNoAction() && measured.id().index() >= firstIndex)
                .toList();
        if (noActions.isEmpty()) {
            return;
        }
        for (boolean byHashOfData : new boolean[] {false, true}) {
            List<Measured> used = new ArrayList<>();
            Bytes value = initial();
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
            if (!used.isEmpty() && gives(value)) {
                found.add(new Hypothesis(
                        Kind.NO_ACTION_EXTENDED,
                        ids(used),
                        List.of(byHashOfData ? "the hash of their data" : "the digests in the log")));
            }
        }
    }

    private void phasesNotLogged() {
        for (int first = 0; pcr == PHASES_PCR && first < PHASES.size(); first++) {
            Bytes value = last(states);
            for (int phase = first; phase < PHASES.size(); phase++) {
                value = extender.extend(value, extender.hash(utf8(PHASES.get(phase))));
                if (gives(value)) {
                    found.add(Hypothesis.ofValues(Kind.PHASES_NOT_LOGGED, PHASES.subList(first, phase + 1)));
                    return;
                }
            }
        }
    }

    private void digestsOfOtherBanks() {
        for (ReplayedBank bank : replay.banks()) {
            HashAlgorithm other = bank.algorithm();
            if (other.equals(algorithm)) {
                continue;
            }
            Bytes value = initial();
            boolean any = false;
            for (Measured measured : all) {
                Bytes digest = measured.digest(other);
                if (!measured.isNoAction() && digest != null) {
                    value = extender.extend(value, extender.resized(digest));
                    any = true;
                }
            }
            if (any && gives(value)) {
                found.add(Hypothesis.ofValues(Kind.DIGESTS_OF_OTHER_BANK, List.of(other.name())));
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
        if (withoutDigest.isEmpty()) {
            return;
        }
        if (gives(extender.extend(initial(), completed))) {
            found.add(Hypothesis.of(Kind.DIGESTS_NOT_LOGGED, ids(withoutDigest)));
        }
        capped(completed, ids(withoutDigest));
    }

    private void capped(List<Bytes> sequence, List<Measurement> otherDigests) {
        int count = sequence.size();
        if (gives(extender.extend(extender.extend(initial(), sequence), extender.zero()))) {
            found.add(new Hypothesis(Kind.BANK_CAPPED, otherDigests, List.of(String.valueOf(count))));
            return;
        }
        if (!budget.takeSquareOf(count + 1)) {
            cutShort = true;
            return;
        }
        Bytes before = initial();
        for (int i = 0; i < count; i++) {
            Bytes value = extender.extend(extender.extend(before, extender.zero()), sequence.subList(i, count));
            if (gives(value)) {
                found.add(new Hypothesis(Kind.BANK_CAPPED, otherDigests, List.of(String.valueOf(i))));
                return;
            }
            before = extender.extend(before, sequence.get(i));
        }
    }

    private void otherLogs() {
        for (int i = 0; i < others.size(); i++) {
            boolean gives = others.get(i)
                    .bank(algorithm)
                    .flatMap(bank -> bank.value(pcr))
                    .filter(this::gives)
                    .isPresent();
            if (gives) {
                found.add(Hypothesis.ofValues(Kind.OTHER_LOG, List.of(String.valueOf(i))));
            }
        }
    }

    private Bytes initial() {
        return extender.initial(pcr, replay.startupLocality());
    }

    private boolean gives(Bytes value) {
        return value.equals(given);
    }

    private List<Bytes> hashes(List<String> texts) {
        return texts.stream().map(text -> extender.hash(utf8(text))).toList();
    }

    private static List<Measurement> ids(List<Measured> measured) {
        return measured.stream().map(Measured::id).toList();
    }

    private static Bytes last(List<Bytes> states) {
        return states.get(states.size() - 1);
    }

    private static Bytes utf8(String text) {
        return Bytes.encode(text, StandardCharsets.UTF_8);
    }
}
