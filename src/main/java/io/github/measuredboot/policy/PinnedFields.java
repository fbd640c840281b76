package io.github.measuredboot.policy;

import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.eventlog.data.ImageLoadData;
import io.github.measuredboot.eventlog.data.IplData;
import io.github.measuredboot.eventlog.data.VariableContent;
import io.github.measuredboot.eventlog.data.VariableEventData;
import io.github.measuredboot.policy.Diagnosis.FieldStatus;
import io.github.measuredboot.policy.Diagnosis.PinnedField;
import io.github.measuredboot.policy.ReferenceState.Firmware;
import io.github.measuredboot.policy.ReferenceState.SecureBoot;
import io.github.measuredboot.policy.ReferenceState.Signature;
import io.github.measuredboot.policy.ReferenceState.Uki;
import io.github.measuredboot.policy.ReferenceState.UkiSection;
import io.github.measuredboot.policy.SequenceDiff.Placed;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.devicepath.DevicePathTextForm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Puts the pinned fields of a state beside the events of a log. For display: it goes by claimed types, rules decide. */
final class PinnedFields {
    static final String UKI = "UKI";
    static final String KERNEL = "kernel inside the UKI";
    static final String SCRTM = "S-CRTM version";
    private static final String NOTHING = "nothing";
    private static final int MOST_NAMED = 5;

    private record Expected(String name, DigestSet digests) {}

    private final HashAlgorithm bank;
    private final List<CheckedEvent> events;
    private final ReplayedLog replayed;
    private final Set<String> rejecting;
    private final List<PinnedField> fields = new ArrayList<>();

    private PinnedFields(CheckedLog log, ReplayedLog replayed, Verdict verdict) {
        this.bank = verdict.bank();
        this.events = log.events().stream()
                .filter(checked -> !checked.event().claimedType().equals(EventType.EV_NO_ACTION))
                .filter(checked -> checked.event().digest(bank).isPresent())
                .toList();
        this.replayed = replayed;
        this.rejecting = Hints.failed(verdict);
    }

    static List<PinnedField> of(ReferenceState state, CheckedLog log, ReplayedLog replayed, Verdict verdict) {
        PinnedFields pinned = new PinnedFields(log, replayed, verdict);
        pinned.firmware(state.firmware());
        pinned.secureBoot(state.secureBoot());
        pinned.images(state.uki());
        pinned.sections(state.uki().sections());
        return pinned.fields;
    }

    private List<CheckedEvent> select(int pcr, EventType... types) {
        Set<EventType> wanted = Set.of(types);
        return events.stream()
                .filter(checked -> checked.event().pcrIndex() == pcr)
                .filter(checked -> wanted.contains(checked.event().claimedType()))
                .toList();
    }

    private void firmware(List<Firmware> alternatives) {
        List<CheckedEvent> found = new ArrayList<>(select(0, EventType.EV_S_CRTM_VERSION));
        List<CheckedEvent> blobs = new ArrayList<>();
        for (int pcr : List.of(0, 2)) {
            blobs.addAll(
                    select(pcr, EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB, EventType.EV_EFI_PLATFORM_FIRMWARE_BLOB2));
        }
        blobs.sort(Comparator.comparingInt(checked -> checked.event().number()));
        found.addAll(blobs);
        Set<DigestSet> measured = found.stream().map(this::digest).collect(Collectors.toSet());
        List<Expected> nearest = alternatives.stream()
                .map(PinnedFields::expected)
                .max(Comparator.comparingLong(expected -> expected.stream()
                        .filter(one -> measured.contains(one.digests().only(bank)))
                        .count()))
                .orElse(List.of());
        compare(
                "firmware",
                nearest,
                found,
                checked -> checked.event().claimedType().equals(EventType.EV_S_CRTM_VERSION) ? SCRTM : "firmware blob");
    }

    private static List<Expected> expected(Firmware firmware) {
        List<Expected> expected = new ArrayList<>();
        if (!firmware.scrtm().isEmpty()) {
            expected.add(new Expected(SCRTM, firmware.scrtm()));
        }
        for (DigestSet blob : firmware.platformFirmware()) {
            expected.add(new Expected("firmware blob", blob));
        }
        return expected;
    }

