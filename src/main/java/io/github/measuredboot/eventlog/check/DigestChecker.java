package io.github.measuredboot.eventlog.check;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.data.EventData;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** Checks digests of one bank. Used by one thread. */
final class DigestChecker {
    private final HashAlgorithm algorithm;
    private final MessageDigest digest;
    private final AcceptedQuirks accepted;

    DigestChecker(HashAlgorithm algorithm, AcceptedQuirks accepted) {
        this.algorithm = algorithm;
        this.digest = algorithm.newMessageDigest().orElseThrow();
        this.accepted = accepted;
    }

    DigestCheck check(Event event, EventData data, List<CoverageRule> rules) {
        if (rules.isEmpty()) {
            return uncovered(DigestStatus.NOT_MEASURED, DigestRule.NOTHING, Optional.empty());
        }
        Optional<Digest> logged = event.digest(algorithm);
        if (logged.isEmpty()) {
            return uncovered(DigestStatus.NO_DIGEST, DigestRule.NOTHING, Optional.empty());
        }
        Bytes expected = logged.get().value();
        for (CoverageRule rule : rules) {
            if (rule.rule() != DigestRule.OUTSIDE_THE_LOG
                    && hash(rule, data.raw()).equals(expected)) {
                return matched(rule);
            }
        }
        CoverageRule last = rules.get(rules.size() - 1);
        return last.rule() == DigestRule.OUTSIDE_THE_LOG
                ? outside(last.quirk(), rules.get(0).rule())
                : uncovered(DigestStatus.DIFFERS, rules.get(0).rule(), Optional.empty());
    }

    private DigestCheck matched(CoverageRule rule) {
        Optional<DigestQuirk> quirk = rule.quirk();
        return quirk.isEmpty() || accepted.contains(quirk.get())
                ? new DigestCheck(algorithm, DigestStatus.MATCHES, rule.rule(), quirk, rule.offset(), rule.length())
                : uncovered(DigestStatus.DIFFERS, rule.rule(), quirk);
    }

    private DigestCheck outside(Optional<DigestQuirk> quirk, DigestRule expected) {
        return quirk.isEmpty() || accepted.contains(quirk.get())
                ? uncovered(DigestStatus.NOT_COVERED, DigestRule.OUTSIDE_THE_LOG, quirk)
                : uncovered(DigestStatus.DIFFERS, expected, quirk);
    }

    private DigestCheck uncovered(DigestStatus status, DigestRule rule, Optional<DigestQuirk> quirk) {
        return new DigestCheck(algorithm, status, rule, quirk, 0, 0);
    }

    private Bytes hash(CoverageRule rule, Bytes raw) {
        rule.measured(raw).update(digest);
        return rule.suffix().hash(digest);
    }
}
