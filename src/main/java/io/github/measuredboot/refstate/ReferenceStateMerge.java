package io.github.measuredboot.refstate;

import io.github.measuredboot.refstate.ReferenceState.Firmware;
import io.github.measuredboot.refstate.ReferenceState.SecureBoot;
import io.github.measuredboot.refstate.ReferenceState.Signature;
import io.github.measuredboot.refstate.ReferenceState.UserspaceDigest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One reference state for several good boots: of a machine, of machines that are to be judged alike, or of an old and a new UKI
 * while a fleet moves from one to the other. Each of the boots is accepted by it.
 *
 * <p>Firmware and pinned sequences that varied become alternatives. They are independent: a boot may have one alternative in
 * PCR 4 and another one in PCR 12. Of PK, KEK and db the state has all that a boot had, of dbx only what all had. Userspace
 * digests that varied are not pinned.
 *
 * @param state the merged state
 * @param variations what was not the same in all boots, by PCR
 */
public record ReferenceStateMerge(ReferenceState state, List<Variation> variations) {
    /**
     * What was not the same in all boots.
     *
     * @param pcr the PCR
     * @param message what varied, for a person
     */
    public record Variation(int pcr, String message) {}

    /**
     * Copies.
     *
     * @param state the merged state
     * @param variations what was not the same in all boots
     */
    public ReferenceStateMerge {
        variations = List.copyOf(variations);
    }

    /**
     * Merges states.
     *
     * @param states the states of good boots
     * @return the merged state and what varied
     * @throws ReferenceStateException if the states are of different profiles or forms, no bank is pinned in all of them, or
     *     Secure Boot variables are measured in some and not in others
     * @throws IllegalArgumentException if there are no states
     */
    public static ReferenceStateMerge of(List<ReferenceState> states) throws ReferenceStateException {
        if (states.isEmpty()) {
            throw new IllegalArgumentException("no states to merge");
        }
        return new Merging(states).merge();
    }

    private static final class Merging {
        private final List<ReferenceState> states;
        private final List<Variation> variations = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        Merging(List<ReferenceState> states) {
            this.states = states;
        }

        ReferenceStateMerge merge() throws ReferenceStateException {
            ReferenceState first = states.get(0);
            if (states.stream()
                    .anyMatch(state -> state.profile() != first.profile() || state.isFull() != first.isFull())) {
                throw new ReferenceStateException(List.of("the states have different profiles or forms"));
            }
            ReferenceState.Builder merged = first.toBuilder()
                    .firmware(firmware())
                    .secureBoot(keys())
                    .userspaceDigests(userspace())
                    .provenance(distinct(ReferenceState::provenance));
            SortedSet<Integer> pcrs = new TreeSet<>();
            states.forEach(state -> state.pcrs().forEach(pcr -> pcrs.add(pcr.pcr())));
            pcrs.forEach(pcr -> pcr(pcr).ifPresentOrElse(merged::pcr, () -> merged.withoutPcr(pcr)));
            ReferenceState state = merged.build();
            if (HashAlgorithm.standard().stream().noneMatch(bank -> isPinnedIn(state, bank))) {
                problems.add("there is no bank in which all states pin the firmware and the images");
            }
            if (!problems.isEmpty()) {
                throw new ReferenceStateException(problems);
            }
            return new ReferenceStateMerge(state, variations);
        }

        private static boolean isPinnedIn(ReferenceState state, HashAlgorithm bank) {
            return state.firmware().stream().allMatch(firmware -> firmware.isPinnedIn(bank))
                    && state.pcr(state.imagePcr())
                            .filter(pcr -> pcr.isPinnedIn(bank))
                            .isPresent();
        }

        private List<Firmware> firmware() {
            List<Firmware> all = distinct(ReferenceState::firmware);
            if (states.stream().anyMatch(state -> !state.firmware().containsAll(all))) {
                variations.add(new Variation(0, all.size() + " alternatives of firmware"));
            }
            return all;
        }

