package io.github.measuredboot.examples.verifier.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a group a reference state. */
@Command(
        name = "accept-state",
        description =
                "Accepts a reference state, as measuredboot refstate create makes it, for all machines of a group.",
        mixinStandardHelpOptions = true)
public final class AcceptStateCommand extends OperatorCommand {
    @Parameters(index = "0", paramLabel = "GROUP")
    String group;

    @Parameters(index = "1", paramLabel = "STATE", description = "file of the reference state")
    Path state;

    @Option(names = "--label", description = "what it is called (the name of the file)")
    Optional<String> label = Optional.empty();

    @Override
    void run(OperatorClient client) throws Exception {
        client.post(
                "/v1/groups/" + OperatorClient.part(group) + "/states",
                Map.of("label", label.orElse(state.getFileName().toString()), "state", Files.readString(state)));
    }
}
