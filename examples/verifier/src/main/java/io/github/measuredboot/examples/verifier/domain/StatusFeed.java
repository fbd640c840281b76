package io.github.measuredboot.examples.verifier.domain;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Publishes each status that changed, after the change is committed. A listener that missed a change finds the status in the table of machines. */
public final class StatusFeed {
    /**
     * A machine whose status changed.
     *
     * @param machine its id
     * @param name its name
     * @param before the status before, or {@code NONE}
     * @param after the status now, or {@code REMOVED}
     * @param at when
     */
    public record Change(String machine, String name, String before, String after, Instant at) {}

    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

    /** Listens until the returned action is run. */
    public Runnable listen(Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void publish(Change change) {
        if (!change.before().equals(change.after())) {
            listeners.forEach(listener -> listener.accept(change));
        }
    }
}
