package io.github.measuredboot.benchmarks;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.json.PcrValuesJson;
import io.github.measuredboot.replay.Evidence;
import io.github.measuredboot.replay.Replay;
import io.github.measuredboot.replay.ReplayedLog;
import io.github.measuredboot.tpm.AttestationKey;
import io.github.measuredboot.tpm.Nonce;
import io.github.measuredboot.tpm.PcrSelection;
import io.github.measuredboot.tpm.PcrValues;
import io.github.measuredboot.tpm.Quote;
import io.github.measuredboot.tpm.QuoteRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** From what a machine sends to what is proved of it: log, PCR values and quote, all from bytes. Run it with -t 1 and -t 2. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class EvidenceBenchmark {
    private static final Path BOOT = Path.of("testdata/boots/uki-secureboot");

    @Param({"rsa", "ecc"})
    String scheme = "";

    private byte[] log = {};
    private Bytes pcrs = Bytes.EMPTY;
    private Bytes attest = Bytes.EMPTY;
    private Bytes signature = Bytes.EMPTY;
    private Bytes key = Bytes.EMPTY;
    private Bytes nonce = Bytes.EMPTY;
    private PcrSelection selection = new PcrSelection(List.of());

    /** Reads what the machine sends. */
    @Setup
    public void load() throws IOException, MalformedDataException {
        Path quote = BOOT.resolve("quote").resolve(scheme);
        log = Files.readAllBytes(BOOT.resolve("eventlog.bin"));
        pcrs = Bytes.wrap(Files.readAllBytes(BOOT.resolve("pcrs.json")));
        attest = Bytes.wrap(Files.readAllBytes(quote.resolve("attest.bin")));
        signature = Bytes.wrap(Files.readAllBytes(quote.resolve("signature.bin")));
        key = Bytes.wrap(Files.readAllBytes(quote.resolve("ak-public.bin")));
        nonce = Bytes.parseHex(Files.readString(quote.resolve("nonce.hex"), StandardCharsets.US_ASCII)
                .strip());
        selection = PcrSelection.parse("sha256:0-5,7");
    }

    /**
     * The whole call.
     *
     * @return the log, all of whose selected PCRs are proved
     */
    @Benchmark
    public ReplayedLog evaluate() throws MalformedDataException, QuoteRefusedException {
        PcrValues values = PcrValuesJson.parse(pcrs);
        ReplayedLog replayed = Evidence.of(Replay.of(EventLog.wrap(log)))
                .withValues(values)
                .withQuote(Quote.decode(attest, signature), AttestationKey.decode(key), Nonce.of(nonce))
                .evaluate();
        if (!replayed.provesAll(selection)) {
            throw new IllegalStateException("the quote proves less than it should");
        }
        return replayed;
    }
}
