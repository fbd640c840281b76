package io.github.measuredboot.diagnosis;

import io.github.measuredboot.diagnosis.EventWords.Content;
import io.github.measuredboot.diagnosis.StateChange.Category;
import io.github.measuredboot.diagnosis.StateChange.Kind;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.PinnedEvent.VariableName;
import io.github.measuredboot.refstate.PinnedPcr;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.image.SectionMeasurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            String form = after.isFull() ? "is full and was short" : "is short and was full";
            addCoverage(
                    Kind.CHANGED,
                    OptionalInt.empty(),
                    "the form",
                    form + ": what only a full state pins is not compared");
        }
        Set<HashAlgorithm> old = banks(before);
        Set<HashAlgorithm> now = banks(after);
        if (!old.equals(now) && old.stream().anyMatch(now::contains)) {
            addCoverage(Kind.OTHER_BANKS, OptionalInt.empty(), "the banks", "are " + now + " and were " + old);
        }
    }

    private void addCoverage(Kind kind, OptionalInt pcr, String subject, String predicate) {
        changes.add(StateChange.of(kind, Category.OTHER_COVERAGE, pcr, subject, predicate));
    }

    private static Set<HashAlgorithm> banks(ReferenceState state) {
        return state.images().stream()
                .flatMap(List::stream)
                .flatMap(image -> image.digests().algorithms().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void firmware() {
        boolean full = Stream.of(before, after)
                .flatMap(state -> state.firmware().stream())
                .allMatch(Firmware::isFull);
        if (full) {
            compare(EventWords.of(0), firmware(before, Firmware::pcr0), firmware(after, Firmware::pcr0));
            compare(
                    EventWords.of(ReferenceState.DRIVER_PCR),
                    firmware(before, Firmware::pcr2),
                    firmware(after, Firmware::pcr2));
            startupLocality();
        } else {
            compare(
                    EventWords.of(0),
                    firmware(before, StateComparison::shortForm),
                    firmware(after, StateComparison::shortForm));
        }
    }

    private void compare(EventWords words, List<List<EventReference>> old, List<List<EventReference>> now) {
        changes.addAll(EventComparison.compare(words, Sides.STATES, old, now));
    }

    private static List<List<EventReference>> firmware(
            ReferenceState state, Function<Firmware, List<PinnedEvent>> part) {
        List<List<EventReference>> alternatives = new ArrayList<>();
        List<List<PinnedEvent>> known = new ArrayList<>();
        for (Firmware firmware : state.firmware()) {
            List<PinnedEvent> events = part.apply(firmware);
            if (!known.contains(events)) {
                known.add(events);
                alternatives.add(EventReference.expected(events));
            }
        }
        return alternatives;
    }

    static List<PinnedEvent> shortForm(Firmware firmware) {
        Stream<PinnedEvent> version = Stream.of(firmware.scrtm())
                .filter(scrtm -> !scrtm.isEmpty())
                .map(scrtm -> PinnedEvent.of(scrtm, EventType.EV_S_CRTM_VERSION, "S-CRTM version"));
        Stream<PinnedEvent> blobs = firmware.platformFirmware().stream()
                .map(blob -> PinnedEvent.of(blob, EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB, "firmware blob"));
        return Stream.concat(version, blobs).toList();
    }

    private void startupLocality() {
        String old = localities(before);
        String now = localities(after);
        if (!old.equals(now)) {
            changes.add(StateChange.of(
                    Kind.CHANGED,
                    Category.FIRMWARE_UPDATE,
                    OptionalInt.of(0),
                    "the startup locality",
                    "is " + now + " and was " + old));
        }
    }

    private static String localities(ReferenceState state) {
        return state.firmware().stream()
                .map(firmware -> firmware.startupLocality().stream()
                        .mapToObj(String::valueOf)
                        .findFirst()
                        .orElse("any"))
                .distinct()
                .sorted()
                .collect(Collectors.joining(" or "));
    }

    private void pcr(int pcr) {
        Optional<PinnedPcr> old = before.pcr(pcr);
        Optional<PinnedPcr> now = after.pcr(pcr);
        if (old.isPresent() && now.isPresent()) {
            pcr(old.get(), now.get());
        } else if (sameForm || measuresImages(pcr)) {
            onlyOneHas(old.isEmpty(), OptionalInt.of(pcr), "PCR " + pcr, "judged");
        }
    }

    private void onlyOneHas(boolean isNew, OptionalInt pcr, String subject, String verb) {
        addCoverage(
                isNew ? Kind.ADDED : Kind.REMOVED,
                pcr,
                subject,
                "is " + verb + " by the " + (isNew ? "new" : "old") + " state alone");
    }

    private void pcr(PinnedPcr old, PinnedPcr now) {
        int pcr = old.pcr();
        boolean isFixed = isFixed(old.mode()) && isFixed(now.mode());
        if (old.mode() != now.mode() && !isFixed) {
            changes.add(StateChange.of(
                    Kind.MODE_CHANGED,
                    pcr == ReferenceState.SECURE_BOOT_PCR ? Category.SECURE_BOOT_CHANGED : Category.OTHER_COVERAGE,
                    OptionalInt.of(pcr),
                    "PCR " + pcr,
                    "has mode " + now.mode() + " and had " + old.mode()));
        }
        if (isFixed || !(isUnknown(old) || isUnknown(now))) {
            boolean free = old.mode() == PcrMode.FREE && now.mode() == PcrMode.FREE;
            Content content = measuresImages(pcr) ? Content.IMAGES : free ? Content.FREE : Content.USUAL;
            boolean withoutSeparators = isFixed && old.mode() != now.mode();
            compare(
                    new EventWords(pcr, content),
                    events(before, old, withoutSeparators),
                    events(after, now, withoutSeparators));
        }
        if (pcr == ReferenceState.SECURE_BOOT_PCR && old.mode() == PcrMode.CONTENT && now.mode() == PcrMode.CONTENT) {
            secureBoot(old, now);
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

    private List<List<EventReference>> events(ReferenceState state, PinnedPcr pinned, boolean withoutSeparators) {
        List<List<PinnedEvent>> alternatives =
                pinned.mode() == PcrMode.EMPTY ? List.of(List.of()) : pinned.alternatives();
        return alternatives.stream()
                .map(events -> sameForm || !state.isFull() ? events : shortForm(pinned.pcr(), events))
                .map(EventReference::expected)
                .map(events -> withoutSeparators
                        ? events.stream().filter(event -> !event.isSeparator()).toList()
                        : events)
                .toList();
    }

    /** A short state has of PCR 4 only the images, and of PCR 11 only the contents of sections. */
    private List<PinnedEvent> shortForm(int pcr, List<PinnedEvent> events) {
        if (measuresImages(pcr)) {
            return events.stream().filter(event -> event.role().isPresent()).toList();
        }
        return pcr == ReferenceState.SECTION_PCR ? SectionMeasurement.contents(events) : events;
    }

    /** The value of SecureBoot is in no other part of a state than the digest of its event. */
    private void secureBoot(PinnedPcr old, PinnedPcr now) {
        List<PinnedEvent> oldFlags = flags(old);
        List<PinnedEvent> newFlags = flags(now);
        boolean same = oldFlags.stream()
                .allMatch(one -> newFlags.stream()
                        .anyMatch(other -> one.digests().compareWith(other.digests()) != DigestSet.Match.DIFFERENT));
        if (!same && !newFlags.isEmpty()) {
            List<HashAlgorithm> shared = newFlags.get(0).digests().algorithms();
            changes.add(StateChange.of(
                            Kind.CHANGED,
                            Category.SECURE_BOOT_CHANGED,
                            OptionalInt.of(ReferenceState.SECURE_BOOT_PCR),
                            "the variable SecureBoot, which is on or off,",
                            Sides.STATES.predicate(Kind.CHANGED))
                    .with(Sides.STATES, first(oldFlags, shared), first(newFlags, shared)));
        }
    }

    private static Optional<EventReference> first(List<PinnedEvent> flags, List<HashAlgorithm> banks) {
        return flags.stream()
                .findFirst()
                .map(flag -> EventReference.expected(flag).inBanks(banks));
    }

    private static List<PinnedEvent> flags(PinnedPcr pcr) {
        Optional<VariableName> name = Optional.of(VariableName.of(KnownVariable.SECURE_BOOT));
        return pcr.alternatives().stream()
                .flatMap(List::stream)
                .filter(event -> event.variable().equals(name))
                .toList();
    }

    private void userspace() {
        SortedSet<HashAlgorithm> old = userspaceBanks(before);
        SortedSet<HashAlgorithm> now = userspaceBanks(after);
        if (old.isEmpty() != now.isEmpty()) {
            onlyOneHas(old.isEmpty(), OptionalInt.empty(), "userspace", "pinned");
            return;
        }
        SortedSet<Integer> pcrs = new TreeSet<>();
        before.userspaceDigests().forEach(digest -> pcrs.add(digest.pcr()));
        after.userspaceDigests().forEach(digest -> pcrs.add(digest.pcr()));
        old.retainAll(now);
        for (int pcr : pcrs) {
            if (old.isEmpty()) {
                addCoverage(
                        Kind.NOT_COMPARABLE,
                        OptionalInt.of(pcr),
                        "userspace",
                        "cannot be compared: there is no bank that both states have");
            }
            old.stream()
                    .map(bank ->
                            userspace(pcr, Sides.STATES, userspace(before, pcr, bank), userspace(after, pcr, bank)))
                    .filter(ofBank -> !ofBank.isEmpty())
                    .findFirst()
                    .ifPresent(changes::addAll);
        }
    }

    private static SortedSet<HashAlgorithm> userspaceBanks(ReferenceState state) {
        return state.userspaceDigests().stream()
                .map(extended -> extended.digest().algorithm())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static List<StateChange> userspace(int pcr, Sides sides, List<EventReference> old, List<EventReference> now) {
        return EventComparison.compare(new EventWords(pcr, Content.USERSPACE), sides, List.of(old), List.of(now));
    }

    /** What systemd extends into a PCR in one bank, as a state has it. */
    static List<EventReference> userspace(ReferenceState state, int pcr, HashAlgorithm bank) {
        return state.userspaceDigests().stream()
                .filter(extended ->
                        extended.pcr() == pcr && extended.digest().algorithm().equals(bank))
                .map(extended -> PinnedEvent.of(DigestSet.of(extended.digest()), EventType.EV_UNUSED, ""))
                .map(EventReference::expected)
                .toList();
    }

    /** The same, as a log has it. */
    static List<EventReference> userspace(List<CelRecord> records, HashAlgorithm bank) {
        return records.stream()
                .map(entry -> PinnedEvent.of(
                        new DigestSet(entry.digest(bank).stream().toList()),
                        EventType.EV_UNUSED,
                        entry.string().orElse("")))
                .map(event -> new EventReference(event, OptionalInt.empty(), true))
                .toList();
    }
}
