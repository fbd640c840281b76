package io.github.measuredboot.examples.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A fleet made from the corpus, whose README says what an independent reader makes of each log. */
@EnabledIfSystemProperty(
        named = "measuredboot.shared",
        matches = ".+",
        disabledReason = "needs the corpus: -Dmeasuredboot.shared=DIR")
class CorpusTest {
    private static final List<String> STRONGEST_FIRST = List.of("sha512", "sha384", "sha256", "sm3_256", "sha1");

    /** Its firmware measures nothing into PCR 0 before the separator. */
    private static final String NOTHING_MEASURED = "kgoldman-tpm2bios";

    private final Path corpus = Path.of(System.getProperty("measuredboot.shared"), "corpus");

    /** The firmware by PCR 0, as another program replayed it. */
    private String firmware(String family) throws Exception {
        JsonNode banks = new ObjectMapper()
                .readTree(corpus.resolve(family + ".json").toFile())
                .get("replayed_pcrs");
        for (String bank : STRONGEST_FIRST) {
            if (banks.has(bank) && banks.get(bank).has("0")) {
                return bank + " " + banks.get(bank).get("0").asText();
            }
        }
        return "none";
    }

    @Test
    void clustersAreTheKnownFamilies(@TempDir Path folder) throws Exception {
        SortedMap<String, SortedSet<String>> known = new TreeMap<>();
        SortedMap<String, SortedSet<String>> found = new TreeMap<>();
        try (SparkSession spark = Fleet.session("local[2]")) {
            List<Family> families = Family.readAll(corpus);
            assertTrue(families.size() > 80);
            String fleet = folder.resolve("fleet").toString();
            Generator.generate(spark, families, 64 * families.size(), 1, 0.01)
                    .write()
                    .parquet(fleet);
            for (Row row : EvidenceTable.check(EvidenceTable.read(spark, fleet), States.NONE)
                    .join(spark.read().parquet(fleet).select("machine", "family", "tampering"), "machine")
                    .where("tampering = 'NONE'")
                    .select("family", "cluster")
                    .distinct()
                    .collectAsList()) {
                String family = row.getAs("family");
                known.computeIfAbsent(firmware(family), key -> new TreeSet<>()).add(family);
                String cluster = row.getAs("cluster");
                found.computeIfAbsent(cluster == null ? "none" : cluster, key -> new TreeSet<>())
                        .add(family);
            }
        }
        known.remove("none");
        known.values().remove(new TreeSet<>(List.of(NOTHING_MEASURED)));
        assertEquals(
                new TreeSet<>(known.values().stream().map(Object::toString).toList()),
                new TreeSet<>(found.entrySet().stream()
                        .filter(entry -> !entry.getKey().equals("none"))
                        .map(entry -> entry.getValue().toString())
                        .toList()));
        assertTrue(known.size() > 40, known.toString());
    }

    @Test
    void certificatesOf2023AreFound() throws Exception {
        Family withThem = Family.readAll(corpus).stream()
                .filter(family -> family.name().equals("dstack-tee-tpm-eventlog"))
                .findFirst()
                .orElseThrow();
        MachineMaker.Machine machine =
                new MachineMaker(withThem).make(new java.util.SplittableRandom(1), MachineMaker.Tampering.NONE);
        SecureBootKeys keys =
                new BootCheck(States.NONE).check(machine.log(), machine.pcrs()).keys();
        assertEquals(List.of(), keys.missing().orElseThrow());
    }
}
