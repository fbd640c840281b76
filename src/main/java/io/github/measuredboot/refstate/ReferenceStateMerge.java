package io.github.measuredboot.refstate;

import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One reference state for several good boots: of a machine, of machines that are to be judged alike, or of an old and a new UKI
 * while a fleet moves from one to the other. The state accepts each of these boots.
 *
 * <p>Firmware and pinned sequences that varied become alternatives. They are independent: a boot may have one alternative in
 * PCR 4 and another one in PCR 12. The state has every entry of PK, KEK and db that any of the boots had, but only those
 * entries of dbx that all of them had. Userspace digests that varied are not pinned. For a PCR whose events a state does not
 * keep, which are PCR 1, 3 and 6 unless they were pinned, it is not known whether anything varied.
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

    public ReferenceStateMerge {
        variations = List.copyOf(variations);
    }

    /**
     * Merges states.
     *
     * @param states the states of good boots
     * @return the merged state and what varied
     * @throws ReferenceStateException if the states are of different profiles or forms, if no bank is pinned in all of them, if
     *     Secure Boot variables are measured in some but not in others, or if the merged state would be too large
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
            ReferenceState state = build(merged);
            if (HashAlgorithm.standard().stream().noneMatch(bank -> isPinnedIn(state, bank))) {
                problems.add("there is no bank in which all states pin the firmware and the images");
            }
            if (!problems.isEmpty()) {
                throw new ReferenceStateException(problems);
            }
            return new ReferenceStateMerge(state, variations);
        }

        private static ReferenceState build(ReferenceState.Builder merged) throws ReferenceStateException {
            try {
                return merged.build();
            } catch (IllegalArgumentException e) {
                throw new ReferenceStateException(List.of("the merged state would be too large: " + e.getMessage()));
            }
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
                vary(0, all.size() + " alternatives of firmware");
            }
            return all;
        }

        private void vary(int pcr, String message) {
            variations.add(new Variation(pcr, message));
        }

        private SecureBootKeys keys() {
            return new SecureBootKeys(
                    union("PK", SecureBootKeys::pk),
                    union("KEK", SecureBootKeys::kek),
                    union("db", SecureBootKeys::db),
                    intersection("dbx", SecureBootKeys::dbx));
        }

        private List<Signature> union(String name, Function<SecureBootKeys, List<Signature>> keys) {
            List<Signature> all = distinctKeys(keys);
            boolean varied = states.stream()
                    .anyMatch(state -> new TreeSet<>(keys.apply(state.secureBoot())).size() < all.size());
            if (varied) {
                vary(
                        ReferenceState.SECURE_BOOT_PCR,
                        name + ": all " + all.size() + " entries that any boot had are allowed");
            }
            return all;
        }

        private List<Signature> intersection(String name, Function<SecureBootKeys, List<Signature>> keys) {
            List<Signature> all = distinctKeys(keys);
            NavigableSet<Signature> common = new TreeSet<>(all);
            states.forEach(state -> common.retainAll(new TreeSet<>(keys.apply(state.secureBoot()))));
            if (common.size() < all.size()) {
                vary(
                        ReferenceState.SECURE_BOOT_PCR,
                        name + ": only the " + common.size() + " of " + all.size()
                                + " entries are required that all boots had");
            }
            return all.stream().filter(common::contains).toList();
        }

        private List<Signature> distinctKeys(Function<SecureBootKeys, List<Signature>> keys) {
            Set<Signature> seen = new TreeSet<>();
            return states.stream()
                    .flatMap(state -> keys.apply(state.secureBoot()).stream())
                    .filter(seen::add)
                    .toList();
        }

        private List<UserspaceDigest> userspace() {
            List<UserspaceDigest> first = states.get(0).userspaceDigests();
            if (states.stream().allMatch(state -> state.userspaceDigests().equals(first))) {
                return first;
            }
            SortedSet<Integer> pcrs = new TreeSet<>();
            states.forEach(state -> state.userspaceDigests().forEach(digest -> pcrs.add(digest.pcr())));
            pcrs.forEach(pcr -> vary(pcr, "userspace digests: they are not pinned"));
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
            PcrMode mode =
                    mode(pcr, new TreeSet<>(all.stream().map(PinnedPcr::mode).toList()));
            if (alternatives.size() > 1) {
                vary(
                        pcr,
                        alternatives.size() + " sequences of events"
                                + (mode == PcrMode.FREE || mode == PcrMode.CONTENT
                                        ? ", none of which is pinned"
                                        : ", each an alternative"));
            }
            return Optional.of(new PinnedPcr(pcr, mode, mode == PcrMode.EMPTY ? List.of() : alternatives));
        }

        private static List<List<PinnedEvent>> alternativesOf(PinnedPcr pinned) {
            return pinned.mode() == PcrMode.EMPTY ? List.of(List.of()) : pinned.alternatives();
        }

        private PcrMode mode(int pcr, SortedSet<PcrMode> modes) {
            if (modes.size() == 1) {
                return modes.first();
            }
            if (modes.contains(PcrMode.FREE)) {
                vary(pcr, "free in some states, and pinned in others: free now");
                return PcrMode.FREE;
            }
            if (modes.contains(PcrMode.CONTENT)) {
                problems.add("PCR " + pcr + " is judged by its content in some states, and pinned in others");
            }
            return PcrMode.SEQUENCE;
        }

        private <T> List<T> distinct(Function<ReferenceState, List<T>> part) {
            List<T> distinct = new ArrayList<>();
            states.forEach(state -> part.apply(state).stream()
                    .filter(item -> !distinct.contains(item))
                    .forEach(distinct::add));
            return distinct;
        }
    }
}
