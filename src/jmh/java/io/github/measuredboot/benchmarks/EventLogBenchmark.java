package io.github.measuredboot.benchmarks;

import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedBank;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Reading and replaying one log, and the least that a replay can take: its extends, by bare {@link MessageDigest}s. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class EventLogBenchmark {
    private record Bank(MessageDigest digest, byte[][] pcrs, int[] pcrOfExtend, int[] digestOffsets) {}

    @Param("testdata/boots/large/eventlog.bin")
    String log = "";

    private byte[] bytes = {};
    private EventLog parsed = BenchmarkLog.parse(BenchmarkLog.load("synthetic-1"));
    private final List<Bank> banks = new ArrayList<>();

    /** Loads the log, and notes where in it the digests stand that a replay extends. */
    @Setup
    public void load() {
        bytes = BenchmarkLog.load(log);
        parsed = BenchmarkLog.parse(bytes);
        for (HashAlgorithm algorithm : parsed.algorithms()) {
            List<Event> extending = parsed.events().stream()
                    .filter(event -> event.pcrIndex() < 24)
                    .filter(event -> !event.claimedType().equals(EventType.EV_NO_ACTION))
                    .filter(event -> event.digest(algorithm).isPresent())
                    .toList();
            banks.add(new Bank(
                    algorithm.newMessageDigest().orElseThrow(),
                    new byte[24][algorithm.digestSize()],
                    extending.stream().mapToInt(event -> (int) event.pcrIndex()).toArray(),
                    extending.stream()
                            .mapToInt(event -> event.digestOffset(algorithm).getAsInt())
                            .toArray()));
        }
    }

    /**
     * Reads the log.
     *
     * @return the log
     */
    @Benchmark
    public EventLog parse() {
        return BenchmarkLog.parse(bytes);
    }

    /**
     * Replays the log, which has been read, in all its banks.
     *
     * @param values receives the replayed values
     */
    @Benchmark
    public void replay(Blackhole values) {
        for (ReplayedBank bank : Replay.of(parsed).banks()) {
            values.consume(bank.value(0));
        }
    }

    /**
     * As many extends of the same digests and no more.
     *
     * @return the PCRs
     * @throws DigestException never
     */
    @Benchmark
    public Object floor() throws DigestException {
        for (Bank bank : banks) {
            MessageDigest digest = bank.digest;
            for (int i = 0; i < bank.digestOffsets.length; i++) {
                byte[] pcr = bank.pcrs[bank.pcrOfExtend[i]];
                digest.update(pcr);
                digest.update(bytes, bank.digestOffsets[i], pcr.length);
                digest.digest(pcr, 0, pcr.length);
            }
        }
        return banks;
    }
}
