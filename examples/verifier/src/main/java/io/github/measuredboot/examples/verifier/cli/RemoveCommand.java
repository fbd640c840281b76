package io.github.measuredboot.examples.verifier.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Forgets a machine. */
@Command(
        name = "remove",
        description = "Forgets a machine and all that is known about it. It may enrol again, and starts anew.",
        mixinStandardHelpOptions = true)
public final class RemoveCommand extends OperatorCommand {
    @Parameters(paramLabel = "MACHINE", description = "its id or its name")
    String machine;

    @Override
    void run(OperatorClient client) throws Exception {
        client.delete("/v1/machines/" + idOf(client, machine));
    }
}
