package io.github.measuredboot.examples.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.examples.agent.SimulatedMachine;
import io.github.measuredboot.examples.verifier.testing.Boot;
import io.github.measuredboot.examples.verifier.testing.Client;
import io.github.measuredboot.examples.verifier.testing.Databases;
import io.github.measuredboot.examples.verifier.testing.Eventually;
import io.github.measuredboot.examples.verifier.testing.Programs;
import io.github.measuredboot.examples.verifier.testing.RunningVerifier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The service with three agents on three TPMs (swtpm), whose PCRs were extended from captured boots. */
class EndToEndTest {
    private static final String INTERVAL = "1";

    @TempDir
    Path folder;

    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    static Stream<Databases> databases() {
        return Databases.all();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void threeMachines(Databases kind) throws Exception {
        Programs.requireSoftwareTpm();
        try (Databases.Open database = kind.open();
                Machines machines = new Machines(database)) {
            machines.reachTheirStatus();
            machines.aStoppedOneTimesOutAndRecovers();
            machines.aRemovedOneStartsAnew();
        }
    }

    private final class Machines implements AutoCloseable {
        private final Path good = Boot.folder("uki-direct").resolve("eventlog.bin");
        private final Path otherUki = Boot.folder("uki-direct-other-cmdline").resolve("eventlog.bin");
        private final RunningVerifier verifier;
        private final SimulatedMachine first;
        private final SimulatedMachine second;
        private final SimulatedMachine third;

        Machines(Databases.Open database) throws Exception {
            List<String> options = new ArrayList<>(List.of("--interval", INTERVAL));
            options.addAll(database.options());
            verifier = new RunningVerifier(folder.resolve("data"), options.toArray(String[]::new));
            first = machine("first");
            second = machine("second");
            third = machine("third");
        }

        private SimulatedMachine machine(String name) throws Exception {
            return SimulatedMachine.create(
                    folder.resolve(name),
                    URI.create("https://localhost:" + verifier.port()),
                    verifier.certificate(),
                    line -> said.add(name + " " + (line.length() < 100 ? line : line.substring(0, 100))));
        }

        void reachTheirStatus() throws Exception {
            verifier.putGroup("servers", "first-use", "operator", List.of());
            verifier.addState("servers", "image 1", Boot.captured("uki-direct"));
            verifier.putGroup("laptops", "first-use", "first-use", List.of());
            first.boot(good, "servers", "first");
            second.boot(good, "servers", "second");
            third.boot(good, "laptops", "third");
            for (String name : List.of("first", "second", "third")) {
                reaches(name, "PASS");
            }

            second.boot(otherUki, "servers", "second");
            reaches("second", "FAIL");
            JsonNode failed = inspect("second");
            String digest = Boot.imageDigest("uki-direct-other-cmdline");
            String reasons = failed.get("reasons").toString();
            assertTrue(reasons.contains("the UKI has changed"), reasons);
            assertTrue(reasons.contains("found sha256:" + digest.substring(0, 16)), reasons);
            assertTrue(failed.get("boot").get("images").toString().contains(digest), failed.toString());

            third.boot(written("addon", Boot.captured("uki-direct").withText(13, "an addon")), "laptops", "third");
            reaches("third", "FAIL");
            third.boot(good, "laptops", "third");
            reaches("third", "PASS");
            third.boot(
                    written("cmdline", Boot.captured("uki-direct").withText(12, "init=/bin/sh")), "laptops", "third");
            reaches("third", "FAIL");
            assertTrue(
                    inspect("third").get("reasons").toString().contains("PCR 12"),
                    inspect("third").toString());
        }

        void aStoppedOneTimesOutAndRecovers() throws Exception {
            first.stopAgent();
            reaches("first", "TIMEOUT");
            first.startAgent("servers", "first");
            reaches("first", "PASS");
        }

        void aRemovedOneStartsAnew() throws Exception {
            String old = id("third").orElseThrow();
            third.stopAgent();
            assertEquals(
                    204,
                    verifier.operator()
                            .send("DELETE", "/v1/machines/" + old, null)
                            .status());
            assertTrue(id("third").isEmpty());
            third.boot(otherUki, "laptops", "third");
            reaches("third", "PASS");
            JsonNode machine = inspect("third").get("machine");
            assertEquals(0, machine.get("consecutiveFailures").intValue(), "failures of before are forgotten");
            assertEquals(404, verifier.operator().get("/v1/machines/" + old).status());
        }

        private Path written(String name, Boot boot) throws Exception {
            return Files.write(folder.resolve(name + ".bin"), boot.log());
        }

        private Optional<String> id(String name) throws Exception {
            JsonNode machines = verifier.operator().get("/v1/machines").json();
            return StreamSupport.stream(machines.spliterator(), false)
                    .filter(machine -> machine.get("name").textValue().equals(name))
                    .map(machine -> machine.get("id").textValue())
                    .findFirst();
        }

        private JsonNode inspect(String name) throws Exception {
            Client.Answer answer = verifier.operator().get("/v1/machines/" + id(name).orElseThrow());
            assertEquals(200, answer.status(), answer.body());
            return answer.json();
        }

        private void reaches(String name, String status) throws Exception {
            Eventually.equals(status, () -> status(name), () -> lastSaid(name));
        }

        private String lastSaid(String name) {
            synchronized (said) {
                List<String> its =
                        said.stream().filter(line -> line.startsWith(name)).toList();
                return its.subList(Math.max(0, its.size() - 6), its.size()).toString();
            }
        }

        private String status(String name) throws Exception {
            Optional<String> id = id(name);
            return id.isPresent() ? verifier.status(id.get()) : "not enrolled";
        }

        @Override
        public void close() throws IOException {
            first.close();
            second.close();
            third.close();
            verifier.close();
        }
    }
}
