package io.github.measuredboot.examples.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.measuredboot.examples.verifier.testing.Boot;
import io.github.measuredboot.examples.verifier.testing.Client;
import io.github.measuredboot.examples.verifier.testing.RunningVerifier;
import io.github.measuredboot.examples.verifier.testing.SimulatedMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What machines and operators do, with keys of this JVM instead of TPMs. */
class ServiceTest {
    private static final Boot GOOD = Boot.captured("uki-direct");
    private static final Boot OTHER_UKI = Boot.captured("uki-direct-other-cmdline");

    @TempDir
    static Path data;

    private static RunningVerifier verifier;

    @BeforeAll
    static void start() throws Exception {
        verifier = new RunningVerifier(data);
    }

    @AfterAll
    static void stop() throws Exception {
        verifier.close();
    }

    @Test
    void machineIsEnrolledAttestsFailsAndRecovers() throws Exception {
        try (SimulatedMachine machine = verifier.machine(GOOD)) {
            verifier.putGroup("g1", "first-use", "operator", List.of());
            verifier.addState("g1", "first image", GOOD);
            String id = machine.enrol("g1", "web-1");
            assertEquals("PENDING", verifier.status(id));
            assertEquals("PASS", machine.attest().get("status").textValue());

            machine.reboot(OTHER_UKI);
            JsonNode failed = machine.attest();
            assertEquals("rejected", failed.get("outcome").textValue());
            assertEquals("FAIL", verifier.status(id));

            machine.reboot(GOOD);
            assertEquals("PASS", machine.attest().get("status").textValue());
            JsonNode report = verifier.operator().get("/v1/machines/" + id).json();
            assertEquals(3, report.get("machine").get("attestations").intValue());
            assertEquals(0, report.get("machine").get("consecutiveFailures").intValue());
        }
    }

    @Test
    void logIsSentInFullOnlyWhenItChanged() throws Exception {
        try (SimulatedMachine machine = verifier.machine(Boot.captured("sdboot-uki"))) {
            verifier.putGroup("g2", "first-use", "first-use", List.of());
            machine.enrol("g2", "web-1");
            ObjectNode evidence = machine.evidence(machine.challenge().json());
            JsonNode log = evidence.get("log").deepCopy();
            ((ObjectNode) evidence.get("log")).remove("content");
            Client.Answer unknown = machine.send(evidence);
            assertEquals(422, unknown.status());
            assertEquals("log-unknown", unknown.json().get("error").textValue());
            evidence.set("log", log);
            assertEquals(200, machine.send(evidence).status(), "the nonce is still open");
            evidence = machine.evidence(machine.challenge().json());
            ((ObjectNode) evidence.get("log")).remove("content");
            assertEquals(
                    "accepted", machine.send(evidence).json().get("outcome").textValue());
        }
    }

    @Test
    void firstUseKeepsAMachineToItsFirstBoot() throws Exception {
        try (SimulatedMachine machine = verifier.machine(GOOD)) {
            verifier.putGroup("g3", "first-use", "first-use", List.of());
            String id = machine.enrol("g3", "laptop");
            assertEquals("PASS", machine.attest().get("status").textValue());
            machine.reboot(OTHER_UKI);
            assertEquals("FAIL", machine.attest().get("status").textValue());

            JsonNode late = machine.evidence(machine.challenge().json());
            assertEquals(
                    204,
                    verifier.operator()
                            .send("DELETE", "/v1/machines/" + id, null)
                            .status());
            assertEquals(401, machine.challenge().status(), "a removed machine is not known");
            assertEquals(401, machine.send(late).status(), "nor a report of it that was on its way");
            String again = machine.enrol("g3", "laptop");
            assertEquals(409, machine.send(late).status(), "which is not one of the machine that it is now");
            assertEquals("PENDING", verifier.status(again));
            assertEquals("PASS", machine.attest().get("status").textValue(), "it starts anew with what it boots now");
            assertEquals("404", verifier.status(id));
        }
    }

    @Test
    void pinnedPcrMustNotChangeWithoutAReboot() throws Exception {
        try (SimulatedMachine machine = verifier.machine(GOOD)) {
            verifier.putGroup("g4", "first-use", "first-use", List.of());
            machine.enrol("g4", "web-1");
            assertEquals("PASS", machine.attest().get("status").textValue());
            Boot extended = GOOD.withText(11, "another phase");
            machine.become(extended);
            JsonNode failed = machine.attest();
            assertEquals("rejected", failed.get("outcome").textValue());
            assertTrue(failed.get("message").textValue().contains("changed while the machine ran"), failed.toString());
            machine.reboot(extended);
            assertEquals("PASS", machine.attest().get("status").textValue());
        }
    }

