package io.github.measuredboot.eventlog.check;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.tpm.Digest;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks digests of one bank. It keeps one comparison for the next check; no two threads use it at once. */
final class DigestChecker {
    private final HashAlgorithm algorithm;
    private final AcceptedQuirks accepted;
    private final AtomicReference<@Nullable HashComparison> spare = new AtomicReference<>();

    DigestChecker(HashAlgorithm algorithm, AcceptedQuirks accepted) {
        this.algorithm = algorithm;
        this.accepted = accepted;
    }

    HashAlgorithm algorithm() {
        return algorithm;
    }

    DigestCheck check(Event event, Bytes raw, CoverageCandidates candidates) {
        if (candidates.isEmpty()) {
            return uncovered(DigestStatus.NOT_MEASURED, DigestRule.NOTHING, Optional.empty());
        }
        Optional<Digest> logged = event.digest(algorithm);
        if (logged.isEmpty()) {
            return uncovered(DigestStatus.NO_DIGEST, DigestRule.NOTHING, Optional.empty());
        }
        Optional<CoverageRule> followed = followed(candidates, raw, logged.get().value());
        if (followed.isPresent()) {
            return matched(followed.get());
        }
        DigestRule expected = candidates.expected().rule();
        return candidates
                .outsideTheLog()
                .map(outside -> outside(outside.quirk(), expected))
                .orElseGet(() -> uncovered(DigestStatus.DIFFERS, expected, Optional.empty()));
    }

    private Optional<CoverageRule> followed(CoverageCandidates candidates, Bytes raw, Bytes expected) {
        return comparing(comparison -> candidates.find(
                rule -> rule.rule() != DigestRule.OUTSIDE_THE_LOG && rule.isFollowed(expected, raw, comparison)));
    }

    <T> T comparing(Function<HashComparison, T> user) {
        HashComparison kept = spare.getAndSet(null);
        HashComparison comparison = kept == null ? new HashComparison(algorithm) : kept;
        T result = user.apply(comparison);
        spare.setRelease(comparison);
        return result;
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
}
