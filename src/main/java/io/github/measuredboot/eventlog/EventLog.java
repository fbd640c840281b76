package io.github.measuredboot.eventlog;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.internal.recognition.InputFormat;
import io.github.measuredboot.tpm.HashAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * A well-framed event log. Reading one checks every length once and copies no event; the time taken is linear in the number of events,
 * and the memory used is a few bytes per event besides the log itself.
 *
 * <p>Reading checks the framing only: the events are claims until a replay has reproduced trusted PCR values.
 */
public final class EventLog {
    /**
     * What could be read of a log that may be malformed, for diagnosis. A verdict must not be built on it while there is a
     * fault: what follows the fault is unknown.
     *
     * @param readable the events before the fault, or all of them; if there is a fault, it carries {@link DiagnosticCode#INCOMPLETE}, and
     *     {@link EventLog#trailing()} is what was not read
     * @param fault why reading stopped, or empty if the whole log was read
     */
    public record Examination(EventLog readable, Optional<Fault> fault) {}

    /** The two formats of an event log (PFP section 10.2). */
    public enum Format {
        /** {@code TCG_PCR_EVENT} structures, with one SHA-1 digest each. */
        LEGACY("legacy"),

        /** {@code TCG_PCR_EVENT2} structures with digests of several algorithms, after a Spec ID Event03 header. */
        CRYPTO_AGILE("crypto-agile");

        private final String id;

        Format(String id) {
            this.id = id;
        }

        /** {@return the name in reports} */
        public String id() {
            return id;
        }

        @Override
        public String toString() {
            return id;
        }
    }

    private final Bytes bytes;
    private final Format format;
    private final @Nullable SpecIdEvent specId;
    private final AlgorithmTable algorithmTable;
    private final boolean completeDigests;
    private final List<HashAlgorithm> algorithms;
    private final int[] offsets;
    private final Bytes trailing;
    private final List<Diagnostic> diagnostics;

    EventLog(
            Bytes bytes,
            Format format,
            @Nullable SpecIdEvent specId,
            AlgorithmTable algorithmTable,
            boolean completeDigests,
            int[] offsets,
            Bytes trailing,
            List<Diagnostic> diagnostics) {
        this.bytes = bytes;
        this.format = format;
        this.specId = specId;
        this.algorithmTable = algorithmTable;
        this.completeDigests = completeDigests;
        this.algorithms = algorithmTable.toList();
        this.offsets = offsets;
        this.trailing = trailing;
        this.diagnostics = diagnostics;
    }

    /**
     * Reads a log without copying it. The caller must not change the array while the log, or anything obtained from it, is in use; {@link
     * #copyOf(byte[])} has no such condition.
     *
     * @param log the whole log
     * @return the log
     * @throws MalformedDataException if it is not one, or exceeds {@link ParseLimits#DEFAULT}
     */
    public static EventLog wrap(byte[] log) throws MalformedDataException {
        return parse(Bytes.wrap(log), ParseLimits.DEFAULT);
    }

    /**
     * Reads a copy of a log.
     *
     * @param log the whole log
     * @return the log
     * @throws MalformedDataException if it is not one, or exceeds {@link ParseLimits#DEFAULT}
     */
    public static EventLog copyOf(byte[] log) throws MalformedDataException {
        return wrap(log.clone());
    }

    /**
     * Reads a log from a file, including a file in Linux's securityfs, which has no size.
     *
     * @param file the log
     * @return the log
     * @throws IOException if the file cannot be read
     * @throws MalformedDataException if it is not a log, or exceeds {@link ParseLimits#DEFAULT}
     */
    public static EventLog read(Path file) throws IOException, MalformedDataException {
        return read(file, ParseLimits.DEFAULT);
    }

    /**
     * Reads a log from a file within other limits.
     *
     * @param file the log
     * @param limits the limits; no more than the largest log of these is read
     * @return the log
     * @throws IOException if the file cannot be read
     * @throws MalformedDataException if it is not a log, or exceeds the limits
     */
    public static EventLog read(Path file, ParseLimits limits) throws IOException, MalformedDataException {
        try (InputStream in = Files.newInputStream(file)) {
            return parse(readBytes(in, limits), limits);
        }
    }

