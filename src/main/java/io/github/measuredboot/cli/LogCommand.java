package io.github.measuredboot.cli;

import io.github.measuredboot.bytes.MalformedDataException;
import io.github.measuredboot.eventlog.EventLog;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that reports on one log. */
abstract class LogCommand extends ReportingCommand {
    @Option(
            names = {"--log", "-e", "--event-log"},
            paramLabel = "LOG",
            description = "The same as LOG.")
    private @Nullable String option;

    @Parameters(
            arity = "0..1",
            paramLabel = "LOG",
            description = "The log, - for standard input. Default: that of this machine, " + LogInput.DEFAULT)
    private @Nullable String parameter;

    @Override
    final String input() {
        return parameter != null
                ? parameter
                : option != null ? option : machine().log();
    }

    /** Present if the log is that of the machine that this runs on: what is not given is then taken from there too. */
    final Optional<ThisMachine> machineOfLog() {
        return Optional.of(machine()).filter(machine -> input().equals(machine.log()));
    }

    final EventLog readLog() throws InputException, MalformedDataException {
        return LogInput.parse(input());
    }

    @Override
    void requireConsistent() throws InputException {
        if (parameter != null && option != null) {
            throw new InputException("two logs are given, " + option + " and " + parameter);
        }
    }
}
