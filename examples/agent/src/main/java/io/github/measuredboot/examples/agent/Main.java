package io.github.measuredboot.examples.agent;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the agent, and of machines that do not exist. */
@Command(
        name = "agent",
        description = "Reports the boot of a machine to a verifier.",
        mixinStandardHelpOptions = true,
        subcommands = {RunCommand.class, SimulateCommand.class, RebootCommand.class})
public final class Main {
    private Main() {}

    /** Runs a command. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
