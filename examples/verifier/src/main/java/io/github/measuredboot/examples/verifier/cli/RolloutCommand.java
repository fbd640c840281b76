package io.github.measuredboot.examples.verifier.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who boots what. */
@Command(
        name = "rollout",
        description = "Shows which machines of a group were accepted last by which state.",
        mixinStandardHelpOptions = true)
public final class RolloutCommand extends OperatorCommand {
    @Parameters(paramLabel = "GROUP")
    String group;

    @Option(names = "--retire", description = "accept this state no more")
    List<Long> retired = List.of();

    @Override
    void run(OperatorClient client) throws Exception {
        String path = "/v1/groups/" + OperatorClient.part(group);
        for (long state : retired) {
            client.delete(path + "/states/" + state);
        }
        JsonNode rollout = client.get(path + "/rollout");
        Table table = new Table("STATE", "LABEL", "SINCE", "IN USE", "MACHINES");
        for (JsonNode progress : rollout.path("states")) {
            JsonNode state = progress.path("state");
            table.row(
                    state.path("id").asText(),
                    state.path("label").asText(),
                    state.path("createdAt").asText(),
                    state.path("retiredAt").isNull() ? "yes" : "no",
                    names(progress.path("machines")));
        }
        table.row("-", "never accepted", "", "", names(rollout.path("neverAccepted")));
        print(rollout, table);
    }

    private static String names(JsonNode machines) {
        List<String> names = new ArrayList<>();
        machines.forEach(machine -> names.add(machine.path("name").asText()));
        return names.size() + (names.isEmpty() ? "" : ": " + String.join(", ", names));
    }
}
