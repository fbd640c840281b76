package io.github.measuredboot.examples.verifier.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for something that happens by itself. */
public final class Eventually {
    private static final long PATIENCE_MILLIS = 90_000;

    private Eventually() {}

    public static <T> void equals(T expected, Callable<T> actual, Supplier<String> what) throws Exception {
        long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        T found = actual.call();
        while (!expected.equals(found) && System.currentTimeMillis() < deadline) {
            Thread.sleep(100);
            found = actual.call();
        }
        assertEquals(expected, found, what.get());
    }
}
