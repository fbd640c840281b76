package io.github.measuredboot.examples.verifier.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("service.jit", "-XX:TieredStopAtLevel=1"),
                "-Xmx256m",
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
        if (line == null || !line.startsWith("listening")) {
            throw new IOException("the service does not start: " + line);
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

    /** SIGKILL. */
    public void killAfter(long time, TimeUnit unit) {
        try {
            unit.sleep(time);
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    public void stop() {
        process.destroy();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
