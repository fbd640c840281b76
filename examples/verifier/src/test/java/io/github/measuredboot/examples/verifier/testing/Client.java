package io.github.measuredboot.examples.verifier.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/** A client that connects again where the server may have closed its connection. */
public final class Client implements AutoCloseable {
    private static final long MAX_IDLE_NANOS = Long.getLong("client.idle.seconds", 2) * 1_000_000_000L;
    public static final ObjectMapper JSON = new ObjectMapper();

    /** An answer with its JSON. */
    public record Answer(int status, String contentType, String body) {
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new IllegalStateException(body, e);
            }
        }
    }

    private final SSLContext context;
    private final int port;
    private final Map<String, String> headers = new TreeMap<>();
    private HttpsConnection connection;
    private long lastUse;

    public Client(SSLContext context, int port) {
        this.context = context;
        this.port = port;
    }

    public Client with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    public Answer get(String path) throws IOException {
        return send("GET", path, null);
    }

    public Answer post(String path, Object body) throws IOException {
        return send("POST", path, body);
    }

    public Answer send(String method, String path, Object body) throws IOException {
        byte[] bytes = body == null
                ? new byte[0]
                : body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : JSON.writeValueAsBytes(body);
        Map<String, String> all = new TreeMap<>(headers);
        if (body != null) {
            all.putIfAbsent("Content-Type", "application/json");
        }
        if (connection != null && System.nanoTime() - lastUse > MAX_IDLE_NANOS) {
            close();
        }
        if (connection == null) {
            connection = new HttpsConnection(context, port);
        }
        try {
            HttpsConnection.Answer answer = connection.send(method, path, all, bytes);
            lastUse = System.nanoTime();
            if ("close".equals(answer.headers().get("connection"))) {
                close();
            }
            return new Answer(answer.status(), answer.headers().getOrDefault("content-type", ""), answer.body());
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
