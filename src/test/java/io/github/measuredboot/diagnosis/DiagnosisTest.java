package io.github.measuredboot.diagnosis;

import static io.github.measuredboot.diagnosis.Boots.diagnose;
import static io.github.measuredboot.diagnosis.Boots.evidence;
import static io.github.measuredboot.diagnosis.Boots.honest;
import static io.github.measuredboot.diagnosis.Boots.log;
import static io.github.measuredboot.diagnosis.Boots.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.diagnosis.StateChange.Kind;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.eventlog.check.MeasuredConstant;
import io.github.measuredboot.policy.PolicyOptions;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateMerge;
import io.github.measuredboot.refstate.SecureBootKeys;
import io.github.measuredboot.refstate.Signature;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.uefi.guid.Guid;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisTest {
    private static final Set<Long> PINNED = Set.of(0L, 4L, 12L, 13L);

    @ParameterizedTest
    @CsvSource({
        "uki-direct, uki-direct",
        "boot-order-before, boot-order-after",
        "uki-direct, uki-direct-extra-boot-entry"
    })
    void aGoodBootHasNothingToReject(String before, String after) throws Exception {
        Diagnosis diagnosis = diagnose(evidence(after), state(before));
        assertEquals(List.of(), diagnosis.reasons());
        assertEquals(List.of(), diagnosis.acceptedChanges());
        assertEquals(List.of(Hint.VALUES_NOT_PROVED), diagnosis.hints());
        assertTrue(diagnosis.isGood());
        assertEquals(
                "ACCEPTED IF THE PCR VALUES ARE TRUE: nothing that the reference state knows has changed",
                diagnosis.message());
    }

    @Test
    void anotherUkiIsNamedWithItsEventAndItsSection() throws Exception {
        Diagnosis diagnosis = diagnose(evidence("uki-direct-other-cmdline"), state("uki-direct"));
        assertEquals(
                "REJECTED: the UKI has changed (PCR 4, event 23: expected sha512:51dae013f5954644...,"
                        + " found sha512:1a69d4e20bd90d94...); the section .cmdline has changed",
                diagnosis.message());
        assertEquals(List.of(Hint.VALUES_NOT_PROVED, Hint.UKI_CHANGED), diagnosis.hints());
        StateChange uki = onlyChange(diagnosis);
        assertEquals(StateChange.Category.UKI_CHANGED, uki.category());
        assertFalse(uki.isClaimed());
        assertEquals(
                List.of("PCR 9", "PCR 11"),
                diagnosis.acceptedChanges().stream()
                        .map(change -> "PCR " + change.pcr().orElse(-1))
                        .toList());
    }

    private static StateChange onlyChange(Diagnosis diagnosis) {
        List<StateChange> changes = diagnosis.reasons().stream()
                .flatMap(reason -> reason.changes().stream())
                .toList();
        assertEquals(1, changes.size(), changes.toString());
        return changes.get(0);
    }

    /** A TPM that holds something else: the log claims a UKI, and nothing proves it. */
    @Test
    void whatIsNotReproducedIsClaimed() throws Exception {
        PcrValues values = Replay.of(log("uki-direct")).expectedValues();
        Diagnosis diagnosis =
                diagnose(Replay.of(log("uki-direct-other-cmdline")).compareWith(values), state("uki-direct"));
        assertEquals(
                "REJECTED: the log does not give the value of PCR 4; the UKI has changed (PCR 4, event 23, claimed:"
                        + " expected sha512:51dae013f5954644..., found sha512:1a69d4e20bd90d94...);"
                        + " the section .cmdline has changed",
                diagnosis.message());
        assertTrue(onlyChange(diagnosis).isClaimed());
        Reason replay = diagnosis.reasons().stream()
                .filter(reason -> reason.id().equals("replayed"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "No hypothesis fits: the cause is not known.",
                replay.explanation().get(0));
        assertTrue(diagnosis.hints().containsAll(List.of(Hint.PCRS_NOT_REPRODUCED, Hint.UKI_CHANGED)));
    }

    @Test
    void aGoodLogOfAnEvilMachineIsNotBlamed() throws Exception {
        PcrValues values = Replay.of(log("uki-direct-other-cmdline")).expectedValues();
        Diagnosis diagnosis = diagnose(Replay.of(log("uki-direct")).compareWith(values), state("uki-direct"));
        assertEquals("REJECTED: the log does not give the value of PCR 4", diagnosis.message());
        assertTrue(
                diagnosis.reasons().stream().allMatch(reason -> reason.changes().isEmpty()));
    }

    @Test
    void valuesOfAnotherBoot() throws Exception {
        Diagnosis diagnosis = diagnose(
                Replay.of(log("uki-direct"))
                        .compareWith(Replay.of(log("sdboot-uki")).expectedValues()),
                state("uki-direct"));
        assertTrue(
                diagnosis.hints().contains(Hint.PCRS_NOT_REPRODUCED),
                diagnosis.hints().toString());
        PcrValues none = new PcrValues(List.of());
        Diagnosis without = diagnose(Replay.of(log("uki-direct")).compareWith(none), state("uki-direct"));
        assertFalse(without.hasValues() || without.isGood());
        assertEquals(List.of(Hint.NO_PCR_VALUES), without.hints());
        assertTrue(without.message().startsWith("ACCEPTED IF THE LOG IS TRUE: "), without.message());
    }

    @Test
    void anotherMachine() throws Exception {
        ReferenceState state = state("sdboot-uki");
        Diagnosis diagnosis = diagnose(evidence("uki-secureboot"), state);
        assertTrue(diagnosis.hints().containsAll(List.of(Hint.OTHER_MACHINE, Hint.KEYS_CHANGED)));
        assertTrue(diagnosis.message().contains("PK has 1 entry more (PCR 7, event 5: CN="), diagnosis.message());
    }

    /** What dbx lost is a reason, and what it has more is none. */
    @Test
    void onlyWhatIsAgainstTheRuleIsAReason() throws Exception {
        ReferenceState good = state("uki-secureboot");
        SecureBootKeys keys = good.secureBoot();
        Signature revoked = new Signature(Optional.empty(), Guid.ZERO, Bytes.parseHex("ab".repeat(32)));
        ReferenceState state = good.toBuilder()
                .secureBoot(new SecureBootKeys(keys.pk(), keys.kek(), keys.db(), List.of(revoked)))
                .build();
        Diagnosis diagnosis = diagnose(evidence("uki-secureboot"), state);
        assertEquals(Kind.REMOVED, onlyChange(diagnosis).kind());
        assertEquals(
                List.of("dbx has 1 entry more"),
                diagnosis.acceptedChanges().stream().map(StateChange::headline).toList());
        assertEquals(List.of(Hint.VALUES_NOT_PROVED, Hint.DBX_ROLLBACK, Hint.DBX_UPDATE), diagnosis.hints());
    }

    @Test
    void secureBootThatIsOff() throws Exception {
        ReferenceState state = state("uki-direct");
        Diagnosis diagnosis = Diagnosis.of(evidence("uki-direct"), state, PolicyOptions.defaultsFor(state));
        assertTrue(diagnosis.message().contains("Secure Boot is off (PCR 7, event 4: "), diagnosis.message());
        assertTrue(diagnosis.hints().contains(Hint.SECURE_BOOT_OFF));
    }

    @Test
    void aLogWithoutAReferenceState() throws Exception {
        Diagnosis good = Diagnosis.of(evidence("uki-direct"));
        assertEquals(List.of(Hint.NO_REFERENCE_STATE), good.hints());
        assertTrue(good.isGood() && good.verdict().isEmpty());
        Diagnosis bad = Diagnosis.of(Replay.of(log("uki-direct"))
                .compareWith(Replay.of(log("sdboot-uki")).expectedValues()));
        assertFalse(bad.isGood());
        assertTrue(bad.message().startsWith("no reference state: the log does not give the values of PCR sha1 0, "));
    }

    /** Of every event of the pinned PCRs: another digest, no such event, the event twice, another event before it. */
    @ParameterizedTest
    @ValueSource(strings = {"uki-secureboot", "sdboot-uki", "uki-direct"})
    void aSingleChangeIsNamedAndNothingElse(String boot) throws Exception {
        EventLog log = log(boot);
        ReferenceState state = state(boot);
        int changes = 0;
        for (Event event : log.events()) {
            if (!event.isMeasured() || !PINNED.contains(event.pcrIndex())) {
                continue;
            }
            int number = event.number();
            boolean constant = isConstant(event);
            if (!constant) {
                StateChange changed = change(
                        state,
                        Boots.edited(
                                log,
                                number,
                                (builder, old) -> builder.event(
                                        old.pcrIndex(), old.claimedType(), Boots.otherDigests(old), old.data())));
                assertEquals(Kind.CHANGED, changed.kind(), changed.message());
                assertEquals(number, changed.found().orElseThrow().number().orElseThrow());
                assertPcr(event, changed);
            }
            StateChange removed = change(state, Boots.edited(log, number, (builder, old) -> {}));
            assertEquals(Kind.REMOVED, removed.kind(), removed.message());
            assertPcr(event, removed);
            StateChange twice = change(
                    state,
                    Boots.edited(
                            log, number, (builder, old) -> builder.event(old).event(old)));
            assertEquals(Kind.ADDED, twice.kind(), twice.message());
            int added = twice.found().orElseThrow().number().orElseThrow();
            assertTrue(added == number || added == number + 1, twice.message());
            StateChange inserted = change(
                    state,
                    Boots.edited(
                            log,
                            number,
                            (builder, old) -> builder.event(
                                            old.pcrIndex(), EventType.EV_IPL, Boots.otherDigests(old), old.data())
                                    .event(old)));
            assertEquals(Kind.ADDED, inserted.kind(), inserted.message());
            assertEquals(number, inserted.found().orElseThrow().number().orElseThrow());
            changes++;
        }
        assertTrue(changes > 5, changes + " events");
    }

    private static StateChange change(ReferenceState state, EventLog log) {
        Diagnosis diagnosis = diagnose(honest(log), state);
        assertEquals(Verdict.Outcome.REJECTED, diagnosis.verdict().orElseThrow().outcome());
        StateChange change = onlyChange(diagnosis);
        assertTrue(diagnosis.message().startsWith("REJECTED: " + change.message()), diagnosis.message());
        return change;
    }

    private static void assertPcr(Event event, StateChange change) {
        assertEquals(event.pcrIndex(), change.pcr().orElseThrow(), change.message());
    }

    private static boolean isConstant(Event event) {
        Digest digest = event.digest(HashAlgorithm.SHA256).orElseThrow();
        return MeasuredConstant.of(digest.algorithm(), digest.value()).isPresent();
    }

    /** Of several alternatives the nearest is shown. */
    @Test
    void aSingleChangeFromAnAlternative() throws Exception {
        ReferenceState both = ReferenceStateMerge.of(List.of(state("uki-direct-other-cmdline"), state("uki-direct")))
                .state();
        for (String boot : List.of("uki-direct", "uki-direct-other-cmdline")) {
            assertEquals(List.of(), diagnose(evidence(boot), both).reasons());
            EventLog evil = Boots.edited(
                    log(boot),
                    23,
                    (builder, old) -> builder.event(old)
                            .measure(4, EventType.EV_EFI_BOOT_SERVICES_APPLICATION, Bytes.parseHex("ab")));
            StateChange change = change(both, evil);
            assertEquals(Kind.ADDED, change.kind(), change.message());
            assertEquals(24, change.found().orElseThrow().number().orElseThrow());
        }
    }

    @Test
    void everyEventOfPcr7IsNamed() throws Exception {
        EventLog log = log("uki-secureboot");
        ReferenceState state = state("uki-secureboot");
        for (Event event : log.events()) {
            if (event.pcrIndex() == 7 && !isConstant(event)) {
                Diagnosis diagnosis = diagnose(
                        honest(Boots.edited(
                                log,
                                event.number(),
                                (builder, old) -> builder.event(
                                        old.pcrIndex(), old.claimedType(), Boots.otherDigests(old), old.data()))),
                        state);
                assertTrue(diagnosis.message().contains("(PCR 7, event " + event.number() + ": "), diagnosis.message());
            }
        }
    }

    @Test
    void textsAreBoundedAndPrintable() throws Exception {
        EventLog log = log("uki-direct");
        ReferenceState state = state("uki-direct");
        String hostile = "\u001b[2J" + "x".repeat(100_000);
        EventLog evil = Boots.edited(
                log,
                23,
                (builder, old) -> builder.event(old)
                        .measure(12, EventType.EV_IPL, Bytes.encode(hostile + "\0", StandardCharsets.UTF_16LE)));
        Diagnosis diagnosis = diagnose(honest(evil), state);
        assertTrue(diagnosis.message().contains("(PCR 12, event 24"), diagnosis.message());
        assertTrue(diagnosis.message().length() < 1000, diagnosis.message());
        assertFalse(diagnosis.message().contains("\u001b"));
    }
}
