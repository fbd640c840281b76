package io.github.measuredboot.refstate;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.guid.Guid;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * An event that is expected. It is recognised by its digest, or, if it measures a variable whose content is judged, by the
 * covered name of that variable. The rest is for display.
 *
 * @param digests the digests
 * @param claimedType the type that the event of the good boot claimed
 * @param description what was measured, as the good boot claims; at most {@link #MAX_DESCRIPTION} characters, with longer text
 *     cut and control characters escaped
 * @param role the part that the event plays in the boot
 * @param variable the name of the variable that is measured, for the Secure Boot variables of PCR 7
 */
public record PinnedEvent(
        DigestSet digests,
        EventType claimedType,
        String description,
        Optional<Role> role,
        Optional<VariableName> variable)
        implements Comparable<PinnedEvent> {
    /** The maximum number of characters of a description. */
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
        /** Not an image, but an entry of the covered db that vouched for one: another entry of db may do so instead. */
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
         * {@return the role with this name, or empty if there is none}
         *
         * @param id the name
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
        /**
         * {@return the name of a variable}
         *
         * @param variable a variable without a number in its name
         */
        public static VariableName of(KnownVariable variable) {
            return new VariableName(variable.vendorGuid(), variable.pattern());
        }

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

    private static final Comparator<PinnedEvent> ORDER = Comparator.comparing(PinnedEvent::digests)
            .thenComparing(event -> event.claimedType.value())
            .thenComparing(PinnedEvent::description)
            .thenComparing(event -> event.role.map(Role::ordinal).orElse(-1))
            .thenComparing(event -> event.variable.orElse(null), Comparator.nullsFirst(Comparator.naturalOrder()));

    public PinnedEvent {
        description = cut(Printable.of(cut(description)));
    }

    /** A pair of surrogates is not split. */
    private static String cut(String text) {
        if (text.length() <= MAX_DESCRIPTION) {
            return text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(MAX_DESCRIPTION - 1));
        return text.substring(0, splits ? MAX_DESCRIPTION - 1 : MAX_DESCRIPTION);
    }

    /**
     * Returns an event that is known by its digests.
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
     * Returns an event as a log has it, for comparison with what is pinned.
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
     * {@return the constant that the digest of a bank is the hash of; empty if the digest is of something else or nothing is
     * pinned in this bank}
     *
     * @param bank the bank
     */
    public Optional<MeasuredConstant> constant(HashAlgorithm bank) {
        return digests.value(bank).flatMap(digest -> MeasuredConstant.of(bank, digest));
    }

    /**
     * {@return whether the digest of a bank is that of a separator; also false if nothing is pinned in this bank}
     *
     * @param bank the bank
     */
    public boolean isSeparator(HashAlgorithm bank) {
        return constant(bank).equals(Optional.of(MeasuredConstant.SEPARATOR));
    }

    /**
     * {@return whether the event has a role}
     *
     * @param wanted the role
     */
    public boolean is(Role wanted) {
        return role.equals(Optional.of(wanted));
    }

    /**
     * {@return the same event with another role}
     *
     * @param newRole the part that the event plays
     */
    public PinnedEvent withRole(Role newRole) {
        return new PinnedEvent(digests, claimedType, description, Optional.of(newRole), variable);
    }

    PinnedEvent withVariable(VariableName name) {
        return new PinnedEvent(digests, claimedType, description, role, Optional.of(name));
    }

    PinnedEvent withDigests(DigestSet newDigests) {
        return new PinnedEvent(newDigests, claimedType, description, role, variable);
    }

    /**
     * {@return the same event with the digest of one bank alone}
     *
     * @param bank the bank
     */
    public PinnedEvent onlyBank(HashAlgorithm bank) {
        return withDigests(digests.only(bank));
    }

    /**
     * {@return whether a digest is the pinned one; also false if nothing is pinned in this bank}
     *
     * @param bank the bank
     * @param digest the digest
     */
    public boolean matches(HashAlgorithm bank, Bytes digest) {
        return digests.contains(bank, digest);
    }

    @Override
    public int compareTo(PinnedEvent other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return (description.isEmpty() ? claimedType.toString() : description) + " " + digests;
    }
}
