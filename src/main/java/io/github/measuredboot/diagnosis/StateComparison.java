package io.github.measuredboot.diagnosis;

import io.github.measuredboot.diagnosis.StateChange.Category;
import io.github.measuredboot.diagnosis.StateChange.Kind;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.PinnedPcr;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.UserspaceDigest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.KnownVariable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Two reference states, part by part. */
final class StateComparison {

    private final ReferenceState before;
    private final ReferenceState after;
    private final boolean sameForm;
    private final List<StateChange> changes = new ArrayList<>();

    StateComparison(ReferenceState before, ReferenceState after) {
        this.before = before;
        this.after = after;
        this.sameForm = before.isFull() == after.isFull();
    }

    List<StateChange> changes() {
        coverage();
        firmware();
        changes.addAll(KeyComparison.compare(before.secureBoot(), after.secureBoot()));
        SortedSet<Integer> pcrs = new TreeSet<>();
        before.pcrs().forEach(pcr -> pcrs.add(pcr.pcr()));
        after.pcrs().forEach(pcr -> pcrs.add(pcr.pcr()));
        pcrs.forEach(this::pcr);
        userspace();
        return changes;
    }

    private void coverage() {
        if (before.profile() != after.profile()) {
            addCoverage(
                    Kind.CHANGED,
                    OptionalInt.empty(),
                    "the profile",
                    "is " + after.profile().id() + " and was "
                            + before.profile().id());
        }
        if (!sameForm) {
            String form = after.isFull()
                    ? "is full and was short: what only a full state pins is not compared"
                    : "is short and was full: what only a full state pins is not compared";
            addCoverage(Kind.CHANGED, OptionalInt.empty(), "the form", form);
        }
        Set<HashAlgorithm> old = banks(before);
        Set<HashAlgorithm> now = banks(after);
        if (!old.equals(now) && old.stream().anyMatch(now::contains)) {
            addCoverage(Kind.OTHER_BANKS, OptionalInt.empty(), "the banks", "are " + now + " and were " + old);
        }
    }

    private void addCoverage(Kind kind, OptionalInt pcr, String subject, String predicate) {
        changes.add(StateChange.ofItems(kind, Category.OTHER_COVERAGE, pcr, subject, predicate, List.of()));
    }

    private static Set<HashAlgorithm> banks(ReferenceState state) {
        return state.images().stream()
                .flatMap(List::stream)
                .flatMap(image -> image.digests().algorithms().stream())
                .collect(Collectors.toCollection(() -> new TreeSet<>(Comparator.comparingInt(HashAlgorithm::id))));
    }

    private void firmware() {
        boolean full = before.firmware().stream().allMatch(Firmware::isFull)
                && after.firmware().stream().allMatch(Firmware::isFull);
        EventWords words = new EventWords(0, false, false);
        List<StateChange> ofFirmware = new ArrayList<>();
        if (full) {
            ofFirmware.addAll(EventComparison.compare(
                    words, Sides.STATES, firmware(before, Firmware::pcr0), firmware(after, Firmware::pcr0)));
            ofFirmware.addAll(EventComparison.compare(
                    new EventWords(ReferenceState.DRIVER_PCR, false, false),
                    Sides.STATES,
                    firmware(before, Firmware::pcr2),
                    firmware(after, Firmware::pcr2)));
            startupLocality();
        } else {
            ofFirmware.addAll(EventComparison.compare(
                    words,
                    Sides.STATES,
                    firmware(before, StateComparison::shortForm),
                    firmware(after, StateComparison::shortForm)));
        }
        changes.addAll(ofFirmware);
    }

    private static List<List<Element>> firmware(ReferenceState state, Function<Firmware, List<PinnedEvent>> part) {
        return Element.alternatives(
                state.firmware().stream().map(part).distinct().toList());
    }

