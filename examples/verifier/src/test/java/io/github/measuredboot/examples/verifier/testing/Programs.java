package io.github.measuredboot.examples.verifier.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs of the system that a test needs. */
public final class Programs {
    private Programs() {}

    /** Skips the calling test where no software TPM is installed. */
    public static void requireSoftwareTpm() {
        for (String program : List.of("swtpm", "swtpm_setup", "tpm2_quote")) {
            boolean isInstalled = Stream.of(System.getenv("PATH").split(":"))
                    .anyMatch(bin -> Files.isExecutable(Path.of(bin, program)));
            assumeTrue(isInstalled, program + " is not installed: apt-get install swtpm swtpm-tools tpm2-tools");
        }
    }
}
