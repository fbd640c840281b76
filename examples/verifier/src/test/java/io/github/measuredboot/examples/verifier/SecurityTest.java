package io.github.measuredboot.examples.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.measuredboot.examples.verifier.testing.Boot;
import io.github.measuredboot.examples.verifier.testing.Client;
import io.github.measuredboot.examples.verifier.testing.ClientIdentity;
import io.github.measuredboot.examples.verifier.testing.HttpsConnection;
import io.github.measuredboot.examples.verifier.testing.RunningVerifier;
import io.github.measuredboot.examples.verifier.testing.SimulatedMachine;
import io.github.measuredboot.examples.verifier.testing.SoftwareTpm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody tries who has no right to, or a machine that wants to pass for what it is not. */
class SecurityTest {
    private static final Boot GOOD = Boot.captured("uki-direct");
    private static final List<String> HOSTILE = List.of(
            "'; DROP TABLE machine; --",
            "\" OR 1=1 --",
            "<script>alert(1)</script>",
            "\u0000",
            "name\nwith lines",
            "\u202egnp.exe",
            "x".repeat(100_000));

    @TempDir
    static Path data;

    private static RunningVerifier verifier;
    private static SimulatedMachine machine;
    private static SimulatedMachine other;
    private static String id;

    @BeforeAll
    static void start() throws Exception {
        verifier = new RunningVerifier(data, "--request-timeout", "2", "--nonce-lifetime", "5");
        verifier.putGroup("servers", "first-use", "first-use", List.of());
        machine = verifier.machine(GOOD);
        other = verifier.machine(GOOD);
        id = machine.enrol("servers", "web-1");
        other.enrol("servers", "web-2");
        assertEquals("PASS", machine.attest().get("status").textValue());
        assertEquals("PASS", other.attest().get("status").textValue());
    }

    @AfterAll
    static void stop() throws IOException {
        machine.close();
        other.close();
        verifier.close();
    }

    private static void isPassStill(long attestations) throws Exception {
        JsonNode now = verifier.operator().get("/v1/machines/" + id).json().get("machine");
        assertEquals("PASS", now.get("status").textValue());
        assertEquals(attestations, now.get("attestations").longValue(), "nothing was recorded");
    }

    private static long attestations() throws Exception {
        return verifier.operator()
                .get("/v1/machines/" + id)
                .json()
                .get("machine")
                .get("attestations")
                .longValue();
    }

    @Test
    void evidenceIsTakenOnce() throws Exception {
        JsonNode evidence = machine.evidence(machine.challenge().json());
        assertEquals(200, machine.send(evidence).status());
        long before = attestations();
        assertEquals(
                "nonce-not-open", machine.send(evidence).json().get("error").textValue());
        ObjectNode replayed = machine.evidence(machine.challenge().json());
        replayed.set("attest", evidence.get("attest"));
        replayed.set("signature", evidence.get("signature"));
        JsonNode refused = machine.send(replayed).json();
        assertEquals("refused", refused.get("outcome").textValue(), "an old quote with a new nonce");
        assertEquals("PASS", machine.attest().get("status").textValue());
        assertEquals(before + 2, attestations());
    }

    @Test
    void nonceIsThatOfOneMachine() throws Exception {
        long before = attestations();
        JsonNode challengeOfOther = other.challenge().json();
        Client.Answer answer = machine.send(machine.evidence(challengeOfOther));
        assertEquals(409, answer.status());
        assertEquals("nonce-not-open", answer.json().get("error").textValue());
        isPassStill(before);
        assertEquals(200, other.send(other.evidence(challengeOfOther)).status(), "it is still open for the other");
    }

    @Test
    void nonceExpires() throws Exception {
        JsonNode evidence = machine.evidence(machine.challenge().json());
        Thread.sleep(5100);
        assertEquals(409, machine.send(evidence).status());
    }

    @Test
    void anEarlierChallengeIsVoid() throws Exception {
        JsonNode first = machine.challenge().json();
        machine.challenge();
        assertEquals(409, machine.send(machine.evidence(first)).status());
    }

