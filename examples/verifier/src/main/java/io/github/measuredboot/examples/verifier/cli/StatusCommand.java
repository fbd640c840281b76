package io.github.measuredboot.examples.verifier.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** All machines. */
@Command(name = "status", description = "Shows all machines and their status.", mixinStandardHelpOptions = true)
public final class StatusCommand extends OperatorCommand {
    @Override
    void run(OperatorClient client) throws Exception {
        JsonNode machines = client.get("/v1/machines");
        Table table =
                new Table("STATUS", "NAME", "GROUP", "LAST SUCCESS", "ATTESTATIONS", "FAILED IN A ROW", "KEY", "ID");
        for (JsonNode machine : machines) {
            table.row(
                    machine.path("status").asText(),
                    machine.path("name").asText(),
                    machine.path("group").asText(),
                    machine.path("lastSuccess").asText("never"),
                    machine.path("attestations").asText(),
                    machine.path("consecutiveFailures").asText(),
                    machine.path("identity").asText(),
                    machine.path("id").asText());
        }
        print(machines, table);
    }
}
