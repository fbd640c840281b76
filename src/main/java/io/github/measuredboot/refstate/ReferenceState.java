package io.github.measuredboot.refstate;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.internal.text.Printable;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.SignatureType;
import io.github.measuredboot.uefi.guid.Guid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What is expected of a machine: per PCR a mode and the pinned events, the Secure Boot keys, and alternatives of firmware.
 * {@code json.ReferenceStateJson} reads and writes it, {@code policy.BootPolicy} judges by it.
 *
 * <p>A state is full, or short: the short form is that of the tool in the field, which knows the firmware's version and blobs,
 * the keys and the digest of the UKI, and nothing of the order of other events.
 */
public final class ReferenceState {
    private static final List<Integer> UKI_EMPTY_PCRS = List.of(8, 12, 13, 14);

    /** What kind of boot a state is for. */
    public enum Profile {
        /** A Unified Kernel Image: what is passed to it is pinned too. */
        UKI("uki"),
        /** Any boot chain: the images of PCR 4 and the authorities of PCR 7 are pinned, not what they do later. */
        IMAGES("images");

        private final String id;

        Profile(String id) {
            this.id = id;
        }

        /** {@return the name in reference states} */
        public String id() {
            return id;
        }

        /** {@return the PCRs in which nothing but separators may be, unless a state pins or allows more} */
        public List<Integer> emptyPcrs() {
            return this == UKI ? UKI_EMPTY_PCRS : List.of();
        }

        /**
         * A profile by its name.
         *
         * @param id the name
         * @return the profile, or empty if there is none of this name
         */
        public static Optional<Profile> byId(String id) {
            return Arrays.stream(values())
                    .filter(profile -> profile.id.equals(id))
                    .findFirst();
        }
    }

    /**
     * A firmware: what it measures into PCR 0, and its code in PCR 2.
     *
     * @param scrtm the digests of EV_S_CRTM_VERSION in PCR 0; empty if there is no such event
     * @param platformFirmware the digests of the EV_EFI_PLATFORM_FIRMWARE_BLOB and _BLOB2 events of PCR 0 and 2, in the order of
     *     the log
     * @param startupLocality the locality that the replay of PCR 0 needs; empty in a short state
     * @param pcr0 all events of PCR 0, separators included; empty in a short state
     * @param pcr2 the firmware blobs of PCR 2, which must all come before its separator
     */
    public record Firmware(
            DigestSet scrtm,
            List<DigestSet> platformFirmware,
            OptionalInt startupLocality,
            List<PinnedEvent> pcr0,
            List<PinnedEvent> pcr2) {
        /**
         * Copies.
         *
         * @param scrtm the digests of EV_S_CRTM_VERSION in PCR 0
         * @param platformFirmware the digests of the firmware blobs
         * @param startupLocality the locality that the replay of PCR 0 needs
         * @param pcr0 all events of PCR 0
         * @param pcr2 the firmware blobs of PCR 2
         */
        public Firmware {
            platformFirmware = List.copyOf(platformFirmware);
            pcr0 = List.copyOf(pcr0);
            pcr2 = List.copyOf(pcr2);
        }

        /**
         * A firmware of which only the version and the blobs are known.
         *
         * @param scrtm the digests of EV_S_CRTM_VERSION
         * @param platformFirmware the digests of the firmware blobs
         * @return the firmware
         */
        public static Firmware ofDigests(DigestSet scrtm, List<DigestSet> platformFirmware) {
            return new Firmware(scrtm, platformFirmware, OptionalInt.empty(), List.of(), List.of());
        }

        /** {@return whether all events of PCR 0 are pinned} */
        public boolean isFull() {
            return !pcr0.isEmpty();
        }

        /** {@return whether any code is pinned, and not only a version} */
        public boolean pinsCode() {
            return !platformFirmware.isEmpty()
                    || pcr0.stream()
                            .anyMatch(event -> !event.claimedType().equals(EventType.EV_S_CRTM_VERSION)
                                    && !event.claimedType().equals(EventType.EV_SEPARATOR));
        }

        /**
         * Whether everything is pinned in a bank.
         *
         * @param bank the bank
         * @return false also if nothing is pinned at all
         */
        public boolean isPinnedIn(HashAlgorithm bank) {
            if (isFull()) {
                return PinnedPcr.isPinnedIn(pcr0, bank) && PinnedPcr.isPinnedIn(pcr2, bank);
            }
            List<DigestSet> pinned = new ArrayList<>(platformFirmware);
            if (!scrtm.isEmpty()) {
                pinned.add(scrtm);
            }
            return !pinned.isEmpty()
                    && pinned.stream().allMatch(digests -> digests.value(bank).isPresent());
        }

        Firmware onlyBank(HashAlgorithm bank) {
            return new Firmware(
                    scrtm.only(bank),
                    platformFirmware.stream().map(blob -> blob.only(bank)).toList(),
                    startupLocality,
                    PinnedPcr.onlyBank(pcr0, bank),
                    PinnedPcr.onlyBank(pcr2, bank));
        }
    }

