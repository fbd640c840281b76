package io.github.measuredboot.examples.fleet;

import java.util.List;

/**
 * A cluster, for a person.
 *
 * @param name the cluster
 * @param machines the number of its machines
 * @param pcrs what varies in it
 * @param proposal a reference state for it
 */
record ClusterReport(String name, long machines, List<Pcr> pcrs, Proposals.Proposal proposal) {
    ClusterReport {
        pcrs = List.copyOf(pcrs);
    }

    /**
     * How a PCR varies.
     *
     * @param pcr its index
     * @param values the number of its values
     * @param usualMachines the number of machines that have the most frequent value
     * @param constantEvents the number of digests that never vary, but for outliers
     * @param varyingEvents the number of other digests
     * @param names what varies, by the example of one machine
     */
    record Pcr(int pcr, long values, long usualMachines, long constantEvents, long varyingEvents, List<String> names) {}
}
