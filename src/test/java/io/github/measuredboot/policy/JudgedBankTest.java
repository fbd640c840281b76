package io.github.measuredboot.policy;

import static io.github.measuredboot.policy.BootPolicyTest.finding;
import static io.github.measuredboot.policy.BootPolicyTest.rules;
import static io.github.measuredboot.policy.ForgedBoot.off;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.refstate.Firmware;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.refstate.PinnedPcr;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.testing.ReferenceStates;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which bank is judged, and which of the others may not contradict the log. */
class JudgedBankTest {
    private static final HashAlgorithm SHA1 = HashAlgorithm.SHA1;
    private static final HashAlgorithm SHA256 = HashAlgorithm.SHA256;
    private static final HashAlgorithm SHA384 = HashAlgorithm.SHA384;
    private static final HashAlgorithm SHA512 = HashAlgorithm.SHA512;

    private final ForgedBoot good = ForgedBoot.of("uki-secureboot");
    private final ReferenceState state = state(good);

    private static ReferenceState state(ForgedBoot boot) {
        try {
            return boot.state();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private ReplayedLog compared(PcrValues values) {
        return good.replay().compareWith(values);
    }

    private ReplayedLog quoted(PcrSelection selection) throws Exception {
        return good.quoted(good.ownValues(), selection);
    }

    @Test
    void theStrongestBankThatTheTpmExtendsIsJudged() {
        BootPolicy policy = BootPolicy.of(state);
        PcrValues values = good.ownValues();
        assertEquals(List.of(SHA512, SHA384, SHA256, SHA1), policy.banks());
        assertEquals(Optional.of(SHA512), policy.bankFor(compared(values)));
        assertEquals(Optional.of(SHA384), policy.bankFor(compared(off(values, SHA512))));
        assertEquals(Optional.of(SHA256), policy.bankFor(compared(off(values, SHA512, SHA384))));
        PcrValues allOff = off(values, SHA512, SHA384, SHA256, SHA1);
        assertEquals(Optional.of(SHA512), policy.bankFor(compared(allOff)));
        assertFalse(policy.evaluate(compared(allOff)).isAcceptedIfEvidenceIsTrue());
        PcrValues onlySha1 = new PcrValues(List.of(values.bank(SHA1).orElseThrow()));
        assertEquals(Optional.empty(), policy.bankFor(compared(onlySha1)), "the state has better");
        Verdict none = policy.evaluate(compared(onlySha1));
        assertEquals(SHA512, none.bank());
        assertFalse(none.isAcceptedIfEvidenceIsTrue());
    }

    @Test
    void aBankOfWhichAPcrIsQuotedIsJudgedFirst() throws Exception {
        BootPolicy policy = BootPolicy.of(state);
        PcrSelection.Bank sha256 = new PcrSelection.Bank(SHA256, List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 14));
        assertEquals(Optional.of(SHA256), policy.bankFor(quoted(new PcrSelection(List.of(sha256)))));
        PcrSelection.Bank noPcr = new PcrSelection.Bank(SHA384, List.of());
        Verdict verdict = policy.evaluate(quoted(new PcrSelection(List.of(noPcr, sha256))));
        assertEquals(SHA256, verdict.bank());
        assertEquals(Verdict.Outcome.ACCEPTED, verdict.outcome());
    }

    @Test
    void sha1AloneIsRemarkedOn() {
        for (HashAlgorithm bank : List.of(SHA1, SHA256)) {
            ReferenceState ofOneBank = ReferenceStates.onlyBank(state, bank);
            Verdict verdict = BootPolicy.of(ofOneBank).evaluate(compared(good.ownValues(bank)));
            assertEquals(Verdict.Outcome.ACCEPTED_IF_VALUES_ARE_TRUE, verdict.outcome());
            assertEquals(
                    bank.equals(SHA1),
                    verdict.findings().stream()
                            .anyMatch(finding -> finding.rule().equals("weak-bank")));
        }
    }

    @Test
    void noBankIsJudgedInWhichTheStateLacksAnEvent() {
        for (int pcr : List.of(4, 7)) {
            BootPolicy policy = BootPolicy.of(withPcrOnlyIn(state, pcr, SHA256));
            assertEquals(List.of(SHA256), policy.banks(), "PCR " + pcr);
        }
        ReferenceState firmware = state.toBuilder()
                .firmware(ReferenceStates.onlyBank(state, SHA256).firmware())
                .build();
        assertEquals(List.of(SHA256), BootPolicy.of(firmware).banks());
        Verdict none = BootPolicy.of(withPcrOnlyIn(firmware, 4, SHA384)).evaluate(compared(good.ownValues()));
        Finding bank = finding(none, "bank");
        assertEquals("none", bank.found());
        assertEquals(
                "a bank in which the state pins all that it needs (it has none), the log has digests and values were given",
                bank.expected());
        assertEquals(List.of("bank"), rules(none).subList(0, 1));
    }

    private static ReferenceState withPcrOnlyIn(ReferenceState state, int pcr, HashAlgorithm bank) {
        PinnedPcr pinned = state.pcr(pcr).orElseThrow();
        List<List<PinnedEvent>> alternatives = pinned.alternatives().stream()
                .map(events ->
                        events.stream().map(event -> event.onlyBank(bank)).toList())
                .toList();
        return state.toBuilder()
                .pcr(new PinnedPcr(pcr, pinned.mode(), alternatives))
                .build();
    }

    @Test
    void aBankWithoutThePinnedUserspaceDigestsIsNotJudged() throws Exception {
        ForgedBoot boot = ForgedBoot.of("systemd-userland");
        ReferenceState all =
                boot.state(ReferenceStateMaker.builder().pinUserspace(true).build());
        ReferenceState sha256 = all.toBuilder()
                .userspaceDigests(all.userspaceDigests().stream()
                        .filter(extended -> extended.digest().algorithm().equals(SHA256))
                        .toList())
                .build();
        BootPolicy policy =
                BootPolicy.of(sha256, boot.options(sha256).pinUserspace(true).build());
        assertEquals(List.of(SHA256), policy.banks());
        assertEquals(List.of(), rules(boot.judgeHonestly(policy)));
    }

    @Test
    void aBankMayNotContradictWhereTheStatePinsAnythingInIt() {
        ReferenceState sha256 = ReferenceStates.onlyBank(state, SHA256);
        List<Firmware> firmware = state.firmware();
        ReferenceState withFirmware = sha256.toBuilder().firmware(firmware).build();
        ReferenceState withImages =
                sha256.toBuilder().pcr(state.pcr(4).orElseThrow()).build();
        PcrValues contradicting = ForgedBoot.with(good.ownValues(), SHA384, 2, Bytes.parseHex("77".repeat(48)));
        assertEquals(List.of(), rules(BootPolicy.of(sha256).evaluate(compared(contradicting))));
        for (ReferenceState one : List.of(withFirmware, withImages)) {
            Verdict verdict = BootPolicy.of(one).evaluate(compared(contradicting));
            assertEquals(SHA256, verdict.bank());
            assertEquals(List.of("other-banks"), rules(verdict));
            Finding finding = finding(verdict, "other-banks");
            assertEquals("sha384 PCR 2", finding.found());
            assertEquals("no bank that the state pins contradicts the log: sha1, sha384, sha512", finding.expected());
            Verdict alone = BootPolicy.of(one).evaluate(compared(good.ownValues(SHA256)));
            assertEquals(
                    List.of(),
                    alone.findings().stream()
                            .filter(found -> found.rule().equals("other-banks"))
                            .toList());
            Verdict agreeing = BootPolicy.of(one).evaluate(compared(good.ownValues()));
            assertEquals("none does", finding(agreeing, "other-banks").found());
        }
    }
}
