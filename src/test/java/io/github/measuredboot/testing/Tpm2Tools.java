package io.github.measuredboot.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.measuredboot.bytes.Bytes;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs tpm2-tools, and the TPM emulator swtpm, in a folder of their own. */
public final class Tpm2Tools implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 120;
    private static final int ATTEMPTS = 10;
    private static final String NO_TPM = "none";

    private final Path folder;
    private String tcti = NO_TPM;
    private @Nullable Process emulator;

    /** How a command ended. */
    public record Result(int exitCode, String output) {
        public boolean isSuccess() {
            return exitCode == 0;
        }
    }

    private Tpm2Tools(Path folder) {
        this.folder = folder;
    }

    /** Skips the calling test where a program is missing. */
    public static Tpm2Tools require(Path folder, String... programs) {
        for (String program : programs) {
            assumeTrue(isInstalled(program), program + " is not installed: apt-get install swtpm tpm2-tools");
        }
        return new Tpm2Tools(folder);
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, program)));
    }

    /** A new TPM that nobody has started up. */
    public void startEmulator() throws IOException, InterruptedException {
        Path state = Files.createDirectories(folder.resolve("state"));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = freePort();
            Process started = new ProcessBuilder(
                            "swtpm",
                            "socket",
                            "--tpm2",
                            "--tpmstate",
                            "dir=" + state,
                            "--server",
                            "type=tcp,bindaddr=127.0.0.1,port=" + port,
                            "--ctrl",
                            "type=tcp,bindaddr=127.0.0.1,port=" + (port + 1),
                            "--flags",
                            "not-need-init")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("swtpm.log").toFile())
                    .start();
            emulator = started;
            if (isListening(started, port + 1)) {
                tcti = "swtpm:host=127.0.0.1,port=" + port;
                return;
            }
            started.destroyForcibly().waitFor();
        }
        throw new IllegalStateException("swtpm does not start: " + Files.readString(folder.resolve("swtpm.log")));
    }

    /** A new TPM with endorsement keys and their certificates, made by an authority in the folder {@code ca}. */
    public void startManufacturedEmulator() throws IOException, InterruptedException {
        Path authority = Files.createDirectories(folder.resolve("ca"));
        Files.createDirectories(folder.resolve("state"));
        Files.writeString(
                path("ca.conf"),
                String.format(
                        "statedir = %1$s%nsigningkey = %1$s/signkey.pem%nissuercert = %1$s/issuercert.pem%ncertserial = %1$s/certserial%n",
                        authority));
        Files.writeString(path("ca.options"), "");
        Files.writeString(
                path("setup.conf"),
                String.format(
                        "create_certs_tool = /usr/bin/swtpm_localca%ncreate_certs_tool_config = %s%ncreate_certs_tool_options = %s%n",
                        path("ca.conf"), path("ca.options")));
        run(
                "swtpm_setup",
                "--tpm2",
                "--tpmstate",
                path("state").toString(),
                "--create-ek-cert",
                "--overwrite",
                "--config",
                path("setup.conf").toString());
        startEmulator();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isListening(Process started, int port) throws InterruptedException {
        for (int i = 0; i < 100 && started.isAlive(); i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        return false;
    }

    public Path path(String file) {
        return folder.resolve(file);
    }

    public Bytes read(String file) {
        return Bytes.wrap(TestLogs.read(path(file)));
    }

    public void write(String file, Bytes content) throws IOException {
        Files.write(path(file), content.toByteArray());
    }

    /** Runs a command that must succeed. */
    public String run(String... command) throws IOException, InterruptedException {
        Result result = tryToRun(command);
        if (!result.isSuccess()) {
            throw new IllegalStateException(Arrays.toString(command) + ": " + result);
        }
        return result.output();
    }

    public Result tryToRun(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        List<String> words = new ArrayList<>(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(Map.of("TPM2TOOLS_TCTI", tcti, "TSS2_LOG", "all+none"));
        Process process = builder.start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException(words + " does not end");
        }
        String text = Files.readString(output);
        Files.delete(output);
        return new Result(process.exitValue(), text);
    }

    @Override
    public void close() throws InterruptedException {
        if (emulator != null) {
            emulator.destroy();
            emulator.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
    }
}
