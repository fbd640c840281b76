package io.github.measuredboot.examples.fleet;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * What the evidence of a boot shows.
 *
 * @param fault why it cannot be read
 * @param bank the bank that cluster, keys and PCRs are of
 * @param cluster the firmware: see {@link FirmwareCluster}; empty if nothing proves what it is
 * @param verdict the outcome against the reference state; empty if there is no state for this boot
 * @param rejections the rules that reject it
 * @param unexplained the PCRs, of all banks, whose values the log does not give, but for those that the running system extends
 * @param keys Secure Boot and its databases
 * @param pcrs the PCRs of the bank that events extend and the log reproduces
 */
record Boot(
        Optional<String> fault,
        Optional<String> bank,
        Optional<String> cluster,
        Optional<String> verdict,
        List<String> rejections,
        List<String> unexplained,
        SecureBootKeys keys,
        List<Pcr> pcrs) {
    /** The columns of a table of boots. */
    static final StructType SCHEMA = StructType.fromDDL("machine STRING, time TIMESTAMP, fault STRING, bank STRING,"
            + " cluster STRING, verdict STRING, rejections ARRAY<STRING>, unexplained ARRAY<STRING>,"
            + " secureBoot BOOLEAN, missingCertificates ARRAY<STRING>, dbxEntries INT, dbx STRING, sbatLevel STRING,"
            + " pcrs ARRAY<STRUCT<pcr: INT, value: BINARY, digests: ARRAY<BINARY>>>");

    /**
     * A PCR.
     *
     * @param pcr its index
     * @param value its value
     * @param digests the digests that extended it, in their order
     */
    record Pcr(int pcr, byte[] value, List<byte[]> digests) {
        private Row toRow() {
            return RowFactory.create(pcr, value, digests.toArray(byte[][]::new));
        }
    }

    static Boot faulty(String fault) {
        return new Boot(
                Optional.of(fault),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                SecureBootKeys.UNKNOWN,
                List.of());
    }

    Row toRow(Object machine, Object time) {
        return RowFactory.create(
                machine,
                time,
                fault.orElse(null),
                bank.orElse(null),
                cluster.orElse(null),
                verdict.orElse(null),
                rejections.toArray(String[]::new),
                unexplained.toArray(String[]::new),
                keys.secureBoot().orElse(null),
                keys.missing().map(names -> names.toArray(String[]::new)).orElse(null),
                keys.dbxEntries().orElse(null),
                keys.dbx().orElse(null),
                keys.sbatLevel().orElse(null),
                pcrs.stream().map(Pcr::toRow).toArray(Row[]::new));
    }
}
