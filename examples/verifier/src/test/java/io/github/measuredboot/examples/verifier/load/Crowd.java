package io.github.measuredboot.examples.verifier.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.measuredboot.examples.verifier.testing.Client;
import io.github.measuredboot.examples.verifier.testing.SimulatedMachine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Machines that attest as agents do: with the challenge that came with the verdict before, and without a log that is known. */
final class Crowd {
    private static final int MOST_THREADS = 16;
    private static final long PATIENCE_MILLIS = 60_000;

    /** How long each verdict took, from the evidence being sent to its answer, in order; what failed, and for how long all went on. */
    record Times(long[] nanos, List<String> failures, double seconds) {
        double percentile(double share) {
            return nanos.length == 0 ? Double.NaN : nanos[(int) ((nanos.length - 1) * share)] / 1e6;
        }
    }

    private final Map<SimulatedMachine, JsonNode> challenges = new ConcurrentHashMap<>();

    /**
     * Attests for some time. It ends, whatever the service does.
     *
     * @param rate how often a second; 0 for as often as possible
     * @param isReconnecting whether each attestation has a connection of its own, as those of agents have that report each minute
     */
    Times attest(List<SimulatedMachine> machines, int seconds, double rate, boolean isReconnecting)
            throws InterruptedException {
        BlockingQueue<SimulatedMachine> idle = new LinkedBlockingQueue<>(machines);
        ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        AtomicLong started = new AtomicLong();
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_THREADS, machines.size()); i++) {
            Thread thread = new Thread(() -> {
                try {
                    while (System.nanoTime() < end) {
                        if (rate > 0) {
                            long due = start + (long) (started.getAndIncrement() / rate * 1e9);
                            TimeUnit.NANOSECONDS.sleep(Math.min(due, end) - System.nanoTime());
                        }
                        SimulatedMachine machine = idle.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                        if (machine != null) {
                            attest(machine, isReconnecting).ifPresentOrElse(nanos::add, () -> failures.add("refused"));
                            idle.add(machine);
                        }
                    }
                } catch (InterruptedException e) {
                    failures.add("did not end");
                }
            });
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000 + PATIENCE_MILLIS));
            if (thread.isAlive()) {
                failures.add("did not end: " + List.of(thread.getStackTrace()));
                thread.interrupt();
            }
        }
        return new Times(
                nanos.stream().mapToLong(Long::longValue).sorted().toArray(),
                List.copyOf(failures),
                (System.nanoTime() - start) / 1e9);
    }

    private Optional<Long> attest(SimulatedMachine machine, boolean isReconnecting) {
        try {
            JsonNode challenge = challenges.remove(machine);
            ObjectNode evidence =
                    machine.evidence(challenge == null ? machine.challenge().json() : challenge);
            evidence.withObject("/log").remove("content");
            if (isReconnecting) {
                machine.client().close();
            }
            long start = System.nanoTime();
            Client.Answer answer = machine.send(evidence);
            long took = System.nanoTime() - start;
            if (answer.status() != 200
                    || !answer.json().get("status").textValue().equals("PASS")) {
                System.err.println(answer);
                return Optional.empty();
            }
            challenges.put(machine, answer.json().get("next"));
            return Optional.of(took);
        } catch (Exception e) {
            System.err.println(e);
            close(machine);
            return Optional.empty();
        }
    }

    private static void close(SimulatedMachine machine) {
        try {
            machine.client().close();
        } catch (IOException e) {
            System.err.println(e);
        }
    }
}
