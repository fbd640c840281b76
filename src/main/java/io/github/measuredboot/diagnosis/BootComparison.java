package io.github.measuredboot.diagnosis;

import io.github.measuredboot.diagnosis.EventWords.Content;
import io.github.measuredboot.diagnosis.StateChange.Category;
import io.github.measuredboot.diagnosis.StateChange.Kind;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.eventlog.data.VariableContent;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.policy.Finding;
import io.github.measuredboot.policy.Rule;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.PinnedEvent.VariableName;
import io.github.measuredboot.refstate.PinnedPcr;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.SecureBootKeys;
import io.github.measuredboot.refstate.Signature;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.replay.VerifiedLog;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.image.SectionMeasurement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A reference state and a log that was judged by it, rule by rule. The events of the log are those that it claims: the caller
 * has to find out which of them the PCR values reproduce.
 */
final class BootComparison {
    private final ReferenceState state;
    private final SortedMap<Integer, PcrMode> modes;
    private final VerifiedLog log;
    private final Set<VariableName> slots = new TreeSet<>();

    BootComparison(ReferenceState state, SortedMap<Integer, PcrMode> modes, VerifiedLog log) {
        this.state = state;
        this.modes = modes;
        this.log = log;
        state.alternatives(ReferenceState.SECURE_BOOT_PCR).stream()
                .flatMap(List::stream)
                .forEach(event -> event.variable().ifPresent(slots::add));
    }

    /** What made a rule fail. */
    List<StateChange> against(Finding finding) {
        List<StateChange> changes = Arrays.stream(Rule.values())
                .filter(finding::isOf)
                .findFirst()
                .map(rule -> against(rule, finding))
                .orElse(List.of());
        return changes.isEmpty() ? unexpected(finding) : changes;
    }

    private List<StateChange> against(Rule rule, Finding finding) {
        return switch (rule) {
            case BANK,
                    WEAK_BANK,
                    OTHER_BANKS,
                    STATE,
                    REPLAYED,
                    USERSPACE_LOG,
                    USERSPACE_RECORD,
                    UNEXPECTED_EVENT,
                    PARTITIONS -> List.of();
            case FIRMWARE -> firmware();
            case STARTUP_LOCALITY ->
                List.of(StateChange.of(
                        Kind.CHANGED,
                        Category.FIRMWARE_UPDATE,
                        OptionalInt.of(0),
                        "the startup locality",
                        Sides.STATE_AND_LOG.predicate(Kind.CHANGED),
                        List.of("expected " + finding.expected(), "found " + finding.found())));
            case SECURE_BOOT -> List.of(secureBoot());
            case PK -> keys(KnownVariable.PK, Kind.ADDED);
            case KEK -> keys(KnownVariable.KEK, Kind.ADDED);
            case DB -> keys(KnownVariable.DB, Kind.ADDED);
            case DBX -> keys(KnownVariable.DBX, Kind.REMOVED);
            case SECURE_BOOT_EVENTS -> secureBootEvents(true);
            case AUTHORITIES -> secureBootEvents(false);
            case USERSPACE_DIGESTS -> userspace(finding);
            default -> finding.pcrs().size() == 1 ? pinned(finding.pcrs().get(0)) : List.of();
        };
    }

    /** Differences that no rule rejects, as far as the state has the events of the good boot. */
    List<StateChange> accepted() {
        List<StateChange> changes = new ArrayList<>();
        for (KnownVariable variable : SecureBootKeys.DATABASES) {
            changes.addAll(keys(variable, variable == KnownVariable.DBX ? Kind.ADDED : Kind.REMOVED));
        }
        for (PinnedPcr pinned : state.pcrs()) {
            int pcr = pinned.pcr();
            PcrMode mode = modes.getOrDefault(pcr, PcrMode.FREE);
            if (state.hasEvents(pcr)
                    && pcr != ReferenceState.SECURE_BOOT_PCR
                    && (mode == PcrMode.FREE || mode == PcrMode.CONTENT)) {
                Content content = measuresImages(pcr) ? Content.IMAGES : Content.FREE;
                changes.addAll(compare(new EventWords(pcr, content), expected(pcr), found(pcr)));
            }
        }
        return changes;
    }

