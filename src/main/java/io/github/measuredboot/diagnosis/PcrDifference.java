package io.github.measuredboot.diagnosis;

import io.github.measuredboot.eventlog.MeasurementRegisters;
import java.util.List;

/**
 * How two logs differ in the measurements that extend a PCR.
 *
 * @param pcr the PCR index
 * @param keptCount how many measurements are the same, in the same order
 * @param exact whether as few measurements as possible differ; false if there were too many differences to determine that
 * @param changes the differences in the order of the second log, at least one
 */
public record PcrDifference(int pcr, int keptCount, boolean exact, List<LogChange> changes) {
    public PcrDifference {
        changes = List.copyOf(changes);
    }

    /** {@return how much differs, in a sentence} */
    public String message() {
        return message(MeasurementRegisters.PCRS);
    }

    /**
     * How much differs, in a sentence.
     *
     * @param registers what the events of both logs extend
     * @return the sentence
     */
    public String message(MeasurementRegisters registers) {
        return registers.name(pcr) + ": " + changes.size() + (changes.size() == 1 ? " difference, " : " differences, ")
                + keptCount
                + (keptCount == 1 ? " event is the same" : " events are the same")
                + (exact ? "" : "; there are too many differences to find the fewest");
    }
}