    @Test
    void quoteOfAnotherKeyIsRefused() throws Exception {
        JsonNode evidence = machine.evidence(machine.challenge().json(), other.tpm());
        JsonNode answer = machine.send(evidence).json();
        assertEquals("refused", answer.get("outcome").textValue());
        assertEquals("FAIL", answer.get("status").textValue());
        assertEquals("PASS", machine.attest().get("status").textValue());
    }

    @Test
    void credentialOfAnotherTpmEnrolsNobody() throws Exception {
        try (SimulatedMachine thief = verifier.machine(GOOD)) {
            Client.Answer offer = thief.beginEnrolment("servers", "thief");
            byte[] wrong = new byte[32];
            Client.Answer answer = thief.client().post("/v1/enrolment/answer", Map.of("secret", wrong));
            assertEquals(403, answer.status());
            byte[] right = thief.tpm().activate(offer.json().get("credential").binaryValue());
            assertEquals(
                    404,
                    other.client()
                            .post("/v1/enrolment/answer", Map.of("secret", right))
                            .status(),
                    "an answer from another client certificate");
            assertEquals(
                    201,
                    thief.client()
                            .post("/v1/enrolment/answer", Map.of("secret", right))
                            .status());
            assertEquals(
                    404,
                    thief.client()
                            .post("/v1/enrolment/answer", Map.of("secret", right))
                            .status(),
                    "an answer is taken once");
        }
    }

    @Test
    void enrolledTpmIsNotEnrolledAgain() throws Exception {
        try (SimulatedMachine again =
                new SimulatedMachine(verifier.certificate(), verifier.port(), machine.tpm(), GOOD)) {
            assertEquals(409, again.beginEnrolment("servers", "web-1").status());
        }
    }

    @Test
    void keysAreThoseThatTheGroupTrusts() throws Exception {
        try (SimulatedMachine listed = verifier.machine(GOOD);
                SimulatedMachine stranger = verifier.machine(GOOD)) {
            verifier.putGroup(
                    "listed", "allow-list", "first-use", List.of(listed.tpm().ekName()));
            verifier.putGroup("certified", "certificate", "first-use", List.of());
            assertEquals(403, stranger.beginEnrolment("listed", "stranger").status());
            assertEquals(403, stranger.beginEnrolment("certified", "stranger").status());
            assertEquals(
                    404, stranger.beginEnrolment("no-such-group", "stranger").status());
            String known = listed.enrol("listed", "known");
            assertEquals("proved-by-ek", identity(known), "by the list of an operator");
            assertEquals("asserted", identity(stranger.enrol("servers", "stranger")), "by nobody but itself");
        }
    }

    private static String identity(String machine) throws Exception {
        return verifier.operator()
                .get("/v1/machines/" + machine)
                .json()
                .get("machine")
                .get("identity")
                .textValue();
    }

    @Test
    void keyThatSignsAnythingIsNotEnrolled() throws Exception {
        SoftwareTpm tpm = SoftwareTpm.withUnrestrictedKey();
        try (SimulatedMachine liar = new SimulatedMachine(verifier.certificate(), verifier.port(), tpm, GOOD)) {
            assertEquals(403, liar.beginEnrolment("servers", "liar").status());
        }
    }

    @Test
    void theDocumentHasAllRoutes() throws Exception {
        List<String> documented = Routes.documented().stream()
                .map(route -> route.method() + " " + route.path() + " " + route.access())
                .sorted()
                .toList();
        assertEquals(verifier.running().service().routes(), documented);
    }

    @Test
    void everyRouteAsksWhoIsThere() throws Exception {
        int asked = 0;
        try (Client anonymous = verifier.client();
                Client wrongToken = verifier.client().with("Authorization", "Bearer " + "0".repeat(64))) {
            for (Routes.Route route : Routes.documented()) {
                String path = route.path().replaceAll("\\{[a-z]+}", "1");
                if (!List.of("public", "page").contains(route.access())) {
                    asked++;
                    String body = route.method().equals("GET") ? null : "{}";
                    assertEquals(401, anonymous.send(route.method(), path, body).status(), route.toString());
                    assertEquals(
                            401, wrongToken.send(route.method(), path, body).status(), route.toString());
                    if (route.access().equals("operator")) {
                        assertEquals(
                                401,
                                machine.client()
                                        .send(route.method(), path, body)
                                        .status(),
                                route.toString());
                    }
                }
            }
        }
        assertTrue(asked >= 15, asked + " routes");
    }