    private static List<StateChange> compare(
            EventWords words, List<List<EventReference>> expected, List<EventReference> found) {
        return EventComparison.compare(words, Sides.STATE_AND_LOG, expected, List.of(found));
    }

    private EventWords words(int pcr) {
        return measuresImages(pcr) ? new EventWords(pcr, Content.IMAGES) : EventWords.of(pcr);
    }

    private boolean measuresImages(int pcr) {
        return pcr == ReferenceState.IMAGE_PCR || pcr == state.imagePcr();
    }

    private List<List<EventReference>> expected(int pcr) {
        return alternatives(state.alternatives(pcr));
    }

    private List<List<EventReference>> alternatives(List<List<PinnedEvent>> alternatives) {
        return alternatives.stream()
                .map(events -> events.stream()
                        .map(event -> EventReference.expected(event.onlyBank(log.bank())))
                        .toList())
                .toList();
    }

    private List<EventReference> found(int pcr) {
        List<EventReference> found = references(log.events(pcr).stream()
                .filter(event -> pcr != ReferenceState.CONFIGURATION_PCR || event.isAfterSeparator())
                .toList());
        return state.isFull() || pcr != ReferenceState.SECTION_PCR ? found : SectionMeasurement.contents(found);
    }

    private List<StateChange> pinned(int pcr) {
        if (modes.get(pcr) == PcrMode.EMPTY) {
            List<EventReference> found =
                    found(pcr).stream().filter(event -> !event.isSeparator()).toList();
            return compare(words(pcr), List.of(List.of()), found);
        }
        boolean imagesAlone = !state.isFull() && measuresImages(pcr);
        List<EventReference> found = found(pcr).stream()
                .filter(event -> !imagesAlone || !event.isConstant())
                .toList();
        List<StateChange> changes = compare(words(pcr), expected(pcr), found);
        List<StateChange> ofImages = changes.stream()
                .filter(change -> !measuresImages(pcr) || !isBootAttempt(change))
                .toList();
        return ofImages.isEmpty() ? changes : ofImages;
    }

    private static boolean isBootAttempt(StateChange change) {
        return Stream.of(change.expected(), change.found())
                .flatMap(Optional::stream)
                .allMatch(event ->
                        event.constant().filter(MeasuredConstant::isBootAttempt).isPresent());
    }

    private List<StateChange> firmware() {
        if (!state.firmware().stream().allMatch(Firmware::isFull)) {
            return compare(EventWords.of(0), firmware(StateComparison::shortForm), shortFirmware());
        }
        List<StateChange> changes = compare(EventWords.of(0), firmware(Firmware::pcr0), references(log.events(0)));
        return changes.isEmpty() ? blobs() : changes;
    }

    private List<List<EventReference>> firmware(Function<Firmware, List<PinnedEvent>> part) {
        return alternatives(state.firmware().stream().map(part).toList());
    }

    private List<StateChange> blobs() {
        List<VerifiedEvent> drivers = log.events(ReferenceState.DRIVER_PCR).stream()
                .filter(event -> !event.isAfterSeparator() && !event.isSeparator())
                .toList();
        return compare(EventWords.of(ReferenceState.DRIVER_PCR), firmware(Firmware::pcr2), references(drivers)).stream()
                .filter(change -> change.expected().isPresent())
                .toList();
    }

    private List<EventReference> shortFirmware() {
        return references(Stream.concat(
                        log.events(0).stream().filter(event -> !event.isSeparator()),
                        log.events(ReferenceState.DRIVER_PCR).stream().filter(BootComparison::isBlob))
                .sorted(Comparator.comparingInt(VerifiedEvent::number))
                .toList());
    }

    private static boolean isBlob(VerifiedEvent event) {
        return !event.isAfterSeparator()
                && (event.claimedType().equals(EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB)
                        || event.claimedType().equals(EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB2));
    }

    private StateChange secureBoot() {
        Optional<VerifiedEvent> event = variable(KnownVariable.SECURE_BOOT);
        boolean isOff = content(event)
                .filter(content -> content instanceof VariableContent.Flag flag && !flag.enabled())
                .isPresent();
        return StateChange.of(
                        Kind.CHANGED,
                        Category.SECURE_BOOT_CHANGED,
                        OptionalInt.of(ReferenceState.SECURE_BOOT_PCR),
                        "Secure Boot",
                        isOff ? "is off" : "is not shown to be on")
                .at(event.map(this::reference));
    }

