package io.github.measuredboot.examples.fleet;

import io.github.measuredboot.bytes.MalformedDataException;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line. */
@Command(
        name = "fleet",
        description = "Judges the boots of many machines with Apache Spark.",
        mixinStandardHelpOptions = true,
        subcommandsRepeatable = false)
public final class Fleet {
    @Option(
            names = "--master",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Spark's master; default: that of spark-submit, or all cores of this machine")
    private String master = "";

    private Fleet() {}

    /**
     * Runs a command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Fleet()).execute(args));
    }

    /** Checks evidence. */
    @Command(
            description =
                    "Checks evidence: a Parquet table (machine, time, log, pcrs), or a folder of logs with their PCR values.")
    int check(
            @Parameters(paramLabel = "EVIDENCE") String evidence,
            @Option(
                            names = {"-o", "--output"},
                            required = true,
                            description = "the folder for tables, states and summary")
                    String output,
            @Option(
                            names = "--states",
                            description =
                                    "a reference state, or a folder with one for each cluster, as this command writes it")
                    String states,
            @Option(names = "--allow-secure-boot-off", description = "accepts boots without Secure Boot")
                    boolean secureBootMayBeOff)
            throws IOException, MalformedDataException {
        try (SparkSession spark = session(master)) {
            System.out.print(new FleetJob(spark, output).run(evidence, states(spark, states, secureBootMayBeOff)));
        }
        return 0;
    }

    /** Makes a fleet. */
    @Command(description = "Makes the evidence of a fleet out of real logs: DIR/NAME.bin or DIR/NAME/eventlog.bin.")
    int generate(
            @Parameters(paramLabel = "DIR") Path logs,
            @Option(
                            names = {"-o", "--output"},
                            required = true,
                            description = "the Parquet table to write")
                    String output,
            @Option(names = "--machines", required = true, description = "the number of machines") long machines,
            @Option(names = "--seed", defaultValue = "1", description = "equal seeds make equal fleets") long seed,
            @Option(
                            names = "--tampered",
                            defaultValue = "0.01",
                            description = "the share of machines that were tampered with")
                    double tampered)
            throws IOException {
        try (SparkSession spark = session(master)) {
            Generator.generate(spark, Family.readAll(logs), machines, seed, tampered)
                    .write()
                    .option("parquet.block.size", Generator.ROW_GROUP_SIZE)
                    .option("parquet.page.row.count.limit", Generator.ROWS_OF_PAGE)
                    .parquet(output);
        }
        return 0;
    }

    /** Measures. */
    @Command(description = "Measures the check of a Parquet table against the library alone on one thread.")
    int measure(
            @Parameters(paramLabel = "EVIDENCE") String evidence,
            @Option(
                            names = {"-o", "--output"},
                            required = true)
                    String output,
            @Option(
                            names = "--states",
                            required = true,
                            description = "states that the boots are judged by, as `check` proposes them")
                    String states)
            throws IOException, MalformedDataException {
        try (SparkSession spark = session(master)) {
            new Measurement(spark, evidence, output, states(spark, states, true)).run();
        }
        return 0;
    }

    private static States states(SparkSession spark, String path, boolean secureBootMayBeOff)
            throws IOException, MalformedDataException {
        return path == null
                ? States.NONE
                : new States(OutputFiles.readStates(spark, path), secureBootMayBeOff).validated();
    }

    static SparkSession session(String master) {
        SparkSession.Builder builder = SparkSession.builder()
                .appName("fleet")
                // Logs are large: a batch of the usual 4,096 rows would be hundreds of megabytes.
                .config("spark.sql.parquet.columnarReaderBatchSize", 16)
                .config("spark.sql.parquet.compression.codec", "zstd")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.ui.enabled", false);
        if (!master.isEmpty()) {
            builder.master(master);
        } else if (System.getProperty("spark.master") == null) {
            builder.master("local[*]")
                    .config("spark.driver.host", "localhost")
                    .config("spark.driver.bindAddress", "localhost");
        }
        return builder.getOrCreate();
    }
}
