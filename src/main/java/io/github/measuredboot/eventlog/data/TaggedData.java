package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.EventTag;
import io.github.measuredboot.eventlog.TaggedEvent;
import io.github.measuredboot.eventlog.TaggedEvents;
import java.util.ArrayList;
import java.util.List;

/**
 * The data of an EV_EVENT_TAG event that is not Windows' own ({@code TCG_PCClientTaggedEvent}, PFP section 10.4.2). The
 * specification wants the digest of these data; systemd and the Linux EFI stub measure an object and log its name.
 *
 * @param tags the tagged events, one or several
 */
public record TaggedData(Bytes raw, TaggedEvents tags) implements EventData {
    @Override
    public List<EventField> fields() {
        List<EventField> fields = new ArrayList<>();
        for (TaggedEvent tag : tags.events()) {
            fields.add(EventField.structure("tag", fieldsOf(tag), tag.offset(), tag.length()));
        }
        return List.of(EventField.items("tags", fields, 0, raw.length()));
    }

    private static List<EventField> fieldsOf(TaggedEvent tag) {
        List<EventField> fields = new ArrayList<>();
        int dataOffset = tag.offset() + TaggedEvent.HEADER_SIZE;
        fields.add(EventField.hexadecimal("taggedEventId", tag.taggedEventId(), tag.offset(), Integer.BYTES));
        tag.tag()
                .map(EventTag::label)
                .ifPresent(name -> fields.add(EventField.text("name", name, tag.offset(), Integer.BYTES)));
        fields.add(tag.text()
                .map(text -> EventField.text(
                        "text", text, dataOffset, tag.taggedEventData().length()))
                .orElseGet(() -> EventField.binary("taggedEventData", tag.taggedEventData(), dataOffset)));
        return fields;
    }
}
