package io.github.measuredboot.examples.fleet;

import static org.apache.spark.sql.functions.col;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a person reads first: counts, the largest clusters, and some of the machines to look at. */
final class Summary {
    private static final int MAX_LINES = 20;
    private static final int MAX_TEXT = 200;

    private final Dataset<Row> machines;
    private final Dataset<Row> outliers;
    private final Collection<ClusterReport> clusters;
    private final StringBuilder text = new StringBuilder();

    Summary(Dataset<Row> machines, Dataset<Row> outliers, Collection<ClusterReport> clusters) {
        this.machines = machines;
        this.outliers = outliers;
        this.clusters = clusters;
    }

    String text() {
        line("%,d machines", machines.count());
        counts("verdicts", machines.selectExpr("coalesce(verdict, IF(fault IS NULL, 'no state', 'fault'))"));
        counts("rejected by", machines.selectExpr("explode(rejections)"));
        counts("faults", machines.selectExpr("fault").where("fault IS NOT NULL"));
        counts("unexplained PCRs", machines.selectExpr("explode(unexplained)"));
        counts("Secure Boot", machines.selectExpr("IF(secureBoot IS NULL, 'not proved', IF(secureBoot, 'on', 'off'))"));
        counts("certificates of 2023 that are missing", machines.selectExpr("explode(missingCertificates)"));
        counts(
                "dbx: entries and SHA-256",
                machines.selectExpr("concat(dbxEntries, ' ', dbx)").where("dbx IS NOT NULL"));
        counts("SBAT levels", machines.selectExpr("sbatLevel").where("sbatLevel IS NOT NULL"));
        line("");
        line("clusters of equal firmware, and the PCRs that vary in them");
        clusters.stream()
                .sorted(Comparator.comparingLong(ClusterReport::machines).reversed())
                .limit(MAX_LINES)
                .forEach(this::cluster);
        counts("outliers", outliers.selectExpr("explode(reasons)"));
        outliers.orderBy("machine")
                .limit(MAX_LINES)
                .collectAsList()
                .forEach(row -> line(
                        "  %s: %s",
                        row.getAs("machine"), String.join(", ", row.<String>getList(row.fieldIndex("reasons")))));
        return text.toString();
    }

    private void cluster(ClusterReport cluster) {
        line("%,10d  %s", cluster.machines(), cluster.name());
        for (ClusterReport.Pcr pcr : cluster.pcrs()) {
            if (pcr.values() > 1 || pcr.usualMachines() < cluster.machines()) {
                line(
                        "            PCR %d: %,d values, one on %,d machines; %,d digests hardly ever vary, %,d do%s",
                        pcr.pcr(),
                        pcr.values(),
                        pcr.usualMachines(),
                        pcr.constantEvents(),
                        pcr.varyingEvents(),
                        pcr.names().isEmpty() ? "" : ": " + String.join("; ", pcr.names()));
            }
        }
        String never = cluster.pcrs().stream()
                .filter(pcr -> pcr.values() == 1 && pcr.usualMachines() == cluster.machines())
                .map(pcr -> String.valueOf(pcr.pcr()))
                .collect(Collectors.joining(", "));
        line("            never vary: PCR %s", never);
        line(
                "            %s",
                cluster.proposal().json().isPresent()
                        ? "proposed: states/" + cluster.name() + ".json"
                        : "no proposal: " + cluster.proposal().reason());
    }

    private void counts(String title, Dataset<Row> values) {
        Dataset<Row> named = values.toDF("value");
        List<Row> counts = named.groupBy("value")
                .count()
                .orderBy(col("count").desc(), col("value"))
                .limit(MAX_LINES)
                .collectAsList();
        line("");
        line("%s%s", title, counts.isEmpty() ? ": none" : "");
        counts.forEach(row -> line("%,10d  %s", row.getLong(1), row.get(0)));
    }

    /** Names and faults come from machines that nobody trusts. */
    private void line(String format, Object... values) {
        String line = String.format(format, values).replaceAll("\\p{C}", "?");
        text.append(line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT) + " ..." : line)
                .append('\n');
    }
}
