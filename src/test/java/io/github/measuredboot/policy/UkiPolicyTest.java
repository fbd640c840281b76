package io.github.measuredboot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.testing.TestLogs;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The captured boots, judged against the state of an earlier boot of the same machine, and of others. */
class UkiPolicyTest {
    @Test
    void aBootIsAcceptedAgainstItsOwnState() throws Exception {
        for (String boot : List.of("uki-direct", "sdboot-uki", "systemd-userland", "uki-secureboot")) {
            Verdict verdict = judge(state(boot), boot, boot.equals("uki-secureboot"));
            assertEquals(Verdict.Outcome.ACCEPTED_IF_VALUES_ARE_TRUE, verdict.outcome(), boot + verdict.rejections());
            assertEquals(HashAlgorithm.SHA512, verdict.bank());
        }
    }

    @Test
    void anotherBootOrderIsAccepted() throws Exception {
        Verdict verdict = judge(state("boot-order-before"), "boot-order-after", false);
        assertEquals(List.of(), verdict.rejections());
    }

    @Test
    void anotherBootEntryIsAccepted() throws Exception {
        Verdict verdict = judge(state("uki-direct"), "uki-direct-extra-boot-entry", false);
        assertEquals(List.of(), verdict.rejections());
    }

    @Test
    void anotherUkiIsRejectedAndNamed() throws Exception {
        Verdict verdict = judge(state("uki-direct"), "uki-direct-other-cmdline", false);
        assertEquals(Verdict.Outcome.REJECTED, verdict.outcome());
        List<String> rules = verdict.rejections().stream().map(Finding::rule).toList();
        assertTrue(rules.contains("pcr4.images"), rules.toString());
        Finding images = verdict.rejections().stream()
                .filter(finding -> finding.rule().equals("pcr4.images"))
                .findFirst()
                .orElseThrow();
        assertEquals(1, images.events().size());
    }

    @Test
    void secureBootOffIsRejected() throws Exception {
        Verdict verdict = judge(state("uki-direct"), "uki-direct", true);
        assertEquals(
                List.of("state", "pcr7.secure-boot"),
                verdict.rejections().stream().map(Finding::rule).toList());
        assertFalse(verdict.isAcceptedIfValuesAreTrue());
    }

    @Test
    void coverageAddsUpToTheLog() throws Exception {
        Verdict verdict = judge(state("uki-secureboot"), "uki-secureboot", true);
        Map<Constraint, Integer> bytes = verdict.coverage().logBytes();
        assertEquals(
                log("uki-secureboot").bytes().length(),
                bytes.values().stream().mapToInt(Integer::intValue).sum());
    }

    private static Verdict judge(ReferenceState state, String boot, boolean requireSecureBoot) throws Exception {
        PolicyOptions options = PolicyOptions.defaultsFor(state).withSecureBootRequired(requireSecureBoot);
        return UkiPolicy.of(state, options).evaluate(replayed(boot));
    }

    private static ReferenceState state(String boot) throws Exception {
        return ReferenceStateMaker.create().make(CheckedLog.of(log(boot)));
    }

    private static EventLog log(String boot) throws Exception {
        return EventLog.wrap(TestLogs.read(Path.of("testdata/boots", boot, "eventlog.bin")));
    }

    private static ReplayedLog replayed(String boot) throws Exception {
        Bytes pcrs = Bytes.wrap(TestLogs.read(Path.of("testdata/boots", boot, "pcrs.json")));
        return Replay.of(log(boot)).compareWith(PcrValuesJson.parse(pcrs));
    }
}
