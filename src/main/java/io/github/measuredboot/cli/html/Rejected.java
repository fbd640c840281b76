package io.github.measuredboot.cli.html;

import io.github.measuredboot.cli.html.View.Label;
import io.github.measuredboot.diagnosis.Diagnosis;
import io.github.measuredboot.diagnosis.Reason;
import io.github.measuredboot.policy.Finding;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The PCRs that are not as a policy expects, in the bank that it judged. */
record Rejected(Optional<HashAlgorithm> bank, Set<Integer> pcrs) {
    static final Rejected NONE = new Rejected(Optional.empty(), Set.of());
    static final Label LABEL = new Label("refuted", "not as expected");

    static Rejected of(Diagnosis diagnosis) {
        return diagnosis
                .verdict()
                .map(verdict -> new Rejected(
                        Optional.of(verdict.bank()),
                        diagnosis.reasons().stream().flatMap(Rejected::pcrs).collect(Collectors.toSet())))
                .orElse(NONE);
    }

    /** Those in which something differs; without any change, all that the rule is about. */
    private static Stream<Integer> pcrs(Reason reason) {
        if (reason.finding().outcome() != Finding.Outcome.FAILED) {
            return Stream.of();
        }
        boolean isLocated =
                reason.changes().stream().anyMatch(change -> change.pcr().isPresent());
        return isLocated
                ? reason.changes().stream()
                        .flatMapToInt(change -> change.pcr().stream())
                        .boxed()
                : reason.finding().pcrs().stream();
    }

    boolean has(HashAlgorithm algorithm, int pcr) {
        return bank.filter(algorithm::equals).isPresent() && pcrs.contains(pcr);
    }
}
