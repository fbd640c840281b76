package io.github.measuredboot.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParseResult;

/** Runs the command, or prints its help; flags may have been repeated, options with one value may not. */
final class Execution implements CommandLine.IExecutionStrategy {
    private final CommandLine.IExecutionStrategy command = new CommandLine.RunLast();
    private final Terminal terminal;

    Execution(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int execute(ParseResult parsed) {
        try {
            for (CommandLine called : parsed.asCommandLineList()) {
                requireOnce(called);
            }
            return command.execute(parsed);
        } catch (StandardOutput.Lost e) {
            return Main.lost(parsed.commandSpec().commandLine(), terminal, e);
        }
    }

    private static void requireOnce(CommandLine called) {
        for (OptionSpec option : called.getParseResult().matchedOptions()) {
            boolean isFlag = option.arity().max() == 0;
            if (!isFlag
                    && !option.isMultiValue()
                    && option.originalStringValues().size() > 1) {
                throw new OverwrittenOptionException(
                        called,
                        option,
                        "option '" + option.longestName() + "' (" + option.paramLabel()
                                + ") should be specified only once");
            }
        }
    }
}
