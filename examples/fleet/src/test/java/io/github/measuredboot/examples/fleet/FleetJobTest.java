package io.github.measuredboot.examples.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.examples.fleet.MachineMaker.Machine;
import io.github.measuredboot.examples.fleet.MachineMaker.Tampering;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One fleet with all that can happen, checked twice: without states, and by those that were proposed. */
class FleetJobTest {
    private static final int MACHINES = 1056;
    private static final String OTHER_FIRMWARE = "large";
    private static final int SIMILAR = 30;
    private static final Timestamp TIME = Timestamp.valueOf("2026-01-02 00:00:00");
    private static final Timestamp EARLIER = Timestamp.valueOf("2026-01-01 00:00:00");
    private static final StructType EVIDENCE =
            StructType.fromDDL("machine STRING, time TIMESTAMP, log BINARY, pcrs STRING");

    private static SparkSession spark;
    private static String summary;

    @TempDir
    static Path folder;

    @BeforeAll
    static void checkTwice() throws Exception {
        spark = Fleet.session("local[2]");
        spark.conf().set("spark.sql.shuffle.partitions", 2);
        spark.conf().set("spark.sql.codegen.wholeStage", false);
        Generator.generate(spark, families(), MACHINES, 7, 0.1).write().parquet(path("fleet"));
        List<Row> special = similar();
        String pcrs = Boots.pcrs("uki-direct");
        special.add(RowFactory.create("huge", TIME, new byte[17 << 20], pcrs));
        special.add(RowFactory.create("deep", TIME, Boots.log("uki-direct"), "[".repeat(5_000_000)));
        special.add(RowFactory.create("none", null, null, null));
        special.add(RowFactory.create("a\u001b[2J\nname", TIME, new byte[] {1, 2, 3}, pcrs));
        special.add(RowFactory.create("twice", TIME, Boots.log("uki-direct"), pcrs));
        special.add(RowFactory.create("twice", EARLIER, new byte[3], pcrs));
        spark.read()
                .parquet(path("fleet"))
                .select("machine", "time", "log", "pcrs")
                .unionByName(spark.createDataFrame(special, EVIDENCE))
                .coalesce(2)
                .write()
                .parquet(path("evidence"));
        summary = new FleetJob(spark, path("first")).run(path("evidence"), States.NONE);
        States states = new States(OutputFiles.readStates(spark, path("first/states")), true).validated();
        new FleetJob(spark, path("second")).run(path("evidence"), states);
    }

    private static List<Family> families() throws Exception {
        List<Family> families = Boots.families();
        families.removeIf(family -> family.name().equals(OTHER_FIRMWARE));
        return families;
    }

    /** Machines of a firmware that no other machine has, of which one booted another image. */
    private static List<Row> similar() throws Exception {
        MachineMaker maker = new MachineMaker(Boots.family(OTHER_FIRMWARE));
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < SIMILAR; i++) {
            Machine machine = maker.make(new SplittableRandom(i), i == 17 ? Tampering.OTHER_IMAGE : Tampering.NONE);
            rows.add(RowFactory.create("similar-" + i, TIME, machine.log(), machine.pcrs()));
        }
        return rows;
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static String path(String name) {
        return folder.resolve(name).toString();
    }

    private static Dataset<Row> table(String name) {
        return spark.read().parquet(path(name));
    }

    @Test
    void aFleetDependsOnItsSeedAlone() throws Exception {
        Dataset<Row> again =
                Generator.generate(spark, families(), MACHINES, 7, 0.1).repartition(5);
        assertEquals(MACHINES, table("fleet").count());
        assertEquals(0, table("fleet").exceptAll(again).count());
        assertTrue(table("fleet")
                        .exceptAll(Generator.generate(spark, families(), MACHINES, 8, 0.1))
                        .count()
                > 0);
    }

    @Test
    void clustersAreTheFirmwareOfTheFamilies() throws Exception {
        SortedMap<String, SortedSet<String>> found = new TreeMap<>();
        for (Row row : table("fleet")
                .where("tampering = 'NONE'")
                .select("machine", "family")
                .join(table("first/machines"), "machine")
                .collectAsList()) {
            found.computeIfAbsent(row.getAs("family"), family -> new TreeSet<>())
                    .add(row.getAs("cluster"));
        }
        BootCheck check = new BootCheck(States.NONE);
        SortedMap<String, SortedSet<String>> real = new TreeMap<>();
        for (Family family : families()) {
            Boot boot = check.check(family.log(), Boots.pcrs(family.name()));
            real.put(family.name(), new TreeSet<>(List.of(boot.cluster().orElseThrow())));
        }
        assertEquals(real, found);
    }

