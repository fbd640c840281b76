package io.github.measuredboot.refstate;

import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.refstate.PinnedEvent.Role;
import io.github.measuredboot.refstate.ReferenceState.Profile;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.replay.VerifiedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** From the verified events of a boot to what a state pins of them. */
final class StateInTheMaking {
    private static final Set<Integer> FREE_BY_DEFAULT = Set.of(1, 3, 6, 9, 11);
    private static final Set<Integer> FREE_FOR_IMAGES = Set.of(1, 3, 6, 8, 9, 14);

    private final ReferenceStateMaker maker;
    private final ReplayedLog evidence;
    private final List<HashAlgorithm> banks;
    private final VerifiedLog verified;
    private final List<CheckedEvent> claims;
    private final SortedMap<Integer, Role> roles;
    private final boolean imagesInDriverPcr;
    private final List<String> problems = new ArrayList<>();
    private final ReferenceState.Builder state;

    StateInTheMaking(ReferenceStateMaker maker, ReplayedLog evidence, List<HashAlgorithm> banks)
            throws ReferenceStateException {
        this.maker = maker;
        this.evidence = evidence;
        this.banks = banks;
        this.verified = evidence.verified(banks.get(0));
        this.claims = evidence.replay().checkedLog().events();
        this.roles = new ImageRoles(claims).find(maker.profile(), maker.ukiEvent());
        this.imagesInDriverPcr = roles.keySet().stream()
                .anyMatch(number -> claims.get(number).event().pcrIndex() == ReferenceState.DRIVER_PCR);
        this.state = ReferenceState.builder().profile(maker.profile()).provenance(maker.provenance());
    }

    ReferenceState make() throws ReferenceStateException {
        state.firmware(List.of(firmware()));
        state.pcr(images(ReferenceState.IMAGE_PCR));
        PinnedPcr drivers = images(ReferenceState.DRIVER_PCR);
        state.pcr(imagesInDriverPcr ? drivers : drivers.withMode(PcrMode.FREE));
        List<PinnedEvent> configuration = verified.events(ReferenceState.CONFIGURATION_PCR).stream()
                .filter(VerifiedEvent::isAfterSeparator)
                .map(this::pinned)
                .toList();
        state.pcr(new PinnedPcr(ReferenceState.CONFIGURATION_PCR, PcrMode.CONTENT, List.of(configuration)));
        addSecureBoot();
        maker.profile().emptyPcrs().forEach(pcr -> state.pcr(pinnedOrEmpty(pcr)));
        for (int pcr : maker.profile() == Profile.UKI ? FREE_BY_DEFAULT : FREE_FOR_IMAGES) {
            boolean kept = maker.profile() == Profile.UKI && pcr > ReferenceState.SECURE_BOOT_PCR;
            state.pcr(new PinnedPcr(pcr, PcrMode.FREE, kept ? events(pcr) : List.of()));
        }
        maker.modes().forEach(this::chooseMode);
        if (maker.isUserspacePinned()) {
            addUserspace();
        }
        if (!problems.isEmpty()) {
            throw new ReferenceStateException(problems);
        }
        return state.build();
    }

    private void chooseMode(int pcr, PcrMode mode) {
        if (pcr != ReferenceState.DRIVER_PCR || !imagesInDriverPcr) {
            state.pcr(mode == PcrMode.SEQUENCE ? pinnedOrEmpty(pcr) : new PinnedPcr(pcr, mode, List.of()));
        } else if (mode != PcrMode.SEQUENCE) {
            problems.add("the boot images are measured into PCR " + pcr + ", which cannot be " + mode);
        }
    }

    private PinnedPcr pinnedOrEmpty(int pcr) {
        List<List<PinnedEvent>> events = events(pcr);
        return events.isEmpty() || events.get(0).isEmpty()
                ? new PinnedPcr(pcr, PcrMode.EMPTY, List.of())
                : new PinnedPcr(pcr, PcrMode.SEQUENCE, events);
    }

    /** The one alternative, or none if the PCR is not proved in all banks. */
    private List<List<PinnedEvent>> events(int pcr) {
        return isProved(pcr)
                ? List.of(verified.events(pcr).stream().map(this::pinned).toList())
                : List.of();
    }

    private boolean isProved(int pcr) {
        return banks.stream().allMatch(bank -> UsableBanks.isProved(evidence, bank, pcr));
    }

    private PinnedEvent pinned(VerifiedEvent event) {
        return PinnedEvent.of(
                digests(event.claims().event()),
                event.claimedType(),
                event.isSeparator() ? PinnedEvent.SEPARATOR : EventDescription.of(event.claims()));
    }

    private DigestSet digests(Event event) {
        return new DigestSet(event.digests().stream()
                .filter(digest -> banks.contains(digest.algorithm()))
                .toList());
    }

    private Firmware firmware() {
        List<Event> events = claims.stream().map(CheckedEvent::event).toList();
        return Firmware.builder()
                .scrtm(events.stream()
                        .filter(event -> event.pcrIndex() == 0)
                        .filter(event -> event.claimedType().equals(EventType.EV_S_CRTM_VERSION))
                        .map(this::digests)
                        .filter(digests -> !digests.isEmpty())
                        .findFirst()
                        .orElse(DigestSet.EMPTY))
                .platformFirmware(events.stream()
                        .filter(event -> event.pcrIndex() == 0 || event.pcrIndex() == ReferenceState.DRIVER_PCR)
                        .filter(event -> Firmware.isBlob(event.claimedType()))
                        .map(this::digests)
                        .toList())
                .startupLocality(verified.startupLocality())
                .pcr0(verified.events(0).stream().map(this::pinned).toList())
                .pcr2(verified.events(ReferenceState.DRIVER_PCR).stream()
                        .filter(event -> Firmware.isBlob(event.claimedType()) && !event.isAfterSeparator())
                        .map(this::pinned)
                        .toList())
                .build();
    }

    private PinnedPcr images(int pcr) {
        List<PinnedEvent> events = verified.events(pcr).stream()
                .map(event -> Optional.ofNullable(roles.get(event.number()))
                        .map(pinned(event)::withRole)
                        .orElseGet(() -> pinned(event)))
                .toList();
        return new PinnedPcr(pcr, PcrMode.SEQUENCE, List.of(events));
    }

    private void addSecureBoot() {
        SecureBootSlots slots = new SecureBootSlots(evidence, banks);
        verified.events(ReferenceState.SECURE_BOOT_PCR).forEach(event -> slots.add(event, pinned(event)));
        problems.addAll(slots.problems());
        state.pcr(slots.pcr());
        state.secureBoot(slots.keys());
    }

    private void addUserspace() {
        List<UserspaceDigest> digests = new ArrayList<>();
        SortedSet<Integer> pcrs = new TreeSet<>();
        for (CelRecord entry :
                evidence.replay().userspaceLog().map(log -> log.records()).orElse(List.of())) {
            if (entry.register() instanceof CelRecord.Register.Pcr pcr) {
                pcrs.add(pcr.index());
                entry.digests().stream()
                        .filter(digest -> banks.contains(digest.algorithm()))
                        .forEach(digest -> digests.add(new UserspaceDigest(pcr.index(), digest)));
            }
        }
        pcrs.stream()
                .filter(pcr -> !isProved(pcr))
                .map(pcr -> "the userspace log extends PCR " + pcr
                        + ", whose value the logs do not reproduce: nothing proves what the log claims")
                .forEach(problems::add);
        if (digests.isEmpty()) {
            problems.add("there is no userspace log, or it extends no PCR");
        }
        state.userspaceDigests(digests);
    }
}
