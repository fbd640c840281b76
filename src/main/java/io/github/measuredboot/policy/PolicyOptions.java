package io.github.measuredboot.policy;

import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.PinnedPcr;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a {@link BootPolicy} takes from a reference state, and what it tolerates. The defaults are the strict choice. */
public final class PolicyOptions {
    private final boolean secureBootRequired;
    private final boolean sectionsPinned;
    private final boolean userspacePinned;
    private final boolean unpinnedFirmwareEventsAllowed;
    private final boolean unpinnedImagesAllowed;
    private final SortedMap<Integer, PcrMode> modes;
    private final Set<HashAlgorithm> banks;

    private PolicyOptions(Builder builder) {
        this.secureBootRequired = builder.secureBootRequired;
        this.sectionsPinned = builder.sectionsPinned;
        this.userspacePinned = builder.userspacePinned;
        this.unpinnedFirmwareEventsAllowed = builder.unpinnedFirmwareEventsAllowed;
        this.unpinnedImagesAllowed = builder.unpinnedImagesAllowed;
        this.modes = Collections.unmodifiableSortedMap(new TreeMap<>(builder.modes));
        this.banks = Set.copyOf(builder.banks);
    }

    /**
     * The default options: Secure Boot is required, and what a full state has of userspace is pinned. Sections are not pinned,
     * because the digest of the UKI binds them.
     *
     * @param state the reference state
     * @return the options
     */
    public static PolicyOptions defaultsFor(ReferenceState state) {
        return builderFor(state).build();
    }

    /**
     * Returns a builder that starts from {@link #defaultsFor the defaults}.
     *
     * @param state the reference state
     * @return the builder
     */
    public static Builder builderFor(ReferenceState state) {
        return new Builder()
                .pinUserspace(state.isFull() && !state.userspaceDigests().isEmpty());
    }

    boolean isSecureBootRequired() {
        return secureBootRequired;
    }

    boolean areSectionsPinned() {
        return sectionsPinned;
    }

    boolean isUserspacePinned() {
        return userspacePinned;
    }

    boolean areUnpinnedFirmwareEventsAllowed() {
        return unpinnedFirmwareEventsAllowed;
    }

    boolean areUnpinnedImagesAllowed() {
        return unpinnedImagesAllowed;
    }

    PcrMode mode(PinnedPcr pcr) {
        return modes.getOrDefault(pcr.pcr(), pcr.mode());
    }

    SortedSet<Integer> chosenPcrs() {
        return new TreeSet<>(modes.keySet());
    }

    Optional<PcrMode> chosenMode(int pcr) {
        return Optional.ofNullable(modes.get(pcr));
    }

    boolean accepts(HashAlgorithm bank) {
        return banks.isEmpty() || banks.contains(bank);
    }

    /** Collects options. Mutable, and for use by one thread. */
    public static final class Builder {
        private static final Set<Integer> FIXED = Set.of(0, 4, 7);

        private boolean secureBootRequired = true;
        private boolean sectionsPinned;
        private boolean userspacePinned;
        private boolean unpinnedFirmwareEventsAllowed;
        private boolean unpinnedImagesAllowed;
        private final SortedMap<Integer, PcrMode> modes = new TreeMap<>();
        private final SortedSet<HashAlgorithm> banks = new TreeSet<>(Comparator.comparingInt(HashAlgorithm::id));

        private Builder() {}

        /**
         * Allows Secure Boot to be off. Firmware then starts any image: only the pinned images of PCR 4 keep an attacker
         * out, and drivers in PCR 2 do not have to be signed.
         *
         * @return this builder
         */
        public Builder allowSecureBootOff() {
            secureBootRequired = false;
            return this;
        }

        /**
         * Chooses whether PCR 11 must be reproduced and hold the sections of the state.
         *
         * @param pinned true to pin them; by default the digest of the UKI binds them
         * @return this builder
         */
        public Builder pinSections(boolean pinned) {
            sectionsPinned = pinned;
            return this;
        }

        /**
         * Chooses whether the userspace log must hold exactly the digests of the state. PCR 9, PCR 11 and those that the state
         * has digests for must then be reproduced, and the firmware's log must have in these PCRs what the state has.
         *
         * @param pinned true to pin them; by default, those of a full state are pinned and those of a short state are ignored
         * @return this builder
         */
        public Builder pinUserspace(boolean pinned) {
            userspacePinned = pinned;
            return this;
        }

        /** {@return this builder, which now also pins the drivers of PCR 2, all of them in order} */
        public Builder pinDrivers() {
            return mode(ReferenceState.DRIVER_PCR, PcrMode.SEQUENCE);
        }

        /**
         * Allows anything in PCR 12: a kernel command line from the boot menu or from firmware tables, and credentials. An
         * attacker who can write to the boot partition can then pass the pinned kernel {@code init=/bin/sh}, or a root
         * password.
         *
         * @return this builder
         */
        public Builder allowCommandLine() {
            return mode(12, PcrMode.FREE);
        }

        /**
         * Allows anything in PCR 13: system and configuration extensions. An attacker who can write to the boot partition can
         * then add files to the system that boots.
         *
         * @return this builder
         */
        public Builder allowExtensions() {
            return mode(13, PcrMode.FREE);
        }

        /**
         * Allows events in PCR 0 that a short state does not pin, as the tool in the field does for POST codes. An attacker who
         * changes firmware can then have their code measured as such an event; what the state pins must still be there, in order
         * and before the separator. Full states pin all events, so this changes nothing for them.
         *
         * @return this builder
         */
        public Builder allowUnpinnedFirmwareEvents() {
            unpinnedFirmwareEventsAllowed = true;
            return this;
        }

        /**
         * Allows any image to be loaded in addition to the pinned ones. <strong>This gives up what the policy is for</strong>: with Secure
         * Boot off any loader is accepted if it also measures the pinned digests, and with Secure Boot on any image that
         * db allows, addons that change the kernel's command line included.
         *
         * @return this builder
         */
        public Builder insecureAllowUnpinnedImages() {
            unpinnedImagesAllowed = true;
            return this;
        }

        /**
         * Chooses the mode of a PCR.
         *
         * @param pcr the PCR, any but 0, 4 and 7
         * @param mode {@link PcrMode#SEQUENCE} to pin what the state has for it, {@link PcrMode#EMPTY} or {@link
         *     PcrMode#FREE}
         * @return this builder
         * @throws IllegalArgumentException if the mode of this PCR cannot be chosen
         */
        public Builder mode(int pcr, PcrMode mode) {
            if (FIXED.contains(EventPolicy.checkPcr(pcr)) || mode == PcrMode.CONTENT) {
                throw new IllegalArgumentException("the mode of PCR " + pcr + " cannot be " + mode);
            }
            modes.put(pcr, mode);
            return this;
        }

        /**
         * Accepts no banks other than these. By default, every bank in which the state pins all that it needs is accepted.
         *
         * @param accepted the banks
         * @return this builder
         */
        public Builder banks(Set<HashAlgorithm> accepted) {
            banks.addAll(accepted);
            return this;
        }

        /** {@return the options} */
        public PolicyOptions build() {
            return new PolicyOptions(this);
        }
    }
}
