package io.github.measuredboot.refstate;

import io.github.measuredboot.refstate.ReferenceState.Profile;
import io.github.measuredboot.replay.DynamicPcrStart;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes a reference state from the evidence of a boot that is known to be good. The state has only what the given PCR values
 * prove: it is as trustworthy as they are. Without PCR values it is as trustworthy as the log.
 *
 * <pre>{@code
 * ReferenceStateMaker maker = ReferenceStateMaker.builder().profile(Profile.IMAGES).mode(1, PcrMode.SEQUENCE).build();
 * ReferenceState state = Enrolment.enrol(evidence, maker);
 * }</pre>
 *
 * <p>A policy should accept the evidence that a state was made from: {@code policy.Enrolment} makes a state and checks that.
 */
public final class ReferenceStateMaker {
    private static final Set<Integer> ALWAYS_NEEDED = Set.of(0, 2, 4, 7);

    private final Profile profile;
    private final OptionalInt ukiEvent;
    private final boolean userspacePinned;
    private final SortedSet<HashAlgorithm> banks;
    private final SortedMap<Integer, PcrMode> modes;
    private final List<Provenance> provenance;

    private ReferenceStateMaker(Builder builder) {
        this.profile = builder.profile;
        this.ukiEvent = builder.ukiEvent;
        this.userspacePinned = builder.userspacePinned;
        this.banks = Collections.unmodifiableSortedSet(new TreeSet<>(builder.banks));
        this.modes = Collections.unmodifiableSortedMap(new TreeMap<>(builder.modes));
        this.provenance = builder.provenance;
    }

    /** {@return a maker for a UKI boot that finds the UKI by itself and pins nothing of userspace} */
    public static ReferenceStateMaker create() {
        return builder().build();
    }

    /** {@return a builder that starts with what {@link #create} chooses} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Takes a log as evidence of itself, with the PCR values that it gives. What is made from it is as trustworthy as the log.
     *
     * @param replay the replay of all logs of the boot
     * @return evidence in which every PCR is reproduced, and none is quoted
     */
    public static ReplayedLog claimed(Replay replay) {
        return replay.compareWith(replay.expectedValues());
    }

    /**
     * Makes the state.
     *
     * @param evidence the evidence of the good boot
     * @return the state, in all banks of the log for which values were given
     * @throws UkiNotFoundException if no image can be the UKI, or several can and none was chosen
     * @throws ReferenceStateException if the values contradict the log, leave out what is needed, or do not prove it, or if the
     *     log has more than fits into a state
     */
    public ReferenceState make(ReplayedLog evidence) throws ReferenceStateException {
        ReplayedLog whole = evidence.unrestricted();
        try {
            return new StateInTheMaking(this, whole, new UsableBanks(whole, neededPcrs(), banks).find()).make();
        } catch (IllegalArgumentException e) {
            throw new ReferenceStateException(List.of("no state can hold this boot: " + e.getMessage()));
        }
    }

    private SortedSet<Integer> neededPcrs() {
        SortedSet<Integer> needed = new TreeSet<>(ALWAYS_NEEDED);
        needed.addAll(profile.emptyPcrs());
        modes.forEach((pcr, mode) -> {
            if (mode == PcrMode.FREE) {
                needed.remove(pcr);
            } else {
                needed.add(pcr);
            }
        });
        return needed;
    }

    Profile profile() {
        return profile;
    }

    OptionalInt ukiEvent() {
        return ukiEvent;
    }

    boolean isUserspacePinned() {
        return userspacePinned;
    }

    SortedMap<Integer, PcrMode> modes() {
        return modes;
    }

    List<Provenance> provenance() {
        return provenance;
    }

    /** Collects what to pin. Mutable, and for use by one thread. */
    public static final class Builder {
        private Profile profile = Profile.UKI;
        private OptionalInt ukiEvent = OptionalInt.empty();
        private boolean userspacePinned;
        private Set<HashAlgorithm> banks = Set.of();
        private final SortedMap<Integer, PcrMode> modes = new TreeMap<>();
        private List<Provenance> provenance = List.of();

        private Builder() {}

        /**
         * Chooses the profile.
         *
         * @param chosen the profile
         * @return this builder
         */
        public Builder profile(Profile chosen) {
            profile = chosen;
            return this;
        }

        /**
         * Chooses the UKI among several images.
         *
         * @param eventNumber the number of its event
         * @return this builder
         */
        public Builder ukiEvent(int eventNumber) {
            ukiEvent = OptionalInt.of(eventNumber);
            return this;
        }

        /**
         * Sets whether the records of the userspace log are pinned.
         *
         * @param pinned true to pin them
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
         * Pins no banks other than these.
         *
         * @param chosen the banks
         * @return this builder
         */
        public Builder banks(Set<HashAlgorithm> chosen) {
            banks = Set.copyOf(chosen);
            return this;
        }

        /**
         * Chooses the mode of a PCR whose mode is not determined by what it holds: any PCR except 0, 4, 7 and 17 to 22. If the
         * boot images of a log are measured into PCR 2, another mode than {@link PcrMode#SEQUENCE} is a problem of making the state.
         *
         * @param pcr the PCR
         * @param mode {@link PcrMode#SEQUENCE}, {@link PcrMode#EMPTY} or {@link PcrMode#FREE}
         * @return this builder
         * @throws IllegalArgumentException if the mode of this PCR cannot be chosen
         */
        public Builder mode(int pcr, PcrMode mode) {
            boolean fixed = pcr == 0 || pcr == ReferenceState.IMAGE_PCR || pcr == ReferenceState.SECURE_BOOT_PCR;
            if (fixed
                    || DynamicPcrStart.applies(pcr)
                    || pcr < 0
                    || pcr >= PcrBank.PCR_COUNT
                    || mode == PcrMode.CONTENT) {
                throw new IllegalArgumentException("the mode of PCR " + pcr + " cannot be " + mode);
            }
            modes.put(pcr, mode);
            return this;
        }

        /**
         * Records where the state comes from.
         *
         * @param source the provenance
         * @return this builder
         */
        public Builder provenance(Provenance source) {
            provenance = List.of(source);
            return this;
        }

        /** {@return the maker} */
        public ReferenceStateMaker build() {
            return new ReferenceStateMaker(this);
        }
    }
}
