package io.github.measuredboot.examples.fleet;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;

import io.github.measuredboot.bytes.ParseLimits;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Evidence: a row for each boot with {@code machine}, {@code time}, {@code log} and {@code pcrs}, the PCR values as JSON. */
final class EvidenceTable {
    /** DIR/NAME/eventlog.bin with pcrs.json beside it, or DIR/NAME.bin with NAME.json. */
    private static final String LOG = "^([^/]+)(/eventlog)?\\.bin$";

    private static final String VALUES = "^([^/]+)(/pcrs)?\\.json$";

    private static final int MAX_VALUES = 1 << 20;

    private EvidenceTable() {}

    /** {@return the rows of a Parquet table or of a folder of files} */
    static Dataset<Row> read(SparkSession spark, String path) throws IOException {
        Path root = new Path(path);
        FileSystem system = root.getFileSystem(spark.sparkContext().hadoopConfiguration());
        Dataset<Row> table = isParquet(system, root)
                ? spark.read().parquet(path)
                : folder(spark, system.getFileStatus(root).getPath().toString());
        return table.select(
                col("machine"),
                List.of(table.columns()).contains("time")
                        ? col("time").cast("timestamp")
                        : lit(null).cast("timestamp"),
                col("log"),
                col("pcrs"));
    }

    private static boolean isParquet(FileSystem system, Path root) throws IOException {
        for (FileStatus file : system.listStatus(root)) {
            if (file.getPath().getName().endsWith(".parquet")) {
                return true;
            }
        }
        return false;
    }

    private static Dataset<Row> folder(SparkSession spark, String root) {
        Dataset<Row> logs = files(spark, root, LOG, ParseLimits.DEFAULT.maxLogSize())
                .select(
                        col("machine"),
                        col("modificationTime").as("time"),
                        col("content").as("log"));
        Dataset<Row> values = files(spark, root, VALUES, MAX_VALUES)
                .select(col("machine"), col("content").cast("string").as("pcrs"));
        return logs.join(values.dropDuplicates("machine"), "machine", "left");
    }

    /** The content of a file that is too large is not read: the check reports that the log, or its PCR values, are not there. */
    private static Dataset<Row> files(SparkSession spark, String root, String name, int maxSize) {
        Dataset<Row> files = spark.read()
                .format("binaryFile")
                .option("recursiveFileLookup", true)
                .load(root)
                .withColumn("file", col("path").substr(root.length() + 2, Integer.MAX_VALUE))
                .withColumn("machine", regexp_extract(col("file"), name, 1))
                .where(col("machine").notEqual(""));
        return files.where(col("length").leq(maxSize))
                .unionByName(
                        files.where(col("length").gt(maxSize)).drop("content").withColumn("content", lit(null)));
    }

    /** {@return a row of {@link Boot#SCHEMA} for each boot} */
    static Dataset<Row> check(Dataset<Row> evidence, States states) {
        Broadcast<States> shared = JavaSparkContext.fromSparkContext(
                        evidence.sparkSession().sparkContext())
                .broadcast(states);
        return evidence.mapPartitions(
                (MapPartitionsFunction<Row, Row>) rows -> {
                    BootCheck check = new BootCheck(shared.value());
                    return Rows.map(
                            rows,
                            row -> check.check(row.getAs("log"), row.getAs("pcrs"))
                                    .toRow(row.get(0), row.get(1)));
                },
                Encoders.row(Boot.SCHEMA));
    }
}