    /**
     * An EFI_SIGNATURE_DATA (UEFI 2.11, 32.4.1).
     *
     * @param type the type of its list; empty if it is not known, as in a short state
     * @param owner SignatureOwner
     * @param data SignatureData, such as a certificate in DER or a SHA-256 digest; not empty
     */
    public record Signature(Optional<SignatureType> type, Guid owner, Bytes data) implements Comparable<Signature> {
        /**
         * Checks.
         *
         * @param type the type of its list
         * @param owner SignatureOwner
         * @param data SignatureData
         * @throws IllegalArgumentException if {@code data} is empty
         */
        public Signature {
            if (data.isEmpty()) {
                throw new IllegalArgumentException("a signature without data");
            }
        }

        @Override
        public int compareTo(Signature other) {
            int byEntry = compareEntry(other);
            return byEntry != 0 ? byEntry : ordinal() - other.ordinal();
        }

        /**
         * Compares owner and data alone.
         *
         * @param other another signature
         * @return the order
         */
        public int compareEntry(Signature other) {
            int byOwner = owner.compareTo(other.owner);
            return byOwner != 0 ? byOwner : data.compareTo(other.data);
        }

        private int ordinal() {
            return type.map(SignatureType::ordinal).orElse(-1);
        }
    }

    /**
     * The contents of the Secure Boot variables. Their order and repetitions are kept, and mean nothing.
     *
     * @param pk the platform key
     * @param kek the key exchange keys
     * @param db what may boot
     * @param dbx what may not
     */
    public record SecureBoot(List<Signature> pk, List<Signature> kek, List<Signature> db, List<Signature> dbx) {
        /** No keys. */
        public static final SecureBoot EMPTY = new SecureBoot(List.of(), List.of(), List.of(), List.of());

        /**
         * Copies.
         *
         * @param pk the platform key
         * @param kek the key exchange keys
         * @param db what may boot
         * @param dbx what may not
         */
        public SecureBoot {
            pk = List.copyOf(pk);
            kek = List.copyOf(kek);
            db = List.copyOf(db);
            dbx = List.copyOf(dbx);
        }
    }

    /**
     * A digest that systemd extends into a PCR, as its log says.
     *
     * @param pcr the PCR, 0 to 23
     * @param digest the digest in one bank
     */
    public record UserspaceDigest(int pcr, Digest digest) {
        /**
         * Checks.
         *
         * @param pcr the PCR, 0 to 23
         * @param digest the digest in one bank
         * @throws IllegalArgumentException if {@code pcr} is out of range, or the algorithm is not standard
         */
        public UserspaceDigest {
            if (pcr < 0 || pcr >= Event.PCR_COUNT) {
                throw new IllegalArgumentException("PCR " + pcr + " is not 0 to " + (Event.PCR_COUNT - 1));
            }
            if (!digest.algorithm().isStandard()) {
                throw new IllegalArgumentException("no digest can be made with algorithm " + digest.algorithm());
            }
        }
    }