    static List<PinnedEvent> shortForm(Firmware firmware) {
        List<PinnedEvent> events = new ArrayList<>();
        if (!firmware.scrtm().isEmpty()) {
            events.add(PinnedEvent.of(firmware.scrtm(), EventType.EV_S_CRTM_VERSION, "S-CRTM version"));
        }
        firmware.platformFirmware()
                .forEach(blob ->
                        events.add(PinnedEvent.of(blob, EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB, "firmware blob")));
        return events;
    }

    private void startupLocality() {
        String old = localities(before);
        String now = localities(after);
        if (!old.equals(now)) {
            changes.add(StateChange.ofItems(
                    Kind.CHANGED,
                    Category.FIRMWARE_UPDATE,
                    OptionalInt.of(0),
                    "the startup locality",
                    "is " + now + " and was " + old,
                    List.of()));
        }
    }

    private static String localities(ReferenceState state) {
        return state.firmware().stream()
                .map(firmware -> firmware.startupLocality().isPresent()
                        ? String.valueOf(firmware.startupLocality().getAsInt())
                        : "any")
                .distinct()
                .sorted()
                .collect(Collectors.joining(" or "));
    }

    private void pcr(int pcr) {
        Optional<PinnedPcr> old = before.pcr(pcr);
        Optional<PinnedPcr> now = after.pcr(pcr);
        if (old.isEmpty() || now.isEmpty()) {
            if (sameForm || measuresImages(pcr)) {
                addCoverage(
                        old.isEmpty() ? Kind.ADDED : Kind.REMOVED,
                        OptionalInt.of(pcr),
                        "PCR " + pcr,
                        "is judged by the " + (old.isEmpty() ? "new" : "old") + " state alone");
            }
            return;
        }
        PcrMode oldMode = old.get().mode();
        PcrMode newMode = now.get().mode();
        if (oldMode != newMode && !(isFixed(oldMode) && isFixed(newMode))) {
            changes.add(StateChange.ofItems(
                    Kind.MODE_CHANGED,
                    pcr == ReferenceState.SECURE_BOOT_PCR ? Category.SECURE_BOOT_CHANGED : Category.OTHER_COVERAGE,
                    OptionalInt.of(pcr),
                    "PCR " + pcr,
                    "has mode " + newMode + " and had " + oldMode,
                    List.of()));
        }
        boolean withoutSeparators = oldMode != newMode && isFixed(oldMode) && isFixed(newMode);
        List<List<Element>> oldEvents = events(before, old.get(), withoutSeparators);
        List<List<Element>> newEvents = events(after, now.get(), withoutSeparators);
        boolean onlyOneKnows =
                !(isFixed(oldMode) && isFixed(newMode)) && (isUnknown(old.get()) || isUnknown(now.get()));
        if (!onlyOneKnows) {
            boolean free = oldMode == PcrMode.FREE && newMode == PcrMode.FREE;
            EventWords words = new EventWords(pcr, measuresImages(pcr), free);
            changes.addAll(EventComparison.compare(words, Sides.STATES, oldEvents, newEvents));
        }
        if (pcr == ReferenceState.SECURE_BOOT_PCR && oldMode == PcrMode.CONTENT && newMode == PcrMode.CONTENT) {
            secureBoot(old.get(), now.get());
        }
    }

    private static boolean isFixed(PcrMode mode) {
        return mode == PcrMode.SEQUENCE || mode == PcrMode.EMPTY;
    }

    private static boolean isUnknown(PinnedPcr pcr) {
        return pcr.alternatives().isEmpty() && pcr.mode() != PcrMode.EMPTY;
    }

    private boolean measuresImages(int pcr) {
        return pcr == ReferenceState.IMAGE_PCR || pcr == before.imagePcr() || pcr == after.imagePcr();
    }

    /** A short state has of PCR 4 only the images, and of PCR 11 only the contents of sections. */
    private List<List<Element>> events(ReferenceState state, PinnedPcr pinned, boolean withoutSeparators) {
        List<List<PinnedEvent>> alternatives =
                pinned.mode() == PcrMode.EMPTY ? List.of(List.of()) : pinned.alternatives();
        boolean shortened = !sameForm && state.isFull();
        return alternatives.stream()
                .map(events -> shortened && measuresImages(pinned.pcr()) ? images(events) : events)
                .map(events -> shortened && pinned.pcr() == ReferenceState.SECTION_PCR ? contents(events) : events)
                .map(Element::expected)
                .map(events -> withoutSeparators
                        ? events.stream().filter(event -> !event.isSeparator()).toList()
                        : events)
                .toList();
    }

