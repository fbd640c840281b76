package io.github.measuredboot.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that reports on one log or several. */
abstract class LogsCommand extends ReportingCommand {
    @Option(
            names = {"--log", "-e", "--event-log"},
            paramLabel = "LOG",
            description = "The same as LOG.")
    private List<String> options = new ArrayList<>();

    @Parameters(
            arity = "0..*",
            paramLabel = "LOG",
            description = "The logs, - for standard input. Default: that of this machine, " + LogInput.DEFAULT)
    private List<String> parameters = new ArrayList<>();

    /** In the order in which they are given. */
    final List<String> logs() {
        return !parameters.isEmpty()
                ? parameters
                : !options.isEmpty() ? options : List.of(machine().log());
    }

    @Override
    void requireConsistent() throws InputException {
        if (!options.isEmpty() && !parameters.isEmpty()) {
            throw new InputException("name logs with --log or without it, not both: their order matters");
        }
    }

    @Override
    String input() {
        return String.join(" ", logs());
    }

    /** Logs that are nothing but compared with each other. */
    final void requireTwoAtMost() throws InputException {
        if (logs().size() > 2) {
            throw new InputException(logs().size() + " logs are given: two are compared; with --refstate, --pcrs or"
                    + " --quote several are evidence of one machine");
        }
    }

    /** Present if one of the logs, which are one evidence, is that of the machine that this runs on. */
    final Optional<ThisMachine> machineOfLogs() {
        return Optional.of(machine()).filter(machine -> logs().contains(machine.log()));
    }
}