    private List<StateChange> keys(KnownVariable known, Kind kind) {
        Optional<VerifiedEvent> event = variable(known);
        return content(event).stream()
                .filter(VariableContent.Signatures.class::isInstance)
                .map(content -> Signature.allOf(((VariableContent.Signatures) content).database()))
                .flatMap(
                        found -> KeyComparison.compare(known, state.secureBoot().of(known), found).stream())
                .filter(change -> change.kind() == kind)
                .map(change -> change.at(event.map(this::reference)))
                .toList();
    }

    private Optional<VerifiedEvent> variable(KnownVariable known) {
        return log.events(ReferenceState.SECURE_BOOT_PCR).stream()
                .filter(event -> !event.isAfterSeparator())
                .filter(event -> event.coveredVariable()
                        .flatMap(VariableEventData::known)
                        .equals(Optional.of(known)))
                .findFirst();
    }

    private static Optional<VariableContent> content(Optional<VerifiedEvent> event) {
        return event.flatMap(VerifiedEvent::coveredVariable).map(VariableEventData::content);
    }

    private List<StateChange> secureBootEvents(boolean beforeSeparator) {
        int pcr = ReferenceState.SECURE_BOOT_PCR;
        if (state.pcr(pcr).isEmpty()) {
            return List.of();
        }
        boolean isSequence = modes.get(pcr) == PcrMode.SEQUENCE;
        return compare(
                EventWords.of(pcr),
                expected(pcr).stream()
                        .map(events -> isSequence ? events : part(events, beforeSeparator))
                        .toList(),
                isSequence ? found(pcr) : part(found(pcr), beforeSeparator));
    }

    private static List<EventReference> part(List<EventReference> events, boolean beforeSeparator) {
        int separator = IntStream.range(0, events.size())
                .filter(i -> events.get(i).isSeparator())
                .findFirst()
                .orElse(events.size());
        return beforeSeparator ? events.subList(0, separator) : events.subList(separator, events.size());
    }

    private List<StateChange> userspace(Finding finding) {
        if (finding.pcrs().stream().allMatch(pcr -> log.userspaceRecords(pcr).isEmpty())) {
            return List.of();
        }
        return finding.pcrs().stream()
                .flatMap(pcr -> StateComparison.userspace(
                        pcr,
                        Sides.STATE_AND_LOG,
                        StateComparison.userspace(state, pcr, log.bank()),
                        StateComparison.userspace(log.userspaceRecords(pcr), log.bank()))
                        .stream())
                .toList();
    }

    /** The events that the rule itself names. */
    private List<StateChange> unexpected(Finding finding) {
        Set<Integer> named = new TreeSet<>();
        finding.events().forEach(place -> named.add(place.number()));
        return finding.pcrs().stream()
                .flatMap(pcr -> log.events(pcr).stream())
                .filter(event -> named.contains(event.number()))
                .map(event -> StateChange.ofEvent(
                        Kind.ADDED,
                        words(event.pcr()),
                        Sides.STATE_AND_LOG,
                        Optional.empty(),
                        Optional.of(reference(event))))
                .toList();
    }

    private List<EventReference> references(List<VerifiedEvent> events) {
        return events.stream().map(this::reference).toList();
    }

    private EventReference reference(VerifiedEvent event) {
        Optional<VariableName> variable =
                event.pcr() != ReferenceState.SECURE_BOOT_PCR || event.isAfterSeparator() || slots.isEmpty()
                        ? Optional.empty()
                        : event.coveredVariable()
                                .map(VariableEventData::variable)
                                .map(data -> new VariableName(data.variableName(), data.unicodeName()))
                                .filter(slots::contains);
        PinnedEvent described = PinnedEvent.claimed(event.claims(), log.bank());
        boolean claimed = event.constant().isEmpty() && event.coveredBytes().isEmpty();
        return new EventReference(
                new PinnedEvent(
                        described.digests(),
                        described.claimedType(),
                        described.description(),
                        Optional.empty(),
                        variable),
                OptionalInt.of(event.number()),
                claimed);
    }
}
