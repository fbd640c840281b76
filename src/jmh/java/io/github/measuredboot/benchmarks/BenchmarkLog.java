package io.github.measuredboot.benchmarks;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A log by its file name, or {@code synthetic-N}: N events of 32 bytes with SHA-1 and SHA-256 digests. */
final class BenchmarkLog {
    static final ParseLimits LIMITS =
            ParseLimits.DEFAULT.withMaxLogSize(1 << 30).withMaxEvents(10_000_000);
    private static final String SYNTHETIC = "synthetic-";

    private BenchmarkLog() {}

    static byte[] load(String name) {
        if (name.startsWith(SYNTHETIC)) {
            return synthetic(Integer.parseInt(name.substring(SYNTHETIC.length())));
        }
        try {
            return Files.readAllBytes(Path.of(name));
        } catch (IOException e) {
            throw new IllegalArgumentException("no log " + name, e);
        }
    }

    static EventLog parse(byte[] log) {
        try {
            return EventLog.parse(Bytes.wrap(log), LIMITS);
        } catch (MalformedDataException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] synthetic(int events) {
        Random random = new Random(events);
        EventLogBuilder log = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA1, HashAlgorithm.SHA256);
        for (int i = 1; i < events; i++) {
            byte[] data = new byte[32];
            random.nextBytes(data);
            log.measure(i % 16, EventType.EV_IPL, Bytes.wrap(data));
        }
        return log.build();
    }
}
