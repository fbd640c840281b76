package io.github.measuredboot.refstate;

import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.data.VariableContent;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.refstate.PinnedEvent.Role;
import io.github.measuredboot.refstate.ReferenceState.Profile;
import io.github.measuredboot.replay.DynamicPcrStart;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.replay.PcrStatus;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedBank;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.replay.VerifiedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.KnownVariable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes a reference state from the evidence of a boot that is known to be good. The state has only what the PCR values that
 * were given prove: it is as trustworthy as they are. Without PCR values it is as trustworthy as the log.
 *
 * <p>A policy should accept the evidence that a state was made of: {@code policy.Enrolment} makes a state and checks that.
 */
public final class ReferenceStateMaker {
    private static final Set<Integer> ALWAYS_NEEDED = Set.of(0, 2, 4, 7);
    private static final Set<Integer> FREE_BY_DEFAULT = Set.of(1, 3, 6, 9, 11);
    private static final Set<Integer> FREE_FOR_IMAGES = Set.of(1, 3, 6, 8, 9, 14);
    private static final int MAX_EVENTS = 20_000;
    private static final int CONFIGURATION_PCR = 5;
    private static final String ADDON_SUFFIX = ".addon.efi";

    private final Profile profile;
    private final OptionalInt ukiEvent;
    private final boolean userspacePinned;
    private final Set<HashAlgorithm> banks;
    private final Map<Integer, PcrMode> modes;
    private final List<ReferenceState.Provenance> provenance;

    private ReferenceStateMaker(
            Profile profile,
            OptionalInt ukiEvent,
            boolean userspacePinned,
            Set<HashAlgorithm> banks,
            Map<Integer, PcrMode> modes,
            List<ReferenceState.Provenance> provenance) {
        this.profile = profile;
        this.ukiEvent = ukiEvent;
        this.userspacePinned = userspacePinned;
        this.banks = banks;
        this.modes = modes;
        this.provenance = provenance;
    }

    /** {@return a maker for a UKI boot that finds the UKI by itself and pins nothing of userspace} */
    public static ReferenceStateMaker create() {
        return new ReferenceStateMaker(Profile.UKI, OptionalInt.empty(), false, Set.of(), Map.of(), List.of());
    }

    /**
     * Chooses the profile.
     *
     * @param chosen the profile
     * @return the maker with this choice
     */
    public ReferenceStateMaker withProfile(Profile chosen) {
        return new ReferenceStateMaker(chosen, ukiEvent, userspacePinned, banks, modes, provenance);
    }

    /**
     * Chooses the UKI among several images.
     *
     * @param eventNumber the number of its event
     * @return the maker with this choice
     */
    public ReferenceStateMaker withUkiEvent(int eventNumber) {
        return new ReferenceStateMaker(profile, OptionalInt.of(eventNumber), userspacePinned, banks, modes, provenance);
    }

    /** {@return a maker that pins what the userspace log of the evidence says} */
    public ReferenceStateMaker withUserspacePinned() {
        return new ReferenceStateMaker(profile, ukiEvent, true, banks, modes, provenance);
    }

    /**
     * Pins these banks and no others.
     *
     * @param chosen the banks
     * @return the maker with this choice
     */
    public ReferenceStateMaker withBanks(Set<HashAlgorithm> chosen) {
        return new ReferenceStateMaker(profile, ukiEvent, userspacePinned, Set.copyOf(chosen), modes, provenance);
    }

    /**
     * Chooses the mode of a PCR whose mode is not given by what it holds: any but 0, 4 and 7, and PCR
     * 2 where the boot images are measured there.
     *
     * @param pcr the PCR
     * @param mode {@link PcrMode#SEQUENCE}, {@link PcrMode#EMPTY} or {@link PcrMode#FREE}
     * @return the maker with this choice
     * @throws IllegalArgumentException if the mode of this PCR cannot be chosen
     */
    public ReferenceStateMaker withMode(int pcr, PcrMode mode) {
        boolean fixed = pcr == 0 || pcr == ReferenceState.IMAGE_PCR || pcr == ReferenceState.SECURE_BOOT_PCR;
        if (fixed || DynamicPcrStart.applies(pcr) || pcr < 0 || pcr >= Event.PCR_COUNT || mode == PcrMode.CONTENT) {
            throw new IllegalArgumentException("the mode of PCR " + pcr + " cannot be " + mode);
        }
        Map<Integer, PcrMode> chosen = new TreeMap<>(modes);
        chosen.put(pcr, mode);
        return new ReferenceStateMaker(profile, ukiEvent, userspacePinned, banks, chosen, provenance);
    }

