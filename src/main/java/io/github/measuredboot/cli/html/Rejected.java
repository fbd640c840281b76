package io.github.measuredboot.cli.html;

import io.github.measuredboot.cli.html.View.Label;
import io.github.measuredboot.policy.Finding;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The PCRs that are not as a policy expects, in the bank that it judged. */
record Rejected(Optional<HashAlgorithm> bank, Set<Integer> pcrs) {
    static final Rejected NONE = new Rejected(Optional.empty(), Set.of());
    static final Label LABEL = new Label("refuted", "not as expected");

    static Rejected of(Verdict verdict) {
        return new Rejected(
                Optional.of(verdict.bank()),
                verdict.rejections().stream()
                        .filter(finding -> finding.outcome() == Finding.Outcome.FAILED)
                        .flatMap(finding -> finding.pcrs().stream())
                        .collect(Collectors.toSet()));
    }

    boolean has(HashAlgorithm algorithm, int pcr) {
        return bank.filter(algorithm::equals).isPresent() && pcrs.contains(pcr);
    }
}
