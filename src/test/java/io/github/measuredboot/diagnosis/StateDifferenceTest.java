package io.github.measuredboot.diagnosis;

import static io.github.measuredboot.diagnosis.Boots.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.diagnosis.StateChange.Category;
import io.github.measuredboot.diagnosis.StateChange.Kind;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.json.ReferenceStateJson;
import io.github.measuredboot.refstate.DigestSet;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.PinnedPcr;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.refstate.ReferenceStateMerge;
import io.github.measuredboot.refstate.SecureBootKeys;
import io.github.measuredboot.refstate.Signature;
import io.github.measuredboot.refstate.UserspaceDigest;
import io.github.measuredboot.testing.ReferenceStates;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.uefi.guid.Guid;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateDifferenceTest {
    private static final DigestSet OTHER = DigestSet.of(
            digest(HashAlgorithm.SHA1),
            digest(HashAlgorithm.SHA256),
            digest(HashAlgorithm.SHA384),
            digest(HashAlgorithm.SHA512));

    private static Digest digest(HashAlgorithm bank) {
        return new Digest(bank, Bytes.parseHex("e1".repeat(bank.digestSize())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            uki-direct | uki-direct | | same
            boot-order-before | boot-order-after | | same
            two-boots-first | two-boots-second | | same
            uki-direct | uki-direct-extra-boot-entry | | same
            uki-direct | uki-direct-other-cmdline | uki-changed,settings-changed | different: the UKI has changed; \
            the loaded file LOADED_IMAGE::LoadOptions has changed; the section .cmdline has changed
            """)
    void capturedBoots(String before, String after, String categories, String message) throws Exception {
        StateDifference difference = StateDifference.between(state(before), state(after));
        assertEquals(message, difference.message());
        assertEquals(message.equals("same"), difference.isSame());
        assertEquals(
                categories == null ? "" : categories,
                String.join(
                        ",", difference.categories().stream().map(Category::id).toList()));
    }

    /** What only settings do is seen where their PCR is pinned. */
    @Test
    void pinnedSettings() throws Exception {
        ReferenceStateMaker maker =
                ReferenceStateMaker.builder().mode(1, PcrMode.SEQUENCE).build();
        StateDifference difference = StateDifference.between(
                maker.make(Boots.evidence("boot-order-before")), maker.make(Boots.evidence("boot-order-after")));
        assertEquals(Set.of(Category.SETTINGS_CHANGED), difference.categories());
        assertTrue(difference.message().startsWith("different: the setting BootOrder has changed"));
        assertEquals(List.of(Hint.PINNED_SETTINGS_CHANGED), difference.hints());
    }

    /** Every event of every PCR: another digest, gone, one more, and at the place of the next. */
    @ParameterizedTest
    @ValueSource(strings = {"uki-secureboot", "sdboot-uki", "two-boots-first"})
    void aSingleChangeOfAnEventIsNamedAndNothingElse(String boot) throws Exception {
        ReferenceState state = state(boot);
        for (PinnedPcr pinned : state.pcrs()) {
            for (List<PinnedEvent> events : pinned.alternatives()) {
                events(
                        pinned.pcr(),
                        events,
                        changed -> state.toBuilder()
                                .pcr(new PinnedPcr(pinned.pcr(), pinned.mode(), List.of(changed)))
                                .build(),
                        state);
            }
        }
        Firmware firmware = state.firmware().get(0);
        events(0, firmware.pcr0(), changed -> withFirmware(state, changed, firmware.startupLocality()), state);
    }

    private interface Edited {
        ReferenceState state(List<PinnedEvent> events);
    }

    private static void events(int pcr, List<PinnedEvent> events, Edited edited, ReferenceState state) {
        PinnedEvent other = PinnedEvent.of(OTHER, EventType.EV_IPL, "other");
        for (int i = 0; i < events.size(); i++) {
            PinnedEvent event = events.get(i);
            if (!isConstant(event) && event.variable().isEmpty()) {
                assertOnly(
                        state,
                        edited.state(with(
                                events,
                                i,
                                list -> list.set(
                                        0,
                                        new PinnedEvent(
                                                OTHER,
                                                event.claimedType(),
                                                event.description(),
                                                event.role(),
                                                event.variable())))),
                        pcr,
                        Kind.CHANGED);
            }
            assertOnly(state, edited.state(with(events, i, list -> list.remove(0))), pcr, Kind.REMOVED);
            assertOnly(state, edited.state(with(events, i, list -> list.add(0, other))), pcr, Kind.ADDED);
            boolean isOther =
                    i + 1 < events.size() && !events.get(i + 1).digests().equals(event.digests());
            if (isOther) {
                assertOnly(state, edited.state(with(events, i, list -> Collections.swap(list, 0, 1))), pcr, Kind.MOVED);
            }
        }
    }

    private static boolean isConstant(PinnedEvent event) {
        return event.digests().digests().stream()
                .anyMatch(digest ->
                        MeasuredConstant.of(digest.algorithm(), digest.value()).isPresent());
    }

    private static List<PinnedEvent> with(List<PinnedEvent> events, int from, Consumer<List<PinnedEvent>> edit) {
        List<PinnedEvent> edited = new ArrayList<>(events);
        edit.accept(edited.subList(from, edited.size()));
        return edited;
    }

    private static void assertOnly(ReferenceState before, ReferenceState after, int pcr, Kind kind) {
        List<StateChange> changes = StateDifference.between(before, after).changes();
        assertEquals(1, changes.size(), changes.toString());
        assertEquals(kind, changes.get(0).kind(), changes.toString());
        assertEquals(OptionalInt.of(pcr), changes.get(0).pcr(), changes.toString());
        assertEquals(1, StateDifference.between(after, before).changes().size());
        assertTrue(StateDifference.between(after, after).isSame());
    }

    private static ReferenceState withFirmware(ReferenceState state, List<PinnedEvent> pcr0, OptionalInt locality) {
        Firmware old = state.firmware().get(0);
        return state.toBuilder()
                .firmware(List.of(Firmware.builder()
                        .scrtm(old.scrtm())
                        .platformFirmware(old.platformFirmware())
                        .startupLocality(locality)
                        .pcr0(pcr0)
                        .pcr2(old.pcr2())
                        .build()))
                .build();
    }

    /** A UKI is compared with a UKI, and what has a name with what has the same, wherever they are. */
    @Test
    void alikeIsComparedWithAlike() throws Exception {
        PinnedEvent uki = image(1, "\\uki.efi").withRole(PinnedEvent.Role.UKI);
        PinnedEvent otherUki = image(2, "\\other.efi").withRole(PinnedEvent.Role.UKI);
        PinnedEvent loader = image(3, "\\loader.efi").withRole(PinnedEvent.Role.LOADER);
        assertEquals(
                List.of("the loader \\loader.efi was added", "the UKI has changed"),
                headlines(List.of(uki), List.of(loader, otherUki)));
        PinnedEvent addon = image(4, "\\a.addon.efi").withRole(PinnedEvent.Role.ADDON);
        PinnedEvent changed = image(5, "\\a.addon.efi").withRole(PinnedEvent.Role.ADDON);
        PinnedEvent gone = image(6, "\\b.addon.efi").withRole(PinnedEvent.Role.ADDON);
        PinnedEvent more = image(7, "\\c.addon.efi").withRole(PinnedEvent.Role.ADDON);
        assertEquals(
                List.of("the addon \\c.addon.efi was added", "the addon \\a.addon.efi has changed"),
                headlines(List.of(addon), List.of(more, changed)));
        assertEquals(
                List.of("the addon \\b.addon.efi is gone", "the addon \\a.addon.efi has changed"),
                headlines(List.of(gone, addon), List.of(changed)));
    }

    private static PinnedEvent image(int filledWith, String path) {
        Bytes digest = Bytes.parseHex("%02x".formatted(filledWith).repeat(32));
        return PinnedEvent.of(
                DigestSet.of(new Digest(HashAlgorithm.SHA256, digest)),
                EventType.EV_EFI_BOOT_SERVICES_APPLICATION,
                path);
    }

    private static List<String> headlines(List<PinnedEvent> before, List<PinnedEvent> after) {
        return StateDifference.between(images(before), images(after)).changes().stream()
                .map(StateChange::headline)
                .toList();
    }

    private static ReferenceState images(List<PinnedEvent> events) {
        return ReferenceState.builder()
                .pcr(new PinnedPcr(4, PcrMode.SEQUENCE, List.of(events)))
                .build();
    }

    @Test
    void theStartupLocality() throws Exception {
        ReferenceState state = state("uki-direct");
        ReferenceState three = withFirmware(state, state.firmware().get(0).pcr0(), OptionalInt.of(3));
        assertOnly(state, three, 0, Kind.CHANGED);
        assertEquals(
                "the startup locality is 3 and was 0 (PCR 0)",
                StateDifference.between(state, three).changes().get(0).message());
    }

    @Test
    void anEntryOfAKeyDatabase() throws Exception {
        ReferenceState state = state("uki-secureboot");
        SecureBootKeys keys = state.secureBoot();
        Signature more = new Signature(Optional.empty(), Guid.ZERO, Bytes.parseHex("ab".repeat(32)));
        Map<Category, List<SecureBootKeys>> added = new LinkedHashMap<>();
        added.put(
                Category.KEY_ROTATION,
                List.of(
                        new SecureBootKeys(plus(keys.pk(), more), keys.kek(), keys.db(), keys.dbx()),
                        new SecureBootKeys(keys.pk(), plus(keys.kek(), more), keys.db(), keys.dbx()),
                        new SecureBootKeys(keys.pk(), keys.kek(), plus(keys.db(), more), keys.dbx())));
        added.put(
                Category.DBX_UPDATE,
                List.of(new SecureBootKeys(keys.pk(), keys.kek(), keys.db(), plus(keys.dbx(), more))));
        added.forEach((category, all) -> all.forEach(changed -> {
            ReferenceState now = state.toBuilder().secureBoot(changed).build();
            assertOnly(state, now, 7, Kind.ADDED);
            assertOnly(now, state, 7, Kind.REMOVED);
            StateChange change = StateDifference.between(state, now).changes().get(0);
            assertEquals(category, change.category());
            assertEquals(
                    List.of("hash " + "ab".repeat(32) + ", owner 00000000-0000-0000-0000-000000000000"),
                    change.items());
        }));
        ReferenceState fewer = state.toBuilder()
                .secureBoot(new SecureBootKeys(keys.pk(), keys.kek(), keys.db(), List.of()))
                .build();
        assertEquals(
                Set.of(Category.DBX_ROLLBACK),
                StateDifference.between(state, fewer).categories());
        List<Signature> shuffled = new ArrayList<>(plus(keys.dbx(), keys.dbx().get(0)));
        Collections.reverse(shuffled);
        assertTrue(StateDifference.between(
                        state,
                        state.toBuilder()
                                .secureBoot(new SecureBootKeys(keys.pk(), keys.kek(), keys.db(), shuffled))
                                .build())
                .isSame());
    }

    private static List<Signature> plus(List<Signature> signatures, Signature more) {
        List<Signature> all = new ArrayList<>(signatures);
        all.add(more);
        return all;
    }

    @Test
    void secureBootThatWasTurnedOff() throws Exception {
        StateDifference difference = StateDifference.between(state("sdboot-uki"), state("uki-secureboot"));
        assertTrue(difference.categories().contains(Category.SECURE_BOOT_CHANGED), difference.message());
    }

    @Test
    void aModeIsAnotherCoverage() throws Exception {
        ReferenceState state = state("uki-direct");
        ReferenceState free = state.toBuilder()
                .pcr(new PinnedPcr(12, PcrMode.FREE, List.of()))
                .build();
        assertOnly(state, free, 12, Kind.MODE_CHANGED);
        assertEquals(
                Set.of(Category.OTHER_COVERAGE),
                StateDifference.between(state, free).categories());
        assertOnly(state, state.toBuilder().withoutPcr(12).build(), 12, Kind.REMOVED);
    }

    /** Empty, and one event: the mode follows from what is pinned. */
    @Test
    void aCommandLineIsNotAnotherMode() throws Exception {
        ReferenceState state = state("uki-direct");
        List<PinnedEvent> line = List.of(PinnedEvent.of(OTHER, EventType.EV_IPL, "init=/bin/sh"));
        ReferenceState passed = state.toBuilder()
                .pcr(new PinnedPcr(12, PcrMode.SEQUENCE, List.of(line)))
                .build();
        assertOnly(state, passed, 12, Kind.ADDED);
        assertEquals(
                Set.of(Category.COMMAND_LINE_CHANGED),
                StateDifference.between(state, passed).categories());
    }

    @Test
    void withoutACommonBankNothingIsTheSame() throws Exception {
        ReferenceState sha1 = ReferenceStates.onlyBank(state("uki-direct"), HashAlgorithm.SHA1);
        ReferenceState sha256 = ReferenceStates.onlyBank(state("uki-direct"), HashAlgorithm.SHA256);
        StateDifference difference = StateDifference.between(sha1, sha256);
        assertEquals(Set.of(Category.OTHER_COVERAGE), difference.categories());
        assertTrue(difference.changes().stream().allMatch(change -> change.kind() == Kind.NOT_COMPARABLE));
        StateDifference more = StateDifference.between(sha256, state("uki-direct"));
        assertEquals(
                List.of(Kind.OTHER_BANKS),
                more.changes().stream().map(StateChange::kind).toList());
    }

    /** A short state has no separators, no loaders and no names of sections: what it has is the same. */
    @Test
    void aShortStateOfTheSameBoot() throws Exception {
        ReferenceState full = ReferenceStates.onlyBank(state("uki-secureboot"), HashAlgorithm.SHA256);
        String text = ReferenceStateJson.write(full, ReferenceStateJson.Form.FIELD);
        ReferenceState shortState = ReferenceStateJson.parse(Bytes.encode(text, StandardCharsets.UTF_8))
                .state();
        for (StateDifference difference :
                List.of(StateDifference.between(full, shortState), StateDifference.between(shortState, full))) {
            assertEquals(
                    Set.of(Category.OTHER_COVERAGE),
                    difference.categories(),
                    difference.changes().toString());
        }
    }

    @Test
    void userspaceDigests() throws Exception {
        UserspaceDigest one = new UserspaceDigest(11, digest(HashAlgorithm.SHA256));
        UserspaceDigest other =
                new UserspaceDigest(11, new Digest(HashAlgorithm.SHA256, Bytes.parseHex("02".repeat(32))));
        UserspaceDigest sha1 = new UserspaceDigest(11, digest(HashAlgorithm.SHA1));
        ReferenceState none = state("uki-direct");
        ReferenceState first = none.toBuilder().userspaceDigests(List.of(one)).build();
        ReferenceState second =
                none.toBuilder().userspaceDigests(List.of(other)).build();
        assertOnly(first, second, 11, Kind.CHANGED);
        assertEquals(
                Set.of(Category.USERSPACE_CHANGED),
                StateDifference.between(first, second).categories());
        assertOnly(first, none.toBuilder().userspaceDigests(List.of(one, other)).build(), 11, Kind.ADDED);
        assertOnly(first, none.toBuilder().userspaceDigests(List.of(sha1)).build(), 11, Kind.NOT_COMPARABLE);
        assertEquals(
                Set.of(Category.OTHER_COVERAGE),
                StateDifference.between(none, first).categories());
    }

    @Test
    void aMergedStateHasAnAlternativeMore() throws Exception {
        ReferenceState before = state("uki-direct");
        ReferenceState after = state("uki-direct-other-cmdline");
        ReferenceState both = ReferenceStateMerge.of(List.of(before, after)).state();
        assertEquals(
                StateDifference.between(before, after).categories(),
                StateDifference.between(before, both).categories());
        StateDifference narrowed = StateDifference.between(both, after);
        assertTrue(narrowed.categories().contains(Category.UKI_CHANGED), narrowed.message());
        assertTrue(narrowed.message().startsWith("different: an alternative of 4 events is gone"), narrowed.message());
        List<ReferenceState> twisted =
                List.of(both, ReferenceStateMerge.of(List.of(after, before)).state());
        assertTrue(StateDifference.between(twisted.get(0), twisted.get(1)).isSame());
    }

    /** Logs of the same firmware on the same machine: no change of firmware, whatever else there is. */
    @Test
    void familiesOfRealFirmware() throws Exception {
        Path grafts = TestLogs.shared("grafts");
        Map<String, List<String>> families = new LinkedHashMap<>();
        for (String line : Files.readAllLines(grafts.resolve("index.tsv"))) {
            String[] columns = line.split("\t");
            if (!columns[0].equals("name")) {
                families.computeIfAbsent(columns[3], first -> new ArrayList<>()).add(columns[0]);
            }
        }
        Map<String, ReferenceState> firsts = new LinkedHashMap<>();
        int pairs = 0;
        for (Map.Entry<String, List<String>> family : families.entrySet()) {
            ReferenceState first = graft(grafts, family.getValue().get(0));
            firsts.put(family.getKey(), first);
            assertTrue(StateDifference.between(first, first).isSame());
            for (String name : family.getValue().subList(1, family.getValue().size())) {
                StateDifference difference = StateDifference.between(first, graft(grafts, name));
                assertFalse(
                        difference.changes().stream()
                                .anyMatch(change -> change.category() == Category.FIRMWARE_UPDATE
                                        && change.pcr().equals(OptionalInt.of(0))),
                        name + ": " + difference.changes());
                assertFalse(difference.categories().contains(Category.UKI_CHANGED), name + ": " + difference.changes());
                pairs++;
            }
        }
        assertTrue(pairs > 10, pairs + " pairs");
        Set<Boolean> firmwareChanged = new TreeSet<>();
        List<ReferenceState> all = List.copyOf(firsts.values());
        for (int i = 1; i < all.size(); i++) {
            firmwareChanged.add(StateDifference.between(all.get(i - 1), all.get(i)).categories().stream()
                    .anyMatch(category -> category == Category.FIRMWARE_UPDATE || category == Category.OTHER_COVERAGE));
        }
        assertEquals(Set.of(true), firmwareChanged);
    }

    private static ReferenceState graft(Path grafts, String name) throws Exception {
        return ReferenceStateMaker.create().make(Boots.honest(EventLog.read(grafts.resolve(name + ".bin"))));
    }

    @Test
    void idsAreStable() {
        assertEquals(
                List.of(
                        "firmware-update",
                        "key-rotation",
                        "dbx-update",
                        "dbx-rollback",
                        "secure-boot-changed",
                        "uki-changed",
                        "boot-chain-changed",
                        "command-line-changed",
                        "extensions-changed",
                        "userspace-changed",
                        "settings-changed",
                        "other-coverage"),
                Stream.of(Category.values()).map(Category::id).toList());
        assertEquals(
                List.of("added", "removed", "changed", "moved", "mode-changed", "other-banks", "not-comparable"),
                Stream.of(Kind.values()).map(Kind::id).toList());
    }
}