    /**
     * Notes where the state comes from.
     *
     * @param source the note
     * @return the maker with it
     */
    public ReferenceStateMaker withProvenance(ReferenceState.Provenance source) {
        return new ReferenceStateMaker(profile, ukiEvent, userspacePinned, banks, modes, List.of(source));
    }

    /**
     * The evidence that a log alone is: the PCR values that it gives itself. What is made of it is as trustworthy as the log.
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
     * @throws ReferenceStateException if the values contradict the log, leave out what is needed, or do not prove it
     */
    public ReferenceState make(ReplayedLog evidence) throws ReferenceStateException {
        ReplayedLog whole = evidence.unrestricted();
        List<HashAlgorithm> usable = usableBanks(whole);
        return new Making(whole, usable).make();
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

    private List<HashAlgorithm> usableBanks(ReplayedLog evidence) throws ReferenceStateException {
        List<HashAlgorithm> usable = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        SortedSet<Integer> needed = neededPcrs();
        for (HashAlgorithm algorithm : HashAlgorithm.standard()) {
            boolean chosen = banks.isEmpty() || banks.contains(algorithm);
            boolean logged = evidence.replay()
                    .bank(algorithm)
                    .filter(ReplayedBank::isReplayable)
                    .isPresent();
            if (chosen && !logged && isContradicted(evidence, algorithm, needed)) {
                throw new ReferenceStateException(List.of("the log has no digests of " + algorithm
                        + ", which the TPM extends: choose the banks to pin with --bank"));
            }
            if (chosen && logged && evidence.isGiven(algorithm)) {
                Optional<String> reason = reasonAgainst(evidence, algorithm, needed);
                reason.ifPresentOrElse(reasons::add, () -> usable.add(algorithm));
                if (reason.isPresent() && isContradicted(evidence, algorithm, needed)) {
                    throw new ReferenceStateException(List.of(reason.get()));
                }
            }
        }
        if (usable.isEmpty()) {
            throw new ReferenceStateException(
                    reasons.isEmpty()
                            ? List.of("there is no bank that the log has and PCR values were given for")
                            : reasons);
        }
        return usable;
    }

    private static boolean isContradicted(ReplayedLog evidence, HashAlgorithm bank, SortedSet<Integer> needed) {
        return needed.stream()
                .flatMap(pcr -> evidence.comparison(bank, pcr).stream())
                .map(PcrComparison::status)
                .anyMatch(status -> status.isFailure() && status != PcrStatus.BANK_NOT_ACTIVE);
    }

    private static PcrProof wanted(ReplayedLog evidence) {
        return evidence.quoted().isPresent() ? PcrProof.QUOTED : PcrProof.ASSERTED;
    }

    private static boolean isProved(ReplayedLog evidence, HashAlgorithm bank, int pcr) {
        return evidence.proof(bank, pcr).compareTo(wanted(evidence)) <= 0;
    }

    private static Optional<String> reasonAgainst(ReplayedLog evidence, HashAlgorithm bank, SortedSet<Integer> needed) {
        List<String> wrong = new ArrayList<>();
        for (int pcr : needed) {
            if (!evidence.isTakenAsInitial(bank, pcr) && !isProved(evidence, bank, pcr)) {
                wrong.add(pcr + " ("
                        + evidence.comparison(bank, pcr)
                                .map(comparison -> comparison.isReproduced() ? "not quoted" : comparison.status() + "")
                                .orElse("no value")
                        + ")");
            }
        }
        Optional<Event> withoutDigest = evidence.replay().log().events().stream()
                .filter(event -> event.isMeasured()
                        && needed.contains((int) event.pcrIndex())
                        && event.digest(bank).isEmpty())
                .findFirst();
        return wrong.isEmpty()
                ? withoutDigest.map(event -> "bank " + bank + ": event " + event.number() + " has no digest of it")
                : Optional.of("bank " + bank + ": the log is not proved for PCR " + String.join(", ", wrong));
    }

    /** One state in the making. */
    private final class Making {
        private final ReplayedLog evidence;
        private final List<HashAlgorithm> usable;
        private final VerifiedLog verified;
        private final List<CheckedEvent> claims;
        private final List<String> problems = new ArrayList<>();

        Making(ReplayedLog evidence, List<HashAlgorithm> usable) {
            this.evidence = evidence;
            this.usable = usable;
            this.verified = evidence.verified(usable.get(0));
            this.claims = evidence.replay().checkedLog().events();
        }

        ReferenceState make() throws ReferenceStateException {
            ReferenceState.Builder state = ReferenceState.builder().profile(profile);
            Map<Integer, Role> roles = roles();
            boolean imagesInDriverPcr = roles.keySet().stream()
                    .anyMatch(number -> claims.get(number).event().pcrIndex() == ReferenceState.DRIVER_PCR);
            state.firmware(List.of(firmware()));
            state.pcr(sequence(ReferenceState.IMAGE_PCR, roles));
            state.pcr(
                    imagesInDriverPcr
                            ? sequence(ReferenceState.DRIVER_PCR, roles)
                            : sequence(ReferenceState.DRIVER_PCR, roles).withMode(PcrMode.FREE));
            state.pcr(new PinnedPcr(CONFIGURATION_PCR, PcrMode.CONTENT, afterSeparator(CONFIGURATION_PCR)));
            addSecureBoot(state);
            addOthers(state, imagesInDriverPcr);
            if (userspacePinned) {
                addUserspace(state);
            }
            if (evidence.replay().log().events().size() > MAX_EVENTS) {
                problems.add("the log has more than " + MAX_EVENTS + " events");
            }
            if (!problems.isEmpty()) {
                throw new ReferenceStateException(problems);
            }
            return state.provenance(provenance).build();
        }

        private void addOthers(ReferenceState.Builder state, boolean imagesInDriverPcr) {
            profile.emptyPcrs().forEach(pcr -> state.pcr(pinnedOrEmpty(pcr)));
            for (int pcr : profile == Profile.UKI ? FREE_BY_DEFAULT : FREE_FOR_IMAGES) {
                boolean kept = profile == Profile.UKI && pcr > ReferenceState.SECURE_BOOT_PCR;
                state.pcr(new PinnedPcr(pcr, PcrMode.FREE, kept ? events(pcr) : List.of()));
            }
            modes.forEach((pcr, mode) -> chooseMode(state, pcr, mode, imagesInDriverPcr));
        }

        private void chooseMode(ReferenceState.Builder state, int pcr, PcrMode mode, boolean imagesInDriverPcr) {
            if (pcr == ReferenceState.DRIVER_PCR && imagesInDriverPcr) {
                if (mode != PcrMode.SEQUENCE) {
                    problems.add("the boot images are measured into PCR " + pcr + ", which cannot be " + mode);
                }
                return;
            }
            state.pcr(mode == PcrMode.SEQUENCE ? pinnedOrEmpty(pcr) : new PinnedPcr(pcr, mode, List.of()));
        }

        private PinnedPcr pinnedOrEmpty(int pcr) {
            List<List<PinnedEvent>> events = events(pcr);
            return events.isEmpty() || events.get(0).isEmpty()
                    ? new PinnedPcr(pcr, PcrMode.EMPTY, List.of())
                    : new PinnedPcr(pcr, PcrMode.SEQUENCE, events);
        }

        /** The one alternative, or none if the PCR is not proved in all banks. */
        private List<List<PinnedEvent>> events(int pcr) {
            if (!usable.stream().allMatch(bank -> isProved(evidence, bank, pcr))) {
                return List.of();
            }
            return List.of(verified.events(pcr).stream().map(this::pinned).toList());
        }

        private List<List<PinnedEvent>> afterSeparator(int pcr) {
            return List.of(verified.events(pcr).stream()
                    .filter(VerifiedEvent::isAfterSeparator)
                    .map(this::pinned)
                    .toList());
        }

        private PinnedEvent pinned(VerifiedEvent event) {
            return PinnedEvent.of(
                    digests(claims.get(event.number()).event()),
                    event.claimedType(),
                    event.isSeparator() ? PinnedEvent.SEPARATOR : EventDescription.of(claims.get(event.number())));
        }

        private DigestSet digests(Event event) {
            return new DigestSet(event.digests().stream()
                    .filter(digest -> usable.contains(digest.algorithm()))
                    .toList());
        }

        private ReferenceState.Firmware firmware() {
            DigestSet scrtm = DigestSet.EMPTY;
            List<DigestSet> blobs = new ArrayList<>();
            for (CheckedEvent claim : claims) {
                Event event = claim.event();
                if (isBlob(event.claimedType()) && (event.pcrIndex() == 0 || event.pcrIndex() == 2)) {
                    blobs.add(digests(event));
                }
                if (event.claimedType().equals(EventType.EV_S_CRTM_VERSION)
                        && event.pcrIndex() == 0
                        && scrtm.isEmpty()) {
                    scrtm = digests(event);
                }
            }
            return new ReferenceState.Firmware(
                    scrtm,
                    blobs,
                    verified.startupLocality(),
                    verified.events(0).stream().map(this::pinned).toList(),
                    verified.events(2).stream()
                            .filter(event -> isBlob(event.claimedType()) && !event.isAfterSeparator())
                            .map(this::pinned)
                            .toList());
        }

        private static boolean isBlob(EventType type) {
            return type.equals(EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB)
                    || type.equals(EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB2);
        }

        private PinnedPcr sequence(int pcr, Map<Integer, Role> roles) {
            List<PinnedEvent> events = new ArrayList<>();
            for (VerifiedEvent event : verified.events(pcr)) {
                Optional<Role> role = Optional.ofNullable(roles.get(event.number()));
                PinnedEvent pinned = pinned(event);
                events.add(role.map(pinned::withRole).orElse(pinned));
            }
            return new PinnedPcr(pcr, PcrMode.SEQUENCE, List.of(events));
        }

        private Map<Integer, Role> roles() throws ReferenceStateException {
            List<CheckedEvent> images = claims.stream()
                    .filter(claim -> claim.event().pcrIndex() == ReferenceState.IMAGE_PCR
                            || claim.event().pcrIndex() == ReferenceState.DRIVER_PCR)
                    .filter(claim -> claim.event().claimedType().equals(EventType.EV_EFI_BOOT_SERVICES_APPLICATION))
                    .toList();
            Map<Integer, Role> roles = new TreeMap<>();
            if (profile == Profile.IMAGES) {
                if (images.isEmpty()) {
                    throw new ReferenceStateException(
                            List.of("no image is measured into PCR 4 or 2: this is not the log of a whole UEFI boot"));
                }
                images.forEach(image -> roles.put(image.event().number(), Role.IMAGE));
                return roles;
            }
            int uki = UkiFinder.find(claims, images, ukiEvent);
            for (CheckedEvent image : images) {
                int number = image.event().number();
                roles.put(number, number == uki ? Role.UKI : number < uki ? Role.LOADER : roleAfterUki(image));
            }
            return roles;
        }

        private static Role roleAfterUki(CheckedEvent image) {
            String path = EventDescription.of(image);
            return path.endsWith(ADDON_SUFFIX) ? Role.ADDON : UkiFinder.isStubPayload(image) ? Role.KERNEL : Role.IMAGE;
        }

        private void addSecureBoot(ReferenceState.Builder state) {
            Map<KnownVariable, VariableContent> contents = new EnumMap<>(KnownVariable.class);
            List<PinnedEvent> slots = new ArrayList<>();
            for (VerifiedEvent event : verified.events(ReferenceState.SECURE_BOOT_PCR)) {
                Optional<VariableEventData> variable = variable(event);
                Optional<KnownVariable> known = variable.flatMap(VariableEventData::known)
                        .filter(SecureBootVariables.JUDGED::contains)
                        .filter(name -> !contents.containsKey(name))
                        .filter(name ->
                                SecureBootVariables.isUsable(variable.get().content()));
                PinnedEvent slot = pinned(event);
                if (known.isPresent()) {
                    contents.put(known.get(), variable.get().content());
                    slot = named(slot, known.get());
                }
                slots.add(slot);
            }
            List<ReferenceState.Signature> db = keys(contents.get(KnownVariable.DB));
            for (int i = 0; i < slots.size(); i++) {
                if (isAuthorityOf(
                        db, verified.events(ReferenceState.SECURE_BOOT_PCR).get(i))) {
                    slots.set(i, slots.get(i).withRole(Role.DB_AUTHORITY));
                }
            }
            boolean usable = contents.keySet().containsAll(SecureBootVariables.JUDGED);
            List<PinnedEvent> pinned = usable
                    ? slots
                    : slots.stream()
                            .map(slot -> PinnedEvent.of(slot.digests(), slot.claimedType(), slot.description()))
                            .toList();
            state.pcr(new PinnedPcr(
                    ReferenceState.SECURE_BOOT_PCR, usable ? PcrMode.CONTENT : PcrMode.SEQUENCE, List.of(pinned)));
            state.secureBoot(new ReferenceState.SecureBoot(
                    keys(contents.get(KnownVariable.PK)),
                    keys(contents.get(KnownVariable.KEK)),
                    keys(contents.get(KnownVariable.DB)),
                    keys(contents.get(KnownVariable.DBX))));
        }

        private static PinnedEvent named(PinnedEvent event, KnownVariable variable) {
            return new PinnedEvent(
                    event.digests(),
                    event.claimedType(),
                    event.description(),
                    event.role(),
                    Optional.of(SecureBootVariables.nameOf(variable)));
        }

        /** After the separator an entry of db vouches for an image, and another one may do so the next time. */
        private static boolean isAuthorityOf(List<ReferenceState.Signature> db, VerifiedEvent event) {
            return event.isAfterSeparator() && SecureBootVariables.isAuthorityOf(db, event);
        }

        /** The variable that every bank covers. A claim to be one that is not covered is a forgery, or a defect. */
        private Optional<VariableEventData> variable(VerifiedEvent event) {
            if (event.isAfterSeparator()) {
                return Optional.empty();
            }
            Optional<VariableEventData> variable = event.coveredVariable();
            boolean everywhere = variable.isPresent()
                    && usable.stream()
                            .map(bank -> evidence.verified(bank)
                                    .event(ReferenceState.SECURE_BOOT_PCR, event.number())
                                    .flatMap(VerifiedEvent::coveredVariable))
                            .allMatch(variable::equals);
            if (!everywhere
                    && claims.get(event.number()).claimedData() instanceof VariableEventData claimed
                    && claimed.known()
                            .filter(SecureBootVariables.JUDGED::contains)
                            .isPresent()
                    && !claimed.isAuthority()) {
                problems.add("event " + event.number() + " claims to hold the variable "
                        + claimed.variable().unicodeName()
                        + ", and its digest is of something else: nothing proves the content");
            }
            return everywhere ? variable : Optional.empty();
        }

        private List<ReferenceState.Signature> keys(@Nullable VariableContent content) {
            return content instanceof VariableContent.Signatures signatures
                    ? SecureBootVariables.signaturesOf(signatures.database())
                    : List.of();
        }

        private void addUserspace(ReferenceState.Builder state) {
            List<ReferenceState.UserspaceDigest> digests = new ArrayList<>();
            SortedSet<Integer> pcrs = new TreeSet<>();
            for (CelRecord entry :
                    evidence.replay().userspaceLog().map(log -> log.records()).orElse(List.of())) {
                if (entry.register() instanceof CelRecord.Register.Pcr pcr) {
                    pcrs.add(pcr.index());
                    entry.digests().stream()
                            .filter(digest -> usable.contains(digest.algorithm()))
                            .forEach(digest -> digests.add(new ReferenceState.UserspaceDigest(pcr.index(), digest)));
                }
            }
            for (int pcr : pcrs) {
                boolean proved = usable.stream().allMatch(bank -> isProved(evidence, bank, pcr));
                if (!proved) {
                    problems.add("the userspace log extends PCR " + pcr
                            + ", whose value the logs do not reproduce: nothing proves what it says");
                }
            }
            if (digests.isEmpty()) {
                problems.add("there is no userspace log, or it extends no PCR");
            }
            state.userspaceDigests(digests);
        }
    }
}
