package io.github.measuredboot.benchmarks;

import io.github.measuredboot.uefi.guid.Guid;
import io.github.measuredboot.uefi.guid.KnownGuids;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The first name of a GUID in a JVM, which loads the class and reads the table of all names. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(30)
public class GuidNameBenchmark {
    private final Guid guid = Guid.of("8be4df61-93ca-11d2-aa0d-00e098032b8c");

    /**
     * The name of one that is known.
     *
     * @return the name
     */
    @Benchmark
    public Optional<String> firstName() {
        return KnownGuids.name(guid);
    }
}
