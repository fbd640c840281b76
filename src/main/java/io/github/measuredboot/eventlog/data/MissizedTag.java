package io.github.measuredboot.eventlog.data;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.eventlog.TaggedEvent;
import io.github.measuredboot.eventlog.TaggedEvents;
import io.github.measuredboot.internal.recognition.RecognizedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds a tagged event whose size is not that of its data, where the data are text up to the end of the event data. */
final class MissizedTag {
    private static final int LARGEST_SIZE = 0xffff;
    private static final int LARGEST_SLIP = 2;

    private MissizedTag() {}

    /** {@return the tagged events with the one that has a wrong size as the last; empty if there is none} */
    static Optional<List<TaggedEvent>> of(Bytes raw, TaggedEvents tags) {
        if (tags.fault().isEmpty()) {
            return Optional.empty();
        }
        List<TaggedEvent> sound = tags.events();
        int offset = raw.length() - tags.rest().length();
        return tooLarge(tags.rest(), offset)
                .map(last -> append(sound, last))
                .or(() -> sound.isEmpty() ? Optional.empty() : tooSmall(raw, sound));
    }

    private static Optional<TaggedEvent> tooLarge(Bytes rest, int offset) {
        return Optional.of(rest)
                .filter(MissizedTag::hasHeader)
                .map(bytes -> toTheEnd(bytes, 0, offset))
                .filter(MissizedTag::isText);
    }

    private static Optional<List<TaggedEvent>> tooSmall(Bytes raw, List<TaggedEvent> sound) {
        TaggedEvent last = sound.get(sound.size() - 1);
        return Optional.of(toTheEnd(raw, last.offset(), last.offset()))
                .filter(MissizedTag::isText)
                .map(longer -> append(sound.subList(0, sound.size() - 1), longer));
    }

    private static TaggedEvent toTheEnd(Bytes bytes, int start, int offset) {
        return new TaggedEvent(bytes.u32(start), bytes.from(start + TaggedEvent.HEADER_SIZE), offset);
    }

    private static boolean hasHeader(Bytes bytes) {
        if (bytes.length() <= TaggedEvent.HEADER_SIZE) {
            return false;
        }
        TaggedEvent event = toTheEnd(bytes, 0, 0);
        long size = bytes.u32(Integer.BYTES);
        return Math.abs(size - event.taggedEventData().length()) <= LARGEST_SLIP
                || (size <= LARGEST_SIZE
                        && (event.tag().isPresent()
                                || RecognizedText.certainly(bytes).isEmpty()));
    }

    private static boolean isText(TaggedEvent event) {
        return RecognizedText.certainly(event.taggedEventData()).isPresent();
    }

    private static List<TaggedEvent> append(List<TaggedEvent> events, TaggedEvent last) {
        List<TaggedEvent> all = new ArrayList<>(events);
        all.add(last);
        return List.copyOf(all);
    }
}
