package io.github.measuredboot.replay;

import io.github.measuredboot.attest.KeyIdentity;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.QuotedPcrs;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Quoted values, and asserted ones for the PCRs that are not quoted. */
final class GivenValues {
    private final PcrValues asserted;
    private final Optional<QuotedPcrs> quoted;
    private final Optional<KeyIdentity> signer;

    GivenValues(PcrValues asserted, Optional<QuotedPcrs> quoted, Optional<KeyIdentity> signer) {
        this.asserted = asserted;
        this.quoted = quoted;
        this.signer = signer;
    }

    Optional<KeyIdentity> signer() {
        return signer;
    }

    /** The values of one bank by PCR, which are null where none was given. */
    static final class Bank {
        private final @Nullable Bytes[] values = new @Nullable Bytes[PcrBank.MAX_INDEX + 1];
        private int quotedPcrs;

        private void add(PcrBank bank, boolean quoted) {
            for (Map.Entry<Integer, Bytes> entry : bank.values().entrySet()) {
                values[entry.getKey()] = entry.getValue();
                quotedPcrs |= quoted ? 1 << entry.getKey() : 0;
            }
        }

        @Nullable
        Bytes value(int pcr) {
            return values[pcr];
        }

        boolean isQuoted(int pcr) {
            return (quotedPcrs & 1 << pcr) != 0;
        }
    }

    Bank bank(HashAlgorithm algorithm) {
        Bank bank = new Bank();
        asserted.bank(algorithm).ifPresent(values -> bank.add(values, false));
        quoted.flatMap(proved -> proved.values().bank(algorithm)).ifPresent(values -> bank.add(values, true));
        return bank;
    }

    Optional<QuotedPcrs> quoted() {
        return quoted;
    }

    /** Those of the asserted values in their order, then those that only the quote has. */
    Set<HashAlgorithm> algorithms() {
        Set<HashAlgorithm> algorithms = new LinkedHashSet<>();
        asserted.banks().forEach(bank -> algorithms.add(bank.algorithm()));
        quoted.ifPresent(proved -> proved.values().banks().forEach(bank -> algorithms.add(bank.algorithm())));
        return algorithms;
    }

    boolean isGiven(HashAlgorithm algorithm) {
        return hasValues(asserted, algorithm)
                || quoted.filter(proved -> hasValues(proved.values(), algorithm))
                        .isPresent();
    }

    private static boolean hasValues(PcrValues values, HashAlgorithm algorithm) {
        return values.bank(algorithm).filter(bank -> !bank.values().isEmpty()).isPresent();
    }

    /** No quote at all is not the bank's fault. */
    boolean isLeftOutByTheQuote(HashAlgorithm algorithm) {
        return quoted.filter(proved -> !hasValues(proved.values(), algorithm)).isPresent();
    }
}
