package io.github.measuredboot.examples.verifier.http;

import io.github.measuredboot.examples.verifier.domain.StatusFeed;
import io.javalin.config.RoutesConfig;
import io.javalin.http.sse.SseClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Server-sent events: one {@code status} for each status that changed. A client that was away reads the machines anew. One that does
 * not read is cut off, so that no attestation waits for it.
 */
final class EventStream implements AutoCloseable {
    private static final int MAX_CLIENTS = 100;
    private static final int MAX_WAITING = 1000;

    private final StatusFeed feed;
    private final Json json;
    private final Map<SseClient, Writer> writers = new ConcurrentHashMap<>();

    EventStream(StatusFeed feed, Json json) {
        this.feed = feed;
        this.json = json;
        feed.listen(change -> writers.values().forEach(writer -> writer.offer(json.text(change))));
    }

    void addTo(RoutesConfig routes) {
        routes.sse("/v1/events", this::connect, Access.OPERATOR);
    }

    private void connect(SseClient client) {
        if (writers.size() >= MAX_CLIENTS) {
            client.close();
            return;
        }
        client.keepAlive();
        Writer writer = new Writer(client);
        writers.put(client, writer);
        client.onClose(writer::stop);
        writer.start();
    }

    void keepAlive() {
        writers.values().forEach(writer -> writer.offer(""));
    }

    @Override
    public void close() {
        List<Writer> all = List.copyOf(writers.values());
        all.forEach(Writer::stop);
        all.forEach(Writer::awaitEnd);
    }

    private final class Writer {
        private final SseClient client;
        private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
        private final Thread thread;

        Writer(SseClient client) {
            this.client = client;
            this.thread = new Thread(this::write, "events");
            thread.setDaemon(true);
        }

        void start() {
            thread.start();
        }

        void offer(String event) {
            if (!waiting.offer(event)) {
                stop();
            }
        }

        void stop() {
            if (writers.remove(client) != null) {
                thread.interrupt();
            }
        }

        /** A client cannot be closed any more when the server has stopped. */
        void awaitEnd() {
            try {
                thread.join(1000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void write() {
            try {
                while (!client.terminated()) {
                    String event = waiting.take();
                    if (event.isEmpty()) {
                        client.sendComment("");
                    } else {
                        client.sendEvent("status", event);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                writers.remove(client);
                client.close();
            }
        }
    }
}
