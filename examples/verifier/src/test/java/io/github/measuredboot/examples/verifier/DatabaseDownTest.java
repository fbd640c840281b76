package io.github.measuredboot.examples.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.measuredboot.examples.verifier.testing.Boot;
import io.github.measuredboot.examples.verifier.testing.Client;
import io.github.measuredboot.examples.verifier.testing.Databases;
import io.github.measuredboot.examples.verifier.testing.Eventually;
import io.github.measuredboot.examples.verifier.testing.PostgreSql;
import io.github.measuredboot.examples.verifier.testing.Programs;
import io.github.measuredboot.examples.verifier.testing.RunningVerifier;
import io.github.measuredboot.examples.verifier.testing.SimulatedMachine;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database stops for a while. */
class DatabaseDownTest {
    private static final Boot GOOD = Boot.captured("uki-direct");

    @TempDir
    Path data;

    @Test
    void serviceSaysSoAndRecovers() throws Exception {
        try (PostgreSql database = (PostgreSql) Databases.POSTGRESQL.open();
                RunningVerifier verifier =
                        new RunningVerifier(data, database.options().toArray(String[]::new));
                SimulatedMachine machine = verifier.machine(GOOD);
                Client anybody = verifier.client()) {
            verifier.putGroup("servers", "first-use", "first-use", List.of());
            machine.enrol("servers", "web-1");
            assertEquals("PASS", machine.attest().get("status").textValue());
            assertEquals(200, anybody.get("/health/ready").status());

            database.stop();
            Client.Answer answer = machine.challenge();
            assertEquals(503, answer.status(), answer.body());
            assertEquals("unavailable", answer.json().get("error").textValue());
            assertEquals(503, anybody.get("/health/ready").status());
            assertEquals(200, anybody.get("/health/live").status());

            database.startAgain();
            Eventually.equals(201, () -> machine.challenge().status(), () -> "after the database came back");
            assertEquals("PASS", machine.attest().get("status").textValue());
            assertEquals(200, anybody.get("/health/ready").status());
        }
    }

    @Test
    void agentRetriesUntilItIsBack() throws Exception {
        Programs.requireSoftwareTpm();
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        try (PostgreSql database = (PostgreSql) Databases.POSTGRESQL.open();
                RunningVerifier verifier = new RunningVerifier(data, options(database))) {
            verifier.putGroup("servers", "first-use", "first-use", List.of());
            try (var machine = io.github.measuredboot.examples.agent.SimulatedMachine.create(
                    data.resolve("machine"),
                    URI.create("https://localhost:" + verifier.port()),
                    verifier.certificate(),
                    said::add)) {
                machine.boot(Boot.folder("uki-direct").resolve("eventlog.bin"), "servers", "web-1");
                says(said, "PASS");
                database.stop();
                says(said, "trying again in 1 s: 503 unavailable");
                says(said, "trying again in 2 s: 503 unavailable");
                database.startAgain();
                says(said, "PASS");
            }
        }
    }

    private static String[] options(PostgreSql database) {
        return Stream.concat(Stream.of("--interval", "1"), database.options().stream())
                .toArray(String[]::new);
    }

    /** Waits for a line, and forgets those before it. */
    private static void says(List<String> said, String start) throws Exception {
        Eventually.equals(
                true, () -> said.stream().anyMatch(line -> line.startsWith(start)), () -> start + " in " + said);
        said.clear();
    }
}
