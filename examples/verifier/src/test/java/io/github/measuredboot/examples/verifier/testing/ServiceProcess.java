package io.github.measuredboot.examples.verifier.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The service in a process of its own, always on the same port. */
public final class ServiceProcess implements AutoCloseable {
    private final Path data;
    private final List<String> options;
    private final int port;
    private Process process;

    public ServiceProcess(Path data, List<String> options) throws IOException {
        this.data = data;
        this.options = List.copyOf(options);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
    }

    public void start() throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(System.getProperty("service.options", "-XX:TieredStopAtLevel=1 -Xmx256m")
                .split(" ")));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.measuredboot.examples.verifier.Main",
                "serve",
                "--data",
                data.toString(),
                "--port",
                String.valueOf(port),
                "--rate",
                "10000",
                "--history",
                "1000"));
        command.addAll(options);
        process = new ProcessBuilder(command)
                .redirectError(data.resolve("service.log").toFile())
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.startsWith("listening")) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException("the service does not start: " + Files.readString(data.resolve("service.log")));
        }
    }

    public int port() {
        return port;
    }

    public Path certificate() {
        return data.resolve("server.pem");
    }

    public Path tokenFile() {
        return data.resolve("operator.token");
    }

    /** {@return the CPU time that it has used} */
    public Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** SIGKILL. */
    public void killAfter(long time, TimeUnit unit) {
        try {
            unit.sleep(time);
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGKILL, now, if it runs. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