        private SecureBoot keys() {
            return new SecureBoot(
                    union("PK", state -> state.secureBoot().pk()),
                    union("KEK", state -> state.secureBoot().kek()),
                    union("db", state -> state.secureBoot().db()),
                    intersection(state -> state.secureBoot().dbx()));
        }

        private List<Signature> union(String name, Function<ReferenceState, List<Signature>> keys) {
            List<Signature> all = distinct(keys);
            boolean varied = states.stream().anyMatch(state -> new TreeSet<>(keys.apply(state)).size() < all.size());
            if (varied) {
                variations.add(new Variation(
                        ReferenceState.SECURE_BOOT_PCR,
                        name + ": all " + all.size() + " entries that any boot had are allowed"));
            }
            return all;
        }

        private List<Signature> intersection(Function<ReferenceState, List<Signature>> keys) {
            List<Signature> all = distinct(keys);
            NavigableSet<Signature> common = new TreeSet<>(all);
            states.forEach(state -> common.retainAll(new TreeSet<>(keys.apply(state))));
            if (common.size() < all.size()) {
                variations.add(new Variation(
                        ReferenceState.SECURE_BOOT_PCR,
                        "dbx: only the " + common.size() + " of " + all.size()
                                + " entries are required that all boots had"));
            }
            return all.stream().filter(common::contains).toList();
        }

        private List<UserspaceDigest> userspace() {
            List<List<UserspaceDigest>> all = states.stream()
                    .map(ReferenceState::userspaceDigests)
                    .distinct()
                    .toList();
            if (all.size() == 1) {
                return all.get(0);
            }
            SortedSet<Integer> pcrs = new TreeSet<>();
            all.forEach(digests -> digests.forEach(digest -> pcrs.add(digest.pcr())));
            pcrs.forEach(pcr -> variations.add(new Variation(pcr, "userspace digests: they are not pinned")));
            return List.of();
        }

        private Optional<PinnedPcr> pcr(int pcr) {
            List<PinnedPcr> all =
                    states.stream().flatMap(state -> state.pcr(pcr).stream()).toList();
            if (all.size() < states.size()) {
                problems.add("not every state judges PCR " + pcr);
                return Optional.empty();
            }
            List<List<PinnedEvent>> alternatives = new ArrayList<>();
            all.forEach(pinned -> alternativesOf(pinned).stream()
                    .filter(events -> !alternatives.contains(events))
                    .forEach(alternatives::add));
            SortedSet<PcrMode> modes =
                    new TreeSet<>(all.stream().map(PinnedPcr::mode).toList());
            PcrMode mode = modes.size() == 1 ? modes.first() : commonMode(pcr, modes);
            if (alternatives.size() > 1) {
                variations.add(new Variation(
                        pcr,
                        alternatives.size() + " sequences of events"
                                + (mode == PcrMode.FREE || mode == PcrMode.CONTENT
                                        ? ", none of which is pinned"
                                        : ", each an alternative")));
            }
            return Optional.of(new PinnedPcr(pcr, mode, mode == PcrMode.EMPTY ? List.of() : alternatives));
        }

        private static List<List<PinnedEvent>> alternativesOf(PinnedPcr pinned) {
            return pinned.mode() == PcrMode.EMPTY ? List.of(List.of()) : pinned.alternatives();
        }

        private PcrMode commonMode(int pcr, Collection<PcrMode> modes) {
            if (modes.contains(PcrMode.FREE)) {
                return PcrMode.FREE;
            }
            if (modes.contains(PcrMode.CONTENT)) {
                problems.add("PCR " + pcr + " is judged by its content in some states, and pinned in others");
            }
            return PcrMode.SEQUENCE;
        }

        private <T> List<T> distinct(Function<ReferenceState, List<T>> part) {
            return states.stream()
                    .map(part)
                    .flatMap(Collection::stream)
                    .distinct()
                    .toList();
        }
    }
}
