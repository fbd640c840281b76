package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.EventLog;

/** Event logs from files. */
final class LogInput {
    /** That of {@link ThisMachine#LINUX}, as a constant for descriptions of options. */
    static final String DEFAULT = "/sys/kernel/security/tpm0/binary_bios_measurements";

    private LogInput() {}

    static Bytes read(String name) throws InputException {
        return InputFile.read(name, ParseLimits.DEFAULT.maxLogSize() + 1);
    }

    static EventLog parse(String name) throws InputException, MalformedDataException {
        return EventLog.parse(read(name), ParseLimits.DEFAULT);
    }

    static EventLog.Examination examine(String name) throws InputException {
        return EventLog.examine(read(name), ParseLimits.DEFAULT);
    }
}
