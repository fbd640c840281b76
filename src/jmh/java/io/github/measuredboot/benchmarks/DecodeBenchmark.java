package io.github.measuredboot.benchmarks;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.check.CheckedEvent;
import io.github.measuredboot.eventlog.check.CheckedLog;
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

/** Decoding all data of a log and checking all its digests, and the hashing that this takes at least. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class DecodeBenchmark {
    private record Bank(MessageDigest digest, byte[] value) {}

    @Param("testdata/boots/large/eventlog.bin")
    String log = "";

    private EventLog parsed = BenchmarkLog.parse(BenchmarkLog.load("synthetic-1"));
    private final List<Bytes> data = new ArrayList<>();
    private final List<Bank> banks = new ArrayList<>();

    /** Loads the log. */
    @Setup
    public void load() {
        parsed = BenchmarkLog.parse(BenchmarkLog.load(log));
        parsed.events().stream().skip(1).map(Event::data).forEach(data::add);
        for (HashAlgorithm algorithm : parsed.algorithms()) {
            banks.add(new Bank(algorithm.newMessageDigest().orElseThrow(), new byte[algorithm.digestSize()]));
        }
    }

    /**
     * Decodes and checks in every bank.
     *
     * @param checks receives the data and the checks of each event
     */
    @Benchmark
    public void check(Blackhole checks) {
        for (CheckedEvent event : CheckedLog.of(parsed).events()) {
            checks.consume(event.claimedData());
            checks.consume(event.checks());
        }
    }

    /**
     * Hashes the event data in every bank and does nothing else.
     *
     * @return the last digests
     * @throws DigestException never
     */
    @Benchmark
    public Object floor() throws DigestException {
        for (Bytes bytes : data) {
            for (Bank bank : banks) {
                bytes.update(bank.digest);
                bank.digest.digest(bank.value, 0, bank.value.length);
            }
        }
        return banks;
    }
}
