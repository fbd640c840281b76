package io.github.measuredboot.examples.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.measuredboot.examples.verifier.testing.Boot;
import io.github.measuredboot.examples.verifier.testing.Client;
import io.github.measuredboot.examples.verifier.testing.ClientIdentity;
import io.github.measuredboot.examples.verifier.testing.HttpsConnection;
import io.github.measuredboot.examples.verifier.testing.RunningVerifier;
import io.github.measuredboot.examples.verifier.testing.SimulatedMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client of the event stream learns of each status that changed, and of nothing else. */
class EventStreamTest {
    private static final Boot GOOD = Boot.captured("uki-direct");

    @TempDir
    Path data;

    @Test
    void changedStatusArrives() throws Exception {
        try (RunningVerifier verifier = new RunningVerifier(data, "--interval", "0.5");
                SimulatedMachine machine = verifier.machine(GOOD);
                HttpsConnection stream = new HttpsConnection(
                        ClientIdentity.none(verifier.certificate()).context(), verifier.port())) {
            verifier.putGroup("servers", "first-use", "first-use", List.of());
            stream.write(
                    ("GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nAuthorization: Bearer "
                                    + verifier.token() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertEquals("HTTP/1.1 200 OK", stream.line());
            skipHead(stream);

            String id = machine.enrol("servers", "web-1");
            assertChange(stream, id, "NONE", "PENDING");
            machine.attest();
            assertChange(stream, id, "PENDING", "PASS");
            machine.attest();
            machine.reboot(Boot.captured("uki-direct-other-cmdline"));
            machine.attest();
            assertChange(stream, id, "PASS", "FAIL");
            machine.reboot(GOOD);
            machine.attest();
            assertChange(stream, id, "FAIL", "PASS");
            assertChange(stream, id, "PASS", "TIMEOUT");
            machine.attest();
            assertChange(stream, id, "TIMEOUT", "PASS");
            verifier.operator().send("DELETE", "/v1/machines/" + id, null);
            assertChange(stream, id, "PASS", "REMOVED");
        }
    }

    private static void skipHead(HttpsConnection stream) throws IOException {
        List<String> head = new ArrayList<>();
        for (String line = stream.line(); !line.isEmpty(); line = stream.line()) {
            head.add(line.toLowerCase(Locale.ROOT));
        }
        assertTrue(head.stream().anyMatch(line -> line.startsWith("content-type: text/event-stream")), head.toString());
    }

    private static void assertChange(HttpsConnection stream, String id, String before, String after) throws Exception {
        JsonNode change = next(stream);
        assertEquals(
                before + " " + after,
                change.get("before").textValue() + " " + change.get("after").textValue());
        assertEquals(id, change.get("machine").textValue());
        assertEquals("web-1", change.get("name").textValue());
    }

    /** Comments keep the connection alive; sizes of chunks are between the lines. */
    private static JsonNode next(HttpsConnection stream) throws IOException {
        String event = "";
        for (String line = stream.line(); ; line = stream.line()) {
            if (line.startsWith("event: ")) {
                event = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                assertEquals("status", event);
                return Client.JSON.readTree(line.substring("data: ".length()));
            }
        }
    }
}