    /**
     * Where a reference state comes from. Texts have at most {@link #MAX_TEXT} characters, none of them a control character.
     *
     * @param source what it was made from, such as the name of a machine
     * @param tool what made it, with its version
     * @param logName what the log was called
     * @param logDigests digests of the whole log
     * @param created when, in the years 0 to 9999
     */
    public record Provenance(
            Optional<String> source,
            Optional<String> tool,
            Optional<String> logName,
            DigestSet logDigests,
            Optional<Instant> created) {
        /** The most characters of a text. */
        public static final int MAX_TEXT = 1000;

        private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
        private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

        /**
         * Checks.
         *
         * @param source what it was made from, such as the name of a machine
         * @param tool what made it, with its version
         * @param logName what the log was called
         * @param logDigests digests of the whole log
         * @param created when, in the years 0 to 9999
         * @throws IllegalArgumentException if a text is too long or has control characters, or {@code created} is out of
         *     range
         */
        public Provenance {
            Consumer<String> check = Provenance::checkText;
            source.ifPresent(check);
            tool.ifPresent(check);
            logName.ifPresent(check);
            if (created.isPresent()
                    && (created.get().isBefore(FIRST) || created.get().isAfter(LAST))) {
                throw new IllegalArgumentException("the time is not in the years 0 to 9999");
            }
        }

        private static void checkText(String text) {
            if (text.length() > MAX_TEXT) {
                throw new IllegalArgumentException(
                        "the text has " + text.length() + " characters, more than " + MAX_TEXT);
            }
            if (!Printable.of(text).equals(text)) {
                throw new IllegalArgumentException("the text has control characters");
            }
        }
    }

    /** The PCR of firmware drivers, and of boot images on some virtual machines. */
    public static final int DRIVER_PCR = 2;

    /** The PCR of boot images. */
    public static final int IMAGE_PCR = 4;

    /** The PCR of the Secure Boot variables and authorities. */
    public static final int SECURE_BOOT_PCR = 7;

    /** The PCR of the sections of a UKI. */
    public static final int SECTION_PCR = 11;

    private final Profile profile;
    private final boolean full;
    private final List<Firmware> firmware;
    private final SecureBoot secureBoot;
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

