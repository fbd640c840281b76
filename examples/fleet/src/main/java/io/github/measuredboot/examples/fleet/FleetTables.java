package io.github.measuredboot.examples.fleet;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the boots of a fleet say together. Spark aggregates, and spills to disk what does not fit: nothing here grows with the fleet. */
final class FleetTables {
    /** What so few machines of a cluster lack is usual there; in a small cluster, what none lacks. */
    private static final String OUTLIERS = "IF(machines >= 10, greatest(1L, machines div 100), 0L) AS outliers";

    private FleetTables() {}

    /** {@return the latest boot of each machine} */
    static Dataset<Row> latest(Dataset<Row> boots) {
        Dataset<Row> last = boots.groupBy("machine")
                .agg(max("time").as("lastTime"), count(lit(1)).as("boots"));
        if (last.where("boots > 1").isEmpty()) {
            return boots;
        }
        return boots.join(
                        last.withColumnRenamed("machine", "name"),
                        expr("machine = name AND time <=> lastTime"),
                        "left_semi")
                .dropDuplicates("machine");
    }

    /** {@return for each cluster the number of its machines} */
    static Dataset<Row> clusters(Dataset<Row> machines) {
        return machines.where("cluster IS NOT NULL")
                .groupBy("cluster")
                .agg(count(lit(1)).as("machines"), min("bank").as("bank"))
                .selectExpr("*", OUTLIERS);
    }

    /** {@return for each cluster and PCR how many values it has, and the most frequent one} */
    static Dataset<Row> pcrs(Dataset<Row> machines) {
        return machines.where("cluster IS NOT NULL")
                .selectExpr("cluster", "inline(pcrs)")
                .groupBy("cluster", "pcr", "value")
                .agg(count(lit(1)).as("n"))
                .groupBy("cluster", "pcr")
                .agg(
                        count(lit(1)).as("values"),
                        sum("n").as("reproduced"),
                        max("n").as("usualMachines"),
                        expr("max_by(value, n)").as("usualValue"));
    }

    /** {@return for each digest that a cluster has in a PCR by how many machines it is measured} */
    static Dataset<Row> digests(Dataset<Row> machines) {
        return machines.where("cluster IS NOT NULL")
                .selectExpr("cluster", "inline(pcrs)")
                .selectExpr("cluster", "pcr", "explode(array_distinct(digests)) AS digest")
                .groupBy("cluster", "pcr", "digest")
                .agg(count(lit(1)).as("n"));
    }

    /**
     * {@return for each cluster and PCR, besides its values, how many digests all of its machines have, most of them have, and others
     * have; and which are those that at least most of them have}
     */
    static Dataset<Row> variation(Dataset<Row> clusters, Dataset<Row> pcrs, Dataset<Row> digests) {
        Dataset<Row> events = digests.join(clusters, "cluster")
                .groupBy("cluster", "pcr")
                .agg(
                        count(when(col("n").equalTo(col("machines")), 1)).as("always"),
                        count(when(expr("n < machines AND n >= machines - outliers"), 1))
                                .as("usually"),
                        count(when(expr("n < machines - outliers"), 1)).as("varying"),
                        expr("collect_list(IF(n >= machines - outliers, digest, NULL))")
                                .as("usualDigests"));
        return pcrs.join(clusters, "cluster").join(events, new String[] {"cluster", "pcr"});
    }

    /** {@return the machines that differ from what is usual in their cluster, cannot be read, or are alone, with the reasons} */
    static Dataset<Row> outliers(Dataset<Row> machines, Dataset<Row> clusters, Dataset<Row> variation) {
        Dataset<Row> usual = variation
                .where("usualMachines >= machines - outliers AND usualMachines < machines")
                .groupBy("cluster")
                .agg(expr("collect_list(struct(pcr, usualValue))").as("usual"));
        return machines.join(clusters.select("cluster", "machines"), new String[] {"cluster"}, "left")
                .join(usual, new String[] {"cluster"}, "left")
                .selectExpr(
                        "machine",
                        "cluster",
                        "filter(concat("
                                + "array(IF(fault IS NOT NULL, 'fault', NULL), IF(machines = 1, 'alone', NULL),"
                                + " IF(fault IS NULL AND cluster IS NULL, 'no-proof-of-firmware', NULL)),"
                                + " transform(unexplained, pcr -> concat('unexplained ', pcr)),"
                                + " transform(filter(coalesce(usual, array()),"
                                + " u -> exists(pcrs, p -> p.pcr = u.pcr AND p.value <> u.usualValue)),"
                                + " u -> concat('unusual pcr-', u.pcr))),"
                                + " reason -> reason IS NOT NULL) AS reasons")
                .where("size(reasons) > 0");
    }

    /** {@return the variants of a cluster that are not rare, by PCR 0, 2, 4 and 7, with the number of their machines and one of them} */
    static Dataset<Row> variants(Dataset<Row> machines, Dataset<Row> clusters) {
        return machines.where("cluster IS NOT NULL AND size(unexplained) = 0")
                .groupBy(
                        col("cluster"),
                        expr("transform(filter(pcrs, p -> p.pcr IN (0, 2, 4, 7)), p -> p.value)")
                                .as("variant"))
                .agg(count(lit(1)).as("n"), min("machine").as("example"))
                .join(clusters, "cluster")
                .where("n > outliers AND n > 1")
                .select("cluster", "n", "example");
    }
}
