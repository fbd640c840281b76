package io.github.measuredboot.eventlog;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.internal.binary.ByteCursor;
import io.github.measuredboot.internal.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The data of an EV_EVENT_TAG event: one {@code TCG_PCClientTaggedEvent} or several in sequence.
 *
 * @param events the tagged events in their order
 * @param rest what follows them and is not a tagged event; empty if all is well
 * @param fault what is wrong with {@code rest}, its offset counted from the start of the event data; empty if nothing is
 */
public record TaggedEvents(List<TaggedEvent> events, Bytes rest, Optional<Fault> fault) {
    /** The most tagged events that are read from one event; events of known logs have one. */
    public static final int MAX_EVENTS = 1 << 16;

    private static final String STRUCTURE = "TCG_PCClientTaggedEvent";

    public TaggedEvents {
        events = List.copyOf(events);
    }

    /**
     * Decodes event data. Never throws.
     *
     * @param data the event data
     * @return the tagged events, which {@linkplain #encode() encode} to {@code data}
     */
    public static TaggedEvents decode(Bytes data) {
        List<TaggedEvent> events = new ArrayList<>();
        int position = 0;
        while (position < data.length()) {
            Bytes rest = data.from(position);
            try {
                events.add(decodeOne(rest, position, events.size()));
            } catch (MalformedDataException e) {
                return new TaggedEvents(events, rest, Optional.of(e.fault()));
            }
            position += events.get(events.size() - 1).length();
        }
        return new TaggedEvents(events, Bytes.EMPTY, Optional.empty());
    }

    private static TaggedEvent decodeOne(Bytes bytes, int offset, int before) throws MalformedDataException {
        ByteCursor cursor = new ByteCursor(bytes, offset, STRUCTURE);
        if (before == MAX_EVENTS) {
            throw cursor.fault("taggedEventID", "follows " + MAX_EVENTS + " tagged events, the most that are read");
        }
        long taggedEventId = cursor.u32("taggedEventID");
        long size = cursor.u32("taggedEventDataSize");
        return new TaggedEvent(taggedEventId, cursor.bytes(size, "taggedEventData"), offset);
    }

    /** {@return the event data that was decoded} */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter();
        events.forEach(event -> writer.bytes(event.encode()));
        return writer.bytes(rest).toBytes();
    }
}
