package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.EventLog;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.json.UserspaceLogJson;
import io.github.measuredboot.replay.Replay;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

final class LogInput {
    static final String DEFAULT = "/sys/kernel/security/tpm0/binary_bios_measurements";
    static final String STANDARD_INPUT = "-";

    private LogInput() {}

    static Bytes read(String name) throws InputException {
        try {
            if (name.equals(STANDARD_INPUT)) {
                return EventLog.readBytes(System.in, ParseLimits.DEFAULT);
            }
            try (InputStream in = Files.newInputStream(Path.of(name))) {
                return EventLog.readBytes(in, ParseLimits.DEFAULT);
            }
        } catch (InvalidPathException e) {
            throw new InputException(name + ": no such file");
        } catch (IOException e) {
            throw new InputException(reason(name, e));
        }
    }

    static UserspaceLog readUserspaceLog(Path file) throws InputException {
        try {
            return UserspaceLogJson.read(file);
        } catch (IOException e) {
            throw new InputException(reason(file.toString(), e));
        } catch (MalformedDataException e) {
            throw new InputException(file + ": " + e.getMessage());
        }
    }

    static Replay replay(EventLog log, @Nullable Path userspaceLog) throws InputException {
        return userspaceLog == null ? Replay.of(log) : Replay.of(log, readUserspaceLog(userspaceLog));
    }

    static String reason(String name, IOException e) {
        if (e instanceof NoSuchFileException missing && missing.getReason() == null) {
            return name + ": no such file"
                    + (name.equals(DEFAULT) ? " (this machine has no TPM, or its log is not there: name a log)" : "");
        }
        if (e instanceof AccessDeniedException) {
            return name + ": permission denied" + (name.equals(DEFAULT) ? " (only root may read it)" : "");
        }
        return name + ": "
                + (e instanceof FileSystemException cause && cause.getReason() != null
                        ? cause.getReason()
                        : e.getMessage());
    }
}
