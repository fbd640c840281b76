package io.github.measuredboot.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * How the cost of some work grows with its input.
 *
 * <p>The cost is the CPU time of the thread and the bytes that it allocates, never the time on the clock: on a machine whose
 * processors have other work to do, a thread waits, and its CPU time does not grow by that. What is left of the noise (a
 * compiler that has not yet done its work, caches that are shared) can double a figure, but not hide what is looked for: over three
 * doublings linear work costs 8 times as much, and quadratic work 64 times. The bound lies in between, and work that exceeds it is
 * measured again, several times, because noise passes and quadratic work does not. The large input comes first, so that the
 * small one has the benefit of what the compiler has learned.
 */
public final class Growth {
    private static final int DOUBLINGS = 3;
    private static final int FACTOR = 1 << DOUBLINGS;
    private static final double MAX_TIME = 3.0 * FACTOR;
    private static final double MAX_ALLOCATION = 1.5 * FACTOR;
    private static final long TOO_SHORT_TO_TELL = 10_000_000;
    private static final long ALLOCATION_OF_NOTHING = 1 << 16;
    private static final long WARM_UP = 30_000_000;
    private static final long LONG_ENOUGH = 100_000_000;
    private static final long FAR_TOO_LONG = 4_000_000_000L;
    private static final int RUNS_OF_LARGE = 2;
    private static final int RUNS_OF_SMALL = 4;
    private static final int ATTEMPTS = 5;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Growth() {}

    /** Makes an input of some size. */
    public interface Input<T> {
        T of(int size) throws Exception;
    }

    /** The work; what it returns is looked at, so that it is not optimized away. */
    public interface Work<T> {
        Object on(T input) throws Exception;
    }

    private record Cost(long nanos, long bytes) {}

    /**
     * Fails if the work is not about linear.
     *
     * @param largest the size of the largest input: large enough for quadratic work to be unmistakable
     * @return what was measured, for a person
     */
    public static <T> String requireLinear(int largest, Input<T> input, Work<T> work) throws Exception {
        T small = input.of(Math.max(1, largest / FACTOR));
        T large = input.of(largest);
        long end = THREADS.getCurrentThreadCpuTime() + WARM_UP;
        do {
            cost(small, work);
        } while (THREADS.getCurrentThreadCpuTime() < end);
        for (int attempt = 1; ; attempt++) {
            Cost ofLarge = least(large, work, RUNS_OF_LARGE);
            Cost ofSmall = least(small, work, RUNS_OF_SMALL);
            boolean fast = ofLarge.nanos <= Math.max(TOO_SHORT_TO_TELL, MAX_TIME * ofSmall.nanos);
            boolean lean = ofLarge.bytes <= MAX_ALLOCATION * ofSmall.bytes + ALLOCATION_OF_NOTHING;
            String measured = String.format(
                    "%d to %d: %.2f to %.2f ms of CPU time, %d to %d KB of allocation",
                    Math.max(1, largest / FACTOR),
                    largest,
                    ofSmall.nanos / 1e6,
                    ofLarge.nanos / 1e6,
                    ofSmall.bytes >> 10,
                    ofLarge.bytes >> 10);
            if (fast && lean) {
                return measured;
            }
            if (attempt == ATTEMPTS || ofLarge.nanos > FAR_TOO_LONG) {
                throw new AssertionError("grows faster than its input: " + measured);
            }
        }
    }

    private static <T> Cost least(T input, Work<T> work, int runs) throws Exception {
        long nanos = Long.MAX_VALUE;
        long bytes = Long.MAX_VALUE;
        for (int run = 0; run < runs; run++) {
            Cost cost = cost(input, work);
            nanos = Math.min(nanos, cost.nanos);
            bytes = Math.min(bytes, cost.bytes);
            if (nanos > LONG_ENOUGH) {
                break;
            }
        }
        return new Cost(nanos, bytes);
    }

    private static <T> Cost cost(T input, Work<T> work) throws Exception {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long nanos = THREADS.getCurrentThreadCpuTime();
        Object result = work.on(input);
        long spent = THREADS.getCurrentThreadCpuTime() - nanos;
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        if (result == null) {
            throw new IllegalStateException("the work has no result");
        }
        return new Cost(spent, allocated);
    }
}
