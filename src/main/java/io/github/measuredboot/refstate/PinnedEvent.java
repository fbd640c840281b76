package io.github.measuredboot.refstate;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.Arrays;
import java.util.Optional;

/**
 * An event that is expected. It is recognised by its digest, or, if it measures a variable whose content is judged, by the
 * covered name of that variable. The rest is for display.
 *
 * @param digests the digests
 * @param claimedType the type that the event of the good boot claimed
 * @param description what was measured, as the good boot says; at most {@link #MAX_DESCRIPTION} characters, none of them a
 *     control character
 * @param role the part that the event plays in the boot
 * @param variable the name of the variable that is measured, for the Secure Boot variables of PCR 7
 */
public record PinnedEvent(
        DigestSet digests,
        EventType claimedType,
        String description,
        Optional<Role> role,
        Optional<VariableName> variable) {
    /** The most characters of a description. */
    public static final int MAX_DESCRIPTION = 400;

    static final String SEPARATOR = "separator";

    /** The part that an event plays in the boot. */
    public enum Role {
        /** An image that starts before the UKI, such as shim or systemd-boot. */
        LOADER("loader"),
        /** The Unified Kernel Image. */
        UKI("uki"),
        /** An addon of the UKI. */
        ADDON("addon"),
        /** The kernel inside the UKI. */
        KERNEL("kernel"),
        /** An image of a boot chain without a UKI. */
        IMAGE("image"),
        /** No image, but an entry of the covered db that vouched for one: another entry of db may do so instead. */
        DB_AUTHORITY("db-authority");

        private final String id;

        Role(String id) {
            this.id = id;
        }

        /** {@return the name in reference states and reports} */
        public String id() {
            return id;
        }

        /**
         * A role by its name.
         *
         * @param id the name
         * @return the role, or empty if there is none of this name
         */
        public static Optional<Role> byId(String id) {
            return Arrays.stream(values()).filter(role -> role.id.equals(id)).findFirst();
        }
    }

    /**
     * The name of a UEFI variable.
     *
     * @param vendor the GUID of its vendor
     * @param name the name itself
     */
    public record VariableName(Guid vendor, String name) implements Comparable<VariableName> {
        @Override
        public int compareTo(VariableName other) {
            int byName = name.compareTo(other.name);
            return byName != 0 ? byName : vendor.compareTo(other.vendor);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Replaces control characters, and cuts a description that is too long.
     *
     * @param digests the digests
     * @param claimedType the type that the event of the good boot claimed
     * @param description what was measured
     * @param role the part that the event plays in the boot
     * @param variable the name of the variable that is measured
     */
    public PinnedEvent {
        String printable = Printable.of(description.substring(0, Math.min(description.length(), MAX_DESCRIPTION)));
        description = printable.substring(0, Math.min(printable.length(), MAX_DESCRIPTION));
    }

    /**
     * An event that is known by its digests.
     *
     * @param digests the digests
     * @param claimedType the type that the event of the good boot claimed
     * @param description what was measured
     * @return the event
     */
    public static PinnedEvent of(DigestSet digests, EventType claimedType, String description) {
        return new PinnedEvent(digests, claimedType, description, Optional.empty(), Optional.empty());
    }

    /**
     * An event as a log has it, to compare it with what is pinned.
     *
     * @param event the event
     * @param bank the bank
     * @return its digest in this bank, if it has one, and what it claims to be
     */
    public static PinnedEvent claimed(CheckedEvent event, HashAlgorithm bank) {
        DigestSet digests = new DigestSet(event.event().digest(bank).stream().toList());
        PinnedEvent claimed = of(digests, event.event().claimedType(), EventDescription.of(event));
        return claimed.isSeparator(bank) ? of(digests, claimed.claimedType(), SEPARATOR) : claimed;
    }

    /**
     * The constant that the digest of a bank is the hash of.
     *
     * @param bank the bank
     * @return the constant, or empty if the digest is of something else or nothing is pinned in this bank
     */
    public Optional<MeasuredConstant> constant(HashAlgorithm bank) {
        return digests.value(bank).flatMap(digest -> MeasuredConstant.of(bank, digest));
    }

    /**
     * Whether the digest of a bank is that of a separator.
     *
     * @param bank the bank
     * @return false also if nothing is pinned in this bank
     */
    public boolean isSeparator(HashAlgorithm bank) {
        return constant(bank).filter(MeasuredConstant.SEPARATOR::equals).isPresent();
    }

    /**
     * The same with a role.
     *
     * @param newRole the part that the image plays
     * @return a new event
     */
    public PinnedEvent withRole(Role newRole) {
        return new PinnedEvent(digests, claimedType, description, Optional.of(newRole), variable);
    }

    /**
     * The same for the digests of one algorithm alone.
     *
     * @param algorithm the algorithm
     * @return a new event
     */
    public PinnedEvent onlyBank(HashAlgorithm algorithm) {
        return new PinnedEvent(digests.only(algorithm), claimedType, description, role, variable);
    }

    /**
     * Whether an event has the pinned digest.
     *
     * @param bank the bank
     * @param digest the digest of the event
     * @return false also if nothing is pinned in this bank
     */
    public boolean matches(HashAlgorithm bank, Bytes digest) {
        return digests.contains(bank, digest);
    }

    @Override
    public String toString() {
        return (description.isEmpty() ? claimedType.toString() : description) + " " + digests;
    }
}
