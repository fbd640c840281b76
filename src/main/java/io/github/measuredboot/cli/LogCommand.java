package io.github.measuredboot.cli;

import picocli.CommandLine.Parameters;

/** A command that reports on one log. */
abstract class LogCommand extends ReportingCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "LOG",
            description = "The log, - for standard input. Default: ${DEFAULT-VALUE}",
            defaultValue = LogInput.DEFAULT)
    private String log = LogInput.DEFAULT;

    @Override
    final String input() {
        return log;
    }
}
