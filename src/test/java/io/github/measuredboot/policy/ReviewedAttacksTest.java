package io.github.measuredboot.policy;

import static io.github.measuredboot.eventlog.EventType.EV_EFI_ACTION;
import static io.github.measuredboot.eventlog.EventType.EV_EVENT_TAG;
import static io.github.measuredboot.eventlog.EventType.EV_IPL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.policy.ForgedBoot.Forged;
import io.github.measuredboot.refstate.PcrMode;
import io.github.measuredboot.refstate.PinnedPcr;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateException;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attacks that a review found, each of which was once accepted. */
class ReviewedAttacksTest {
    private ForgedBoot good;
    private ReferenceState state;

    @BeforeEach
    void readsTheGoodBoot() throws Exception {
        good = ForgedBoot.of("uki-secureboot");
        state = good.state();
    }

    private static Bytes ascii(String text) {
        return Bytes.encode(text, StandardCharsets.US_ASCII);
    }

    private static void assertOutcome(Verdict.Outcome expected, Verdict verdict) {
        assertEquals(expected, verdict.outcome(), verdict.rejections().toString());
    }

    @Test
    void anEventOfAPinnedPcrMovedToTheUserspaceLog() throws Exception {
        for (PcrMode mode : List.of(PcrMode.SEQUENCE, PcrMode.EMPTY)) {
            ReferenceState pinned =
                    good.state(ReferenceStateMaker.builder().mode(14, mode).build());
            BootPolicy policy = good.policy(pinned.toBuilder()
                    .pcr(new PinnedPcr(9, PcrMode.SEQUENCE, pinned.alternatives(9)))
                    .build());
            assertOutcome(Verdict.Outcome.ACCEPTED_IF_VALUES_ARE_TRUE, good.judgeHonestly(policy));
            for (int pcr : List.of(9, 12, 14)) {
                Forged initrd = good.measured(pcr, EV_EVENT_TAG, ascii("another initrd"), ascii("another initrd"));
                assertOutcome(Verdict.Outcome.REJECTED, good.append(initrd).judgeHonestly(policy));
                assertOutcome(
                        Verdict.Outcome.REJECTED,
                        good.withUserspaceRecord(initrd).judgeHonestly(policy));
            }
        }
    }

    @Test
    void whatAReportLeavesOutStillRejects() throws Exception {
        BootPolicy policy = good.policy(state);
        ForgedBoot evil = good.append(good.measured(12, EV_IPL, ascii("init=/bin/sh"), ascii("init=/bin/sh")));
        ReplayedLog replayed = evil.replay().compareWith(evil.ownValues());
        assertOutcome(Verdict.Outcome.REJECTED, policy.evaluate(replayed));
        assertOutcome(
                Verdict.Outcome.REJECTED, policy.evaluate(replayed.restrictedTo(comparison -> comparison.pcr() < 8)));
    }

    @Test
    void anotherBankThatAReportLeavesOutStillContradicts() throws Exception {
        BootPolicy policy = good.policy(state);
        List<PcrBank> banks = new ArrayList<>();
        for (PcrBank bank : good.ownValues().banks()) {
            TreeMap<Integer, Bytes> values = new TreeMap<>(bank.values());
            if (bank.algorithm().equals(HashAlgorithm.SHA256)) {
                values.put(4, Bytes.parseHex("77".repeat(32)));
            }
            banks.add(PcrBank.of(bank.algorithm(), values));
        }
        ReplayedLog replayed = good.replay().compareWith(new PcrValues(banks));
        assertOutcome(Verdict.Outcome.REJECTED, policy.evaluate(replayed));
        assertOutcome(
                Verdict.Outcome.REJECTED,
                policy.evaluate(replayed.restrictedTo(
                        comparison -> !comparison.algorithm().equals(HashAlgorithm.SHA256))));
    }

    @Test
    void anActionWithAPayloadUnderATagHeader() {
        Bytes payload = ascii("Exit Boot Services Invocation\0anything");
        byte[] tagged = new byte[8 + payload.length()];
        tagged[4] = (byte) payload.length();
        payload.copyTo(tagged, 8);
        Forged event = good.measured(5, EV_EFI_ACTION, payload, Bytes.wrap(tagged));
        assertOutcome(Verdict.Outcome.REJECTED, good.append(event).judgeHonestly(good.policy(state)));
    }

    @Test
    void aStateThatDoesNotMentionPcrsOfTheOperatingSystem() {
        ReferenceState.Builder fewer = state.toBuilder();
        List.of(8, 12, 13, 14).forEach(fewer::withoutPcr);
        BootPolicy policy = good.policy(fewer.build());
        for (int pcr : List.of(8, 12, 13, 14)) {
            Forged event = good.measured(pcr, EV_IPL, ascii("init=/bin/sh"), ascii("init=/bin/sh"));
            assertOutcome(Verdict.Outcome.REJECTED, good.append(event).judgeHonestly(policy));
        }
        assertOutcome(
                Verdict.Outcome.REJECTED,
                good.judgeHonestly(good.policy(state.toBuilder().withoutPcr(7).build())));
    }

    @Test
    void noStateIsMadeOfALogThatLeavesOutABank() throws Exception {
        ForgedBoot sha1Only = good.change(events -> events.stream()
                .map(event -> new Forged(
                        event.pcr(),
                        event.type(),
                        event.digests().stream()
                                .filter(digest -> digest.algorithm().equals(HashAlgorithm.SHA1))
                                .toList(),
                        event.data()))
                .toList());
        ReplayedLog evidence = sha1Only.replay().compareWith(good.ownValues());
        ReferenceStateException e = assertThrows(
                ReferenceStateException.class,
                () -> ReferenceStateMaker.create().make(evidence));
        assertNotEquals(List.of(), e.reasons());
    }
}
