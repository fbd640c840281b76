package io.github.measuredboot.json;

import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.eventlog.check.CheckedLog;
import io.github.measuredboot.internal.json.DataWriter;
import io.github.measuredboot.internal.json.EventMembers;
import java.io.Writer;
import java.util.Optional;

/** The events of a log as JSON, for another program. None of it is proved, unless its PCRs are. */
public final class EventsJson {
    private EventsJson() {}

    /**
     * Writes the events of a log on one line: {@code format, algorithms, events} (each {@code number, offset, pcr, type,
     * digests, checks, size, data, structure, fields}), {@code diagnostics}, and {@code error} if the log could be read only in
     * part. {@code checks} says for each bank what the digest covers; {@code structure} and {@code fields} are the decoded data.
     *
     * @param checked the events that could be read
     * @param fault what is wrong with the log, if anything is
     * @param target where the text goes, event by event; it is not closed
     * @throws java.io.UncheckedIOException if the target cannot be written to
     */
    public static void write(CheckedLog checked, Optional<Fault> fault, Writer target) {
        DataWriter.writeTo(target, out -> EventMembers.write(out, checked, fault));
    }
}
