package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Field;
import io.github.measuredboot.eventlog.EventTag;
import io.github.measuredboot.eventlog.TaggedEvent;
import io.github.measuredboot.eventlog.TaggedEvents;
import java.util.ArrayList;
import java.util.List;

/**
 * The data of an EV_EVENT_TAG event that is not Windows' own ({@code TCG_PCClientTaggedEvent}, PFP section 10.4.2). The specification
 * wants the digest of these data, whereas systemd and the Linux EFI stub measure an object and log its name.
 *
 * @param tags the tagged events, one or several, with a fault if the size of the last is not that of its data
 */
public record TaggedData(Bytes raw, TaggedEvents tags) implements EventData {
    /**
     * The tagged events for display. A tagged event whose data are text of a different size than it says is shown up to the end of {@code
     * raw}.
     *
     * @return those of {@code tags}; the last may be a different one
     */
    public List<TaggedEvent> shownEvents() {
        return MissizedTag.of(raw, tags).orElse(tags.events());
    }

    @Override
    public List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (TaggedEvent tag : shownEvents()) {
            fields.add(Field.structure("tag", fieldsOf(tag), tag.offset(), tag.length()));
        }
        return List.of(Field.items("tags", fields, 0, raw.length()));
    }

    private List<Field> fieldsOf(TaggedEvent tag) {
        List<Field> fields = new ArrayList<>();
        int dataOffset = tag.offset() + TaggedEvent.HEADER_SIZE;
        fields.add(Field.hexadecimal("taggedEventId", tag.taggedEventId(), tag.offset(), Integer.BYTES));
        int size = tag.taggedEventData().length();
        int sizeOffset = tag.offset() + Integer.BYTES;
        if (raw.u32(sizeOffset) != size) {
            fields.add(Field.unsigned("taggedEventDataSize", raw.u32(sizeOffset), sizeOffset, Integer.BYTES));
        }
        tag.tag()
                .map(EventTag::label)
                .ifPresent(name -> fields.add(Field.text("name", name, tag.offset(), Integer.BYTES)));
        fields.add(tag.text()
                .map(text -> Field.text("text", text, dataOffset, size))
                .orElseGet(() -> Field.binary("taggedEventData", tag.taggedEventData(), dataOffset)));
        return fields;
    }
}
