package io.github.measuredboot.refstate;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is expected of a machine: a mode and the pinned events for each PCR, the Secure Boot keys, and alternatives of firmware.
 * {@code json.ReferenceStateJson} reads and writes it, and {@code policy.BootPolicy} judges by it.
 *
 * <p>A state is either full or short. The short form is that of the tool in the field, which knows the firmware's version and
 * blobs, the keys and the digest of the UKI, but nothing about the order of other events.
 *
 * <p>The size of a state is bounded, so that every state can be written and read again: see {@link Builder#build()}.
 */
public final class ReferenceState {
    /** The maximum number of alternatives of firmware, or of the events of a PCR. */
    public static final int MAX_ALTERNATIVES = 100;

    /** The maximum number of events of a sequence, blobs of a firmware, entries of a key database, or userspace digests. */
    public static final int MAX_ITEMS = 20_000;

    /** The maximum number of entries of {@link #provenance()}. */
    public static final int MAX_PROVENANCE = 1_000;

    /** The maximum size of the JSON text of a state in bytes. */
    public static final int MAX_SIZE = 16 << 20;

    /** The PCR of firmware drivers, and of boot images on some virtual machines. */
    public static final int DRIVER_PCR = 2;

    /** The PCR of boot images. */
    public static final int IMAGE_PCR = 4;

    /** The PCR of the partition table and of boot actions. */
    public static final int CONFIGURATION_PCR = 5;

    /** The PCR of the Secure Boot variables and authorities. */
    public static final int SECURE_BOOT_PCR = 7;

    /** The PCR of the sections of a UKI. */
    public static final int SECTION_PCR = 11;

    private static final List<Integer> UKI_EMPTY_PCRS = List.of(8, 12, 13, 14);

    /** What kind of boot a state is for. */
    public enum Profile {
        /** A Unified Kernel Image: what is passed to it is pinned too. */
        UKI("uki"),
        /** Any boot chain: the images of PCR 4 and the authorities of PCR 7 are pinned, but not what they do later. */
        IMAGES("images");

        private final String id;

        Profile(String id) {
            this.id = id;
        }

        /** {@return the name in reference states} */
        public String id() {
            return id;
        }

        /** {@return the PCRs that may hold nothing but separators, unless a state pins or allows more} */
        public List<Integer> emptyPcrs() {
            return this == UKI ? UKI_EMPTY_PCRS : List.of();
        }

        /**
         * {@return the profile with this name, or empty if there is none}
         *
         * @param id the name
         */
        public static Optional<Profile> byId(String id) {
            return Arrays.stream(values())
                    .filter(profile -> profile.id.equals(id))
                    .findFirst();
        }
    }

    private final Profile profile;
    private final boolean full;
    private final List<Firmware> firmware;
    private final SecureBootKeys secureBoot;
    private final SortedMap<Integer, PinnedPcr> pcrs;
    private final List<UserspaceDigest> userspaceDigests;
    private final List<Provenance> provenance;

    private ReferenceState(Builder builder) {
        this.profile = builder.profile;
        this.full = builder.full;
        this.firmware = List.copyOf(builder.firmware);
        this.secureBoot = builder.secureBoot;
        this.pcrs = new TreeMap<>(builder.pcrs);
        this.userspaceDigests = List.copyOf(builder.userspaceDigests);
        this.provenance = List.copyOf(builder.provenance);
    }

    /** {@return a builder of a full state that expects nothing yet} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder that starts from this state} */
    public Builder toBuilder() {
        Builder builder = new Builder()
                .profile(profile)
                .full(full)
                .firmware(firmware)
                .secureBoot(secureBoot)
                .userspaceDigests(userspaceDigests)
                .provenance(provenance);
        builder.pcrs.putAll(pcrs);
        return builder;
    }

    /** {@return what kind of boot the state is for} */
    public Profile profile() {
        return profile;
    }

    /** {@return false for the short form, in which only images and firmware blobs are pinned} */
    public boolean isFull() {
        return full;
    }

    /** {@return the firmware, each entry an alternative: a machine has to have one of them} */
    public List<Firmware> firmware() {
        return firmware;
    }

    /** {@return the Secure Boot keys} */
    public SecureBootKeys secureBoot() {
        return secureBoot;
    }

    /** {@return what is expected of each PCR except 0, by PCR} */
    public List<PinnedPcr> pcrs() {
        return List.copyOf(pcrs.values());
    }

    /**
     * {@return what is expected of a PCR, or empty if nothing is}
     *
     * @param pcr the PCR
     */
    public Optional<PinnedPcr> pcr(int pcr) {
        return Optional.ofNullable(pcrs.get(pcr));
    }

    /**
     * {@return the alternatives of events that the state has for a PCR, pinned or not; none if it expects nothing of the PCR}
     *
     * @param pcr the PCR
     */
    public List<List<PinnedEvent>> alternatives(int pcr) {
        return pcr(pcr).map(PinnedPcr::alternatives).orElse(List.of());
    }

    /**
     * {@return whether the state has an event for a PCR, pinned or not}
     *
     * @param pcr the PCR
     */
    public boolean hasEvents(int pcr) {
        return alternatives(pcr).stream().anyMatch(events -> !events.isEmpty());
    }

    /** {@return what systemd extends after the kernel was started, in order; empty if it is not known} */
    public List<UserspaceDigest> userspaceDigests() {
        return userspaceDigests;
    }

    /** {@return where this state comes from, one entry for each log that it was made from; never part of a check} */
    public List<Provenance> provenance() {
        return provenance;
    }

    /** {@return the PCR into which the boot images are measured: 4, or 2 on some virtual machines} */
    public int imagePcr() {
        boolean inDriverPcr = alternatives(DRIVER_PCR).stream()
                .flatMap(List::stream)
                .anyMatch(event -> event.role().isPresent());
        return inDriverPcr ? DRIVER_PCR : IMAGE_PCR;
    }

    /** {@return the images that boot: for each alternative, the events that have a role, in order} */
    public List<List<PinnedEvent>> images() {
        return alternatives(imagePcr()).stream()
                .map(events -> events.stream()
                        .filter(event -> event.role().isPresent())
                        .toList())
                .toList();
    }

    /** {@return the digests of the UKIs, each once; none if the state pins no UKI} */
    public List<DigestSet> ukis() {
        return List.copyOf(new TreeSet<>(images().stream()
                .flatMap(List::stream)
                .filter(event -> event.is(PinnedEvent.Role.UKI))
                .map(PinnedEvent::digests)
                .toList()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReferenceState that
                && profile == that.profile
                && full == that.full
                && firmware.equals(that.firmware)
                && secureBoot.equals(that.secureBoot)
                && pcrs.equals(that.pcrs)
                && userspaceDigests.equals(that.userspaceDigests)
                && provenance.equals(that.provenance);
    }

    @Override
    public int hashCode() {
        return firmware.hashCode() + 31 * pcrs.hashCode();
    }

    @Override
    public String toString() {
        return "ReferenceState[" + profile.id + ", UKIs " + ukis() + "]";
    }

    /** Collects the parts of a state. Mutable, and for use by one thread. */
    public static final class Builder {
        private Profile profile = Profile.UKI;
        private boolean full = true;
        private List<Firmware> firmware = List.of();
        private SecureBootKeys secureBoot = SecureBootKeys.EMPTY;
        private final SortedMap<Integer, PinnedPcr> pcrs = new TreeMap<>();
        private List<UserspaceDigest> userspaceDigests = List.of();
        private List<Provenance> provenance = List.of();

        private Builder() {}

        /**
         * Sets what kind of boot the state is for.
         *
         * @param value the profile
         * @return this builder
         */
        public Builder profile(Profile value) {
            profile = value;
            return this;
        }

        /**
         * Sets whether all events that exist are pinned.
         *
         * @param value false for the short form
         * @return this builder
         */
        public Builder full(boolean value) {
            full = value;
            return this;
        }

        /**
         * Replaces the firmware.
         *
         * @param alternatives the alternatives
         * @return this builder
         */
        public Builder firmware(Collection<Firmware> alternatives) {
            firmware = List.copyOf(alternatives);
            return this;
        }

        /**
         * Replaces the Secure Boot keys.
         *
         * @param keys the keys
         * @return this builder
         */
        public Builder secureBoot(SecureBootKeys keys) {
            secureBoot = keys;
            return this;
        }

        /**
         * Replaces what is expected of a PCR.
         *
         * @param expectation the expectation, for a PCR other than 0; PCR 0 is what {@link #firmware} is about
         * @return this builder
         * @throws IllegalArgumentException if it is for PCR 0
         */
        public Builder pcr(PinnedPcr expectation) {
            if (expectation.pcr() == 0) {
                throw new IllegalArgumentException("PCR 0 is pinned by the firmware");
            }
            pcrs.put(expectation.pcr(), expectation);
            return this;
        }

        /**
         * Expects nothing of a PCR: it is not judged.
         *
         * @param pcr the PCR
         * @return this builder
         */
        public Builder withoutPcr(int pcr) {
            pcrs.remove(pcr);
            return this;
        }

        /**
         * Replaces the userspace digests.
         *
         * @param digests the digests in order
         * @return this builder
         */
        public Builder userspaceDigests(Collection<UserspaceDigest> digests) {
            userspaceDigests = List.copyOf(digests);
            return this;
        }

        /**
         * Replaces the provenance.
         *
         * @param sources one entry for each log
         * @return this builder
         */
        public Builder provenance(Collection<Provenance> sources) {
            provenance = List.copyOf(sources);
            return this;
        }

        /**
         * Builds the state.
         *
         * @return the state
         * @throws IllegalArgumentException if the state is too large: there are more than {@link #MAX_ALTERNATIVES}, {@link
         *     #MAX_ITEMS} or {@link #MAX_PROVENANCE} of a kind, or the JSON text might be longer than {@link #MAX_SIZE}; if an
         *     event has no digest, or the name of its variable has control characters; or if the state is full and a firmware
         *     has no startup locality
         */
        public ReferenceState build() {
            ReferenceState state = new ReferenceState(this);
            new Limits().check(state);
            return state;
        }
    }
}
