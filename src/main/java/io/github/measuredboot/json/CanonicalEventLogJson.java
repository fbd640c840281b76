package io.github.measuredboot.json;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.CanonicalEventLog;
import io.github.measuredboot.eventlog.CelRecord;
import io.github.measuredboot.eventlog.Diagnostic;
import io.github.measuredboot.eventlog.DiagnosticCode;
import io.github.measuredboot.internal.binary.Occurrences;
import io.github.measuredboot.internal.json.JsonInput;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * The TCG Canonical Event Log in JSON (CEL-JSON) as {@code systemd-pcrlock cel} prints it: an array of records, each with {@code recnum}.
 * Faults are the same as with {@link UserspaceLogJson}; a NUL byte or a record without {@code recnum} is a fault, too.
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
        Occurrences<DiagnosticCode> diagnostics = new Occurrences<>();
        List<CelRecord> records =
                JsonInput.read(LOG, json, limits.maxLogSize(), in -> records(in, limits, diagnostics));
        return new CanonicalEventLog(records, diagnostics.toList(Diagnostic::new));
    }

    /** Reads a part of a larger document, in which it is at this offset. */
    static CanonicalEventLog parse(Bytes part, long offset, String pointer) throws MalformedDataException {
        Occurrences<DiagnosticCode> diagnostics = new Occurrences<>();
        List<CelRecord> records =
                JsonInput.read(LOG, part, offset, pointer, in -> records(in, ParseLimits.DEFAULT, diagnostics));
        return new CanonicalEventLog(records, diagnostics.toList(Diagnostic::new));
    }

    private static List<CelRecord> records(JsonInput in, ParseLimits limits, Occurrences<DiagnosticCode> diagnostics)
            throws MalformedDataException {
        var last = new Object() {
            long recnum = -1;
        };
        return in.array(limits.maxEvents(), () -> {
            CelRecord record = CelRecordReader.read(in, LOG, limits.maxAlgorithms(), diagnostics);
            long recnum = record.recnum().orElseThrow(() -> in.fault("has no member \"recnum\""));
            if (last.recnum >= 0 && recnum != last.recnum + 1) {
                diagnostics.add(DiagnosticCode.RECNUM_NOT_CONSECUTIVE, record.offset());
            }
            last.recnum = recnum;
            return record;
        });
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
}
