package io.github.measuredboot.examples.verifier;

import io.github.measuredboot.examples.verifier.cli.AcceptStateCommand;
import io.github.measuredboot.examples.verifier.cli.AcceptUkiCommand;
import io.github.measuredboot.examples.verifier.cli.GroupCommand;
import io.github.measuredboot.examples.verifier.cli.InspectCommand;
import io.github.measuredboot.examples.verifier.cli.RejudgeCommand;
import io.github.measuredboot.examples.verifier.cli.RemoveCommand;
import io.github.measuredboot.examples.verifier.cli.RolloutCommand;
import io.github.measuredboot.examples.verifier.cli.StatusCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: the service, and what operators do with it. */
@Command(
        name = "verifier",
        description = "Judges the boots of machines.",
        mixinStandardHelpOptions = true,
        subcommands = {
            Serve.class,
            StatusCommand.class,
            InspectCommand.class,
            RemoveCommand.class,
            GroupCommand.class,
            AcceptStateCommand.class,
            AcceptUkiCommand.class,
            RolloutCommand.class,
            RejudgeCommand.class
        })
public final class Main {
    private Main() {}

    /** Runs a command. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }
}
