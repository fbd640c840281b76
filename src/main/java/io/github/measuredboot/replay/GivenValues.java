package io.github.measuredboot.replay;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.QuotedPcrs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Quoted values, and asserted ones for the PCRs that are not quoted. */
final class GivenValues {
    private final Optional<QuotedPcrs> quoted;
    private final PcrValues all;

    GivenValues(PcrValues asserted, Optional<QuotedPcrs> quoted) {
        this.quoted = quoted;
        Map<HashAlgorithm, Map<Integer, Bytes>> values = new LinkedHashMap<>();
        add(asserted, values);
        quoted.ifPresent(proved -> add(proved.values(), values));
        this.all = new PcrValues(values.entrySet().stream()
                .map(bank -> PcrBank.of(bank.getKey(), bank.getValue()))
                .toList());
    }

    private static void add(PcrValues from, Map<HashAlgorithm, Map<Integer, Bytes>> values) {
        for (PcrBank bank : from.banks()) {
            values.computeIfAbsent(bank.algorithm(), begun -> new TreeMap<>()).putAll(bank.values());
        }
    }

    Optional<QuotedPcrs> quoted() {
        return quoted;
    }

    List<PcrBank> banks() {
        return all.banks();
    }

    Set<Integer> pcrs(HashAlgorithm algorithm) {
        return all.bank(algorithm).map(bank -> bank.values().keySet()).orElse(Set.of());
    }

    Optional<Bytes> value(HashAlgorithm algorithm, int pcr) {
        return all.value(algorithm, pcr);
    }

    boolean isQuoted(HashAlgorithm algorithm, int pcr) {
        return quoted.filter(proved -> proved.isQuoted(algorithm, pcr)).isPresent();
    }

    /** No quote at all is not the bank's fault. */
    boolean isLeftOutByTheQuote(HashAlgorithm algorithm) {
        return quoted.filter(proved -> proved.values()
                        .bank(algorithm)
                        .map(bank -> bank.values().isEmpty())
                        .orElse(true))
                .isPresent();
    }
}
