package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
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
    public List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (TaggedEvent tag : tags.events()) {
            fields.add(Field.structure("tag", fieldsOf(tag), tag.offset(), tag.length()));
        }
        return List.of(Field.items("tags", fields, 0, raw.length()));
    }

    private static List<Field> fieldsOf(TaggedEvent tag) {
        List<Field> fields = new ArrayList<>();
        int dataOffset = tag.offset() + TaggedEvent.HEADER_SIZE;
        fields.add(Field.hexadecimal("taggedEventId", tag.taggedEventId(), tag.offset(), Integer.BYTES));
        tag.tag()
                .map(EventTag::label)
                .ifPresent(name -> fields.add(Field.text("name", name, tag.offset(), Integer.BYTES)));
        fields.add(tag.text()
                .map(text -> Field.text(
                        "text", text, dataOffset, tag.taggedEventData().length()))
                .orElseGet(() -> Field.binary("taggedEventData", tag.taggedEventData(), dataOffset)));
        return fields;
    }
}