    /** {@return a builder that begins with this state} */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.profile = profile;
        builder.full = full;
        builder.firmware.addAll(firmware);
        builder.secureBoot = secureBoot;
        builder.pcrs.putAll(pcrs);
        builder.userspaceDigests.addAll(userspaceDigests);
        builder.provenance.addAll(provenance);
        return builder;
    }

    /** {@return what kind of boot it is for} */
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
    public SecureBoot secureBoot() {
        return secureBoot;
    }

    /** {@return what is expected of each PCR but 0, by PCR} */
    public List<PinnedPcr> pcrs() {
        return List.copyOf(pcrs.values());
    }

    /**
     * What is expected of a PCR.
     *
     * @param pcr the PCR
     * @return the expectation, or empty if there is none
     */
    public Optional<PinnedPcr> pcr(int pcr) {
        return Optional.ofNullable(pcrs.get(pcr));
    }

    /**
     * The events that the state has for a PCR, pinned or not.
     *
     * @param pcr the PCR
     * @return the alternatives; none if there is no expectation
     */
    public List<List<PinnedEvent>> alternatives(int pcr) {
        return pcr(pcr).map(PinnedPcr::alternatives).orElse(List.of());
    }

    /**
     * Whether the state has events for a PCR, pinned or not.
     *
     * @param pcr the PCR
     * @return true if an alternative has at least one
     */
    public boolean hasEvents(int pcr) {
        return alternatives(pcr).stream().anyMatch(events -> !events.isEmpty());
    }

    /** {@return what systemd extends after the kernel was started, in order; empty if it is not known} */
    public List<UserspaceDigest> userspaceDigests() {
        return userspaceDigests;
    }

    /** {@return where this state comes from, one entry for each log that it was made of; never part of a check} */
    public List<Provenance> provenance() {
        return provenance;
    }

    /** {@return the PCR that the boot images are measured into: 4, or 2 on some virtual machines} */
    public int imagePcr() {
        boolean inDriverPcr = alternatives(DRIVER_PCR).stream()
                .flatMap(List::stream)
                .anyMatch(event -> event.role().isPresent());
        return inDriverPcr ? DRIVER_PCR : IMAGE_PCR;
    }

    /**
     * The images that boot.
     *
     * @return for each alternative the events that have a role, in order
     */
    public List<List<PinnedEvent>> images() {
        return alternatives(imagePcr()).stream()
                .map(events -> events.stream()
                        .filter(event -> event.role().isPresent())
                        .toList())
                .toList();
    }

    /** {@return the digests of the UKIs, one for each alternative; none if the state pins no UKI} */
    public List<DigestSet> ukis() {
        return images().stream()
                .flatMap(List::stream)
                .filter(event -> event.role().equals(Optional.of(PinnedEvent.Role.UKI)))
                .map(PinnedEvent::digests)
                .distinct()
                .toList();
    }

    /**
     * The same with another UKI instead, for a fleet that moves from one to the next.
     *
     * @param uki the digests of the new UKI
     * @param kernel the digests of the kernel inside it, for machines whose firmware measures it; empty to keep the old one
     * @param sections the events of PCR 11, name and content of each section in turn; empty to forget them
     * @return a new state
     * @throws IllegalStateException if this state has no UKI, or several
     */
    public ReferenceState withUki(DigestSet uki, DigestSet kernel, List<PinnedEvent> sections) {
        PinnedPcr images = pcr(imagePcr()).orElseThrow(() -> new IllegalStateException("the state has no image"));
        if (ukis().size() != 1) {
            throw new IllegalStateException("the state has " + ukis().size() + " UKIs instead of one");
        }
        List<List<PinnedEvent>> alternatives = images.alternatives().stream()
                .map(events -> withUki(events, uki, kernel))
                .toList();
        Builder builder = toBuilder().pcr(new PinnedPcr(images.pcr(), images.mode(), alternatives));
        pcr(SECTION_PCR)
                .ifPresent(pcr -> builder.pcr(
                        new PinnedPcr(SECTION_PCR, pcr.mode(), sections.isEmpty() ? List.of() : List.of(sections))));
        return builder.build();
    }

    private static List<PinnedEvent> withUki(List<PinnedEvent> events, DigestSet uki, DigestSet kernel) {
        return events.stream()
                .map(event -> event.role().equals(Optional.of(PinnedEvent.Role.UKI))
                        ? replaced(event, uki)
                        : event.role().equals(Optional.of(PinnedEvent.Role.KERNEL)) && !kernel.isEmpty()
                                ? replaced(event, kernel)
                                : event)
                .toList();
    }

    private static PinnedEvent replaced(PinnedEvent event, DigestSet digests) {
        return new PinnedEvent(digests, event.claimedType(), event.description(), event.role(), event.variable());
    }

    /**
     * The same with the digests of one algorithm alone. What has no such digest stays, with none.
     *
     * @param algorithm the algorithm
     * @return a state with fewer digests
     */
    public ReferenceState onlyBank(HashAlgorithm algorithm) {
        Builder builder = toBuilder()
                .firmware(firmware.stream()
                        .map(entry -> entry.onlyBank(algorithm))
                        .toList())
                .userspaceDigests(userspaceDigests.stream()
                        .filter(extended -> extended.digest().algorithm().equals(algorithm))
                        .toList());
        pcrs.values().forEach(pcr -> builder.pcr(pcr.onlyBank(algorithm)));
        return builder.build();
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

    /** Collects the parts of a state. Mutable: for one thread. */
    public static final class Builder {
        private Profile profile = Profile.UKI;
        private boolean full = true;
        private final List<Firmware> firmware = new ArrayList<>();
        private SecureBoot secureBoot = SecureBoot.EMPTY;
        private final SortedMap<Integer, PinnedPcr> pcrs = new TreeMap<>();
        private final List<UserspaceDigest> userspaceDigests = new ArrayList<>();
        private final List<Provenance> provenance = new ArrayList<>();

        private Builder() {}

        /**
         * Says what kind of boot the state is for.
         *
         * @param value the profile
         * @return this builder
         */
        public Builder profile(Profile value) {
            profile = value;
            return this;
        }

        /**
         * Says whether all events are pinned that there are.
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
            firmware.clear();
            firmware.addAll(alternatives);
            return this;
        }

        /**
         * Replaces the Secure Boot keys.
         *
         * @param keys the keys
         * @return this builder
         */
        public Builder secureBoot(SecureBoot keys) {
            secureBoot = keys;
            return this;
        }

        /**
         * Replaces what is expected of a PCR.
         *
         * @param expectation the expectation, of another PCR than 0, which {@link #firmware} is about
         * @return this builder
         * @throws IllegalArgumentException if it is for PCR 0
         */
        public Builder pcr(PinnedPcr expectation) {
            if (expectation.pcr() == 0) {
                throw new IllegalArgumentException("what is expected of PCR 0 is said by the firmware");
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
            userspaceDigests.clear();
            userspaceDigests.addAll(digests);
            return this;
        }

        /**
         * Replaces the provenance.
         *
         * @param sources one entry for each log
         * @return this builder
         */
        public Builder provenance(Collection<Provenance> sources) {
            provenance.clear();
            provenance.addAll(sources);
            return this;
        }

        /** {@return the state} */
        public ReferenceState build() {
            return new ReferenceState(this);
        }
    }
}
