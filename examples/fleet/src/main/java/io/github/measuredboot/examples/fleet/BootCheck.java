package io.github.measuredboot.examples.fleet;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.policy.Finding;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.PcrStatus;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.replay.VerifiedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes the evidence of one boot apart. Everything here is the library's work, and nothing of it is Spark's. */
final class BootCheck {
    /** The kernel's IMA and systemd extend these while the system runs, and have logs of their own. */
    private static final Set<Integer> RUNNING_SYSTEM = Set.of(10, 15);

    private final States states;

    BootCheck(States states) {
        this.states = states;
    }

    /**
     * Checks a boot. Whatever the evidence is, it gets a result: one machine must not be able to stop the job.
     *
     * @param log the event log, or null if there is none
     * @param pcrs the PCR values as JSON, or null if there are none
     */
    Boot check(byte[] log, String pcrs) {
        if (log == null || pcrs == null) {
            return Boot.faulty(log == null ? "there is no log" : "there are no PCR values");
        }
        try {
            return check(replay(log, pcrs));
        } catch (MalformedDataException e) {
            return Boot.faulty(e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            return Boot.faulty("defect of this program or its library: " + e);
        }
    }

    static ReplayedLog replay(byte[] log, String pcrs) throws MalformedDataException {
        return Replay.of(EventLog.wrap(log))
                .compareWith(PcrValuesJson.parse(Bytes.encode(pcrs, StandardCharsets.UTF_8)));
    }

    private Boot check(ReplayedLog evidence) {
        Optional<HashAlgorithm> bank = bank(evidence);
        Optional<VerifiedLog> proved = bank.map(evidence::verified);
        Optional<String> cluster = proved.flatMap(FirmwareCluster::of);
        Optional<Verdict> verdict = states.policy(cluster).map(policy -> policy.evaluate(evidence));
        return new Boot(
                Optional.empty(),
                bank.map(HashAlgorithm::name),
                cluster,
                verdict.map(result -> result.outcome().id()),
                verdict.map(Verdict::rejections).orElse(List.of()).stream()
                        .map(Finding::rule)
                        .toList(),
                evidence.comparisons().stream()
                        .filter(pcr -> pcr.status().isFailure() && !RUNNING_SYSTEM.contains(pcr.pcr()))
                        .map(pcr -> pcr.algorithm() + ":" + pcr.pcr() + " "
                                + pcr.status().id())
                        .toList(),
                proved.map(SecureBootKeys::of).orElse(SecureBootKeys.UNKNOWN),
                proved.map(log -> pcrs(evidence, log)).orElse(List.of()));
    }

    /** The strongest bank in which PCR 0 is reproduced, whatever other banks the log has. */
    static Optional<HashAlgorithm> bank(ReplayedLog evidence) {
        return HashAlgorithm.strongestFirst().stream()
                .filter(evidence.replay().log().algorithms()::contains)
                .filter(bank -> matches(evidence.comparison(bank, 0)))
                .findFirst()
                .or(() -> BootSummary.strongestBank(evidence));
    }

    private static boolean matches(Optional<PcrComparison> pcr) {
        return pcr.filter(comparison -> comparison.status() == PcrStatus.MATCHES)
                .isPresent();
    }

    private static List<Boot.Pcr> pcrs(ReplayedLog evidence, VerifiedLog log) {
        List<Boot.Pcr> pcrs = new ArrayList<>();
        for (PcrComparison pcr : evidence.comparisons(log.bank())) {
            if (pcr.status() == PcrStatus.MATCHES) {
                List<byte[]> digests = new ArrayList<>();
                for (VerifiedEvent event : log.events(pcr.pcr())) {
                    digests.add(event.digest().toByteArray());
                }
                pcrs.add(new Boot.Pcr(pcr.pcr(), pcr.given().orElseThrow().toByteArray(), digests));
            }
        }
        return pcrs;
    }
}