    @Test
    void theProposedStatesAcceptHonestMachinesAndNoOthers() {
        SortedMap<Tampering, SortedSet<String>> verdicts = new TreeMap<>();
        for (Row row : table("fleet")
                .select("machine", "tampering")
                .join(table("second/machines"), "machine")
                .collectAsList()) {
            String verdict = row.getAs("verdict");
            verdicts.computeIfAbsent(Tampering.valueOf(row.getAs("tampering")), kind -> new TreeSet<>())
                    .add(verdict == null ? "none" : verdict);
        }
        assertEquals(new TreeSet<>(List.of("accepted-if-values-are-true")), verdicts.get(Tampering.NONE));
        assertEquals(new TreeSet<>(List.of("rejected")), verdicts.get(Tampering.OTHER_IMAGE));
        assertEquals(Tampering.values().length, verdicts.size());
    }

    @Test
    void whatVariesAndWhatNeverDoesIsFoundPcrByPcr() throws Exception {
        String cluster = table("first/machines")
                .where("machine = 'similar-1'")
                .select("cluster")
                .first()
                .getString(0);
        SortedMap<Integer, Row> pcrs = new TreeMap<>();
        table("first/variation")
                .where("cluster = '" + cluster + "'")
                .collectAsList()
                .forEach(row -> pcrs.put(row.getAs("pcr"), row));
        long machines = pcrs.get(0).getAs("machines");
        assertEquals(SIMILAR, machines);
        assertEquals(1L, pcrs.get(0).<Long>getAs("values"));
        assertEquals(0L, pcrs.get(0).<Long>getAs("varying"));
        assertEquals(SIMILAR, pcrs.get(5).<Long>getAs("values"), "the GUID of the disk varies");
        assertTrue(pcrs.get(1).<Long>getAs("usually") + pcrs.get(1).<Long>getAs("always") > 5, "boot options do not");
        assertTrue(summary.contains("BootOrder"), summary);
        assertTrue(Files.readString(folder.resolve("first/states/" + cluster + ".json"))
                .contains("\"sequence\""));
    }

    @Test
    void machinesThatDifferAreOutliers() {
        SortedMap<String, List<String>> outliers = new TreeMap<>();
        table("first/outliers")
                .where("machine NOT LIKE 'machine-%'")
                .collectAsList()
                .forEach(row -> outliers.put(row.getAs("machine"), row.getList(row.fieldIndex("reasons"))));
        List<String> fault = List.of("fault");
        assertEquals(
                Map.of(
                        "similar-17", List.of("unusual pcr-4"),
                        "huge", fault,
                        "deep", fault,
                        "none", fault,
                        "a\u001b[2J\nname", fault),
                outliers);
        assertTrue(summary.contains("a?[2J?name: fault"), summary);
        assertFalse(summary.contains("\u001b"));
    }

    @Test
    void onlyTheLatestBootOfAMachineCounts() {
        assertEquals(2, table("first/boots").where("machine = 'twice'").count());
        List<Row> machines = table("first/machines").where("machine = 'twice'").collectAsList();
        assertEquals(1, machines.size());
        assertNotNull(machines.get(0).getAs("cluster"));
        assertTrue(summary.startsWith(String.format("%,d machines%n", MACHINES + SIMILAR + 5)), summary);
    }

    @Test
    void foldersOfLogsAreEvidenceToo() throws Exception {
        Path logs = Files.createDirectories(folder.resolve("logs"));
        Files.write(logs.resolve("a.bin"), Boots.log("uki-direct"));
        Files.writeString(logs.resolve("a.json"), Boots.pcrs("uki-direct"));
        Files.write(logs.resolve("lonely.bin"), Boots.log("uki-direct"));
        Files.write(logs.resolve("too-large.bin"), new byte[17 << 20]);
        SortedMap<String, String> faults = new TreeMap<>();
        EvidenceTable.check(EvidenceTable.read(spark, logs.toString()), States.NONE)
                .collectAsList()
                .forEach(row -> faults.put(row.getAs("machine"), String.valueOf(row.<String>getAs("fault"))));
        assertEquals(Map.of("a", "null", "lonely", "there are no PCR values", "too-large", "there is no log"), faults);

        Dataset<Row> boots = EvidenceTable.check(EvidenceTable.read(spark, Boots.FOLDER.toString()), States.NONE);
        assertEquals(
                Boots.families().size(),
                boots.where("fault IS NULL AND cluster IS NOT NULL").count());
    }
}
