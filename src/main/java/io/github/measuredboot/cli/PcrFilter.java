package io.github.measuredboot.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for which PCRs a report is about. */
final class PcrFilter {
    @Option(
            names = "--pcr",
            paramLabel = "LIST",
            converter = Converters.Pcrs.class,
            description =
                    "Only these PCRs, as in 0-7,9; in the log of a confidential VM, only these registers: 1 is RTMR 0, 2 is RTMR 1.")
    private @Nullable PcrList pcrs;

    boolean isGiven() {
        return pcrs != null;
    }

    boolean includes(long pcr) {
        return pcrs == null || (pcr >= 0 && pcr <= Integer.MAX_VALUE && pcrs.contains((int) pcr));
    }
}
