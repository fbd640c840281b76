package io.github.measuredboot.examples.fleet;

import static org.apache.spark.sql.functions.col;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.refstate.PinnedEvent;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.replay.VerifiedLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** Checks the evidence of a fleet and writes what it shows into a folder. */
final class FleetJob {
    /** Only so many clusters, the largest, get a description and a proposal. */
    private static final int MAX_DESCRIBED = 200;

    private static final int MAX_VARIANTS = 8;
    private static final int MAX_EXAMPLE = 1 << 20;
    private static final int MAX_NAMES = 8;

    private final SparkSession spark;
    private final String output;

    FleetJob(SparkSession spark, String output) {
        this.spark = spark;
        this.output = output;
    }

    /** Checks, and returns the summary. */
    String run(String evidencePath, States states) throws IOException {
        return summarize(evidencePath, check(evidencePath, states));
    }

    /** Reads all evidence once, and checks each boot. */
    Dataset<Row> check(String evidencePath, States states) throws IOException {
        return store("boots", EvidenceTable.check(EvidenceTable.read(spark, evidencePath), states));
    }

    /** Says what the boots show together. */
    String summarize(String evidencePath, Dataset<Row> boots) throws IOException {
        Dataset<Row> evidence = EvidenceTable.read(spark, evidencePath);
        Dataset<Row> machines = FleetTables.latest(boots);
        store("machines", machines.drop("pcrs"));
        Dataset<Row> clusters = store("clusters", FleetTables.clusters(machines));
        Dataset<Row> variation = store(
                "variation",
                FleetTables.variation(clusters, FleetTables.pcrs(machines), FleetTables.digests(machines)));
        Dataset<Row> outliers = store("outliers", FleetTables.outliers(machines, clusters, variation));
        SortedMap<String, ClusterReport> described = describe(evidence, machines, clusters, variation);
        for (ClusterReport cluster : described.values()) {
            if (cluster.proposal().json().isPresent()) {
                OutputFiles.write(
                        spark,
                        output + "/states/" + cluster.name() + ".json",
                        cluster.proposal().json().get());
            }
        }
        String summary = new Summary(machines, outliers, described.values()).text();
        OutputFiles.write(spark, output + "/summary.txt", summary);
        return summary;
    }

    private Dataset<Row> store(String name, Dataset<Row> table) {
        table.write().mode(SaveMode.Overwrite).parquet(output + "/" + name);
        return spark.read().parquet(output + "/" + name);
    }

    private SortedMap<String, ClusterReport> describe(
            Dataset<Row> evidence, Dataset<Row> machines, Dataset<Row> clusters, Dataset<Row> variation) {
        Dataset<Row> largest = clusters.where("machines > 1")
                .orderBy(col("machines").desc(), col("cluster"))
                .limit(MAX_DESCRIBED);
        SortedMap<String, List<String>> examples = new TreeMap<>();
        for (Row variant : FleetTables.variants(machines, largest)
                .orderBy(col("n").desc(), col("example"))
                .limit(MAX_DESCRIBED * MAX_VARIANTS)
                .collectAsList()) {
            List<String> names = examples.computeIfAbsent(variant.getAs("cluster"), cluster -> new ArrayList<>());
            if (names.size() < MAX_VARIANTS) {
                names.add(variant.getAs("example"));
            }
        }
        Map<String, ReplayedLog> read = readExamples(evidence, examples);
        SortedMap<String, ClusterReport> reports = new TreeMap<>();
        SortedMap<String, List<Row>> rows = new TreeMap<>();
        variation
                .join(largest.select("cluster"), new String[] {"cluster"}, "left_semi")
                .orderBy("cluster", "pcr")
                .collectAsList()
                .forEach(row -> rows.computeIfAbsent(row.getAs("cluster"), name -> new ArrayList<>())
                        .add(row));
        rows.forEach((cluster, pcrs) -> reports.put(
                cluster,
                report(
                        cluster,
                        pcrs,
                        examples.getOrDefault(cluster, List.of()).stream()
                                .filter(read::containsKey)
                                .map(read::get)
                                .toList())));
        return reports;
    }

    /** Evidence is read again only for the machines that stand for others. */
    private static Map<String, ReplayedLog> readExamples(
            Dataset<Row> evidence, SortedMap<String, List<String>> examples) {
        Object[] names = examples.values().stream().flatMap(List::stream).toArray();
        Map<String, ReplayedLog> read = new TreeMap<>();
        evidence.where(col("machine").isin(names))
                .where("length(log) <= " + MAX_EXAMPLE + " AND pcrs IS NOT NULL")
                .orderBy("time")
                .collectAsList()
                .forEach(row -> Proposals.example(row.getAs("log"), row.getAs("pcrs"))
                        .ifPresent(example -> read.put(row.getAs("machine"), example)));
        return read;
    }

    private static ClusterReport report(String cluster, List<Row> rows, List<ReplayedLog> examples) {
        List<ClusterReport.Pcr> pcrs = new ArrayList<>();
        SortedSet<Integer> constant = new TreeSet<>();
        long machines = rows.get(0).getAs("machines");
        for (Row row : rows) {
            int pcr = row.getAs("pcr");
            long usual = row.getAs("usualMachines");
            if (usual >= machines - row.<Long>getAs("outliers")) {
                constant.add(pcr);
            }
            SortedSet<Bytes> usualDigests = new TreeSet<>();
            row.<byte[]>getList(row.fieldIndex("usualDigests")).forEach(digest -> usualDigests.add(Bytes.wrap(digest)));
            pcrs.add(new ClusterReport.Pcr(
                    pcr,
                    row.getAs("values"),
                    usual,
                    row.<Long>getAs("always") + row.<Long>getAs("usually"),
                    row.getAs("varying"),
                    examples.isEmpty() ? List.of() : varying(examples.get(0), pcr, usualDigests)));
        }
        return new ClusterReport(cluster, machines, pcrs, Proposals.propose(cluster, examples, constant));
    }

    /** What the first example has and others have not, by the name of the variable where its digest covers it. */
    private static List<String> varying(ReplayedLog example, int pcr, SortedSet<Bytes> usualDigests) {
        VerifiedLog log = example.verified(BootCheck.bank(example).orElseThrow());
        return log.events(pcr).stream()
                .filter(event -> !usualDigests.contains(event.digest()))
                .map(FleetJob::name)
                .distinct()
                .limit(MAX_NAMES)
                .toList();
    }

    private static String name(VerifiedEvent event) {
        return event.coveredVariable()
                .map(variable -> variable.variable().unicodeName())
                .orElseGet(() -> event.claimedType() + " "
                        + PinnedEvent.claimed(event.claims(), event.bank()).description());
    }
}
