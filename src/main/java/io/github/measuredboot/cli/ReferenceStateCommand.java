package io.github.measuredboot.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "refstate",
        description = "Makes, merges and compares reference states, which say what is expected of a machine.",
        subcommands = {
            ReferenceStateCreateCommand.class,
            ReferenceStateDiffCommand.class,
            ReferenceStateMergeCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true)
final class ReferenceStateCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }
}
