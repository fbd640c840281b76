package io.github.measuredboot.cli;

import io.github.measuredboot.diagnosis.Explanation.PcrExplanation;
import io.github.measuredboot.eventlog.MeasurementRegisters;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.replay.PcrComparison;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Option;

/** The option for which PCRs are shown of a verdict on all. */
final class ShownPcrs {
    @Option(
            names = "--pcr",
            paramLabel = "LIST",
            converter = Converters.Pcrs.class,
            description =
                    "Show only what is about these PCRs, such as 0-7,9. The verdict and the exit code are still about"
                            + " all PCRs.")
    private List<PcrList> pcrs = new ArrayList<>();

    boolean isGiven() {
        return !pcrs.isEmpty();
    }

    boolean includes(int pcr) {
        return pcrs.isEmpty() || PcrList.contain(pcrs, pcr);
    }

    /** Something that is about several PCRs, or about none. */
    boolean includes(Collection<Integer> about) {
        return about.isEmpty() || about.stream().anyMatch(this::includes);
    }

    List<PcrComparison> comparisons(List<PcrComparison> all) {
        return all.stream().filter(comparison -> includes(comparison.pcr())).toList();
    }

    List<PcrExplanation> explanations(List<PcrExplanation> all) {
        return all.stream().filter(explanation -> includes(explanation.pcr())).toList();
    }

    /** What follows the verdict. */
    void note(TextOutput out) {
        note(out, MeasurementRegisters.PCRS);
    }

    void note(TextOutput out, MeasurementRegisters registers) {
        if (isGiven()) {
            String about = registers == MeasurementRegisters.PCRS
                    ? "PCR " + PcrRanges.of(PcrList.pcrs(pcrs))
                    : registers.names(PcrList.pcrs(pcrs));
            out.accept("what follows is about " + about + " alone; the verdict is on all");
        }
    }

    /** {@code shownPcrs}, if not all are. */
    void members(DataWriter out) {
        if (isGiven()) {
            out.numbers("shownPcrs", PcrList.pcrs(pcrs));
        }
    }
}
