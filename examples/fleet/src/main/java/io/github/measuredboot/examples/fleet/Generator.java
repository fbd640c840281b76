package io.github.measuredboot.examples.fleet;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Makes a fleet. A machine depends on the seed and its own number alone, and not on how Spark divides the work. */
final class Generator {
    /** Small enough that a reader needs little memory. */
    static final long ROW_GROUP_SIZE = 16L << 20;

    /** Parquet guesses after how many rows a page is full, and is wrong for rows as large as these. */
    static final int ROWS_OF_PAGE = 128;

    private static final StructType SCHEMA = StructType.fromDDL(
            "machine STRING, time TIMESTAMP, log BINARY, pcrs STRING, family STRING, tampering STRING");

    private static final Instant FIRST_BOOT = Instant.parse("2026-01-01T00:00:00Z");

    /** Machines of one family come together, one family after the other: Parquet finds what they have in common. */
    private static final int TOGETHER = 64;

    private static final int MACHINES_PER_PARTITION = 20_000;

    private Generator() {}

    static Dataset<Row> generate(SparkSession spark, List<Family> families, long machines, long seed, double tampered) {
        Broadcast<List<Family>> shared =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(new ArrayList<>(families));
        int partitions =
                Math.toIntExact(Math.max(spark.sparkContext().defaultParallelism(), machines / MACHINES_PER_PARTITION));
        return spark.range(0, machines, 1, partitions)
                .mapPartitions(
                        (MapPartitionsFunction<Long, Row>) numbers -> {
                            List<Family> all = shared.value();
                            Map<String, MachineMaker> makers = new TreeMap<>();
                            return Rows.map(numbers, number -> {
                                Family family = all.get((int) (number / TOGETHER % all.size()));
                                MachineMaker maker =
                                        makers.computeIfAbsent(family.name(), name -> new MachineMaker(family));
                                return row(family, maker, number, random(seed, number), tampered);
                            });
                        },
                        Encoders.row(SCHEMA));
    }

    private static Row row(Family family, MachineMaker maker, long number, SplittableRandom random, double tampered) {
        MachineMaker.Tampering tampering = MachineMaker.Tampering.NONE;
        if (random.nextDouble() < tampered) {
            tampering = MachineMaker.Tampering.values()[1 + random.nextInt(MachineMaker.Tampering.values().length - 1)];
        }
        MachineMaker.Machine machine = maker.make(random, tampering);
        return RowFactory.create(
                String.format("machine-%07d", number),
                Timestamp.from(FIRST_BOOT.plusSeconds(number)),
                machine.log(),
                machine.pcrs(),
                family.name(),
                tampering.name());
    }

    private static SplittableRandom random(long seed, long number) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + new SplittableRandom(number).nextLong());
    }
}
