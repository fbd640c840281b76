package io.github.measuredboot.cli;

import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.replay.PcrComparison;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options for what an answer is about: it is then not one about the boot, and has to say so. */
final class ChosenPcrs {
    @Option(
            names = "--bank",
            paramLabel = "BANK",
            split = ",",
            converter = Converters.Algorithm.class,
            description = "Answer only for these PCR banks, such as sha256 or sha1,sha256; the answer says so.")
    private List<HashAlgorithm> banks = new ArrayList<>();

    @Option(
            names = "--pcr",
            paramLabel = "LIST",
            converter = Converters.Pcrs.class,
            description =
                    "Answer only for these PCRs, such as 0-7,9; the answer says so. Name PCRs that must be proved with"
                            + " --require.")
    private List<PcrList> pcrs = new ArrayList<>();

    boolean isGiven() {
        return !pcrs.isEmpty() || !banks.isEmpty();
    }

    boolean includes(PcrComparison comparison) {
        return (pcrs.isEmpty() || PcrList.contain(pcrs, comparison.pcr()))
                && (banks.isEmpty() || banks.contains(comparison.algorithm()));
    }

    /** The PCRs of a bank that are named. */
    List<Integer> named(HashAlgorithm bank) {
        return banks.isEmpty() || banks.contains(bank) ? PcrList.pcrs(pcrs) : List.of();
    }

    void requireIn(String name, ReplayedLog replayed) throws InputException {
        List<HashAlgorithm> known = EvidenceMembers.banks(replayed.comparisons());
        for (HashAlgorithm bank : banks) {
            if (!known.contains(bank)) {
                throw new InputException(InputFile.called(name) + ": neither the log nor the values have the bank "
                        + bank + ", only " + known);
            }
        }
    }

    /** What the answer is about, as {@code PCR 0-7 of sha256}. */
    @Override
    public String toString() {
        String chosen = pcrs.isEmpty() ? "" : "PCR " + PcrRanges.of(PcrList.pcrs(pcrs));
        String of = banks.stream().map(HashAlgorithm::name).collect(Collectors.joining(", "));
        return chosen + (chosen.isEmpty() || of.isEmpty() ? "" : " of ") + of;
    }

    /** {@code chosen} with {@code banks} and {@code pcrs}, if the answer is not about all. */
    void members(DataWriter out) {
        if (isGiven()) {
            out.object("chosen", () -> {
                out.texts("banks", banks.stream().map(HashAlgorithm::name).toList());
                if (!pcrs.isEmpty()) {
                    out.numbers("pcrs", PcrList.pcrs(pcrs));
                }
            });
        }
    }
}