    @Test
    void storedEvidenceIsJudgedAgain() throws Exception {
        try (SimulatedMachine machine = verifier.machine(GOOD)) {
            verifier.putGroup("g5", "first-use", "operator", List.of());
            long state = verifier.addState("g5", "first image", GOOD);
            String id = machine.enrol("g5", "web-1");
            long number = machine.attest().get("number").longValue();
            verifier.addState("g5", "second image", OTHER_UKI);
            assertEquals(
                    204,
                    verifier.operator()
                            .send("DELETE", "/v1/groups/g5/states/" + state, null)
                            .status());
            JsonNode again = verifier.operator()
                    .post("/v1/machines/" + id + "/attestations/" + number + "/rejudge", "")
                    .json();
            assertEquals("accepted", again.get("outcome").textValue());
            assertEquals("accepted", again.get("byItsStates").textValue());
            assertEquals("rejected", again.get("byTodaysStates").textValue());
        }
    }

    @Test
    void rolloutShowsWhoRunsTheOldImage() throws Exception {
        try (SimulatedMachine first = verifier.machine(GOOD);
                SimulatedMachine second = verifier.machine(GOOD)) {
            verifier.putGroup("g6", "first-use", "operator", List.of());
            verifier.addState("g6", "old", GOOD);
            String firstId = first.enrol("g6", "first");
            String secondId = second.enrol("g6", "second");
            first.attest();
            second.attest();
            verifier.addState("g6", "new", OTHER_UKI);
            second.reboot(OTHER_UKI);
            assertEquals("PASS", second.attest().get("status").textValue());
            JsonNode states =
                    verifier.operator().get("/v1/groups/g6/rollout").json().get("states");
            assertEquals(firstId, states.get(0).get("machines").get(0).get("id").textValue());
            assertEquals(
                    secondId, states.get(1).get("machines").get(0).get("id").textValue());
            assertEquals(1, states.get(0).get("machines").size());
        }
    }

    @Test
    void challengeThatComesWithAVerdictIsTheNextOne() throws Exception {
        try (SimulatedMachine machine = verifier.machine(GOOD)) {
            verifier.putGroup("g8", "first-use", "first-use", List.of());
            machine.enrol("g8", "web-1");
            JsonNode first = machine.attest();
            JsonNode next = first.get("next");
            long lifetime = Duration.between(
                            Instant.now(), Instant.parse(next.get("expiresAt").textValue()))
                    .toSeconds();
            assertTrue(lifetime > 110 && lifetime <= 120, "an interval and the lifetime of a nonce: " + lifetime);
            assertEquals(60_000, next.get("intervalMillis").intValue());
            JsonNode evidence = machine.evidence(next);
            JsonNode second = machine.send(evidence).json();
            assertEquals("PASS", second.get("status").textValue());
            assertEquals(
                    first.get("number").longValue() + 1, second.get("number").longValue());
            assertEquals(409, machine.send(evidence).status(), "it is taken once");
            machine.challenge();
            assertEquals(409, machine.send(machine.evidence(second.get("next"))).status(), "a later one voids it");
        }
    }

    @Test
    void historyIsBounded(@TempDir Path other) throws Exception {
        try (RunningVerifier forgetful = new RunningVerifier(other, "--history", "5");
                SimulatedMachine machine = forgetful.machine(GOOD)) {
            forgetful.putGroup("g9", "first-use", "first-use", List.of());
            String id = machine.enrol("g9", "web-1");
            long newest = 0;
            int most = 0;
            for (int i = 0; i < 50; i++) {
                machine.challenge(); // which is not answered, and takes no number
                newest = machine.attest().get("number").longValue();
                JsonNode kept = forgetful
                        .operator()
                        .get("/v1/machines/" + id + "/attestations")
                        .json();
                assertEquals(newest, kept.get(0).get("number").longValue());
                most = Math.max(most, kept.size());
            }
            assertEquals(50, newest);
            assertTrue(most <= 5 + 15, most + " are kept");
        }
    }

    @Test
    void silenceIsATimeoutAndAReportEndsIt(@TempDir Path other) throws Exception {
        try (RunningVerifier impatient = new RunningVerifier(other, "--interval", "0.3");
                SimulatedMachine machine = impatient.machine(GOOD)) {
            impatient.putGroup("g7", "first-use", "first-use", List.of());
            String id = machine.enrol("g7", "web-1");
            machine.attest();
            assertEquals("PASS", impatient.status(id));
            Thread.sleep(1800);
            assertEquals("TIMEOUT", impatient.status(id));
            assertEquals("PASS", machine.attest().get("status").textValue());
        }
    }
}