    private void images(Uki uki) {
        List<Expected> expected = new ArrayList<>();
        uki.imagesBefore().forEach(image -> expected.add(new Expected("image before the UKI", image)));
        expected.add(new Expected(UKI, uki.image()));
        if (!uki.kernel().isEmpty()) {
            expected.add(new Expected(KERNEL, uki.kernel()));
        }
        compare(
                "pcr4.images",
                expected,
                select(4, EventType.EV_EFI_BOOT_SERVICES_APPLICATION),
                image -> "image that is not pinned");
    }

    private void sections(List<UkiSection> sections) {
        if (sections.isEmpty()) {
            return;
        }
        Map<Integer, String> names = new HashMap<>();
        List<CheckedEvent> contents = new ArrayList<>();
        List<CheckedEvent> pairs =
                events.stream().filter(ReferenceStateMaker::isSection).toList();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            if (pairs.get(i).claimedData() instanceof IplData name) {
                CheckedEvent content = pairs.get(i + 1);
                names.put(content.event().number(), "section " + name.text());
                contents.add(content);
            }
        }
        List<Expected> expected = sections.stream()
                .map(section -> new Expected("section " + section.name().orElse("without a name"), section.digests()))
                .toList();
        compare(
                "pcr11.sections",
                expected,
                contents,
                content -> names.getOrDefault(content.event().number(), "section"));
    }

    private void compare(
            String rule, List<Expected> expected, List<CheckedEvent> found, Function<CheckedEvent, String> nameOf) {
        SequenceDiff<DigestSet> diff = SequenceDiff.between(
                expected.stream().map(one -> one.digests().only(bank)).toList(),
                found.stream().map(this::digest).toList(),
                DigestSet::equals);
        Map<Integer, Integer> expectedOf = new HashMap<>();
        diff.kept()
                .forEach(pair ->
                        expectedOf.put(pair.after().index(), pair.before().index()));
        List<Integer> missing =
                new ArrayList<>(diff.removed().stream().map(Placed::index).toList());
        List<Integer> unknown =
                new ArrayList<>(diff.added().stream().map(Placed::index).toList());
        pair(
                missing,
                unknown,
                expectedOf,
                (want, event) -> expected.get(want).name().equals(nameOf.apply(found.get(event))));
        pair(missing, unknown, expectedOf, (want, event) -> true);
        Set<Integer> moved =
                diff.moved().stream().map(pair -> pair.after().index()).collect(Collectors.toSet());
        for (int i = 0; i < found.size(); i++) {
            CheckedEvent event = found.get(i);
            Integer index = expectedOf.get(i);
            if (index == null) {
                add(rule, nameOf.apply(event), FieldStatus.UNEXPECTED, event, NOTHING, text(event));
            } else {
                Expected want = expected.get(index);
                boolean same = want.digests().only(bank).equals(digest(event));
                FieldStatus status =
                        !same ? FieldStatus.DIFFERENT : moved.contains(i) ? FieldStatus.MOVED : FieldStatus.SAME;
                add(rule, want.name(), status, event, want.digests().only(bank).toString(), text(event));
            }
        }
        missing.forEach(index -> addMissing(
                rule,
                expected.get(index).name(),
                expected.get(index).digests().only(bank).toString()));
    }

    private interface Fits {
        boolean test(int want, int event);
    }

    /** Moves what fits from the two lists into the map, each one's first partner. */
    private static void pair(
            List<Integer> missing, List<Integer> unknown, Map<Integer, Integer> expectedOf, Fits fits) {
        for (Iterator<Integer> wants = missing.iterator(); wants.hasNext(); ) {
            int want = wants.next();
            Optional<Integer> partner =
                    unknown.stream().filter(event -> fits.test(want, event)).findFirst();
            if (partner.isPresent()) {
                expectedOf.put(partner.get(), want);
                unknown.remove(partner.get());
                wants.remove();
            }
        }
    }

    private void secureBoot(SecureBoot keys) {
        for (CheckedEvent event : variables("pcr7.secure-boot", KnownVariable.SECURE_BOOT, "enabled")) {
            boolean enabled = coveredContent(event)
                    .filter(content -> content instanceof VariableContent.Flag flag && flag.enabled())
                    .isPresent();
            add(
                    "pcr7.secure-boot",
                    KnownVariable.SECURE_BOOT.pattern(),
                    enabled ? FieldStatus.SAME : FieldStatus.DIFFERENT,
                    event,
                    "enabled",
                    enabled ? "enabled" : "not enabled, as far as the digest tells");
        }
        database("pcr7.pk", KnownVariable.PK, keys.pk());
        database("pcr7.kek", KnownVariable.KEK, keys.kek());
        database("pcr7.db", KnownVariable.DB, keys.db());
        database("pcr7.dbx", KnownVariable.DBX, keys.dbx());
    }

    private void database(String rule, KnownVariable variable, List<Signature> pinned) {
        String expected = entries(new HashSet<>(pinned).size());
        for (CheckedEvent event : variables(rule, variable, expected)) {
            Optional<Set<Signature>> found = coveredContent(event)
                    .filter(VariableContent.Signatures.class::isInstance)
                    .map(VariableContent.Signatures.class::cast)
                    .map(content -> Set.copyOf(SecureBootRules.signaturesOf(content.database())));
            if (found.isEmpty()) {
                String text = "no signature database that the digest covers";
                add(rule, variable.pattern(), FieldStatus.DIFFERENT, event, expected, text);
                continue;
            }
            Set<Signature> more = without(found.get(), pinned);
            Set<Signature> missing = without(pinned, found.get());
            add(
                    rule,
                    variable.pattern(),
                    more.isEmpty() && missing.isEmpty() ? FieldStatus.SAME : FieldStatus.DIFFERENT,
                    event,
                    expected,
                    entries(found.get().size()) + list("not pinned", more) + list("missing", missing));
        }
    }

    private static String entries(int count) {
        return count == 1 ? "1 entry" : count + " entries";
    }

    private static Set<Signature> without(Iterable<Signature> signatures, Iterable<Signature> others) {
        Set<Signature> rest = new HashSet<>();
        signatures.forEach(rest::add);
        others.forEach(rest::remove);
        return rest;
    }

    private static String list(String what, Set<Signature> signatures) {
        return signatures.isEmpty()
                ? ""
                : "; " + what + ": " + signatures.size() + ", such as "
                        + signatures.stream()
                                .map(SignatureText::of)
                                .sorted()
                                .limit(MOST_NAMED)
                                .collect(Collectors.joining("; "));
    }

    private List<CheckedEvent> variables(String rule, KnownVariable wanted, String expected) {
        Predicate<CheckedEvent> isWanted = checked -> checked.claimedData() instanceof VariableEventData variable
                && variable.known().equals(Optional.of(wanted));
        List<CheckedEvent> found = select(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG).stream()
                .filter(isWanted)
                .toList();
        if (found.isEmpty()) {
            addMissing(rule, wanted.pattern(), expected);
        }
        return found;
    }

    private Optional<VariableContent> coveredContent(CheckedEvent event) {
        return event.coveredData(bank, VariableEventData.class).map(VariableEventData::content);
    }

    private void addMissing(String rule, String name, String expected) {
        FieldStatus status = rejecting.contains(rule) ? FieldStatus.MISSING : FieldStatus.ACCEPTED;
        fields.add(new PinnedField(rule, name, status, Optional.empty(), expected, NOTHING, PcrProof.UNPROVED));
    }

    private void add(
            String rule, String name, FieldStatus status, CheckedEvent checked, String expected, String found) {
        Event event = checked.event();
        int pcr = (int) event.pcrIndex();
        PcrProof proof = PcrProof.of(replayed, bank, pcr);
        fields.add(new PinnedField(
                rule,
                name,
                status == FieldStatus.SAME || rejecting.contains(rule) ? status : FieldStatus.ACCEPTED,
                Optional.of(new Finding.Place(event.number(), event.offset())),
                expected,
                found,
                proof));
    }

    private DigestSet digest(CheckedEvent checked) {
        return new DigestSet(checked.event().digest(bank).stream().toList());
    }

    private String text(CheckedEvent checked) {
        String digest = checked.event().digest(bank).map(Digest::toString).orElse(NOTHING);
        return checked.claimedData() instanceof ImageLoadData image
                ? digest + ", claimed to be from "
                        + image.imageLoad().devicePath().toText(DevicePathTextForm.UEFI)
                : digest;
    }
}
