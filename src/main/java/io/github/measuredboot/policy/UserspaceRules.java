package io.github.measuredboot.policy;

import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What systemd extends after the kernel was started, as its own log tells. */
final class UserspaceRules {
    private static final List<Integer> EXPLAINED = List.of(9, 11);

    private UserspaceRules() {}

    static List<Finding> judge(ReferenceState state, PolicyOptions options, ReplayedLog replayed, HashAlgorithm bank) {
        Optional<UserspaceLog> log = replayed.replay().userspaceLog();
        List<Finding> findings = new ArrayList<>();
        if (log.isEmpty()) {
            findings.add(finding(
                    "userspace.log",
                    Finding.Outcome.NOT_EVALUATED,
                    false,
                    EXPLAINED,
                    "a userspace log that explains PCR 9 and 11",
                    "none: these PCRs are left out",
                    PcrProof.UNPROVED));
        }
        if (options.pinUserspace()) {
            findings.add(pinned(state.userspaceDigests(), log, replayed, bank));
        }
        return findings;
    }

    private static Finding pinned(
            List<ReferenceState.UserspaceDigest> pinned,
            Optional<UserspaceLog> log,
            ReplayedLog replayed,
            HashAlgorithm bank) {
        SortedSet<Integer> pcrs = new TreeSet<>();
        pinned.forEach(digest -> pcrs.add(digest.pcr()));
        List<ReferenceState.UserspaceDigest> wanted = pinned.stream()
                .filter(digest -> digest.digest().algorithm().equals(bank))
                .toList();
        List<ReferenceState.UserspaceDigest> found =
                log.map(present -> digestsOf(present, bank, pcrs)).orElse(List.of());
        boolean met = !wanted.isEmpty() && wanted.equals(found);
        PcrProof proof = pcrs.stream()
                .map(pcr -> PcrProof.of(replayed, bank, pcr))
                .max(PcrProof::compareTo)
                .orElse(PcrProof.UNPROVED);
        boolean proved = proof != PcrProof.UNPROVED;
        return finding(
                "userspace.digests",
                !met ? Finding.Outcome.FAILED : proved ? Finding.Outcome.PASSED : Finding.Outcome.NOT_EVALUATED,
                true,
                List.copyOf(pcrs),
                wanted.size() + " digests in PCRs " + pcrs,
                met ? "just these" : found.size() + " digests: " + firstDifference(wanted, found),
                proof);
    }

    private static List<ReferenceState.UserspaceDigest> digestsOf(
            UserspaceLog log, HashAlgorithm bank, Set<Integer> pcrs) {
        List<ReferenceState.UserspaceDigest> digests = new ArrayList<>();
        for (CelRecord record : log.records()) {
            Optional<Digest> digest = record.digest(bank);
            if (record.register() instanceof CelRecord.Register.Pcr pcr
                    && pcrs.contains(pcr.index())
                    && digest.isPresent()) {
                digests.add(new ReferenceState.UserspaceDigest(pcr.index(), digest.get()));
            }
        }
        return digests;
    }

    private static String firstDifference(
            List<ReferenceState.UserspaceDigest> wanted, List<ReferenceState.UserspaceDigest> found) {
        for (int i = 0; i < Math.min(wanted.size(), found.size()); i++) {
            if (!wanted.get(i).equals(found.get(i))) {
                return "number " + (i + 1) + " is " + found.get(i) + " instead of " + wanted.get(i);
            }
        }
        return "the first " + Math.min(wanted.size(), found.size()) + " are right";
    }

    private static Finding finding(
            String rule,
            Finding.Outcome outcome,
            boolean required,
            List<Integer> pcrs,
            String expected,
            String found,
            PcrProof proof) {
        return new Finding(rule, outcome, required, pcrs, List.of(), expected, found, Constraint.PINNED, proof);
    }
}
