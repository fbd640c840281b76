package io.github.measuredboot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.replay.PcrProof;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.testing.CapturedQuote;
import io.github.measuredboot.testing.ReferenceStates;
import io.github.measuredboot.testing.SoftwareTpm;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The captured boots with their quotes. */
class CapturedBootVerdictsTest {
    private static final Map<String, HashAlgorithm> STRONGEST_QUOTED = Map.of(
            "rsa", HashAlgorithm.SHA256,
            "rsapss", HashAlgorithm.SHA384,
            "ecc", HashAlgorithm.SHA256,
            "ecc-multibank", HashAlgorithm.SHA512);

    @ParameterizedTest
    @CsvSource({
        "two-boots-first, two-boots-second",
        "two-boots-second, two-boots-first",
        "uki-direct, uki-direct",
        "uki-secureboot, uki-secureboot",
        "sdboot-uki, sdboot-uki",
        "systemd-userland, systemd-userland",
        "uki-direct, uki-direct-extra-boot-entry",
        "boot-order-before, boot-order-after"
    })
    void goodBootIsAcceptedByItsQuote(String reference, String boot) throws Exception {
        for (String scheme : STRONGEST_QUOTED.keySet()) {
            Verdict verdict = policy(reference).evaluate(quoted(boot, scheme));
            assertEquals(List.of(), verdict.rejections());
            assertEquals(
                    scheme.equals("rsapss") ? Verdict.Outcome.ACCEPTED_IF_VALUES_ARE_TRUE : Verdict.Outcome.ACCEPTED,
                    verdict.outcome(),
                    scheme + ": that of rsapss is not over PCR 12 to 14");
            assertEquals(STRONGEST_QUOTED.get(scheme), verdict.bank());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uki-secureboot", "systemd-userland"})
    void quoteOverAnotherBankProvesNothing(String boot) throws Exception {
        ReferenceState state = ReferenceStates.onlyBank(ForgedBoot.state(boot), HashAlgorithm.SHA384);
        Verdict verdict = policy(boot, state).evaluate(quoted(boot, "rsa"));
        assertEquals(Verdict.Outcome.ACCEPTED_IF_VALUES_ARE_TRUE, verdict.outcome());
        assertEquals(HashAlgorithm.SHA384, verdict.bank());
    }

    @Test
    void quoteMustCoverEachPcrThatMustReplay() throws Exception {
        SoftwareTpm tpm = SoftwareTpm.p256();
        Bytes nonce = Bytes.parseHex("000102030405060708090a0b0c0d0e0f");
        PcrValues values = ForgedBoot.values("uki-secureboot");
        Set<Integer> required = Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 14);
        BootPolicy policy = policy("uki-secureboot");
        assertEquals(
                required,
                Set.copyOf(policy.requiredPcrs(HashAlgorithm.SHA256, false)
                        .banks()
                        .get(0)
                        .pcrs()));
        for (int pcr = 0; pcr <= 15; pcr++) {
            int left = pcr;
            String others = IntStream.range(0, 16)
                    .filter(other -> other != left)
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(","));
            ReplayedLog replayed = Evidence.of(Replay.of(ForgedBoot.log("uki-secureboot")))
                    .withValues(values)
                    .withQuote(
                            tpm.quote(PcrSelection.parse("sha256:" + others), values, nonce),
                            tpm.key(),
                            Nonce.of(nonce))
                    .evaluate();
            assertEquals(
                    required.contains(pcr) ? Verdict.Outcome.ACCEPTED_IF_VALUES_ARE_TRUE : Verdict.Outcome.ACCEPTED,
                    policy.evaluate(replayed).outcome(),
                    "quote over " + others);
        }
    }

    /** What is left out of a report is still evidence, which may speak against the boot. */
    @Test
    void whatAReportLeavesOutIsJudgedAllTheSame() throws Exception {
        for (int pcr = 0; pcr < 16; pcr++) {
            int left = pcr;
            ReplayedLog without = quoted("uki-secureboot", "rsa").restrictedTo(other -> other.pcr() != left);
            assertEquals(
                    Verdict.Outcome.ACCEPTED,
                    policy("uki-secureboot").evaluate(without).outcome(),
                    "PCR " + pcr);
            ReplayedLog bad = quoted("uki-direct-other-cmdline", "rsa").restrictedTo(other -> other.pcr() == left);
            assertEquals(
                    Verdict.Outcome.REJECTED, policy("uki-direct").evaluate(bad).outcome(), "PCR " + pcr);
        }
    }

    @Test
    void anotherUkiIsRejectedNamingItsEvent() throws Exception {
        String boot = "uki-direct-other-cmdline";
        Verdict verdict = policy("uki-direct").evaluate(quoted(boot, "ecc"));
        Finding rejection = verdict.rejections().get(0);
        assertEquals(List.of("images"), rules(verdict));
        int uki = ForgedBoot.of(boot).indexOf(4, EventType.EV_EFI_BOOT_SERVICES_APPLICATION) + 1;
        assertEquals(
                List.of(new Finding.Place(
                        uki, ForgedBoot.log(boot).events().get(uki).offset())),
                rejection.events());
        assertTrue(rejection.found().contains("event " + uki), rejection.found());
        assertEquals(PcrProof.QUOTED, rejection.proof());
    }

    @Test
    void secureBootOffIsRejected() throws Exception {
        ReferenceState sameKeys = ForgedBoot.state("uki-direct").toBuilder()
                .secureBoot(ForgedBoot.state("uki-secureboot").secureBoot())
                .build();
        Verdict verdict = BootPolicy.of(sameKeys).evaluate(quoted("uki-direct", "rsa"));
        assertEquals(Verdict.Outcome.REJECTED, verdict.outcome());
        assertTrue(rules(verdict).contains("secure-boot"), rules(verdict).toString());
    }

    @Test
    void pinnedUserspaceIsThatOfItsLog() throws Exception {
        ForgedBoot boot = ForgedBoot.of("systemd-userland");
        ReferenceState state =
                boot.state(ReferenceStateMaker.builder().pinUserspace(true).build());
        BootPolicy policy = policy("systemd-userland", state);
        assertEquals(
                Verdict.Outcome.ACCEPTED,
                policy.evaluate(quoted("systemd-userland", "rsa")).outcome());
        Verdict more = boot.withUserspaceRecord(boot.events().get(boot.indexOf(11, EventType.EV_IPL)))
                .judge(policy, ForgedBoot.values("systemd-userland"));
        assertTrue(rules(more).contains("userspace-digests"), rules(more).toString());
        Verdict none = policy.evaluate(Replay.of(boot.log()).compareWith(ForgedBoot.values("systemd-userland")));
        assertTrue(rules(none).contains("userspace-log"), rules(none).toString());
    }

    private static List<String> rules(Verdict verdict) {
        return verdict.rejections().stream().map(Finding::rule).toList();
    }

    private static BootPolicy policy(String reference) throws Exception {
        return policy(reference, ForgedBoot.state(reference));
    }

    private static BootPolicy policy(String reference, ReferenceState state) {
        return ForgedBoot.of(reference).policy(state);
    }

    private static ReplayedLog quoted(String boot, String scheme) throws Exception {
        CapturedQuote quote = CapturedQuote.of(boot, scheme);
        return Evidence.of(ForgedBoot.of(boot).replay())
                .withValues(quote.values())
                .withQuote(quote.quote(), quote.key(), quote.nonce())
                .evaluate();
    }
}
