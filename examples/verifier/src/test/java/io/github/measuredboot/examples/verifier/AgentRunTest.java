package io.github.measuredboot.examples.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.examples.agent.SimulatedBoot;
import io.github.measuredboot.examples.verifier.testing.Boot;
import io.github.measuredboot.examples.verifier.testing.Eventually;
import io.github.measuredboot.examples.verifier.testing.Programs;
import io.github.measuredboot.examples.verifier.testing.RunningVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code agent run} as its page says, with the TPM of TPM2TOOLS_TCTI, whose endorsement key has a certificate. */
class AgentRunTest {
    @TempDir
    Path folder;

    @Test
    void machineIsEnrolledByItsCertificateAndReports() throws Exception {
        Programs.requireSoftwareTpm();
        try (SimulatedBoot machine = new SimulatedBoot(folder.resolve("machine"))) {
            machine.boot(Boot.folder("uki-direct").resolve("eventlog.bin"));
            try (RunningVerifier verifier = new RunningVerifier(
                    folder.resolve("data"),
                    "--interval",
                    "1",
                    "--ek-roots",
                    machine.ekRoot().toString())) {
                verifier.putGroup("servers", "certificate", "operator", List.of());
                verifier.addState("servers", "image 1", Boot.captured("uki-direct"));
                JsonNode found = passes(verifier, machine, 1);
                assertEquals("proved-by-ek", found.get("identity").textValue());

                JsonNode later =
                        passes(verifier, machine, found.get("attestations").longValue() + 1);
                assertEquals(
                        found.get("id"), later.get("id"), "it is the same machine when the agent is started again");
            }
        }
    }

    /** Runs the agent until the machine has passed so many attestations. */
    private JsonNode passes(RunningVerifier verifier, SimulatedBoot machine, long attestations) throws Exception {
        Path output = folder.resolve("agent.log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.github.measuredboot.examples.agent.Main",
                        "run",
                        "--server",
                        "https://localhost:" + verifier.port(),
                        "--server-certificate",
                        verifier.certificate().toString(),
                        "--group",
                        "servers",
                        "--name",
                        "web-1",
                        "--data",
                        folder.resolve("agent").toString(),
                        "--log",
                        machine.log().toString(),
                        "--userspace-log",
                        folder.resolve("none").toString(),
                        "--ek-authority",
                        machine.ekAuthority().toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(machine.environment());
        Process agent = builder.start();
        try {
            Eventually.equals(true, () -> hasPassed(verifier, attestations), () -> said(output));
        } finally {
            agent.destroy();
            assertTrue(agent.waitFor(20, TimeUnit.SECONDS));
        }
        return only(verifier);
    }

    private static boolean hasPassed(RunningVerifier verifier, long attestations) throws Exception {
        JsonNode machine = only(verifier);
        return machine.path("status").asText().equals("PASS")
                && machine.path("attestations").longValue() >= attestations;
    }

    private static JsonNode only(RunningVerifier verifier) throws IOException {
        return verifier.operator().get("/v1/machines").json().path(0);
    }

    private static String said(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
