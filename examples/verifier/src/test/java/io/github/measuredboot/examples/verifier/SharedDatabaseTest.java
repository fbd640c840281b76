package io.github.measuredboot.examples.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.examples.verifier.testing.Boot;
import io.github.measuredboot.examples.verifier.testing.Client;
import io.github.measuredboot.examples.verifier.testing.Databases;
import io.github.measuredboot.examples.verifier.testing.RunningVerifier;
import io.github.measuredboot.examples.verifier.testing.SimulatedMachine;
import io.github.measuredboot.examples.verifier.testing.SoftwareTpm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two services on one database, each of which remembers what it has read. */
class SharedDatabaseTest {
    private static final Boot GOOD = Boot.captured("uki-direct");
    private static final Boot OTHER_UKI = Boot.captured("uki-direct-other-cmdline");
    private static final int ROUNDS = 20;
    private static final int AT_ONCE = 6;

    @TempDir
    Path data;

    static Stream<Databases> databases() {
        return Databases.all();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void nonceIsAcceptedOnceByBoth(Databases kind) throws Exception {
        try (Databases.Open database = kind.open();
                RunningVerifier first = start(database);
                RunningVerifier second = start(database);
                SimulatedMachine machine = first.machine(GOOD)) {
            first.putGroup("servers", "first-use", "first-use", List.of());
            String id = machine.enrol("servers", "web-1");
            JsonNode next = machine.attest().get("next");
            for (int round = 0; round < ROUNDS; round++) {
                List<Client.Answer> answers = sendToBoth(machine.evidence(next), machine, first, second);
                List<Client.Answer> accepted = answers.stream()
                        .filter(answer -> answer.status() == 200)
                        .toList();
                assertEquals(1, accepted.size(), answers.toString());
                assertEquals(
                        AT_ONCE - 1,
                        answers.stream()
                                .filter(answer -> answer.status() == 409)
                                .count(),
                        answers.toString());
                next = accepted.get(0).json().get("next");
            }
            assertEquals(
                    1 + ROUNDS,
                    second.operator()
                            .get("/v1/machines/" + id)
                            .json()
                            .get("machine")
                            .get("attestations")
                            .intValue());
        }
    }

    private static List<Client.Answer> sendToBoth(
            JsonNode evidence, SimulatedMachine machine, RunningVerifier first, RunningVerifier second)
            throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Client.Answer>> sent = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                int port = (i % 2 == 0 ? first : second).port();
                sent.add(senders.submit(() -> {
                    try (Client client = new Client(machine.identity().context(), port)) {
                        return client.post("/v1/evidence", evidence);
                    }
                }));
            }
            List<Client.Answer> answers = new ArrayList<>();
            for (Future<Client.Answer> answer : sent) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            senders.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatAnOperatorChangesAtOneCountsAtOnceAtTheOther(Databases kind) throws Exception {
        try (Databases.Open database = kind.open();
                RunningVerifier first = start(database);
                RunningVerifier second = start(database);
                SimulatedMachine machine =
                        new SimulatedMachine(second.certificate(), second.port(), SoftwareTpm.create(), GOOD)) {
            first.putGroup("servers", "first-use", "operator", List.of());
            long state = first.addState("servers", "image 1", GOOD);
            String id = machine.enrol("servers", "web-1");
            assertEquals("PASS", machine.attest().get("status").textValue());

            JsonNode open = machine.challenge().json();
            first.operator().send("DELETE", "/v1/groups/servers/states/" + state, null);
            assertEquals(
                    "FAIL",
                    machine.send(machine.evidence(open)).json().get("status").textValue(),
                    "the state was retired");

            first.addState("servers", "image 1 again", GOOD);
            JsonNode passed = machine.attest();
            assertEquals("PASS", passed.get("status").textValue());

            String otherBank = "{\"trust\":\"first-use\",\"reference\":\"operator\",\"secureBootRequired\":false,"
                    + "\"bank\":\"sha384\",\"allowedEks\":[]}";
            first.operator().send("PUT", "/v1/groups/servers", otherBank);
            assertEquals(
                    409, machine.send(machine.evidence(passed.get("next"))).status(), "a challenge for another bank");
            assertTrue(machine.challenge().json().get("pcrs").textValue().startsWith("sha384:"));

            JsonNode late = machine.evidence(machine.challenge().json());
            first.operator().send("DELETE", "/v1/machines/" + id, null);
            assertEquals(401, machine.send(late).status());
            assertEquals(401, machine.challenge().status());
        }
    }

    /** What nothing refers to is removed from the database, and not from the memory of the other service. */
    @ParameterizedTest
    @MethodSource("databases")
    void verdictHasItsEvidenceAlthoughItWasSwept(Databases kind) throws Exception {
        try (Databases.Open database = kind.open();
                RunningVerifier first = start(database);
                RunningVerifier second = start(database);
                SimulatedMachine removed = first.machine(OTHER_UKI);
                SimulatedMachine machine = first.machine(OTHER_UKI)) {
            first.putGroup("servers", "first-use", "first-use", List.of());
            String old = removed.enrol("servers", "web-1");
            removed.attest();
            second.operator().send("DELETE", "/v1/machines/" + old, null);
            second.running().domain().sweep();

            String id = machine.enrol("servers", "web-2");
            var evidence = machine.evidence(machine.challenge().json());
            evidence.withObject("/log").remove("content");
            Client.Answer answer = machine.send(evidence);
            assertEquals(200, answer.status(), answer.body());
            long number = answer.json().get("number").longValue();
            JsonNode again = second.operator()
                    .post("/v1/machines/" + id + "/attestations/" + number + "/rejudge", "")
                    .json();
            assertEquals("accepted", again.get("byItsStates").textValue(), again.toString());
        }
    }

    private RunningVerifier start(Databases.Open database) throws Exception {
        return new RunningVerifier(data, database.options().toArray(String[]::new));
    }
}
