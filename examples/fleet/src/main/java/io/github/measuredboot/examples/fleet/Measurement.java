package io.github.measuredboot.examples.fleet;

import com.sun.management.GarbageCollectionNotificationInfo;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.replay.ReplayedLog;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** How fast the job is, and what it needs of the heap, against the library alone on one thread of the same process. */
final class Measurement {
    private static final int SAMPLE = 2_000;
    private static final long WARM_UP = 10_000_000_000L;
    private static final long DURATION = 10_000_000_000L;

    private final SparkSession spark;
    private final String evidence;
    private final String output;
    private final States states;
    private final AtomicLong mostUsed = new AtomicLong();

    Measurement(SparkSession spark, String evidence, String output, States states) {
        this.spark = spark;
        this.evidence = evidence;
        this.output = output;
        this.states = states;
    }

    void run() throws IOException {
        long machines = spark.read().parquet(evidence).count();
        watchHeap();
        FleetJob job = new FleetJob(spark, output);
        List<Dataset<Row>> boots = new ArrayList<>();
        Rate check = Rate.of(machines, () -> boots.add(job.check(evidence, states)));
        long used = mostUsed.get();
        Rate summary = Rate.of(machines, () -> job.summarize(evidence, boots.get(0)));
        Rate whole = check.then(summary);
        System.out.printf("%,d machines on %s%n", machines, spark.sparkContext().master());
        System.out.printf("check, boots written:  %s%n", check);
        System.out.printf("whole job:             %s%n", whole);
        System.out.printf(
                "heap after collection: %,d MiB at most in the check, %,d MiB in all, of %,d MiB; %s%n",
                used >> 20, mostUsed.get() >> 20, Runtime.getRuntime().maxMemory() >> 20, resident());
        List<Row> sample = EvidenceTable.read(spark, evidence)
                .where("pmod(xxhash64(machine), " + Math.max(1, machines / SAMPLE) + ") = 0")
                .limit(2 * SAMPLE)
                .collectAsList();
        Rate library = rate(sample, this::libraryCheck);
        BootCheck all = new BootCheck(states);
        Rate boot = rate(
                sample,
                row -> all.check(row.getAs("log"), row.getAs("pcrs")).fault().isEmpty());
        System.out.printf("one thread, %,d boots, the library's full check: %s%n", sample.size(), library);
        System.out.printf("one thread, all that is taken from a boot:       %s%n", boot);
        System.out.printf("check / (2 x library):     %s%n", check.dividedBy(library));
        System.out.printf("whole job / (2 x library): %s%n", whole.dividedBy(library));
    }

    /**
     * How many boots were checked a second, by the clock and by the processor time of this process, which other programs on the machine
     * do not change.
     */
    private record Rate(double wall, double cpu) {
        interface Work {
            void run() throws IOException;
        }

        static Rate of(long count, Work work) throws IOException {
            long start = System.nanoTime();
            long cpuStart = cpuNanos();
            work.run();
            return new Rate(count * 1e9 / (System.nanoTime() - start), count * 1e9 / (cpuNanos() - cpuStart));
        }

        private static long cpuNanos() {
            return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime();
        }

        Rate then(Rate next) {
            return new Rate(1 / (1 / wall + 1 / next.wall), 1 / (1 / cpu + 1 / next.cpu));
        }

        /** Two threads against twice one: of processor time, each job has what it used. */
        String dividedBy(Rate oneThread) {
            return String.format(
                    "%.2f by the clock, %.2f by processor time", wall / (2 * oneThread.wall), cpu / oneThread.cpu);
        }

        @Override
        public String toString() {
            return String.format("%,.0f a second, %,.0f a second of processor time", wall, cpu);
        }
    }

    /** From the bytes to the verdict, and nothing else; the policy is chosen by the cluster, as in the job. */
    private boolean libraryCheck(Row row) {
        try {
            ReplayedLog replayed = BootCheck.replay(row.getAs("log"), row.getAs("pcrs"));
            Optional<String> cluster =
                    BootCheck.bank(replayed).map(replayed::verified).flatMap(FirmwareCluster::of);
            return states.policy(cluster)
                    .map(policy -> policy.evaluate(replayed).isAcceptedIfEvidenceIsTrue())
                    .orElse(false);
        } catch (MalformedDataException e) {
            return false;
        }
    }

    private static Rate rate(List<Row> sample, Predicate<Row> check) throws IOException {
        run(sample, check, WARM_UP);
        long[] checked = {0};
        Rate rounds = Rate.of(1, () -> checked[0] = run(sample, check, DURATION));
        return new Rate(checked[0] * rounds.wall(), checked[0] * rounds.cpu());
    }

    private static long run(List<Row> sample, Predicate<Row> check, long duration) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        long checked = 0;
        boolean anyGood = false;
        while (threads.getCurrentThreadCpuTime() - start < duration) {
            for (Row row : sample) {
                anyGood |= check.test(row);
            }
            checked += sample.size();
        }
        if (!anyGood) {
            throw new IllegalStateException("no boot of the sample is good");
        }
        return checked;
    }

    private void watchHeap() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, handback) -> {
                                var info = GarbageCollectionNotificationInfo.from(
                                        (CompositeData) notification.getUserData());
                                long used = info.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                                        .filter(pool -> pool.getKey().matches(".*(Eden|Survivor|Old|Tenured).*"))
                                        .mapToLong(pool -> pool.getValue().getUsed())
                                        .sum();
                                mostUsed.accumulateAndGet(used, Math::max);
                            },
                            null,
                            null);
        }
    }

    private static String resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "unknown";
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(status));
        lines.removeIf(line -> !line.startsWith("VmHWM"));
        return String.join(" ", lines).replaceAll("\\s+", " ");
    }
}
