package io.github.measuredboot.examples.verifier.testing;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Attests a machine every interval, until it is stopped. */
public final class Reporter implements AutoCloseable {
    private final SimulatedMachine machine;
    private final long millis;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private ScheduledFuture<?> running;

    public Reporter(SimulatedMachine machine, long millis) {
        this.machine = machine;
        this.millis = millis;
        start();
    }

    public void start() {
        running = executor.scheduleWithFixedDelay(this::report, 0, millis, TimeUnit.MILLISECONDS);
    }

    private void report() {
        try {
            machine.attest();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public void stop() {
        running.cancel(false);
    }

    /** Between two reports. */
    public void reboot(Boot boot) throws Exception {
        executor.submit(() -> machine.reboot(boot)).get();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
