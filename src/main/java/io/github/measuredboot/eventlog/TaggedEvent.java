package io.github.measuredboot.eventlog;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.internal.binary.ByteWriter;
import io.github.measuredboot.internal.recognition.RecognizedText;
import java.util.Optional;

/**
 * {@code TCG_PCClientTaggedEvent} (PFP section 10.4.2): an identifier, the size of the data, and the data.
 *
 * @param taggedEventId the identifier, unsigned 32 bits; whoever measures chooses it
 * @param taggedEventData the data
 * @param offset where the identifier begins, in bytes from the start of the event data
 */
public record TaggedEvent(long taggedEventId, Bytes taggedEventData, int offset) {
    /** The size of the identifier and the size field together, in bytes. */
    public static final int HEADER_SIZE = 8;

    /** {@return the number of bytes, identifier and size included} */
    public int length() {
        return HEADER_SIZE + taggedEventData.length();
    }

    /** {@return the tag, or empty if the identifier is not known} */
    public Optional<EventTag> tag() {
        return EventTag.byId(taggedEventId);
    }

    /** {@return the data as text in any encoding, without the NULs at the end; empty if they are not text} */
    public Optional<String> text() {
        return tag().map(tag -> tag.textOf(taggedEventData))
                .orElseGet(() -> RecognizedText.certainly(taggedEventData).map(RecognizedText::text));
    }

    Bytes encode() {
        return new ByteWriter()
                .u32(taggedEventId)
                .u32(taggedEventData.length())
                .bytes(taggedEventData)
                .toBytes();
    }
}
