package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.Bytes;
import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.bytes.ParseLimits;
import io.github.measuredboot.eventlog.UserspaceLog;
import io.github.measuredboot.json.CanonicalEventLogJson;
import io.github.measuredboot.json.UserspaceLogJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for the log that goes on where that of the firmware ends. */
final class UserspaceLogOption {
    @Option(
            names = "--userspace-log",
            paramLabel = "FILE",
            description =
                    "What systemd measured after the firmware's log, also as part of a CEL-JSON file. Default for the log of this machine:"
                            + " /run/log/systemd/tpm2-measure.log, if it is there.")
    private @Nullable String file;

    boolean isGiven() {
        return file != null;
    }

    Optional<UserspaceLog> read(Optional<ThisMachine> machine) throws InputException {
        Optional<String> name = Optional.ofNullable(file).or(() -> machine.flatMap(ThisMachine::readableUserspaceLog));
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        InputFile.decode(name.get(), ParseLimits.DEFAULT.maxLogSize() + 1, UserspaceLogOption::decode));
    }

    private static UserspaceLog decode(Bytes log) throws MalformedDataException {
        return LogInput.isCanonical(log)
                ? CanonicalEventLogJson.parse(log).userspaceLog()
                : UserspaceLogJson.parse(log);
    }
}
