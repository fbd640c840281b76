package io.github.measuredboot.examples.verifier.testing;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL server of Debian's package, in a folder of its own. It refuses to run as root, and is then run as {@code postgres}. */
public final class PostgreSql implements Databases.Open {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");

    private final Path bin;
    private final Path data;
    private final int port;

    private PostgreSql(Path bin, Path data, int port) {
        this.bin = bin;
        this.data = data;
        this.port = port;
    }

    static boolean isInstalled() throws IOException {
        return bin().isPresent();
    }

    private static Optional<Path> bin() throws IOException {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        }
    }

    static PostgreSql start() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("postgres-of-a-test");
        if (IS_ROOT) {
            run(List.of("chown", "postgres", folder.toString()));
        }
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        PostgreSql server = new PostgreSql(bin().orElseThrow(), folder.resolve("data"), port);
        server.command(
                "initdb", "-D", server.data.toString(), "-A", "trust", "-U", "verifier", "-E", "UTF8", "--no-locale");
        server.startAgain();
        return server;
    }

    public void startAgain() throws IOException, InterruptedException {
        command(
                "pg_ctl",
                "-D",
                data.toString(),
                "-l",
                data.resolveSibling("log").toString(),
                "-w",
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''",
                "start");
    }

    public void stop() throws IOException, InterruptedException {
        command("pg_ctl", "-D", data.toString(), "-m", "immediate", "-w", "stop");
    }

    private void command(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (IS_ROOT) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(Arrays.asList(arguments));
        run(command);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        File output = File.createTempFile("output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException(command + ": " + Files.readString(output.toPath()));
        }
        Files.delete(output.toPath());
    }

    @Override
    public List<String> options() {
        return List.of("--database", "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=verifier");
    }

    @Override
    public Duration cpu() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0));
        return ProcessHandle.of(pid).stream()
                .flatMap(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants()))
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(data.getParent())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
