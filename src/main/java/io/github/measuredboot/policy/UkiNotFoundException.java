package io.github.measuredboot.policy;

import io.github.measuredboot.eventlog.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A log has no image in PCR 4 that can be the UKI, or several. */
public final class UkiNotFoundException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The numbers of the events. */
    private final ArrayList<Integer> candidates;

    UkiNotFoundException(List<Event> candidates) {
        super(
                candidates.isEmpty()
                        ? "no image in PCR 4 can be the UKI"
                        : candidates.size() + " images in PCR 4 can be the UKI, choose one: "
                                + candidates.stream()
                                        .map(event -> "event " + event.number() + " " + event.digests())
                                        .collect(Collectors.joining("; ")));
        this.candidates = candidates.stream().map(Event::number).collect(Collectors.toCollection(ArrayList::new));
    }

    /** {@return the numbers of the events among which to choose} */
    public List<Integer> candidates() {
        return List.copyOf(candidates);
    }
}