    @Test
    void operatorsHaveATokenOrACertificate(@TempDir Path folder) throws Exception {
        ClientIdentity identity;
        try (RunningVerifier first = new RunningVerifier(folder)) {
            identity = ClientIdentity.create(first.certificate());
        }
        try (RunningVerifier again = new RunningVerifier(folder, "--operator-certificate", identity.sha256());
                Client withCertificate = new Client(identity.context(), again.port());
                Client stranger =
                        new Client(ClientIdentity.create(again.certificate()).context(), again.port());
                Client withPassword = again.client().with("Authorization", basic("anybody:" + again.token()))) {
            assertEquals(200, withCertificate.get("/v1/machines").status());
            assertEquals(401, stranger.get("/v1/machines").status());
            assertEquals(401, withPassword.get("/v1/machines").status(), "no browser is to keep the token");
        }
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void unknownMissingAndRepeatedMembersAreRefused() throws Exception {
        long before = attestations();
        ObjectNode evidence = machine.evidence(machine.challenge().json());
        assertEquals(
                400, machine.send(evidence.deepCopy().put("accepted", true)).status());
        ObjectNode inner = evidence.deepCopy();
        ((ObjectNode) inner.get("log")).put("path", "/etc/passwd");
        assertEquals(400, machine.send(inner).status());
        ObjectNode missing = evidence.deepCopy();
        missing.remove("signature");
        assertEquals(400, machine.send(missing).status());
        assertEquals(400, machine.send(evidence.deepCopy().putNull("attest")).status());
        String text = evidence.toString();
        String repeated = text.substring(0, text.length() - 1) + ",\"nonce\":\"" + "0".repeat(64) + "\"}";
        assertEquals(400, machine.client().post("/v1/evidence", repeated).status());
        assertEquals(400, machine.client().post("/v1/evidence", text + "{}").status());
        assertEquals(
                400, machine.client().post("/v1/evidence", "[".repeat(100_000)).status());
        assertEquals(400, machine.client().post("/v1/evidence", "null").status());
        isPassStill(before);
        assertEquals(200, machine.send(evidence).status(), "the nonce is still open");
    }

    @Test
    void whatCannotBeReadIsRefusedAndRecorded() throws Exception {
        for (String part : List.of("attest", "signature", "pcrValues")) {
            ObjectNode evidence = machine.evidence(machine.challenge().json());
            evidence.put(part, new byte[] {1, 2, 3});
            assertEquals("refused", machine.send(evidence).json().get("outcome").textValue(), part);
        }
        ObjectNode evidence = machine.evidence(machine.challenge().json());
        byte[] junk = "<b>not a log</b>".getBytes(StandardCharsets.UTF_8);
        evidence.putObject("log").put("sha256", SimulatedMachine.sha256(junk)).put("content", junk);
        assertEquals("refused", machine.send(evidence).json().get("outcome").textValue());
        evidence = machine.evidence(machine.challenge().json());
        ((ObjectNode) evidence.get("log")).put("content", junk);
        assertEquals(400, machine.send(evidence).status(), "a log with the hash of another one");
        assertEquals("PASS", machine.attest().get("status").textValue());
    }

    @Test
    void oversizedBodiesAreRefused() throws Exception {
        try (HttpsConnection connection = new HttpsConnection(machine.identity().context(), verifier.port())) {
            HttpsConnection.Answer answer = connection.send(
                    "POST",
                    "/v1/evidence",
                    Map.of("Content-Type", "application/json", "Content-Length", "999999999"),
                    new byte[0]);
            assertEquals(413, answer.status());
        }
        ObjectNode evidence = machine.evidence(machine.challenge().json());
        ((ObjectNode) evidence.get("log")).put("content", new byte[3 << 20]);
        try {
            assertEquals(413, machine.send(evidence).status());
        } catch (IOException e) {
            assertEquals("PASS", machine.attest().get("status").textValue(), "cut off while it was sending: " + e);
        }
    }

    @Test
    void slowRequestsAreCutOff() throws Exception {
        try (HttpsConnection connection = new HttpsConnection(machine.identity().context(), verifier.port())) {
            connection.write(("POST /v1/evidence HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 1000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            long start = System.nanoTime();
            boolean isCutOff = false;
            for (int i = 0; i < 100 && !isCutOff; i++) {
                try {
                    connection.write(new byte[] {' '});
                    Thread.sleep(100);
                } catch (IOException e) {
                    isCutOff = true;
                }
                isCutOff |= connection.hasAnswered();
            }
            assertTrue(isCutOff, "a byte every 100 ms is not waited for");
            assertTrue(System.nanoTime() - start < 15_000_000_000L);
        }
    }

    @Test
    void stalledRequestsAreCutOffAndNobodyWaitsForThem() throws Exception {
        List<HttpsConnection> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                HttpsConnection connection =
                        new HttpsConnection(machine.identity().context(), verifier.port());
                connection.write("POST /v1/evidence HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
                stalled.add(connection);
            }
            assertEquals("PASS", machine.attest().get("status").textValue(), "more of them than there are threads");
            long start = System.nanoTime();
            for (HttpsConnection connection : stalled) {
                while (!connection.hasAnswered()) {
                    assertTrue(System.nanoTime() - start < 30_000_000_000L, "still waited for");
                    Thread.sleep(100);
                }
            }
        } finally {
            for (HttpsConnection connection : stalled) {
                connection.close();
            }
        }
    }

    @Test
    void userspaceLogIsDataAndNothingElse() throws Exception {
        for (String text : HOSTILE) {
            for (byte[] log : List.of(
                    text.getBytes(StandardCharsets.UTF_8),
                    Client.JSON.writeValueAsBytes(Map.of("pcr", 11, "digests", List.of(), "content", text)))) {
                ObjectNode evidence = machine.evidence(machine.challenge().json());
                evidence.putObject("userspaceLog")
                        .put("sha256", SimulatedMachine.sha256(log))
                        .put("content", log);
                assertEquals(
                        "refused", machine.send(evidence).json().get("outcome").textValue(), text);
            }
        }
        Client.Answer history = verifier.operator().get("/v1/machines/" + id + "/attestations");
        assertEquals(200, history.status());
        assertEquals("application/json", history.contentType());
        assertEquals("PASS", machine.attest().get("status").textValue());
    }

    @Test
    void hostileTextIsDataAndNothingElse() throws Exception {
        for (String text : HOSTILE) {
            try (SimulatedMachine hostile = verifier.machine(GOOD)) {
                assertEquals(400, hostile.beginEnrolment("servers", text).status());
                assertTrue(List.of(400, 404)
                        .contains(hostile.beginEnrolment(text, "name").status()));
            }
            ObjectNode evidence = machine.evidence(machine.challenge().json());
            evidence.put("nonce", text);
            assertEquals(400, machine.send(evidence).status());
            evidence = machine.evidence(machine.challenge().json());
            ((ObjectNode) evidence.get("log")).put("sha256", text);
            assertEquals(400, machine.send(evidence).status());
        }
        try (SimulatedMachine hostile =
                verifier.machine(GOOD.withText(12, "</script><script>alert(1)</script>'; --"))) {
            String hostileId = hostile.enrol("servers", "hostile");
            assertEquals("PASS", hostile.attest().get("status").textValue());
            Client.Answer report = verifier.operator().get("/v1/machines/" + hostileId);
            assertTrue(report.json().get("boot").get("commandLines").toString().contains("alert(1)"), report.body());
            assertEquals("application/json", report.contentType());
        }
        isPassStill(attestations());
    }

    @Test
    void aClientMayNotAskTooOften(@TempDir Path folder) throws Exception {
        try (RunningVerifier slow = new RunningVerifier(folder, "--rate", "5");
                Client client = slow.client()) {
            int refused = 0;
            for (int i = 0; i < 40; i++) {
                refused += client.get("/health/live").status() == 429 ? 1 : 0;
            }
            assertTrue(refused > 10, refused + " of 40 requests");
        }
    }

    @Test
    void signingKeyOfAnotherMachineIsNoClientCertificate() throws Exception {
        SoftwareTpm tpm = SoftwareTpm.create();
        try (SimulatedMachine newcomer = new SimulatedMachine(verifier.certificate(), verifier.port(), tpm, GOOD)) {
            assertEquals(401, newcomer.challenge().status());
        }
    }
}
