package io.github.measuredboot.bytes;

/**
 * Bounds on what a reader takes in, so that the work that hostile input can cause is known beforehand. The defaults have room for every
 * log that is known from real machines many times over (the largest is 1 MiB, the longest has 133 events).
 *
 * @param maxLogSize the largest log, in bytes
 * @param maxEvents the most events of one log
 * @param maxAlgorithms the most digest algorithms of one log, at most 64
 */
public record ParseLimits(int maxLogSize, int maxEvents, int maxAlgorithms) {
    /** 16 MiB, 100,000 events, 16 algorithms (the size of TPML_DIGEST_VALUES in TPM 2.0 implementations). */
    public static final ParseLimits DEFAULT = new ParseLimits(16 << 20, 100_000, 16);

    /** @throws IllegalArgumentException if a bound is not positive, or more than 64 algorithms are asked for */
    public ParseLimits {
        if (maxLogSize <= 0 || maxEvents <= 0 || maxAlgorithms <= 0 || maxAlgorithms > Long.SIZE) {
            throw new IllegalArgumentException("limits must be positive, and algorithms at most 64");
        }
    }

    /**
     * The same limits with another log size.
     *
     * @param bytes the largest log
     * @return new limits
     */
    public ParseLimits withMaxLogSize(int bytes) {
        return new ParseLimits(bytes, maxEvents, maxAlgorithms);
    }

    /**
     * The same limits with another number of events.
     *
     * @param events the most events of one log
     * @return new limits
     */
    public ParseLimits withMaxEvents(int events) {
        return new ParseLimits(maxLogSize, events, maxAlgorithms);
    }

    /**
     * The same limits with another number of digest algorithms.
     *
     * @param algorithms the most digest algorithms of one log, at most 64
     * @return new limits
     */
    public ParseLimits withMaxAlgorithms(int algorithms) {
        return new ParseLimits(maxLogSize, maxEvents, algorithms);
    }
}
