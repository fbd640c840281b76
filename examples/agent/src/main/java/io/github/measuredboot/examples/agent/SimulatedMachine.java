package io.github.measuredboot.examples.agent;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A machine that does not exist, and the agent that runs on it. */
public final class SimulatedMachine implements AutoCloseable {
    private static final Path NO_LOG = Path.of("none");

    private final Path data;
    private final SimulatedBoot hardware;
    private final VerifierClient verifier;
    private final Consumer<String> out;
    private Thread agent;

    SimulatedMachine(Path data, VerifierClient verifier, Consumer<String> out) throws IOException {
        this.data = data;
        this.hardware = new SimulatedBoot(data);
        this.verifier = verifier;
        this.out = out;
    }

    /** Makes a machine with a folder of its own, which knows a verifier. */
    public static SimulatedMachine create(Path data, URI server, Path serverCertificate, Consumer<String> out)
            throws Exception {
        Files.createDirectories(data);
        return new SimulatedMachine(data, new VerifierClient(server, ClientKey.context(data, serverCertificate)), out);
    }

    /** Boots; an agent of the boot before is stopped first. */
    public void boot(Path eventLog, String group, String name) throws Exception {
        stopAgent();
        hardware.boot(eventLog);
        startAgent(group, name);
    }

    /** Starts the agent. */
    public void startAgent(String group, String name) throws Exception {
        Tpm tpm = new Tpm(Files.createDirectories(data.resolve("tpm")), hardware.environment());
        Agent.Options options = new Agent.Options(group, name, hardware.log(), NO_LOG, hardware.authorities());
        agent = new Thread(
                () -> {
                    try {
                        new Agent(options, tpm, verifier, out).run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "agent " + name);
        agent.setDaemon(true);
        agent.start();
    }

    /** Stops the agent; the machine runs on. */
    public void stopAgent() throws InterruptedException {
        if (agent != null) {
            agent.interrupt();
            agent.join();
            agent = null;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            stopAgent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        hardware.close();
    }
}
