package io.github.measuredboot.benchmarks;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.EventLogBuilder;
import io.github.measuredboot.eventlog.EventType;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
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

/** What an attacker's log costs under the default limits: run with {@code -prof gc} to see the allocation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HostileLogBenchmark {
    /** The shapes. */
    public enum Shape {
        /** 100 bytes: a header that announces 4294967295 algorithms. */
        ALGORITHM_COUNT {
            @Override
            byte[] log() {
                byte[] log = header();
                littleEndian(log).putInt(56, -1);
                return Arrays.copyOf(log, 100);
            }
        },
        /** 100 bytes: an event that announces 4294967295 digests. */
        DIGEST_COUNT {
            @Override
            byte[] log() {
                byte[] log = withEventBehindHeader();
                littleEndian(log).putInt(header().length + 8, -1);
                return Arrays.copyOf(log, 100);
            }
        },
        /** 100 bytes: a first event that announces 4294967295 bytes of data. */
        EVENT_SIZE {
            @Override
            byte[] log() {
                byte[] log = withEventBehindHeader();
                littleEndian(log).putInt(28, -1);
                return Arrays.copyOf(log, 100);
            }
        },
        /** 16 MiB that are all padding. */
        ALL_PADDING {
            @Override
            byte[] log() {
                return new byte[ParseLimits.DEFAULT.maxLogSize()];
            }
        },
        /** 16 MiB of empty events in the legacy format, more than the limit. */
        EMPTY_EVENTS {
            @Override
            byte[] log() {
                byte[] log = new byte[ParseLimits.DEFAULT.maxLogSize()];
                for (int end = 32; end <= log.length; end += 32) {
                    log[end - 32] = 1;
                }
                log[log.length - 1] = 1;
                return log;
            }
        },
        /** As many events as the limit, each with a peculiarity. */
        PECULIAR_EVENTS {
            @Override
            byte[] log() {
                EventLogBuilder log = EventLogBuilder.cryptoAgile(HashAlgorithm.SHA1, HashAlgorithm.SHA256);
                for (int i = 1; i < ParseLimits.DEFAULT.maxEvents(); i++) {
                    log.event(100, EventType.EV_IPL, List.of(), Bytes.EMPTY);
                }
                return log.build();
            }
        };

        abstract byte[] log();

        private static byte[] header() {
            return EventLogBuilder.cryptoAgile(HashAlgorithm.SHA1).build();
        }

        private static byte[] withEventBehindHeader() {
            return EventLogBuilder.cryptoAgile(HashAlgorithm.SHA1)
                    .measure(0, EventType.EV_IPL, Bytes.EMPTY)
                    .build();
        }

        private static ByteBuffer littleEndian(byte[] log) {
            return ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    @Param
    Shape shape = Shape.ALGORITHM_COUNT;

    private Bytes log = Bytes.EMPTY;

    /** Makes the log. */
    @Setup
    public void make() {
        log = Bytes.wrap(shape.log());
    }

    /**
     * Reads as much of the log as can be read.
     *
     * @return the events before the fault, and the fault
     */
    @Benchmark
    public EventLog.Examination examine() {
        return EventLog.examine(log, ParseLimits.DEFAULT);
    }
}
