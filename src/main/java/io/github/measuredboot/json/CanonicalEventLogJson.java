package io.github.measuredboot.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.Fault;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.CanonicalEventLog;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.eventlog.DiagnosticCollector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The TCG Canonical Event Log in JSON (CEL-JSON) as {@code systemd-pcrlock cel} prints it: an array of records, each with
 * {@code recnum}. Faults are as with {@link UserspaceLogJson}; a NUL byte or a record without {@code recnum} is one, too.
 */
public final class CanonicalEventLogJson {
    private static final String LOG = "CEL-JSON";

    private CanonicalEventLogJson() {}

    /**
     * Reads a log within the default limits.
     *
     * @param json UTF-8 text
     * @return the log
     * @throws MalformedDataException if it is not one, or exceeds {@link ParseLimits#DEFAULT}
     */
    public static CanonicalEventLog parse(Bytes json) throws MalformedDataException {
        return parse(json, ParseLimits.DEFAULT);
    }

    /**
     * Reads a log.
     *
     * @param json UTF-8 text
     * @param limits how much to take in; its events are the records, its algorithms the digests of a record
     * @return the log
     * @throws MalformedDataException if it is not one, or exceeds the limits
     */
    public static CanonicalEventLog parse(Bytes json, ParseLimits limits) throws MalformedDataException {
        requireText(json, limits);
        List<CelRecord> records = new ArrayList<>();
        DiagnosticCollector diagnostics = new DiagnosticCollector();
        JsonFields whole = new JsonFields(json, LOG);
        try (JsonParser parser = whole.parser()) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw fault(0, "records", "is not an array");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (records.size() == limits.maxEvents()) {
                    throw whole.fault(parser, "records", "more than " + limits.maxEvents() + " records");
                }
                String structure = LOG + " record " + (records.size() + 1);
                CelRecord record =
                        new CelRecordReader(whole.part(json, 0, structure), limits.maxAlgorithms()).read(parser);
                CelDiagnostics.observe(record, diagnostics);
                long expected = expectedRecnum(records);
                if (record.recnum().isEmpty()) {
                    throw new MalformedDataException(new Fault(record.offset(), structure, "recnum", "missing"));
                }
                if (expected >= 0 && record.recnum().getAsLong() != expected) {
                    diagnostics.add(DiagnosticCode.RECNUM_NOT_CONSECUTIVE, record.offset());
                }
                records.add(record);
            }
            if (parser.nextToken() != null) {
                throw whole.fault(parser, "end", "something follows the array");
            }
        } catch (IOException e) {
            throw whole.fault(e);
        }
        return new CanonicalEventLog(records, diagnostics.toList());
    }

    /**
     * Writes a log, each record with the JSON that it was read from.
     *
     * @param log the log
     * @return an array; reading it gives the same records, at other offsets if they were not written like this
     */
    public static Bytes encode(CanonicalEventLog log) {
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        int before = '[';
        for (CelRecord record : log.records()) {
            array.write(before);
            array.writeBytes(record.json().toByteArray());
            before = ',';
        }
        if (before == '[') {
            array.write('[');
        }
        array.write(']');
        return Bytes.wrap(array.toByteArray());
    }

    private static long expectedRecnum(List<CelRecord> before) {
        return before.isEmpty() ? -1 : before.get(before.size() - 1).recnum().orElse(-1) + 1;
    }

    private static void requireText(Bytes json, ParseLimits limits) throws MalformedDataException {
        if (json.length() > limits.maxLogSize()) {
            throw fault(limits.maxLogSize(), "size", "more than " + limits.maxLogSize() + " bytes");
        }
        OptionalLong malformed = JsonFields.malformedUtf8(json);
        if (malformed.isPresent()) {
            throw fault(malformed.getAsLong(), "text", "is not UTF-8");
        }
        for (int i = 0; i < json.length(); i++) {
            if (json.u8(i) == 0) {
                throw fault(i, "text", "has a NUL byte");
            }
        }
    }

    private static MalformedDataException fault(long offset, String field, String reason) {
        return new MalformedDataException(new Fault(offset, LOG, field, reason));
    }
}