    private static List<PinnedEvent> images(List<PinnedEvent> events) {
        return events.stream().filter(event -> event.role().isPresent()).toList();
    }

    private static List<PinnedEvent> contents(List<PinnedEvent> events) {
        return IntStream.range(0, events.size())
                .filter(i -> i % 2 == 1)
                .mapToObj(events::get)
                .toList();
    }

    /** What SecureBoot holds is in no other part of a state than the digest of its event. */
    private void secureBoot(PinnedPcr old, PinnedPcr now) {
        List<PinnedEvent> oldFlags = flags(old);
        List<PinnedEvent> newFlags = flags(now);
        boolean same = oldFlags.stream()
                .allMatch(one -> newFlags.stream()
                        .anyMatch(other -> one.digests().compareWith(other.digests()) != DigestSet.Match.DIFFERENT));
        if (!same && !newFlags.isEmpty()) {
            List<HashAlgorithm> shared = newFlags.get(0).digests().algorithms();
            changes.add(StateChange.ofEvent(
                    Kind.CHANGED,
                    Category.SECURE_BOOT_CHANGED,
                    ReferenceState.SECURE_BOOT_PCR,
                    "the variable SecureBoot, which is on or off,",
                    Sides.STATES,
                    oldFlags.stream()
                            .findFirst()
                            .map(flag -> Element.expected(flag).reference(shared)),
                    newFlags.stream()
                            .findFirst()
                            .map(flag -> Element.expected(flag).reference(shared))));
        }
    }

    private static List<PinnedEvent> flags(PinnedPcr pcr) {
        return pcr.alternatives().stream()
                .flatMap(List::stream)
                .filter(event ->
                        event.variable().equals(Optional.of(PinnedEvent.VariableName.of(KnownVariable.SECURE_BOOT))))
                .distinct()
                .toList();
    }

    private void userspace() {
        Set<HashAlgorithm> old = algorithms(before);
        Set<HashAlgorithm> now = algorithms(after);
        if (old.isEmpty() != now.isEmpty()) {
            addCoverage(
                    old.isEmpty() ? Kind.ADDED : Kind.REMOVED,
                    OptionalInt.empty(),
                    "userspace",
                    "is pinned by the " + (old.isEmpty() ? "new" : "old") + " state alone");
            return;
        }
        SortedSet<Integer> pcrs = new TreeSet<>();
        before.userspaceDigests().forEach(digest -> pcrs.add(digest.pcr()));
        after.userspaceDigests().forEach(digest -> pcrs.add(digest.pcr()));
        List<HashAlgorithm> shared = old.stream().filter(now::contains).toList();
        for (int pcr : pcrs) {
            if (shared.isEmpty()) {
                addCoverage(
                        Kind.NOT_COMPARABLE,
                        OptionalInt.of(pcr),
                        "userspace",
                        "cannot be compared: there is no bank that both states have");
            } else {
                shared.stream()
                        .map(bank -> UserspaceComparison.compare(
                                pcr,
                                Sides.STATES,
                                UserspaceComparison.pinned(before, pcr, bank),
                                UserspaceComparison.pinned(after, pcr, bank)))
                        .filter(ofBank -> !ofBank.isEmpty())
                        .findFirst()
                        .ifPresent(changes::addAll);
            }
        }
    }

    private static Set<HashAlgorithm> algorithms(ReferenceState state) {
        return state.userspaceDigests().stream()
                .map(UserspaceDigest::digest)
                .map(digest -> digest.algorithm())
                .collect(Collectors.toCollection(() -> new TreeSet<>(Comparator.comparingInt(HashAlgorithm::id))));
    }
}
