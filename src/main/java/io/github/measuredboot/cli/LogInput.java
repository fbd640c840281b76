package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.internal.recognition.ByteOrderMark;
import io.github.measuredboot.json.CanonicalEventLogJson;
import java.util.Optional;

/** Event logs from files. */
final class LogInput {
    /** That of {@link ThisMachine#LINUX}, as a constant for descriptions of options. */
    static final String DEFAULT = "/sys/kernel/security/tpm0/binary_bios_measurements";

    private LogInput() {}

    static Bytes read(String name) throws InputException {
        return InputFile.read(name, ParseLimits.DEFAULT.maxLogSize() + 1);
    }

    static EventLog parse(String name) throws InputException, MalformedDataException {
        return parse(read(name));
    }

    static EventLog parse(Bytes log) throws MalformedDataException {
        return isCanonical(log) ? firmwareLog(log) : EventLog.parse(log, ParseLimits.DEFAULT);
    }

    static EventLog.Examination examine(String name) throws InputException {
        Bytes log = read(name);
        if (!isCanonical(log)) {
            return EventLog.examine(log, ParseLimits.DEFAULT);
        }
        try {
            return new EventLog.Examination(firmwareLog(log), Optional.empty());
        } catch (MalformedDataException e) {
            throw new InputException(InputFile.called(name) + ": " + e.getMessage());
        }
    }

    /** Whether this is CEL-JSON: an array of objects. */
    static boolean isCanonical(Bytes log) {
        int array = skipBlanks(log, log.length() - ByteOrderMark.skip(log).length());
        int object = skipBlanks(log, array + 1);
        return array < log.length()
                && log.u8(array) == '['
                && object < log.length()
                && (log.u8(object) == '{' || log.u8(object) == ']');
    }

    private static int skipBlanks(Bytes log, int at) {
        int next = at;
        while (next < log.length() && " \t\r\n".indexOf(log.u8(next)) >= 0) {
            next++;
        }
        return next;
    }

    /** The firmware's part; {@code --userspace-log} with the same file has the rest. */
    private static EventLog firmwareLog(Bytes json) throws MalformedDataException {
        return CanonicalEventLogJson.parse(json).firmwareLog(0);
    }
}
