package io.github.measuredboot.json;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.Diagnostic;
import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.internal.binary.Occurrences;
import io.github.measuredboot.internal.json.JsonInput;
import io.github.measuredboot.internal.recognition.ByteOrderMark;
import io.github.measuredboot.internal.recognition.InputFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * systemd's userspace log as it is on disk: a JSON text sequence (RFC 7464), in which each record is the byte 1e, one JSON object, and a
 * line feed. Records are split at 1e alone, so an object may extend over several lines.
 *
 * <p>A record with a NUL byte is skipped, as systemd does, and reported ({@link DiagnosticCode#RECORD_WITH_NUL}). Anything else that is
 * not what it should be is a fault whose offset counts bytes and whose structure names the record, counted from 1: text that is not
 * UTF-8, other syntax, a member that occurs twice, both or neither of {@code pcr} and {@code nv_index}, two digests of one algorithm, a
 * digest of another size, or nesting of more than 32 levels.
 */
public final class UserspaceLogJson {
    private static final int RECORD_SEPARATOR = 0x1e;
    private static final String LOG = "tpm2-measure.log";
    private static final int STICKY_BIT = 01000;

    private UserspaceLogJson() {}

    /**
     * Reads a log within the default limits.
     *
     * @param log the whole file
     * @return the log, not marked as unfinished, because the file shows that, not its content
     * @throws MalformedDataException if it is not one, or exceeds {@link ParseLimits#DEFAULT}
     */
    public static UserspaceLog parse(Bytes log) throws MalformedDataException {
        return parse(log, ParseLimits.DEFAULT);
    }

    /**
     * Reads a log.
     *
     * @param log the whole file
     * @param limits how much to take in; its events are the records, its algorithms the digests of a record
     * @return the log, not marked as unfinished
     * @throws MalformedDataException if it is not one, or exceeds the limits
     */
    public static UserspaceLog parse(Bytes log, ParseLimits limits) throws MalformedDataException {
        Reader reader = new Reader(log, limits);
        reader.read();
        return reader.toLog();
    }

    /**
     * Reads a log as far as possible, for diagnosis.
     *
     * @param log the whole file
     * @param limits how much to take in
     * @return the records before the first fault, and the fault
     */
    public static UserspaceLog.Examination examine(Bytes log, ParseLimits limits) {
        Reader reader = new Reader(log, limits);
        try {
            reader.read();
            return new UserspaceLog.Examination(reader.toLog(), Optional.empty());
        } catch (MalformedDataException e) {
            reader.diagnostics.add(DiagnosticCode.INCOMPLETE, e.fault().offset());
            return new UserspaceLog.Examination(reader.toLog(), Optional.of(e.fault()));
        }
    }

    /**
     * Reads a file within the default limits. Where the file system has Unix permissions, a file whose sticky bit is set is
     * marked as unfinished.
     *
     * @param file the log, such as {@code /run/log/systemd/tpm2-measure.log}
     * @return the log
     * @throws IOException if the file cannot be read
     * @throws MalformedDataException if it is not a log, or exceeds {@link ParseLimits#DEFAULT}
     */
    public static UserspaceLog read(Path file) throws IOException, MalformedDataException {
        boolean unfinished = hasStickyBit(file);
        try (InputStream in = Files.newInputStream(file)) {
            UserspaceLog log = parse(EventLog.readBytes(in, ParseLimits.DEFAULT));
            return unfinished || hasStickyBit(file) ? log.markedUnfinished() : log;
        }
    }

    /**
     * Writes records, each with the JSON that it was read from.
     *
     * @param log the log
     * @return the file; reading it gives the same records, at other offsets if they were not written like this
     */
    public static Bytes encode(UserspaceLog log) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (CelRecord record : log.records()) {
            file.write(RECORD_SEPARATOR);
            file.writeBytes(record.json().toByteArray());
            file.write('\n');
        }
        return Bytes.wrap(file.toByteArray());
    }

    private static boolean hasStickyBit(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Files.getAttribute(file, "unix:mode") instanceof Integer mode
                && (mode & STICKY_BIT) != 0;
    }

    private static final class Reader {
        private final Bytes log;
        private final int start;
        private final ParseLimits limits;
        private final List<CelRecord> records = new ArrayList<>();
        private final Occurrences<DiagnosticCode> diagnostics = new Occurrences<>();
        private int recordNumber;

        Reader(Bytes log, ParseLimits limits) {
            this.log = log;
            this.start = log.length() - ByteOrderMark.skip(log).length();
            this.limits = limits;
        }

        UserspaceLog toLog() {
            return new UserspaceLog(records, false, diagnostics.toList(Diagnostic::new));
        }

        void read() throws MalformedDataException {
            if (log.length() > limits.maxLogSize()) {
                throw fault(limits.maxLogSize(), LOG, "size", "more than " + limits.maxLogSize() + " bytes");
            }
            int end = separatorFrom(start);
            if (!isBlank(log.slice(start, end - start))) {
                throw InputFormat.explained(
                        fault(0, LOG, "record", "the first record does not begin with the byte 1e"),
                        LOG,
                        log,
                        InputFormat.RECORDS,
                        InputFormat.TEXT);
            }
            while (end < log.length()) {
                int next = end + 1;
                end = separatorFrom(next);
                Bytes element = log.slice(next, end - next);
                if (!isBlank(element)) {
                    recordNumber++;
                    readRecord(element, next);
                }
            }
        }

        private void readRecord(Bytes element, int offset) throws MalformedDataException {
            String structure = LOG + " record " + recordNumber;
            if (recordNumber > limits.maxEvents()) {
                throw fault(offset, LOG, "records", "more than " + limits.maxEvents() + " records");
            }
            if (hasNul(element)) {
                diagnostics.add(DiagnosticCode.RECORD_WITH_NUL, offset);
                return;
            }
            records.add(JsonInput.read(
                    structure,
                    element,
                    offset,
                    "",
                    in -> CelRecordReader.read(in, structure, limits.maxAlgorithms(), diagnostics)));
        }

        private int separatorFrom(int index) {
            int at = index;
            while (at < log.length() && log.u8(at) != RECORD_SEPARATOR) {
                at++;
            }
            return at;
        }

        private static boolean hasNul(Bytes text) {
            for (int i = 0; i < text.length(); i++) {
                if (text.u8(i) == 0) {
                    return true;
                }
            }
            return false;
        }

        private static boolean isBlank(Bytes text) {
            for (int i = 0; i < text.length(); i++) {
                int b = text.u8(i);
                if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                    return false;
                }
            }
            return true;
        }

        private static MalformedDataException fault(long offset, String structure, String field, String reason) {
            return new MalformedDataException(new Fault(offset, structure, field, reason));
        }
    }
}
