package io.github.measuredboot.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option for which PCRs a report is about. */
final class PcrFilter {
    @Option(
            names = "--pcr",
            paramLabel = "LIST",
            converter = Converters.Pcrs.class,
            description =
                    "Only these PCRs, such as 0-7,9; in the log of a confidential VM, only these registers: 1 is RTMR 0,"
                            + " 2 is RTMR 1.")
    private List<PcrList> pcrs = new ArrayList<>();

    boolean isGiven() {
        return !pcrs.isEmpty();
    }

    boolean includes(long pcr) {
        return pcrs.isEmpty() || (pcr >= 0 && pcr <= Integer.MAX_VALUE && PcrList.contain(pcrs, (int) pcr));
    }
}
