package io.github.measuredboot.diagnosis;

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
import io.github.measuredboot.refstate.Signature;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.replay.VerifiedLog;
import io.github.measuredboot.uefi.KnownVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A reference state and a log that was judged by it, rule by rule. The events of the log are those that it claims: which of
 * them the PCR values bear out is for the caller to say.
 */
final class BootComparison {
    private static final int CONFIGURATION_PCR = 5;
    private static final Set<MeasuredConstant> BOOT_ATTEMPTS = EnumSet.of(
            MeasuredConstant.CALLING_BOOT_OPTION,
            MeasuredConstant.RETURNING_FROM_BOOT_OPTION,
            MeasuredConstant.RETURNING_FROM_APPLICATION,
            MeasuredConstant.BOOT_ATTEMPTS_OMITTED);

    private final ReferenceState state;
    private final SortedMap<Integer, PcrMode> modes;
    private final VerifiedLog log;
    private final Set<VariableName> slots = new TreeSet<>();

    BootComparison(ReferenceState state, SortedMap<Integer, PcrMode> modes, VerifiedLog log) {
        this.state = state;
        this.modes = modes;
        this.log = log;
        state.pcr(ReferenceState.SECURE_BOOT_PCR).stream()
                .flatMap(pinned -> pinned.alternatives().stream())
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
                List.of(StateChange.ofItems(
                        Kind.CHANGED,
                        Category.FIRMWARE_UPDATE,
                        OptionalInt.of(0),
                        "the startup locality",
                        "is another one",
                        List.of("expected " + finding.expected(), "found " + finding.found())));
            case SECURE_BOOT -> secureBoot();
            case PK -> keys(KnownVariable.PK, state.secureBoot().pk(), Kind.ADDED);
            case KEK -> keys(KnownVariable.KEK, state.secureBoot().kek(), Kind.ADDED);
            case DB -> keys(KnownVariable.DB, state.secureBoot().db(), Kind.ADDED);
            case DBX -> keys(KnownVariable.DBX, state.secureBoot().dbx(), Kind.REMOVED);
            case SECURE_BOOT_EVENTS -> secureBootEvents(true);
            case AUTHORITIES -> secureBootEvents(false);
            case USERSPACE_DIGESTS -> userspace(finding);
            default -> finding.pcrs().size() == 1 ? pinned(finding.pcrs().get(0)) : List.of();
        };
    }

    /** Differences that no rule minds, as far as the state knows what there was. */
    List<StateChange> accepted() {
        List<StateChange> changes = new ArrayList<>();
        changes.addAll(keys(KnownVariable.PK, state.secureBoot().pk(), Kind.REMOVED));
        changes.addAll(keys(KnownVariable.KEK, state.secureBoot().kek(), Kind.REMOVED));
        changes.addAll(keys(KnownVariable.DB, state.secureBoot().db(), Kind.REMOVED));
        changes.addAll(keys(KnownVariable.DBX, state.secureBoot().dbx(), Kind.ADDED));
        for (PinnedPcr pinned : state.pcrs()) {
            int pcr = pinned.pcr();
            boolean isKnown = pinned.alternatives().stream().anyMatch(events -> !events.isEmpty());
            PcrMode mode = modes.getOrDefault(pcr, PcrMode.FREE);
            if (isKnown && pcr != ReferenceState.SECURE_BOOT_PCR && (mode == PcrMode.FREE || mode == PcrMode.CONTENT)) {
                changes.addAll(events(pinned, alternatives(pinned.alternatives()), found(pinned), true));
            }
        }
        return changes;
    }

    private List<Element> found(PinnedPcr pinned) {
        List<Element> found = elements(log.events(pinned.pcr()).stream()
                .filter(event -> pinned.pcr() != CONFIGURATION_PCR || event.isAfterSeparator())
                .toList());
        return state.isFull() || pinned.pcr() != ReferenceState.SECTION_PCR
                ? found
                : IntStream.range(0, found.size())
                        .filter(i -> i % 2 == 1)
                        .mapToObj(found::get)
                        .toList();
    }

    private List<StateChange> events(
            PinnedPcr pinned, List<List<Element>> expected, List<Element> found, boolean free) {
        EventWords words = new EventWords(pinned.pcr(), measuresImages(pinned.pcr()), free);
        return EventComparison.compare(words, Sides.STATE_AND_LOG, expected, List.of(found));
    }

    private boolean measuresImages(int pcr) {
        return pcr == ReferenceState.IMAGE_PCR || pcr == state.imagePcr();
    }

    private List<StateChange> pinned(int pcr) {
        PinnedPcr pinned = state.pcr(pcr).orElseGet(() -> new PinnedPcr(pcr, PcrMode.EMPTY, List.of()));
        if (modes.get(pcr) == PcrMode.EMPTY) {
            return events(pinned, List.of(List.of()), withoutSeparators(found(pinned)), false);
        }
        boolean imagesAlone = !state.isFull() && measuresImages(pcr);
        List<StateChange> changes = events(
                pinned,
                alternatives(pinned.alternatives()),
                imagesAlone
                        ? found(pinned).stream()
                                .filter(event -> event.constant().isEmpty())
                                .toList()
                        : found(pinned),
                false);
        List<StateChange> ofImages = changes.stream()
                .filter(change -> !measuresImages(pcr) || !isBootAttempt(change))
                .toList();
        return ofImages.isEmpty() ? changes : ofImages;
    }

    private static boolean isBootAttempt(StateChange change) {
        return Stream.of(change.expected(), change.found())
                .flatMap(Optional::stream)
                .allMatch(event -> event.digests().digests().stream()
                        .anyMatch(digest -> MeasuredConstant.of(digest.algorithm(), digest.value())
                                .filter(BOOT_ATTEMPTS::contains)
                                .isPresent()));
    }

    private static List<Element> withoutSeparators(List<Element> events) {
        return events.stream().filter(event -> !event.isSeparator()).toList();
    }

    private List<StateChange> firmware() {
        EventWords words = new EventWords(0, false, false);
        if (state.firmware().stream().allMatch(Firmware::isFull)) {
            List<StateChange> changes = EventComparison.compare(
                    words, Sides.STATE_AND_LOG, firmware(Firmware::pcr0), List.of(elements(log.events(0))));
            return changes.isEmpty() ? blobs() : changes;
        }
        return EventComparison.compare(
                words, Sides.STATE_AND_LOG, firmware(StateComparison::shortForm), List.of(shortFirmware()));
    }

    private List<List<Element>> firmware(Function<Firmware, List<PinnedEvent>> part) {
        return alternatives(state.firmware().stream().map(part).toList());
    }

    private List<List<Element>> alternatives(List<List<PinnedEvent>> alternatives) {
        return Element.alternatives(alternatives.stream()
                .map(events ->
                        events.stream().map(event -> event.onlyBank(log.bank())).toList())
                .toList());
    }

    private List<StateChange> blobs() {
        return EventComparison.compare(
                        new EventWords(ReferenceState.DRIVER_PCR, false, false),
                        Sides.STATE_AND_LOG,
                        firmware(Firmware::pcr2),
                        List.of(elements(log.events(ReferenceState.DRIVER_PCR).stream()
                                .filter(event -> !event.isAfterSeparator() && !event.isSeparator())
                                .toList())))
                .stream()
                .filter(change -> change.expected().isPresent())
                .toList();
    }

    private List<Element> shortFirmware() {
        return elements(Stream.concat(
                        log.events(0).stream().filter(event -> !event.isSeparator()),
                        log.events(ReferenceState.DRIVER_PCR).stream().filter(BootComparison::isBlob))
                .sorted((one, other) -> Integer.compare(one.number(), other.number()))
                .toList());
    }

    private static boolean isBlob(VerifiedEvent event) {
        return !event.isAfterSeparator()
                && (event.claimedType().equals(EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB)
                        || event.claimedType().equals(EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB2));
    }

    private List<StateChange> secureBoot() {
        Optional<VerifiedEvent> event = variable(KnownVariable.SECURE_BOOT);
        boolean isOff = event.flatMap(VerifiedEvent::coveredVariable)
                .map(VariableEventData::content)
                .filter(content -> content instanceof VariableContent.Flag flag && !flag.enabled())
                .isPresent();
        StateChange change = StateChange.ofItems(
                Kind.CHANGED,
                Category.SECURE_BOOT_CHANGED,
                OptionalInt.of(ReferenceState.SECURE_BOOT_PCR),
                "Secure Boot",
                isOff ? "is off" : "is not shown to be on",
                List.of());
        return List.of(change.at(event.map(this::reference)));
    }

    private List<StateChange> keys(KnownVariable known, List<Signature> pinned, Kind kind) {
        Optional<VerifiedEvent> event = variable(known);
        return event
                .flatMap(VerifiedEvent::coveredVariable)
                .map(VariableEventData::content)
                .filter(VariableContent.Signatures.class::isInstance)
                .map(content -> ((VariableContent.Signatures) content).database())
                .map(Signature::allOf)
                .map(found -> KeyComparison.compare(known, pinned, found))
                .orElse(List.of())
                .stream()
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

    private List<StateChange> secureBootEvents(boolean beforeSeparator) {
        Optional<PinnedPcr> pinned = state.pcr(ReferenceState.SECURE_BOOT_PCR);
        if (pinned.isEmpty()) {
            return List.of();
        }
        List<Element> found = elements(log.events(ReferenceState.SECURE_BOOT_PCR));
        List<List<Element>> expected = alternatives(pinned.get().alternatives());
        if (modes.get(ReferenceState.SECURE_BOOT_PCR) == PcrMode.SEQUENCE) {
            return events(pinned.get(), expected, found, false);
        }
        return events(
                pinned.get(),
                expected.stream().map(events -> part(events, beforeSeparator)).toList(),
                part(found, beforeSeparator),
                false);
    }

    private static List<Element> part(List<Element> events, boolean beforeSeparator) {
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
                .flatMap(pcr -> UserspaceComparison.compare(
                        pcr,
                        Sides.STATE_AND_LOG,
                        UserspaceComparison.pinned(state, pcr, log.bank()),
                        UserspaceComparison.found(log.userspaceRecords(pcr), log.bank()))
                        .stream())
                .toList();
    }

    /** The events that the rule itself names. */
    private List<StateChange> unexpected(Finding finding) {
        Map<Integer, VerifiedEvent> byNumber = finding.pcrs().stream()
                .flatMap(pcr -> log.events(pcr).stream())
                .collect(Collectors.toMap(VerifiedEvent::number, event -> event));
        List<StateChange> changes = new ArrayList<>();
        for (Finding.Place place : finding.events()) {
            VerifiedEvent event = byNumber.get(place.number());
            if (event != null) {
                Element found = element(event);
                EventWords words = new EventWords(event.pcr(), measuresImages(event.pcr()), false);
                changes.add(StateChange.ofEvent(
                        Kind.ADDED,
                        words.category(found.event()),
                        words.pcr(),
                        words.subject(found),
                        Sides.STATE_AND_LOG,
                        Optional.empty(),
                        Optional.of(found.reference(List.of(log.bank())))));
            }
        }
        return changes;
    }

    private EventReference reference(VerifiedEvent event) {
        return element(event).reference(List.of(log.bank()));
    }

    private List<Element> elements(List<VerifiedEvent> events) {
        return events.stream().map(this::element).toList();
    }

    private Element element(VerifiedEvent event) {
        Optional<VariableName> variable =
                event.pcr() != ReferenceState.SECURE_BOOT_PCR || event.isAfterSeparator() || slots.isEmpty()
                        ? Optional.empty()
                        : event.coveredVariable()
                                .map(data -> new VariableName(
                                        data.variable().variableName(),
                                        data.variable().unicodeName()))
                                .filter(slots::contains);
        boolean claimed = event.constant().isEmpty() && event.coveredBytes().isEmpty();
        PinnedEvent described = PinnedEvent.claimed(event.claims(), log.bank());
        return new Element(described, OptionalInt.of(event.number()), claimed, variable);
    }
}
