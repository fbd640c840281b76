package io.github.measuredboot.benchmarks;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.policy.DigestSet;
import io.github.measuredboot.policy.PolicyOptions;
import io.github.measuredboot.policy.ReferenceState;
import io.github.measuredboot.policy.ReferenceStateMaker;
import io.github.measuredboot.policy.UkiNotFoundException;
import io.github.measuredboot.policy.UkiPolicy;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.PcrValues;
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

/** A full check of a captured boot: read, replay, compare, decode, judge. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class PolicyBenchmark {
    @Param("testdata/boots/uki-secureboot")
    String boot = "";

    private byte[] log = {};
    private PcrValues values = new PcrValues(List.of());
    private ReplayedLog replayed =
            Replay.of(BenchmarkLog.parse(BenchmarkLog.load("synthetic-1"))).compareWith(values);
    private UkiPolicy policy = UkiPolicy.of(new ReferenceState(
            List.of(), ReferenceState.SecureBoot.EMPTY, ReferenceState.Uki.of(DigestSet.EMPTY), List.of(), List.of()));

    /**
     * Makes the reference state of the boot, and checks that the boot is accepted against it.
     *
     * @throws MalformedDataException if the boot's files are malformed
     * @throws UkiNotFoundException if the boot has no UKI
     */
    @Setup
    public void load() throws MalformedDataException, UkiNotFoundException {
        log = BenchmarkLog.load(boot + "/eventlog.bin");
        values = PcrValuesJson.parse(Bytes.wrap(BenchmarkLog.load(boot + "/pcrs.json")));
        ReferenceState state = ReferenceStateMaker.create().make(CheckedLog.of(EventLog.wrap(log)));
        boolean secureBoot = !state.secureBoot().pk().isEmpty();
        policy = UkiPolicy.of(state, PolicyOptions.defaultsFor(state).withSecureBootRequired(secureBoot));
        replayed = Replay.of(EventLog.wrap(log)).compareWith(values);
        if (!policy.evaluate(replayed).isAcceptedIfValuesAreTrue()) {
            throw new IllegalStateException("the boot is rejected");
        }
    }

    /**
     * All of it, from the bytes of the log.
     *
     * @return the verdict
     * @throws MalformedDataException never
     */
    @Benchmark
    public Verdict fullCheck() throws MalformedDataException {
        return policy.evaluate(Replay.of(EventLog.wrap(log)).compareWith(values));
    }

    /**
     * Decoding and judging of a log that was replayed before.
     *
     * @return the verdict
     */
    @Benchmark
    public Verdict judge() {
        return policy.evaluate(replayed);
    }
}
