package io.github.measuredboot.benchmarks;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.Event;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.policy.BootPolicy;
import io.github.measuredboot.policy.Enrolment;
import io.github.measuredboot.policy.Verdict;
import io.github.measuredboot.refstate.ReferenceState;
import io.github.measuredboot.refstate.ReferenceStateException;
import io.github.measuredboot.refstate.ReferenceStateMaker;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.replay.VerifiedEvent;
import io.github.measuredboot.tpm.HashAlgorithm;
import io.github.measuredboot.tpm.PcrBank;
import io.github.measuredboot.tpm.PcrValues;
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

/** A full check of a captured boot: read, replay, compare, judge; and the hashing that it cannot do without. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class PolicyBenchmark {
    @Param("testdata/boots/uki-secureboot")
    String boot = "";

    /** The banks of which PCR values are given. */
    @Param({"sha256", "all"})
    String banks = "";

    private byte[] log = {};
    private PcrValues values = new PcrValues(List.of());
    private ReplayedLog replayed =
            Replay.of(BenchmarkLog.parse(BenchmarkLog.load("synthetic-1"))).compareWith(values);
    private BootPolicy policy = BootPolicy.of(ReferenceState.builder().build());
    private final List<BareBank> bareBanks = new ArrayList<>();

    /**
     * Makes the reference state of the boot, which accepts it.
     *
     * @throws MalformedDataException if the boot's files are malformed
     * @throws ReferenceStateException if no state can be made of the boot
     */
    @Setup
    public void load() throws MalformedDataException, ReferenceStateException {
        log = BenchmarkLog.load(boot + "/eventlog.bin");
        PcrValues all = PcrValuesJson.parse(Bytes.wrap(BenchmarkLog.load(boot + "/pcrs.json")));
        EventLog parsed = EventLog.wrap(log);
        ReferenceState state = Enrolment.enrol(Replay.of(parsed).compareWith(all), ReferenceStateMaker.create());
        policy = BootPolicy.of(state);
        values = banks.equals("all")
                ? all
                : new PcrValues(List.of(
                        all.bank(HashAlgorithm.byName(banks).orElseThrow()).orElseThrow()));
        replayed = Replay.of(parsed).compareWith(values);
        Verdict verdict = policy.evaluate(replayed);
        if (!verdict.isAcceptedIfEvidenceIsTrue()) {
            throw new IllegalStateException("the boot is rejected: " + verdict.rejections());
        }
        bareBanks.clear();
        values.banks()
                .forEach(bank -> bareBanks.add(new BareBank(
                        parsed, replayed, bank.algorithm(), bank.algorithm().equals(verdict.bank()))));
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
     * Judging of a log that was replayed before.
     *
     * @return the verdict
     */
    @Benchmark
    public Verdict judge() {
        return policy.evaluate(replayed);
    }

    /**
     * The hashing that a check needs whatever else it does: the extends of each bank of which values were given, and in the
     * judged one the data of PCR 7 before its separator.
     *
     * @return something of the result
     * @throws DigestException never
     */
    @Benchmark
    public int bareHashing() throws DigestException {
        int sum = 0;
        for (BareBank bank : bareBanks) {
            sum += bank.hash();
        }
        return sum;
    }

    /** Digests and data as plain arrays. */
    private static final class BareBank {
        private final MessageDigest hash;
        private final byte[][] pcrs;
        private final List<Integer> indexes = new ArrayList<>();
        private final List<byte[]> digests = new ArrayList<>();
        private final List<byte[]> covered = new ArrayList<>();

        BareBank(EventLog log, ReplayedLog replayed, HashAlgorithm bank, boolean isJudged) {
            hash = bank.newMessageDigest().orElseThrow();
            pcrs = new byte[PcrBank.PCR_COUNT][bank.digestSize()];
            for (Event event : log.events()) {
                if (event.isMeasured() && event.digest(bank).isPresent()) {
                    indexes.add((int) event.pcrIndex());
                    digests.add(event.digest(bank).get().value().toByteArray());
                }
            }
            if (isJudged) {
                for (VerifiedEvent event : replayed.verified(bank).events(7)) {
                    if (!event.isAfterSeparator() && !event.isSeparator()) {
                        covered.add(event.claims().event().data().toByteArray());
                    }
                }
            }
        }

        int hash() throws DigestException {
            for (int i = 0; i < digests.size(); i++) {
                byte[] pcr = pcrs[indexes.get(i)];
                hash.update(pcr);
                hash.update(digests.get(i));
                hash.digest(pcr, 0, pcr.length);
            }
            byte[] out = new byte[hash.getDigestLength()];
            for (byte[] data : covered) {
                hash.update(data);
                hash.digest(out, 0, out.length);
            }
            return pcrs[0][0] + out[0];
        }
    }
}
