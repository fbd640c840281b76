package io.github.measuredboot.examples.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.examples.verifier.testing.Boot;
import io.github.measuredboot.examples.verifier.testing.Client;
import io.github.measuredboot.examples.verifier.testing.ClientIdentity;
import io.github.measuredboot.examples.verifier.testing.Databases;
import io.github.measuredboot.examples.verifier.testing.ServiceProcess;
import io.github.measuredboot.examples.verifier.testing.SimulatedMachine;
import io.github.measuredboot.examples.verifier.testing.SoftwareTpm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The service is killed (SIGKILL) at random moments, while a machine attests a hundred times. */
class CrashTest {
    private static final int ATTESTATIONS = 100;
    private static final int KILLS = 5;
    private static final long SEED = 20261126;
    private static final Boot GOOD = Boot.captured("uki-direct");

    @TempDir
    Path data;

    static Stream<Databases> databases() {
        return Databases.all();
    }

    /** What a machine was told, by the number of the attestation, and the last evidence that it sent. */
    private static final class Memory {
        private final Map<Long, String> acknowledged = new TreeMap<>();
        private JsonNode lastEvidence;
        private JsonNode next;
        private boolean lastWasAcknowledged;
        private int twice;
    }

    @ParameterizedTest
    @MethodSource("databases")
    void nothingAcknowledgedIsLost(Databases kind) throws Exception {
        Random random = new Random(SEED);
        Memory memory = new Memory();
        int kills = 0;
        try (Databases.Open database = kind.open();
                ServiceProcess service = new ServiceProcess(data, database.options())) {
            service.start();
            try (Client operator = operator(service);
                    SimulatedMachine machine =
                            new SimulatedMachine(service.certificate(), service.port(), SoftwareTpm.create(), GOOD)) {
                operator.send(
                        "PUT",
                        "/v1/groups/servers",
                        Map.of(
                                "trust", "first-use",
                                "reference", "first-use",
                                "secureBootRequired", false,
                                "bank", "sha256",
                                "allowedEks", List.of()));
                String id = machine.enrol("servers", "web-1");
                while (memory.acknowledged.size() < ATTESTATIONS) {
                    boolean isToDie = memory.acknowledged.size() > (kills + 1) * ATTESTATIONS / (KILLS + 1);
                    Thread killer = new Thread(() -> service.killAfter(random.nextInt(40), TimeUnit.MILLISECONDS));
                    if (isToDie) {
                        killer.start();
                    }
                    do {
                        attest(machine, memory);
                    } while (isToDie && killer.isAlive());
                    if (isToDie) {
                        killer.join();
                        kills++;
                        service.start();
                        sendTheLastAgain(machine, memory);
                    }
                }
                assertEquals(KILLS, kills);
                assertEquals(0, memory.twice, "a nonce was accepted twice");
                check(operator, id, memory);
            }
        }
    }

    private static Client operator(ServiceProcess service) throws Exception {
        return new Client(ClientIdentity.none(service.certificate()).context(), service.port())
                .with("Authorization", "Bearer " + Files.readString(service.tokenFile()));
    }

    private static void attest(SimulatedMachine machine, Memory memory) throws Exception {
        try {
            JsonNode challenge = memory.next;
            memory.next = null;
            if (challenge == null || memory.acknowledged.size() % 2 == 0) {
                Client.Answer asked = machine.challenge();
                if (asked.status() != 201) {
                    return;
                }
                challenge = asked.json();
            }
            memory.lastEvidence = machine.evidence(challenge);
            memory.lastWasAcknowledged = false;
            Client.Answer answer = machine.send(memory.lastEvidence);
            if (answer.status() == 200) {
                memory.lastWasAcknowledged = true;
                memory.next = answer.json().get("next");
                memory.acknowledged.put(
                        answer.json().get("number").longValue(),
                        answer.json().get("outcome").textValue());
            }
        } catch (IOException serviceIsGone) {
            Thread.sleep(1);
        }
    }

    /** After a crash, the evidence of before is accepted at most once in all. */
    private static void sendTheLastAgain(SimulatedMachine machine, Memory memory) throws Exception {
        int accepted = memory.lastWasAcknowledged ? 1 : 0;
        for (int i = 0; i < 2; i++) {
            Client.Answer answer = machine.send(memory.lastEvidence);
            if (answer.status() == 200) {
                accepted++;
                memory.acknowledged.put(
                        answer.json().get("number").longValue(),
                        answer.json().get("outcome").textValue());
            }
        }
        memory.twice += accepted > 1 ? 1 : 0;
    }

    private static void check(Client operator, String id, Memory memory) throws IOException {
        Map<Long, String> stored = new TreeMap<>();
        for (JsonNode row : operator.get("/v1/machines/" + id + "/attestations").json()) {
            stored.put(row.get("number").longValue(), row.get("outcome").textValue());
        }
        memory.acknowledged.forEach((number, outcome) -> assertEquals(outcome, stored.get(number), "number " + number));
        assertTrue(
                stored.size() <= memory.acknowledged.size() + KILLS, "more than one was lost on the way with a kill");
        for (long number : stored.keySet()) {
            Client.Answer again = operator.post("/v1/machines/" + id + "/attestations/" + number + "/rejudge", "");
            assertEquals(200, again.status(), "a verdict without its evidence");
            assertEquals(stored.get(number), again.json().get("byItsStates").textValue());
        }
        long counted = operator.get("/v1/machines/" + id)
                .json()
                .get("machine")
                .get("attestations")
                .longValue();
        assertEquals(stored.size(), counted, "the record counts what is stored");
    }
}
