package io.github.measuredboot.examples.verifier;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.measuredboot.examples.verifier.testing.Boot;
import io.github.measuredboot.examples.verifier.testing.Eventually;
import io.github.measuredboot.examples.verifier.testing.Programs;
import io.github.measuredboot.examples.verifier.testing.RunningVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code agent simulate}, as the page says. */
class SimulateTest {
    @TempDir
    Path folder;

    @Test
    void itsTpmEndsWithIt() throws Exception {
        Programs.requireSoftwareTpm();
        Path output = folder.resolve("output");
        try (RunningVerifier verifier = new RunningVerifier(folder.resolve("data"), "--demo")) {
            Process machine = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "io.github.measuredboot.examples.agent.Main",
                            "simulate",
                            "--server",
                            "https://localhost:" + verifier.port(),
                            "--server-certificate",
                            verifier.certificate().toString(),
                            "--data",
                            folder.resolve("machine").toString(),
                            "--boot",
                            Boot.folder("uki-direct").resolve("eventlog.bin").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            Optional<ProcessHandle> tpm = Optional.empty();
            try {
                Eventually.equals(true, () -> Files.readString(output).contains("PASS: accepted"), () -> said(output));
                tpm = swtpm(machine);
                assertTrue(tpm.isPresent(), "it has a TPM");
                machine.destroy(); // SIGTERM
                assertTrue(machine.waitFor(20, TimeUnit.SECONDS));
                assertFalse(tpm.get().isAlive(), "its TPM is still there");
            } finally {
                machine.destroyForcibly();
                tpm.ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    private static Optional<ProcessHandle> swtpm(Process machine) {
        return machine.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("swtpm"))
                .findFirst();
    }

    private static String said(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
