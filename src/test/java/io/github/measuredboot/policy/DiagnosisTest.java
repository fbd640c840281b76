package io.github.measuredboot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.json.UserspaceLogJson;
import io.github.measuredboot.policy.Diagnosis.FieldStatus;
import io.github.measuredboot.policy.Diagnosis.PinnedField;
import io.github.measuredboot.policy.ReferenceState.Firmware;
import io.github.measuredboot.policy.ReferenceState.SecureBoot;
import io.github.measuredboot.policy.ReferenceState.Uki;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.uefi.KnownVariable;
import io.github.measuredboot.uefi.SignatureData;
import io.github.measuredboot.uefi.SignatureDatabase;
import io.github.measuredboot.uefi.SignatureList;
import io.github.measuredboot.uefi.SignatureType;
import io.github.measuredboot.uefi.VariableData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static final DigestSet OTHER = DigestSet.of(new Digest(HashAlgorithm.SHA512, Bytes.wrap(new byte[64])));

    private static ReferenceState state(String boot) throws Exception {
        return ReferenceStateMaker.create().make(CheckedLog.of(log(boot)));
    }

    private static EventLog log(String boot) throws Exception {
        return EventLog.wrap(TestLogs.read(Path.of("testdata/boots", boot, "eventlog.bin")));
    }

    private static ReplayedLog replayed(String boot) throws Exception {
        return Replay.of(log(boot))
                .compareWith(
                        PcrValuesJson.parse(Bytes.wrap(TestLogs.read(Path.of("testdata/boots", boot, "pcrs.json")))));
    }

    private static Diagnosis diagnose(String boot, ReferenceState state, boolean requireSecureBoot) throws Exception {
        return Diagnosis.of(
                replayed(boot), state, PolicyOptions.defaultsFor(state).withSecureBootRequired(requireSecureBoot));
    }

    private static Diagnosis diagnose(String boot, ReferenceState state) throws Exception {
        return diagnose(boot, state, false);
    }

    private static Set<Hint> hints(Diagnosis diagnosis) {
        Set<Hint> hints = EnumSet.copyOf(diagnosis.hints());
        hints.remove(Hint.VALUES_NOT_PROVED);
        return hints;
    }

    private static PinnedField field(Diagnosis diagnosis, String name) {
        return diagnosis.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ReferenceState with(ReferenceState state, Firmware... firmware) {
        return new ReferenceState(
                List.of(firmware), state.secureBoot(), state.uki(), state.userspaceDigests(), state.provenance());
    }

    private static ReferenceState with(ReferenceState state, SecureBoot keys) {
        return new ReferenceState(state.firmware(), keys, state.uki(), state.userspaceDigests(), state.provenance());
    }

    private static ReferenceState with(ReferenceState state, Uki uki) {
        return new ReferenceState(
                state.firmware(), state.secureBoot(), uki, state.userspaceDigests(), state.provenance());
    }

    @Test
    void ofTheSameBootAllFieldsAreTheSame() throws Exception {
        for (String boot : List.of("uki-direct", "sdboot-uki", "uki-secureboot", "two-boots-second")) {
            boolean secureBoot = boot.equals("uki-secureboot");
            Diagnosis diagnosis = diagnose(boot, state(boot), secureBoot);
            assertTrue(diagnosis.isGood(), boot);
            assertTrue(diagnosis.difference().orElseThrow().isEmpty(), boot);
            assertEquals(Set.of(), hints(diagnosis), boot);
            for (PinnedField field : diagnosis.fields()) {
                boolean off = field.name().equals("SecureBoot") && !secureBoot;
                assertEquals(off ? FieldStatus.ACCEPTED : FieldStatus.SAME, field.status(), boot + field);
                assertEquals(PcrProof.ASSERTED, field.proof(), boot + field);
            }
        }
    }

    @Test
    void fieldsHaveTheirEvents() throws Exception {
        Diagnosis diagnosis = diagnose("uki-direct", state("uki-direct"));
        List<String> names = diagnosis.fields().stream()
                .map(field -> field.event().orElseThrow().number() + " " + field.name())
                .toList();
        assertEquals(
                List.of(
                        "1 S-CRTM version",
                        "2 firmware blob",
                        "3 firmware blob",
                        "4 SecureBoot",
                        "5 PK",
                        "6 KEK",
                        "7 db",
                        "8 dbx",
                        "23 UKI",
                        "36 kernel inside the UKI",
                        "25 section .linux",
                        "27 section .osrel",
                        "29 section .cmdline",
                        "31 section .initrd",
                        "33 section .uname",
                        "35 section .sbat"),
                names);
    }

    @Test
    void theNearestFirmwareAlternativeIsShown() throws Exception {
        ReferenceState state = state("uki-direct");
        Firmware good = state.firmware().get(0);
        Firmware updated =
                new Firmware(good.scrtm(), List.of(good.platformFirmware().get(0), OTHER));
        Firmware strange = new Firmware(OTHER, List.of(OTHER));
        assertTrue(diagnose("uki-direct", with(state, strange, good)).isGood());
        Diagnosis diagnosis = diagnose("uki-direct", with(state, strange, updated));
        assertEquals(Set.of(Hint.FIRMWARE_CHANGED), hints(diagnosis));
        List<FieldStatus> statuses =
                diagnosis.fields().stream().limit(3).map(PinnedField::status).toList();
        assertEquals(List.of(FieldStatus.SAME, FieldStatus.SAME, FieldStatus.DIFFERENT), statuses);
        assertEquals(OTHER.toString(), diagnosis.fields().get(2).expected());
    }

    @Test
    void blobsThatMovedCameOrWentAreShown() throws Exception {
        ReferenceState state = state("uki-direct");
        Firmware good = state.firmware().get(0);
        List<DigestSet> reversed = new ArrayList<>(good.platformFirmware());
        Collections.reverse(reversed);
        Diagnosis moved = diagnose("uki-direct", with(state, new Firmware(good.scrtm(), reversed)));
        assertEquals(1, count(moved, FieldStatus.MOVED));
        Diagnosis added = diagnose("uki-direct", with(state, new Firmware(good.scrtm(), reversed.subList(0, 1))));
        assertEquals(1, count(added, FieldStatus.UNEXPECTED));
        List<DigestSet> more = new ArrayList<>(good.platformFirmware());
        more.add(OTHER);
        Diagnosis gone = diagnose("uki-direct", with(state, new Firmware(good.scrtm(), more)));
        assertEquals(1, count(gone, FieldStatus.MISSING));
        assertEquals(Set.of(Hint.FIRMWARE_CHANGED), hints(gone));
    }

    private static long count(Diagnosis diagnosis, FieldStatus status) {
        return diagnosis.fields().stream()
                .filter(field -> field.status() == status)
                .count();
    }

    @Test
    void aStateWithoutFirmwareSaysSo() throws Exception {
        assertTrue(hints(diagnose("uki-direct", with(state("uki-direct")))).contains(Hint.FIRMWARE_NOT_PINNED));
    }

    @Test
    void secureBootOffIsNamed() throws Exception {
        Diagnosis diagnosis = diagnose("uki-direct", state("uki-direct"), true);
        assertTrue(
                hints(diagnosis).contains(Hint.SECURE_BOOT_OFF),
                hints(diagnosis).toString());
        assertEquals(FieldStatus.DIFFERENT, field(diagnosis, "SecureBoot").status());
        assertFalse(diagnosis.isGood());
    }

    @Test
    void keysAreNamed() throws Exception {
        ReferenceState state = state("uki-secureboot");
        SecureBoot keys = state.secureBoot();
        Diagnosis rotated = diagnose(
                "uki-secureboot", with(state, new SecureBoot(keys.pk(), keys.kek(), keys.kek(), keys.dbx())), true);
        assertEquals(Set.of(Hint.KEYS_CHANGED, Hint.AUTHORITY_UNKNOWN), hints(rotated));
        assertTrue(field(rotated, "db").found().startsWith("1 entry; not pinned: 1, such as CN=capture test db, "));
        Diagnosis grown = diagnose(
                "uki-secureboot", with(state, new SecureBoot(keys.pk(), keys.kek(), keys.db(), List.of())), true);
        assertEquals(Set.of(Hint.DBX_GREW), hints(grown));
        assertEquals(FieldStatus.ACCEPTED, field(grown, "dbx").status());
        assertTrue(grown.isGood());
        Diagnosis rolledBack = diagnose(
                "uki-secureboot", with(state, new SecureBoot(keys.pk(), keys.kek(), keys.db(), keys.db())), true);
        assertEquals(Set.of(Hint.DBX_ROLLBACK), hints(rolledBack));
        assertTrue(field(rolledBack, "dbx").found().contains("missing: 1, such as CN=capture test db"));
    }

    @Test
    void imagesAreNamed() throws Exception {
        ReferenceState state = state("sdboot-uki");
        Uki uki = state.uki();
        Diagnosis noLoader = diagnose("sdboot-uki", with(state, Uki.of(uki.image())));
        assertEquals(Set.of(Hint.LOADER_NOT_PINNED), remove(hints(noLoader), Hint.BOOT_CHAIN_CHANGED));
        Diagnosis otherLoader =
                diagnose("sdboot-uki", with(state, new Uki(uki.image(), List.of(), List.of(OTHER), uki.kernel())));
        assertEquals(Set.of(Hint.BOOT_CHAIN_CHANGED), hints(otherLoader));
        assertEquals(
                FieldStatus.DIFFERENT,
                field(otherLoader, "image before the UKI").status());
        Diagnosis otherKernel = diagnose(
                "uki-direct",
                with(state("uki-direct"), kernel(state("uki-direct").uki(), OTHER)));
        assertEquals(Set.of(Hint.KERNEL_CHANGED), hints(otherKernel));
        Diagnosis noKernel = diagnose(
                "uki-direct",
                with(state("uki-direct"), kernel(state("uki-direct").uki(), DigestSet.EMPTY)));
        assertEquals(Set.of(Hint.KERNEL_NOT_PINNED), hints(noKernel));
        assertTrue(noKernel.isGood());
    }

    private static Set<Hint> remove(Set<Hint> hints, Hint hint) {
        hints.remove(hint);
        return hints;
    }

    private static Uki kernel(Uki uki, DigestSet kernel) {
        return new Uki(uki.image(), uki.sections(), uki.imagesBefore(), kernel);
    }

    @Test
    void anEntryWithoutDataIsNoKey() throws Exception {
        SignatureData empty = new SignatureData(KnownVariable.DB.vendorGuid(), Bytes.EMPTY);
        Bytes database = new SignatureDatabase(List.of(SignatureList.of(SignatureType.X509, empty))).encode();
        Bytes db = new VariableData(KnownVariable.DB.vendorGuid(), "db", database, Bytes.EMPTY).encode();
        EventLogBuilder builder = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA256);
        for (Event event : log("uki-direct").events()) {
            if (event.number() == 7) {
                builder.measure(7, EventType.EV_EFI_VARIABLE_DRIVER_CONFIG, db);
            } else if (event.number() > 0) {
                Digest digest = event.digest(HashAlgorithm.SHA256).orElseThrow();
                builder.event(event.pcrIndex(), event.claimedType(), List.of(digest), event.data());
            }
        }
        Replay replay = Replay.of(EventLog.wrap(builder.build()));
        ReferenceState state = ReferenceStateMaker.create().make(CheckedLog.of(replay.log()));
        assertEquals(List.of(), state.secureBoot().db());
        Diagnosis diagnosis = Diagnosis.of(
                replay.compareWith(replay.expectedValues()),
                state,
                PolicyOptions.defaultsFor(state).withSecureBootRequired(false));
        assertEquals(FieldStatus.SAME, field(diagnosis, "db").status());
        assertEquals(List.of(), diagnosis.verdict().orElseThrow().rejections());
    }

    @Test
    void anEventThatNoRuleNamesIsTold() throws Exception {
        EventLog log = EventLog.wrap(EventLogBuilder.from(log("uki-direct"))
                .measure(4, EventType.EV_IPL, Bytes.wrap(new byte[1]))
                .build());
        Replay replay = Replay.of(log);
        ReferenceState state = state("uki-direct");
        Diagnosis diagnosis = Diagnosis.of(
                replay.compareWith(replay.expectedValues()),
                state,
                PolicyOptions.defaultsFor(state).withSecureBootRequired(false));
        assertEquals(Set.of(Hint.UNEXPECTED_EVENT), hints(diagnosis));
    }

    @Test
    void aLogWithoutAClearUkiIsDiagnosedAllTheSame() throws Exception {
        Diagnosis diagnosis = diagnose("tpm12-legacy", state("uki-direct-other-cmdline"));
        assertFalse(diagnosis.isGood());
        assertTrue(diagnosis.difference().isEmpty());
        assertTrue(
                hints(diagnosis).contains(Hint.UKI_NOT_CLEAR), hints(diagnosis).toString());
    }

    @Test
    void otherUserspaceMeasurementsAreTold() throws Exception {
        Path boot = Path.of("testdata/boots/systemd-userland");
        UserspaceLog userspace = UserspaceLogJson.read(boot.resolve("tpm2-measure.log"));
        Replay replay = Replay.of(log("systemd-userland"), userspace);
        ReferenceState state =
                ReferenceStateMaker.create().withUserspaceLog(userspace).make(CheckedLog.of(log("systemd-userland")));
        ReferenceState shorter = new ReferenceState(
                state.firmware(),
                state.secureBoot(),
                state.uki(),
                state.userspaceDigests().subList(0, 4),
                state.provenance());
        ReplayedLog replayed = replay.compareWith(replay.expectedValues());
        for (ReferenceState pinned : List.of(state, shorter)) {
            Diagnosis diagnosis = Diagnosis.of(
                    replayed, pinned, PolicyOptions.defaultsFor(pinned).withSecureBootRequired(false));
            assertEquals(pinned.equals(state), diagnosis.isGood());
            assertEquals(pinned.equals(state) ? Set.of() : Set.of(Hint.USERSPACE_CHANGED), hints(diagnosis));
        }
    }

    @Test
    void whatIsNotProvedStaysUnproved() throws Exception {
        ReplayedLog withoutValues = Replay.of(log("uki-direct")).compareWith(new PcrValues(List.of()));
        ReferenceState state = state("uki-direct");
        Diagnosis diagnosis = Diagnosis.of(
                withoutValues, state, PolicyOptions.defaultsFor(state).withSecureBootRequired(false));
        assertFalse(diagnosis.hasValues());
        assertEquals(List.of(Hint.NO_PCR_VALUES), diagnosis.hints());
        diagnosis.fields().forEach(field -> assertEquals(PcrProof.UNPROVED, field.proof()));
        Diagnosis withoutState = Diagnosis.withoutState(withoutValues);
        assertTrue(withoutState.isGood());
        assertEquals(List.of(Hint.NO_PCR_VALUES, Hint.NO_REFERENCE_STATE), withoutState.hints());
    }

    @Test
    void withoutAStateThePcrsOfFirmwareDecide() throws Exception {
        Diagnosis good = Diagnosis.withoutState(replayed("uki-direct"));
        assertTrue(good.isGood(), "PCR 10 is not firmware's");
        assertEquals(List.of(Hint.NO_REFERENCE_STATE), good.hints());
        PcrValues others = PcrValuesJson.parse(
                Bytes.wrap(TestLogs.read(Path.of("testdata/boots/uki-direct-other-cmdline/pcrs.json"))));
        Diagnosis bad = Diagnosis.withoutState(Replay.of(log("uki-direct")).compareWith(others));
        assertFalse(bad.isGood());
        assertFalse(bad.explanation().pcrs().isEmpty());
    }

    @Test
    void aStateInABankThatTheTpmDoesNotExtendIsNotComparable() throws Exception {
        ReferenceState state = new ReferenceState(
                List.of(),
                SecureBoot.EMPTY,
                Uki.of(DigestSet.of(new Digest(HashAlgorithm.SM3_256, Bytes.wrap(new byte[32])))),
                List.of(),
                List.of());
        Diagnosis diagnosis = diagnose("uki-direct", state);
        assertFalse(diagnosis.isGood());
        assertTrue(diagnosis.hints().contains(Hint.NO_COMMON_BANK));
    }

    @Test
    void everyCategoryOfADifferenceHasAHint() {
        for (ReferenceStateDiff.Category category : ReferenceStateDiff.Category.values()) {
            ReferenceStateDiff difference = new ReferenceStateDiff(List.of(new ReferenceStateDiff.Change(
                    ReferenceStateDiff.Part.PK, ReferenceStateDiff.Kind.CHANGED, category, List.of(), "")));
            assertEquals(1, Hint.of(difference).size());
        }
    }
}
