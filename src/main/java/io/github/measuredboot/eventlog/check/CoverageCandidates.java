package io.github.measuredboot.eventlog.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The rules that the digests of one event may follow. All banks hash the same bytes, so the rule of one is tried first in the next. */
final class CoverageCandidates {
    private final List<CoverageRule> rules;
    private volatile int likely;

    CoverageCandidates(List<CoverageRule> rules) {
        this.rules = rules;
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    CoverageRule expected() {
        return rules.get(0);
    }

    Optional<CoverageRule> outsideTheLog() {
        CoverageRule last = rules.get(rules.size() - 1);
        return last.rule() == DigestRule.OUTSIDE_THE_LOG ? Optional.of(last) : Optional.empty();
    }

    Optional<CoverageRule> find(Predicate<CoverageRule> isFollowed) {
        int first = likely;
        if (isFollowed.test(rules.get(first))) {
            return Optional.of(rules.get(first));
        }
        for (int i = 0; i < rules.size(); i++) {
            if (i != first && isFollowed.test(rules.get(i))) {
                likely = i;
                return Optional.of(rules.get(i));
            }
        }
        return Optional.empty();
    }
}
