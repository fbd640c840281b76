package io.github.measuredboot.policy;

import io.github.measuredboot.policy.ReferenceState.Signature;
import io.github.measuredboot.policy.ReferenceStateDiff.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One reference state for several good boots of a machine, or of machines that are to be judged alike. Each of the boots is
 * accepted against it.
 *
 * <p>Firmware that varied becomes alternatives. Of PK, KEK and db the state has all that a boot had, of dbx only what all had.
 * The UKI and the images around it cannot vary. Userspace digests that varied are not pinned.
 *
 * @param state the merged state; the digests of its UKI are in the algorithms that all states have
 * @param varied what was not the same in all boots
 */
public record ReferenceStateMerge(ReferenceState state, SortedSet<Part> varied) {
    /**
     * Copies the set.
     *
     * @param state the merged state
     * @param varied what was not the same in all boots
     */
    public ReferenceStateMerge {
        varied = Collections.unmodifiableSortedSet(new TreeSet<>(varied));
    }

    /** States cannot be merged: what may not vary did. */
    public static final class NotMergeableException extends Exception {
        private static final long serialVersionUID = 1L;

        /** What varied. */
        private final EnumSet<Part> parts;

        private NotMergeableException(EnumSet<Part> parts) {
            super("the states are of different boots: " + parts + " varied");
            this.parts = EnumSet.copyOf(parts);
        }

        /** {@return what varied} */
        public Set<Part> parts() {
            return Collections.unmodifiableSet(parts);
        }
    }

    /**
     * Merges states.
     *
     * @param states the states of good boots
     * @return the merged state and what varied
     * @throws NotMergeableException if the UKI, its sections, the kernel in it or the images before it are not the same in all
     *     states, or have no digest algorithm in common
     * @throws IllegalArgumentException if there are no states
     */
    public static ReferenceStateMerge of(List<ReferenceState> states) throws NotMergeableException {
        if (states.isEmpty()) {
            throw new IllegalArgumentException("no states to merge");
        }
        EnumSet<Part> conflicts = EnumSet.noneOf(Part.class);
        ReferenceState.Uki uki = states.get(0).uki();
        for (ReferenceState state : states) {
            uki = common(uki, state.uki(), conflicts);
        }
        if (!conflicts.isEmpty()) {
            throw new NotMergeableException(conflicts);
        }
        TreeSet<Part> varied = new TreeSet<>();
        List<ReferenceState.Firmware> firmware = distinct(states, ReferenceState::firmware);
        addIf(
                states.stream().anyMatch(state -> !new HashSet<>(state.firmware()).containsAll(firmware)),
                Part.FIRMWARE,
                varied);
        List<List<ReferenceState.UserspaceDigest>> userspace =
                states.stream().map(ReferenceState::userspaceDigests).distinct().toList();
        addIf(userspace.size() > 1, Part.USERSPACE_DIGESTS, varied);
        ReferenceState merged = new ReferenceState(
                firmware,
                new ReferenceState.SecureBoot(
                        all(states, state -> state.secureBoot().pk(), Part.PK, varied),
                        all(states, state -> state.secureBoot().kek(), Part.KEK, varied),
                        all(states, state -> state.secureBoot().db(), Part.DB, varied),
                        inEach(states, state -> state.secureBoot().dbx(), varied)),
                uki,
                userspace.size() == 1 ? userspace.get(0) : List.of(),
                distinct(states, ReferenceState::provenance));
        return new ReferenceStateMerge(merged, varied);
    }

    private static void addIf(boolean varies, Part part, Set<Part> varied) {
        if (varies) {
            varied.add(part);
        }
    }

    private static <T> List<T> distinct(List<ReferenceState> states, Function<ReferenceState, List<T>> part) {
        return states.stream().map(part).flatMap(Collection::stream).distinct().toList();
    }

    private static List<Signature> all(
            List<ReferenceState> states, Function<ReferenceState, List<Signature>> keys, Part part, Set<Part> varied) {
        List<Signature> all = distinct(states, keys);
        addIf(states.stream().anyMatch(state -> !new HashSet<>(keys.apply(state)).containsAll(all)), part, varied);
        return all;
    }

    private static List<Signature> inEach(
            List<ReferenceState> states, Function<ReferenceState, List<Signature>> keys, Set<Part> varied) {
        List<Signature> all = distinct(states, keys);
        Set<Signature> common = new HashSet<>(all);
        states.forEach(state -> common.retainAll(new HashSet<>(keys.apply(state))));
        addIf(common.size() < all.size(), Part.DBX, varied);
        return all.stream().filter(common::contains).toList();
    }

    private static ReferenceState.Uki common(ReferenceState.Uki one, ReferenceState.Uki other, Set<Part> conflicts) {
        List<ReferenceState.UkiSection> sections = new ArrayList<>();
        if (one.sections().size() != other.sections().size()) {
            conflicts.add(Part.UKI_SECTIONS);
        } else {
            for (int i = 0; i < one.sections().size(); i++) {
                ReferenceState.UkiSection section = one.sections().get(i);
                ReferenceState.UkiSection same = other.sections().get(i);
                addIf(!section.name().equals(same.name()), Part.UKI_SECTIONS, conflicts);
                sections.add(new ReferenceState.UkiSection(
                        section.name(), common(section.digests(), same.digests(), Part.UKI_SECTIONS, conflicts)));
            }
        }
        List<DigestSet> imagesBefore = new ArrayList<>();
        if (one.imagesBefore().size() != other.imagesBefore().size()) {
            conflicts.add(Part.IMAGES_BEFORE_UKI);
        } else {
            for (int i = 0; i < one.imagesBefore().size(); i++) {
                imagesBefore.add(common(
                        one.imagesBefore().get(i), other.imagesBefore().get(i), Part.IMAGES_BEFORE_UKI, conflicts));
            }
        }
        return new ReferenceState.Uki(
                common(one.image(), other.image(), Part.UKI_DIGEST, conflicts),
                sections,
                imagesBefore,
                common(one.kernel(), other.kernel(), Part.KERNEL, conflicts));
    }

    private static DigestSet common(DigestSet one, DigestSet other, Part part, Set<Part> conflicts) {
        boolean bothEmpty = one.isEmpty() && other.isEmpty();
        addIf(!bothEmpty && one.compareWith(other) != DigestSet.Match.EQUAL, part, conflicts);
        return new DigestSet(
                one.digests().stream().filter(other.digests()::contains).toList());
    }
}
