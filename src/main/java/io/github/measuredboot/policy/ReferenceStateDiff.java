package io.github.measuredboot.policy;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What differs between two reference states. Provenance does not count, nor do the order of firmware alternatives and the order
 * and repetitions of signatures. Digests are compared in the algorithms that both sides have; where there is none, they are
 * not comparable, which is a difference.
 *
 * @param changes the differences, by part; the same for the same states
 */
public record ReferenceStateDiff(List<Change> changes) {
    /** What happened to a machine, for a person who has to act on it. */
    public enum Category {
        /** Its firmware is another one. */
        FIRMWARE_UPDATE,
        /** PK, KEK or db have other keys or hashes. */
        KEY_ROTATION,
        /** The revocation list dbx grew. */
        DBX_UPDATE,
        /** The revocation list dbx lost entries: what was revoked may boot again. */
        DBX_ROLLBACK,
        /** The UKI, the kernel in it or its sections are others. */
        UKI_CHANGED,
        /** Other images run before the UKI. */
        BOOT_CHAIN_CHANGED,
        /** Systemd measures something else after the kernel was started. */
        USERSPACE_CHANGED,
        /** One state pins something that the other does not, or in other algorithms. This says nothing about the machine. */
        OTHER_COVERAGE
    }

    /** A part of a reference state. */
    public enum Part {
        /** A whole alternative of {@link ReferenceState#firmware()}. */
        FIRMWARE,
        /** {@link ReferenceState.Firmware#scrtm()}. */
        SCRTM,
        /** {@link ReferenceState.Firmware#platformFirmware()}. */
        PLATFORM_FIRMWARE,
        /** {@link ReferenceState.SecureBoot#pk()}. */
        PK,
        /** {@link ReferenceState.SecureBoot#kek()}. */
        KEK,
        /** {@link ReferenceState.SecureBoot#db()}. */
        DB,
        /** {@link ReferenceState.SecureBoot#dbx()}. */
        DBX,
        /** {@link ReferenceState.Uki#imagesBefore()}. */
        IMAGES_BEFORE_UKI,
        /** {@link ReferenceState.Uki#image()}. */
        UKI_DIGEST,
        /** {@link ReferenceState.Uki#kernel()}. */
        KERNEL,
        /** {@link ReferenceState.Uki#sections()}. */
        UKI_SECTIONS,
        /** {@link ReferenceState#userspaceDigests()}. */
        USERSPACE_DIGESTS
    }

    /** How a part differs. */
    public enum Kind {
        /** Only the new state has it. */
        ADDED,
        /** Only the old state has it. */
        REMOVED,
        /** Both have it, in another order. */
        MOVED,
        /** Both have it, with another value. */
        CHANGED,
        /** Both have it, and no digest algorithm in common. */
        NOT_COMPARABLE,
        /** The digests that both have are equal, and one has more of them. */
        OTHER_ALGORITHMS
    }

    /**
     * One difference.
     *
     * @param part where
     * @param kind how
     * @param category what it means
     * @param items the digests or certificates that differ, as printable text, in the order of their state
     * @param sentence what happened and what to do about it
     */
    public record Change(Part part, Kind kind, Category category, List<String> items, String sentence) {
        /**
         * Copies.
         *
         * @param part where
         * @param kind how
         * @param category what it means
         * @param items the digests or certificates that differ, as printable text, in the order of their state
         * @param sentence what happened and what to do about it
         */
        public Change {
            items = List.copyOf(items);
        }
    }

    /**
     * Copies.
     *
     * @param changes the differences, by part
     */
    public ReferenceStateDiff {
        changes = List.copyOf(changes);
    }

    /**
     * Compares two states.
     *
     * @param before the old one
     * @param after the new one
     * @return the differences
     */
    public static ReferenceStateDiff between(ReferenceState before, ReferenceState after) {
        return new ReferenceStateDiff(StateComparison.changes(before, after));
    }

    /**
     * Whether the states expect the same of a machine.
     *
     * @return true if there is no difference
     */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /**
     * What happened, in short.
     *
     * @return the categories of all changes; none if there is no difference
     */
    public SortedSet<Category> categories() {
        return Collections.unmodifiableSortedSet(
                changes.stream().map(Change::category).collect(Collectors.toCollection(TreeSet::new)));
    }
}