    /**
     * Reads a log within other limits, sharing the bytes.
     *
     * @param log the whole log
     * @param limits the limits
     * @return the log
     * @throws MalformedDataException if it is not a log, or exceeds the limits; if the bytes look like something else that people have,
     *     such as a compressed log or the text of a log, the reason says so and says what to do
     */
    public static EventLog parse(Bytes log, ParseLimits limits) throws MalformedDataException {
        EventLogReader reader = new EventLogReader(log, limits);
        try {
            reader.read();
        } catch (MalformedDataException e) {
            throw explained(e, log);
        }
        return reader.toEventLog();
    }

    /**
     * Reads as much of a log as can be read, for diagnosis, sharing the bytes.
     *
     * @param log the log
     * @param limits the limits
     * @return the events before the first fault, and the fault if there is one
     */
    public static Examination examine(Bytes log, ParseLimits limits) {
        EventLogReader reader = new EventLogReader(log, limits);
        try {
            reader.read();
            return new Examination(reader.toEventLog(), Optional.empty());
        } catch (MalformedDataException e) {
            MalformedDataException explained = explained(e, log);
            EventLogReader read =
                    explained == e ? reader : new EventLogReader(log, limits); // what is no log has no events
            return new Examination(read.toIncompleteEventLog(explained.fault()), Optional.of(explained.fault()));
        }
    }

    private static MalformedDataException explained(MalformedDataException fault, Bytes input) {
        return InputFormat.explained(fault, "event log", input, InputFormat.EVENT_LOG);
    }

    /**
     * Reads the bytes of a log from a stream, up to one byte more than the limit, so that a reader can tell that the log
     * is too large.
     *
     * @param in the stream, which is read to its end or the limit and not closed
     * @param limits the limits
     * @return the bytes
     * @throws IOException if the stream cannot be read
     */
    public static Bytes readBytes(InputStream in, ParseLimits limits) throws IOException {
        return Bytes.wrap(in.readNBytes((int) Math.min(limits.maxLogSize() + 1L, Integer.MAX_VALUE)));
    }

    /** {@return the format} */
    public Format format() {
        return format;
    }

    /** {@return the Spec ID event that the log begins with, or empty if a legacy log begins with something else} */
    public Optional<SpecIdEvent> specId() {
        return Optional.ofNullable(specId);
    }

    /**
     * {@return the digest algorithms without duplicates: those of the header in its order, then those that only events use;
     * SHA-1 in a legacy log}
     */
    public List<HashAlgorithm> algorithms() {
        return algorithms;
    }

    /** {@return the events in their order, the Spec ID event included; a list with constant-time access} */
    public List<Event> events() {
        return new EventList();
    }

    /** {@return what follows the last event: padding or, in a log that was examined up to a fault, what was not read} */
    public Bytes trailing() {
        return trailing;
    }

    /** {@return the peculiarities of the log, in ascending order of offset, one for each code} */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /**
     * Whether a peculiarity was found.
     *
     * @param code the peculiarity
     * @return true if it is among the {@link #diagnostics()}
     */
    public boolean has(DiagnosticCode code) {
        for (Diagnostic diagnostic : diagnostics) {
            if (diagnostic.code() == code) {
                return true;
            }
        }
        return false;
    }

    /** {@return the whole input, padding included} */
    public Bytes bytes() {
        return bytes;
    }

    /** {@return the extends of the measured events} Each call makes it anew, in one walk over the log. */
    public ExtendTable extendTable() {
        return ExtendTable.of(this, offsets);
    }

    void locateDigests(int event, int[] digestOffsets, int from) {
        int digests = event + EventLogReader.DIGEST_COUNT_OFFSET;
        if (format == Format.LEGACY) {
            digestOffsets[from] = event + EventLogReader.LEGACY_DIGEST_OFFSET;
        } else if (completeDigests) {
            algorithmTable.locateCompleteDigests(digests, digestOffsets, from);
        } else {
            algorithmTable.locateDigests(bytes, digests, digestOffsets, from);
        }
    }

    AlgorithmTable algorithmTable() {
        return algorithmTable;
    }

    boolean hasCompleteDigests() {
        return completeDigests;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventLog that && offsets.length == that.offsets.length && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return "EventLog[" + format + ", " + algorithms + ", " + offsets.length + " events]";
    }

    private final class EventList extends AbstractList<Event> implements RandomAccess {
        @Override
        public Event get(int number) {
            return new Event(EventLog.this, Objects.checkIndex(number, offsets.length), offsets[number]);
        }

        @Override
        public int size() {
            return offsets.length;
        }
    }
}
