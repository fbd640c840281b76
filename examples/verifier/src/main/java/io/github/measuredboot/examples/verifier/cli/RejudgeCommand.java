package io.github.measuredboot.examples.verifier.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Judges stored evidence again. */
@Command(
        name = "rejudge",
        description = "Judges the stored attestations of a machine again, by the states of then and by those of today.",
        mixinStandardHelpOptions = true)
public final class RejudgeCommand extends OperatorCommand {
    @Parameters(paramLabel = "MACHINE", description = "its id or its name")
    String machine;

    @Override
    void run(OperatorClient client) throws Exception {
        String path = "/v1/machines/" + idOf(client, machine) + "/attestations";
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Table table = new Table("NUMBER", "AT", "OUTCOME", "BY ITS STATES", "BY TODAY'S STATES", "WHY NOT");
        for (JsonNode attestation : client.get(path)) {
            JsonNode again = client.post(path + "/" + attestation.path("number").asText() + "/rejudge", "");
            all.add(again);
            table.row(
                    again.path("number").asText(),
                    again.path("at").asText(),
                    again.path("outcome").asText(),
                    again.path("byItsStates").asText(),
                    again.path("byTodaysStates").asText(),
                    again.path("message").asText());
        }
        print(all, table);
    }
}
