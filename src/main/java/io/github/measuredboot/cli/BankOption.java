package io.github.measuredboot.cli;

import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The option for PCR banks. */
final class BankOption {
    @Option(
            names = "--bank",
            paramLabel = "BANK",
            split = ",",
            converter = Converters.Algorithm.class,
            description =
                    "Only these PCR banks, such as sha256 or sha1,sha256. Default: all banks or, where one is enough,"
                            + " sha256 or else the strongest")
    private List<HashAlgorithm> banks = new ArrayList<>();

    boolean isGiven() {
        return !banks.isEmpty();
    }

    Set<HashAlgorithm> banks() {
        return Set.copyOf(banks);
    }

    /** In the order in which they are given. */
    List<HashAlgorithm> list() {
        return banks;
    }

    boolean includes(HashAlgorithm bank) {
        return banks.isEmpty() || banks.contains(bank);
    }

    /** For a command that works on one bank. */
    Optional<HashAlgorithm> single() throws InputException {
        if (banks.size() > 1) {
            throw new InputException("--bank takes one bank here");
        }
        return banks.stream().findFirst();
    }

    /** For a command that works on one bank of a log: the one that is given, or else the preferred one. */
    HashAlgorithm of(String name, EventLog log, Optional<HashAlgorithm> preferred) throws InputException {
        requireIn(name, log.algorithms());
        return single().or(() -> preferred).orElse(HashAlgorithm.SHA256);
    }

    void requireIn(String name, List<HashAlgorithm> available) throws InputException {
        for (HashAlgorithm bank : banks) {
            if (!available.contains(bank)) {
                throw new InputException(
                        InputFile.called(name) + ": the log has no bank " + bank + ", only " + available);
            }
        }
    }
}
