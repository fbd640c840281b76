package io.github.measuredboot.examples.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** The verifier, over HTTPS with a client certificate. */
final class VerifierClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http;
    private final URI server;

    /** The verifier has answered, and refused. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;
        private final int status;
        private final String error;

        RefusedException(int status, String error, String message) {
            super(status + " " + error + ": " + message);
            this.status = status;
            this.error = error;
        }

        /** {@return whether the verifier does not know this machine (any more)} */
        boolean isUnknownMachine() {
            return status == 401;
        }

        boolean is(String name) {
            return error.equals(name);
        }
    }

    VerifierClient(URI server, SSLContext context) {
        this.server = server;
        this.http = HttpClient.newBuilder()
                .sslContext(context)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
    }

    JsonNode post(String path, Object body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 == 2) {
            return json.readTree(response.body());
        }
        throw refused(response);
    }

    private RefusedException refused(HttpResponse<byte[]> response) {
        try {
            JsonNode problem = json.readTree(response.body());
            return new RefusedException(
                    response.statusCode(),
                    problem.path("error").asText(),
                    problem.path("message").asText());
        } catch (IOException e) {
            return new RefusedException(response.statusCode(), "", "no answer of a verifier");
        }
    }
}
